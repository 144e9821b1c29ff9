import type { Purpose, StaffVisit } from '#access'
import { type Programme, programmes } from '#organisations'
import { reachNow } from './cuts/actions.ts'
import { cutStanding } from './cuts/rules.ts'
import type { Reach } from './cuts/types.ts'
import { newestCheck } from './drift/store.ts'
import type { ModelCheck } from './drift/types.ts'
import { suitsOf } from './flags/programme-part.ts'
import type { ProgrammeSuits } from './flags/rules.ts'
import { runningOn } from './holdout/rules.ts'
import { holdouts } from './holdout/store.ts'
import type { Holdout } from './holdout/types.ts'
import { openLines } from './line-store.ts'
import type { Candidate, Unopened } from './list-rules.ts'
import { isRecent } from './lots/rules.ts'
import type { Lot } from './lots/types.ts'
import { switchInForce, trainedModel } from './model/model-store.ts'
import type { ModelSwitch, TrainedModel } from './model/types.ts'
import { type CandidateRow, heldOutAt, partOfList } from './part-store.ts'
import { heldStanding, standingJudgements, standingOf } from './rules.ts'
import type { SignOff } from './sign-off-store.ts'
import { judgementsIn } from './store.ts'
import type { InBrief, JudgedInBrief, Judgement, PracticeCounts, Run } from './types.ts'

/** The part of a programme's list that is the caller's practice's. */
export type PracticeList<One extends Unopened = Unopened> = {
  readonly programme: Programme
  readonly run?: Run
  readonly counts?: PracticeCounts
  readonly candidates: readonly One[]
  /** Suggested by the run and no longer to be listed: they objected, moved or died since. */
  readonly goneSince: number
  /** Who signed the part off, and how it came out. */
  readonly signed?: SignOff
  /** The model whose numbers the list shows, and who answers for it. */
  readonly inUse?: InUse
  /** How far down the run people are asked. */
  readonly reach?: Reach
  /** The hold-out that runs, where the run is by a model. */
  readonly holdout?: Holdout
  /** The draws by lot that are still spoken of, newest first. */
  readonly lots: readonly Lot[]
  /** What each programme says of whom it might suit. */
  readonly suits: readonly ProgrammeSuits[]
}

export type InUse = {
  readonly model: TrainedModel
  readonly since: ModelSwitch
  /** What the newest load says of it. */
  readonly check?: ModelCheck
}

/** The model in use, where a run is by it. */
export async function inUseFor(visit: StaffVisit, run: Run | undefined): Promise<InUse | undefined> {
  if (!run?.modelId) return undefined
  const [since, model] = await Promise.all([switchInForce(visit.db), trainedModel(visit.db, run.modelId)])
  if (!since || !model || since.modelId !== run.modelId) return undefined
  return { model, since, check: await newestCheck(visit.db, model.id) }
}

type Look = { readonly purpose: Purpose; readonly verb: string }

/** The programme an address names, or the first for case management. Undefined when there is none at all. */
export const programmeFor = async (visit: StaffVisit, key: string): Promise<Programme | undefined> =>
  chosenProgramme(await programmes(visit.db), key)

/** The same among programmes already read. */
export const chosenProgramme = (all: readonly Programme[], key: string): Programme | undefined =>
  all.find((programme) => programme.key === key) ??
  all.find(({ template }) => template.kind === 'case management') ??
  all[0]

/**
 * The caller's own practice's part of a programme's list, with everybody judged or added there, and nobody's name:
 * enough to count, narrow and order. Looked up is only of whom something is recorded here; whoever it is not recorded of is
 * to judge. That the others were re-identified is on the log.
 *
 * @param how.all every programme, where they are read already.
 * @param how.isWhole whether everybody is looked up: an age and a reference are known of nobody else.
 */
export async function practiceListUnnamed(
  visit: StaffVisit,
  programme: Programme,
  how: { readonly all?: readonly Programme[]; readonly isWhole?: boolean } = {},
): Promise<PracticeList> {
  const { db } = visit
  const isWhole = how.isWhole ?? false
  const here = visit.caller.organisation.id
  const [part, every] = await Promise.all([
    partOfList(db, programme.id, here, isWhole),
    how.all ?? programmes(db),
  ])
  const { run, cut, lots, signed } = part
  const [reach, inUse, running, notShown] = await Promise.all([
    run && reachNow(db, run, cut, here),
    inUseFor(visit, run),
    run?.modelId ? holdouts(db) : [],
    run?.modelId ? heldOutAt(db, run.id, here) : nobody,
  ])
  const { briefs, lookedUp, rows, counts, drawn } = part
  const byRank = new Map<number, InBrief>()
  for (const brief of briefs) {
    const lot = drawn.get(brief.rank)
    const isHeldOut = notShown.has(brief.rank)
    byRank.set(brief.rank, lot || isHeldOut ? { ...brief, lot, isHeldOut } : brief)
  }
  const names = new Map(every.map(({ id, template }) => [id, template.name]))
  const stands = standsOn(visit, { programme, run, names, reach })
  return {
    programme,
    run,
    counts,
    candidates: [
      ...briefs
        .filter(({ rank }) => !lookedUp.has(rank))
        .map(({ rank }) => stands(neverMet, byRank.get(rank))),
      ...firstOfEach(rows).map((row) => stands(row, byRank.get(row.rank ?? 0))),
    ],
    goneSince: lookedUp.size - rows.filter(({ rank }) => rank !== undefined).length,
    signed,
    inUse,
    reach,
    holdout: runningOn(running, visit.today),
    lots: lots.filter((lot) => isRecent(lot, visit.today)),
    suits: every.map(suitsOf),
  }
}

