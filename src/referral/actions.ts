import { newId, type Outcome, type Permit, type Visit } from '#access'
import { markAccepted, newestJudgement } from '#case-finding'
import type { Programme } from '#organisations'
import { openEpisode, recordWish } from '#people'
import { type HowSoonChosen, keepFirst, writtenOf } from './how-soon.ts'
import { problemsWithHowSoon } from './how-soon-rules.ts'
import { humanOf, openIn, problem, programmeOf, takingPart } from './opened.ts'
import { possibleOwners } from './owners.ts'
import { chosenOwner } from './rules.ts'
import { addAccepted } from './store.ts'
import type { PossibleOwner, Written } from './types.ts'

export type Acceptance = HowSoonChosen & {
  readonly programmeId: string
  readonly ownerId: string
  readonly teamId: string
  readonly reason: string
  readonly words?: string
  /** True when they were asked and said yes; false when nobody has asked them yet. */
  readonly agreedToTakePart: boolean
  /** The newest judgement on the page the decision was made from; left out, whatever is newest now. */
  readonly seen?: number
}

/**
 * Accepts somebody: the judgement, the referral with its answer, how soon they need to be seen, and the episode with its
 * named case manager are kept together or not at all. The stage is offered until the person agrees.
 *
 * @returns what to put right: not said how soon, or said without a second look where words ask for one; no reason, no case
 *   manager of the programme's teams, already with us, or judged meanwhile by somebody else.
 * @throws Refused when no human asks.
 */
export async function acceptCandidate(
  visit: Visit,
  permit: Permit<'whole'>,
  asked: Acceptance,
): Promise<Outcome<{ readonly episodeId: string }>> {
  const by = humanOf(visit, permit)
  const programme = await programmeOf(visit, asked.programmeId)
  const owner = programme && chosenOwner(await possibleOwners(visit.db, programme), asked)
  if (!owner) return problem('owner', 'Select who will be the case manager')
  // Read before the episodes: whoever accepts between the two is found by one of them.
  const newest = await newestJudgement(visit.db, permit, programme.id)
  const seen = asked.seen ?? newest?.n ?? 0
  const written = writtenOf(asked.words, newest)
  const problems = problemsWithHowSoon({ ...asked, written, theyNeed: 'they need' })
  if (problems.length > 0) return { ok: false, problems }
  const held = await openIn(visit, permit, programme.id)
  if (held) return problem('seen', `This person is with ${held.ownerName} in ${held.programmeName} already`)
  const marked = await markAccepted(visit, permit, { ...asked, seen })
  if (!marked.ok) return marked
  const episodeId = await open(visit, permit, { asked, programme, owner, written, by })
  return { ok: true, value: { episodeId } }
}

async function open(
  visit: Visit,
  permit: Permit<'whole'>,
  accepted: {
    readonly asked: Acceptance
    readonly programme: Programme
    readonly owner: PossibleOwner
    readonly written: readonly Written[]
    readonly by: string
  },
): Promise<string> {
  const { asked, programme, owner, written, by } = accepted
  const [episodeId, at] = [newId(), visit.now]
  const hasAgreed = asked.agreedToTakePart
  await openEpisode(
    visit.db,
    permit,
    { id: episodeId, programmeId: programme.id, openedOn: visit.today },
    {
      stage: hasAgreed ? 'active' : 'offered',
      ownerId: owner.staffId,
      teamId: owner.teamId,
      reason: asked.reason,
      at,
      by,
    },
  )
  await keepFirst(visit, permit, { ...asked, episodeId, written, by })
  await addAccepted(visit.db, permit, {
    ...asked,
    id: newId(),
    stepId: newId(),
    source: mayJudge(visit) ? 'case-finding' : 'direct',
    episodeId,
    by,
    at,
  })
  await recordWish(visit.db, permit, {
    ...takingPart(visit, programme.key),
    answer: hasAgreed ? 'yes' : 'not asked',
    by,
  })
  await visit.note({
    what: 'episode opened',
    person: permit.person,
    about: `episode ${episodeId}`,
    facts: {
      episodeId,
      programmeKey: programme.key,
      ownerId: owner.staffId,
      teamId: owner.teamId,
      hasAgreed,
      howSoon: asked.howSoon,
    },
  })
  return episodeId
}

const mayJudge = ({ caller }: Visit) => caller.kind === 'staff' && caller.activities.has('judge candidates')
