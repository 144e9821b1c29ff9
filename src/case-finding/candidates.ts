import { type Purpose, permitList, type StaffVisit } from '#access'
import { organisationById, type Programme, programmes } from '#organisations'
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
import type { Candidate, Unnamed } from './list-rules.ts'
import { isRecent } from './lots/rules.ts'
import { lotsOf } from './lots/store.ts'
import type { Lot } from './lots/types.ts'
import { switchInForce, trainedModel } from './model/model-store.ts'
import type { ModelSwitch, TrainedModel } from './model/types.ts'
import { heldStanding, standingJudgements, standingOf } from './rules.ts'
import {
  type CandidateRow,
  candidatesHere,
  currentRun,
  judgementsIn,
  type ListedPerson,
  listedPeople,
  practiceCounts,
  suggestionsAt,
} from './store.ts'
import type { Judgement, PracticeCounts, Run, Suggestion } from './types.ts'

/** The part of a programme's list that is the caller's practice's. */
export type PracticeList<Who extends Unnamed = Unnamed> = {
  readonly programme: Programme
  readonly run?: Run
  readonly counts?: PracticeCounts
  readonly candidates: readonly Candidate<Who>[]
  /** Suggested by the run and no longer to be listed: they objected, moved or died since. */
  readonly goneSince: number
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
 * enough to count, narrow and order. That they were re-identified is on the log.
 *
 * @param all every programme, where they are read already.
 */
export async function practiceListUnnamed(
  visit: StaffVisit,
  programme: Programme,
  all?: readonly Programme[],
): Promise<PracticeList> {
  const { db } = visit
  const [place, run, every] = await Promise.all([
    organisationById(db, visit.caller.organisation.id),
    currentRun(db, programme.id),
    all ?? programmes(db),
  ])
  const code = place?.code ?? ''
  const [suggestions, rows, reach, counts, inUse, held, lots] = await Promise.all([
    run ? suggestionsAt(db, run.id, code) : [],
    candidatesHere(db, programme.id, run?.id),
    run && reachNow(db, programme.id, run, code),
    run && practiceCounts(db, run.id, code),
    inUseFor(visit, run),
    run?.modelId ? holdouts(db) : [],
    lotsOf(db, programme.id),
  ])
  const names = new Map(every.map(({ id, template }) => [id, template.name]))
  const byPseudonym = new Map(suggestions.map((suggestion) => [suggestion.pseudonym, suggestion]))
  const behind = rows.filter(({ pseudonym }) => pseudonym)
  return {
    programme,
    run,
    counts,
    candidates: firstOfEach(rows, byPseudonym).map((row) =>
      candidateOf(visit, row, {
        programme,
        run,
        names,
        reach,
        suggestion: byPseudonym.get(row.pseudonym ?? ''),
      }),
    ),
    goneSince: suggestions.length - behind.length,
    inUse,
    reach,
    holdout: runningOn(held, visit.today),
    lots: lots.filter((lot) => isRecent(lot, visit.today)),
    suits: every.map(suitsOf),
  }
}

// A record joined to another has two pseudonyms: the better rank speaks for the person. Nobody judges themselves.
function firstOfEach(
  rows: readonly CandidateRow[],
  byPseudonym: ReadonlyMap<string, Suggestion>,
): readonly CandidateRow[] {
  const rankOf = (row: CandidateRow) => byPseudonym.get(row.pseudonym ?? '')?.rank ?? Number.POSITIVE_INFINITY
  const first = new Map<string, CandidateRow>()
  for (const row of rows) {
    const other = first.get(row.id)
    if (!row.isOwn && (!other || rankOf(row) < rankOf(other))) first.set(row.id, row)
  }
  return [...first.values()]
}

function candidateOf(
  visit: StaffVisit,
  row: CandidateRow,
  list: {
    readonly programme: Programme
    readonly run?: Run
    readonly names: ReadonlyMap<string, string>
    readonly reach?: Reach
    readonly suggestion?: Suggestion
  },
): Candidate<Unnamed> {
  const { programme, run, names, reach, suggestion } = list
  const before = standingOf(
    {
      history: row.history,
      suggestion,
      run,
      hasOpenEpisode: row.programmes.includes(programme.id),
      diedOn: row.diedOn,
      practiceId: visit.caller.organisation.id,
    },
    visit.today,
  )
  const held = heldStanding(before, suggestion)
  const standing = reach ? cutStanding(held, suggestion, reach) : held
  const elsewhere = row.programmes.filter((id) => id !== programme.id).map((id) => names.get(id) ?? '')
  const { history, inForce, seen, addedById, addedReason } = judgedOf(row.history)
  // Each by name, for hundreds a page: to spread one into another takes several times as long.
  return {
    person: row,
    suggestion,
    standing,
    elsewhere,
    history,
    inForce,
    seen,
    addedById,
    addedReason,
  }
}

type Judged = Pick<Candidate, 'history' | 'inForce' | 'seen' | 'addedById' | 'addedReason'>

const neverJudged: Judged = { history: [], seen: 0 }

function judgedOf(history: readonly Judgement[]): Judged {
  if (history.length === 0) return neverJudged
  const held = standingJudgements(history)
  const added = held.findLast(({ decision }) => decision === 'added')
  return {
    history,
    inForce: held.at(-1),
    seen: history.at(-1)?.n ?? 0,
    addedById: added?.judgedById,
    addedReason: added?.reason,
  }
}

/** Opens some of a list's people and says who they are, with what was written when they were judged. Logged. */
export async function named(
  visit: StaffVisit,
  programme: Programme,
  candidates: readonly Candidate<Unnamed>[],
  look: Look,
): Promise<readonly Candidate[]> {
  const ids = candidates.map(({ person }) => person.id)
  const leave = await permitList(visit, { may: 'judge candidates', circle: 'practice', ids, ...look })
  const people = new Map((await listedPeople(visit.db, leave)).map((person) => [person.id, person]))
  const isJudged = candidates.some(({ history }) => history.length > 0)
  const histories = historiesOf(isJudged ? await judgementsIn(visit.db, leave, programme.id) : [])
  return candidates.flatMap((candidate) => {
    const person = people.get(candidate.person.id)
    return person ? [{ ...candidate, ...judgedOf(histories.get(person.id) ?? []), person }] : []
  })
}

/** The whole of the practice's part of a list with names. */
export async function practiceList(
  visit: StaffVisit,
  programme: Programme,
  look: Look,
): Promise<PracticeList<ListedPerson>> {
  const list = await practiceListUnnamed(visit, programme)
  return { ...list, candidates: await named(visit, programme, list.candidates, look) }
}

function historiesOf(judgements: readonly Judgement[]): ReadonlyMap<string, readonly Judgement[]> {
  const histories = new Map<string, Judgement[]>()
  for (const judgement of judgements) {
    histories.set(judgement.personId, [...(histories.get(judgement.personId) ?? []), judgement])
  }
  return histories
}