const nobody: ReadonlySet<number> = new Set()

/** What of somebody where they stand hangs on. */
type Met = Omit<CandidateRow, 'id' | 'isOwn' | 'rank'> & Partial<Pick<CandidateRow, 'id'>>

// Of whom nothing is recorded here: whose person is looked up once a page shows them.
const neverMet: Met = { history: [], programmes: [] }

// A record joined to another has two pseudonyms: the better rank speaks for the person. Nobody judges themselves.
function firstOfEach(rows: readonly CandidateRow[]): readonly CandidateRow[] {
  const rankOf = (row: CandidateRow) => row.rank ?? Number.POSITIVE_INFINITY
  const first = new Map<string, CandidateRow>()
  for (const row of rows) {
    const other = first.get(row.id)
    if (!row.isOwn && (!other || rankOf(row) < rankOf(other))) first.set(row.id, row)
  }
  return [...first.values()]
}

/** Says where one after another stands on a list. */
function standsOn(
  visit: StaffVisit,
  list: {
    readonly programme: Programme
    readonly run?: Run
    readonly names: ReadonlyMap<string, string>
    readonly reach?: Reach
  },
): (person: Met, suggestion: InBrief | undefined) => Unopened {
  const { programme, run, names, reach } = list
  const { today } = visit
  const practiceId = visit.caller.organisation.id
  return (person, suggestion) => {
    const { diedOn, history, programmes } = person
    const hasOpenEpisode = programmes.includes(programme.id)
    const before = standingOf({ history, suggestion, run, hasOpenEpisode, diedOn, practiceId }, today)
    const held = heldStanding(before, suggestion)
    const standing = reach ? cutStanding(held, suggestion, reach) : held
    const elsewhere = programmes.filter((id) => id !== programme.id).map((id) => names.get(id) ?? '')
    const { inForce, seen, added } = judgedOf(history)
    // Each by name, for hundreds a page: to spread one into another takes several times as long.
    return { person, suggestion, standing, elsewhere, history, inForce, seen, added }
  }
}

/** What follows from what was judged: what holds, what the newest is, and that the person was added by hand. */
function judgedOf<One extends JudgedInBrief>(history: readonly One[]) {
  if (history.length === 0) return neverJudged
  const held = standingJudgements(history)
  return {
    history,
    inForce: held.at(-1),
    seen: history.at(-1)?.n ?? 0,
    added: held.findLast(({ decision }) => decision === 'added'),
  }
}

const neverJudged = { history: [], inForce: undefined, seen: 0, added: undefined }

/**
 * Opens some of a list's people and says who they are, with what was written when they were judged. Logged. Whoever may no
 * longer be listed is left out.
 */
export async function named(
  visit: StaffVisit,
  { programme, run }: Pick<PracticeList, 'programme' | 'run'>,
  candidates: readonly Unopened[],
  look: Look,
): Promise<readonly Candidate[]> {
  const rankOf = ({ suggestion }: Unopened) => suggestion?.rank ?? 0
  const { leave, lines } = await openLines(visit, run?.id, {
    ...look,
    ranks: candidates.filter(({ person }) => !person.id).map(rankOf),
    known: candidates.flatMap((one) => (one.person.id ? [{ id: one.person.id, rank: rankOf(one) }] : [])),
  })
  const byId = new Map(lines.map((line) => [line.person.id, line]))
  const byRank = new Map(lines.map((line) => [line.rank, line]))
  const isJudged = candidates.some(({ history }) => history.length > 0)
  const histories = historiesOf(isJudged ? await judgementsIn(visit.db, leave, programme.id) : [])
  return candidates.flatMap((candidate) => {
    const { id } = candidate.person
    const line = id ? byId.get(id) : byRank.get(rankOf(candidate))
    if (!line) return []
    const { person, told } = line
    const suggestion =
      candidate.suggestion && (told ? { ...candidate.suggestion, told } : candidate.suggestion)
    const { standing, elsewhere } = candidate
    return [{ standing, elsewhere, ...judgedOf(histories.get(person.id) ?? []), person, suggestion }]
  })
}

/** The whole of the practice's part of a list with names. */
export async function practiceList(
  visit: StaffVisit,
  programme: Programme,
  look: Look,
): Promise<PracticeList<Candidate>> {
  const list = await practiceListUnnamed(visit, programme, { isWhole: true })
  return { ...list, candidates: await named(visit, list, list.candidates, look) }
}

function historiesOf(judgements: readonly Judgement[]): ReadonlyMap<string, readonly Judgement[]> {
  const histories = new Map<string, Judgement[]>()
  for (const judgement of judgements) {
    histories.set(judgement.personId, [...(histories.get(judgement.personId) ?? []), judgement])
  }
  return histories
}
