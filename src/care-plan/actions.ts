import { actorOf, newId, notForYou, type Outcome, type Permit, type Visit } from '#access'
import { mergePlans, type Side, saysTheSame, takeTheirs } from './merge.ts'
import { linesOf, problemsWith } from './rules.ts'
import { addRemark, beginPlan, headOf, linesAt, type VersionRow, versionsOf, writeVersion } from './store.ts'
import type { ChangedMeanwhile, Choice, Clash, Line, Merge, PlanDraft, PlanOutcome, Remark } from './types.ts'

type Head = { readonly id: string; readonly version: number; readonly versions: readonly VersionRow[] }

/**
 * Saves a plan as somebody typed it, beside whatever others saved since.
 *
 * Two who changed different lines, or different fields of a line, are both kept. The same field changed in two ways
 * is nobody's to decide but theirs: nothing is saved and both sides come back. An agreement is of what was read to
 * the person, so it too comes back when somebody else changed anything since. The same form sent twice is one save.
 *
 * @returns the version that now stands; or what to put right; or what changed meanwhile.
 */
export async function savePlan(
  visit: Visit,
  permit: Permit<'whole'>,
  draft: PlanDraft,
): Promise<PlanOutcome> {
  const problems = problemsWith(draft, visit.today)
  if (problems.length > 0) return { ok: false, problems }
  const head = await lockPlan(visit, permit)
  const [base, theirs] = [await sideAt(visit, permit, head, draft.from), await sideAt(visit, permit, head)]
  const mine: Side = { lines: linesOf(draft, permit.person, newId), reviewOn: draft.reviewOn }
  if (isAlreadySaved(visit, draft, head, theirs, mine)) return { ok: true, value: { version: head.version } }
  const merge = mergePlans(base, theirs, mine)
  const isOthers = merge.theirChanges.length > 0 && head.version > draft.from
  const isSeen = draft.seen === head.version
  const choices = isSeen ? (draft.choices ?? []) : []
  const isOpen = merge.clashes.some((clash) => !choices.some(isAbout(clash)))
  if (isOpen || (isOthers && draft.agreement && !isSeen)) {
    return { ok: false, problems: [], changed: changedMeanwhile(head, merge) }
  }
  const joined = takeTheirs(
    merge,
    theirs,
    choices.filter(({ keep }) => keep === 'theirs'),
  )
  const version = await keep(visit, permit, head, theirs, joined, draft)
  const newest = head.versions[0]
  const keptToo = isOthers && newest ? { byName: newest.savedByName, at: newest.savedAt } : undefined
  return { ok: true, value: { version, keptToo } }
}

const isAbout = (clash: Clash) => (choice: Choice) =>
  choice.lineId === clash.lineId && choice.field === clash.field

async function lockPlan(visit: Visit, permit: Permit<'whole'>): Promise<Head> {
  const id = newId()
  const known = await headOf(visit.db, permit, true)
  if (!known && (await beginPlan(visit.db, permit, id, visit.now))) return { id, version: 0, versions: [] }
  const head = known ?? (await headOf(visit.db, permit, true))
  if (!head) throw new Error(`person ${permit.person} has a plan that cannot be read`)
  return { ...head, versions: await versionsOf(visit.db, permit, head.id) }
}

async function sideAt(
  visit: Visit,
  permit: Permit<'whole'>,
  head: Head,
  version = head.version,
): Promise<Side> {
  const row = head.versions.find(({ n }) => n === version)
  if (!row) return { lines: [] }
  return {
    lines: await linesAt(visit.db, permit, head.id, version),
    reviewOn: row.reviewOn ?? undefined,
  }
}

// A form sent twice, or saved with nothing changed, is not another version.
function isAlreadySaved(visit: Visit, draft: PlanDraft, head: Head, theirs: Side, mine: Side): boolean {
  const newest = head.versions[0]
  if (!newest) return false
  const isSame =
    theirs.lines.length === mine.lines.length &&
    theirs.reviewOn === mine.reviewOn &&
    mine.lines.every((line) =>
      theirs.lines.some((one) => one.lineId === line.lineId && saysTheSame(one, line)),
    )
  if (!isSame) return false
  const byMe = newest.savedById === actorOf(visit, draft.savedById)
  return !draft.agreement || (byMe && draft.agreement.on === newest.agreedOn)
}

function changedMeanwhile(head: Head, merge: Merge): ChangedMeanwhile {
  const newest = head.versions[0]
  if (!newest) throw new Error('a plan without a version clashed')
  return { ...merge, version: head.version, byName: newest.savedByName, at: newest.savedAt }
}

async function keep(
  visit: Visit,
  permit: Permit<'whole'>,
  head: Head,
  theirs: Side,
  joined: Side,
  draft: PlanDraft,
): Promise<number> {
  const n = head.version + 1
  const before = new Map(theirs.lines.map((line) => [line.lineId, line]))
  const begun = joined.lines.filter((line) => {
    const was = before.get(line.lineId)
    return !was || !saysTheSame(was, line)
  })
  const kept = new Set(joined.lines.map((line) => line.lineId))
  const ended = theirs.lines.filter((line) => !kept.has(line.lineId) || begun.some(isSameLine(line)))
  const savedBy = actorOf(visit, draft.savedById)
  await writeVersion(
    visit.db,
    permit,
    {
      planId: head.id,
      n,
      savedBy,
      savedAt: visit.now,
      ended,
      begun,
      reviewOn: joined.reviewOn,
      agreement: draft.agreement,
    },
    newId,
  )
  await noteSaved(visit, permit, { planId: head.id, version: n, agreedOn: draft.agreement?.on }, begun)
  return n
}

const isSameLine =
  (line: Line) =>
  (other: Line): boolean =>
    other.lineId === line.lineId

async function noteSaved(
  visit: Visit,
  permit: Permit<'whole'>,
  facts: { planId: string; version: number; agreedOn?: PlanDraft['reviewOn'] },
  begun: readonly Line[],
): Promise<void> {
  const { person } = permit
  await visit.note({ what: 'plan saved', person, about: `plan ${facts.planId}`, facts })
  for (const { kind, lineId, dueOn, isForOutOfHours } of begun) {
    if (kind !== 'action') continue
    await visit.note({
      what: 'action saved',
      person,
      about: `action ${lineId}`,
      facts: { actionId: lineId, dueOn, isForOutOfHours },
    })
  }
}

/**
 * Says how an action of the plan stands: in progress, done, not done, stopped. The latest word counts.
 *
 * @returns what to put right when it was not done or stopped and nobody said why.
 * @throws Refused when the permitted person has no such action in their plan now.
 */
export async function remarkOnAction(
  visit: Visit,
  permit: Permit<'whole'>,
  remark: {
    readonly actionId: string
    readonly state: Remark
    readonly words?: string
    readonly byId?: string
  },
): Promise<Outcome> {
  const needsWhy = remark.state === 'not done' || remark.state === 'stopped'
  if (needsWhy && !remark.words?.trim()) {
    return { ok: false, problems: [{ field: 'words', message: 'Enter why it was not done' }] }
  }
  const isKnown = await addRemark(visit.db, permit, {
    id: newId(),
    lineId: remark.actionId,
    state: remark.state,
    words: remark.words?.trim(),
    by: actorOf(visit, remark.byId),
    at: visit.now,
  })
  if (!isKnown) throw notForYou()
  await visit.note({
    what: 'action remarked',
    person: permit.person,
    about: `action ${remark.actionId}`,
    facts: { actionId: remark.actionId, state: remark.state },
  })
  return { ok: true, value: undefined }
}
