import { type ListPermit, type Purpose, permitList, type StaffVisit } from '#access'
import { organisationById, type Programme, programmes } from '#organisations'
import { openEpisodesIn } from '#people'
import { peopleBehind } from '#population'
import type { Candidate } from './list-rules.ts'
import { switchInForce, trainedModel } from './model/model-store.ts'
import type { ModelSwitch, TrainedModel } from './model/types.ts'
import { standingJudgements, standingOf } from './rules.ts'
import { currentRun, judgedHere, judgementsIn, listedPeople, practiceCounts, suggestionsAt } from './store.ts'
import type { Judgement, PracticeCounts, Run } from './types.ts'

/** The part of a programme's list that is the caller's practice's. */
export type PracticeList = {
  readonly programme: Programme
  readonly run?: Run
  readonly counts?: PracticeCounts
  readonly candidates: readonly Candidate[]
  /** Suggested by the run and no longer to be listed: they objected, moved or died since. */
  readonly goneSince: number
  /** The model whose numbers the list shows, and who answers for it. */
  readonly inUse?: InUse
}

export type InUse = { readonly model: TrainedModel; readonly since: ModelSwitch }

/** The model in use, where a run is by it. */
export async function inUseFor(visit: StaffVisit, run: Run | undefined): Promise<InUse | undefined> {
  if (!run?.modelId) return undefined
  const [since, model] = [await switchInForce(visit.db), await trainedModel(visit.db, run.modelId)]
  return since && model && since.modelId === run.modelId ? { model, since } : undefined
}

/** The programme an address names, or the first for case management. Undefined when there is none at all. */
export async function programmeFor(visit: StaffVisit, key: string): Promise<Programme | undefined> {
  const all = await programmes(visit.db)
  return (
    all.find((programme) => programme.key === key) ??
    all.find(({ template }) => template.kind === 'case management') ??
    all[0]
  )
}

/**
 * Re-identifies the caller's own practice's part of a programme's list, with everybody judged or added there. The log
 * has the people opened, the purpose and the verb.
 */
export async function practiceList(
  visit: StaffVisit,
  programme: Programme,
  look: { readonly purpose: Purpose; readonly verb: string },
): Promise<PracticeList> {
  const { db, caller } = visit
  const practice = await organisationById(db, caller.organisation.id)
  const code = practice?.code ?? ''
  const run = await currentRun(db, programme.id)
  const suggestions = run ? await suggestionsAt(db, run.id, code) : []
  const behind = await peopleBehind(
    visit,
    suggestions.map(({ pseudonym }) => pseudonym),
  )
  const ids = [...new Set([...behind.values(), ...(await judgedHere(db, programme.id))])]
  const leave = await permitList(visit, { may: 'judge candidates', circle: 'practice', ids, ...look })
  // A record joined to another has two pseudonyms: the better rank speaks for the person.
  const byPerson = new Map(
    [...suggestions].reverse().flatMap((suggestion) => {
      const person = behind.get(suggestion.pseudonym)
      return person ? [[person, suggestion] as const] : []
    }),
  )
  return {
    programme,
    run,
    counts: run && (await practiceCounts(db, run.id, code)),
    candidates: await candidatesIn(visit, leave, { programme, run, byPerson }),
    goneSince: suggestions.length - behind.size,
    inUse: await inUseFor(visit, run),
  }
}

async function candidatesIn(
  visit: StaffVisit,
  leave: ListPermit,
  list: {
    readonly programme: Programme
    readonly run?: Run
    readonly byPerson: ReadonlyMap<string, NonNullable<Candidate['suggestion']>>
  },
): Promise<readonly Candidate[]> {
  const { db, today, caller } = visit
  const { programme, run, byPerson } = list
  const people = await listedPeople(db, leave)
  const histories = historiesOf(await judgementsIn(db, leave, programme.id))
  const episodes = await openEpisodesIn(db, leave)
  return people.map((person) => {
    const history = histories.get(person.id) ?? []
    const suggestion = byPerson.get(person.id)
    const open = episodes.filter(({ personId }) => personId === person.id)
    const held = standingJudgements(history)
    const added = held.findLast(({ decision }) => decision === 'added')
    const standing = standingOf(
      {
        history,
        suggestion,
        run,
        hasOpenEpisode: open.some(({ programmeId }) => programmeId === programme.id),
        diedOn: person.diedOn,
        practiceId: caller.organisation.id,
      },
      today,
    )
    return {
      person,
      suggestion,
      standing,
      history,
      inForce: held.at(-1),
      seen: history.at(-1)?.n ?? 0,
      addedById: added?.judgedById,
      addedReason: added?.reason,
      elsewhere: open
        .filter(({ programmeId }) => programmeId !== programme.id)
        .map(({ programmeName }) => programmeName),
    }
  })
}

function historiesOf(judgements: readonly Judgement[]): ReadonlyMap<string, readonly Judgement[]> {
  const histories = new Map<string, Judgement[]>()
  for (const judgement of judgements) {
    histories.set(judgement.personId, [...(histories.get(judgement.personId) ?? []), judgement])
  }
  return histories
}
