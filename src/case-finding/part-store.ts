import type { LondonDate } from '#calendar'
import { asJson, type Db, many, one, sql } from '#database'
import type { PersonId } from '#people'
import { briefsOf } from './brief-rows.ts'
import { asChosenCut, type ChosenCutRow, chosenCutIn } from './cuts/store.ts'
import type { ChosenCut } from './cuts/types.ts'
import { lotsIn } from './lots/store.ts'
import type { Lot } from './lots/types.ts'
import { asSignOff, type SignOff, signOffIn } from './sign-off-store.ts'
import { known, type Nullable, readNow } from './store.ts'
import type { Drawn, InBrief, JudgedInBrief, Judgement, PracticeCounts, Run } from './types.ts'

/** The ranks of a practice's part of a run that a hold-out does not show today. */
export async function heldOutAt(db: Db, runId: string, practiceId: string): Promise<ReadonlySet<number>> {
  const rows = await many<{ rank: number }>(
    db,
    sql`select s.rank from case_finding.suggestion s where s.run_id = ${runId}
          and s.practice_code = (select o.code from organisations.organisation o where o.id = ${practiceId})
          and s.risk is not null and case_finding.is_held_out(s.pseudonym)`,
  )
  return new Set(rows.map(({ rank }) => rank))
}

/** Who stands at some ranks of the caller's practice's part of a run, where they are still to be listed. Recorded. */
export async function peopleAtRanks(
  db: Db,
  runId: string | undefined,
  ranks: readonly number[],
): Promise<ReadonlyMap<number, PersonId>> {
  if (!runId || ranks.length === 0) return new Map()
  const rows = await many<{ rank: number; id: PersonId }>(
    db,
    sql`select rank, person_id as id from case_finding.people_at_ranks(${runId}, ${ranks}::integer[])`,
  )
  return new Map(rows.map(({ rank, id }) => [rank, id]))
}

/** Somebody of the caller's practice's part of a list: what their standing needs, and no name. */
export type CandidateRow = {
  readonly id: PersonId
  /** Their rank on the run; none for whoever was judged and is not on it. */
  readonly rank?: number
  readonly bornOn?: LondonDate
  readonly diedOn?: LondonDate
  /** Oldest first. */
  readonly history: readonly JudgedInBrief[]
  /** The programmes they have an open episode in. */
  readonly programmes: readonly string[]
  /** The caller's own record, which nobody judges. */
  readonly isOwn: boolean
}

type JudgedRow = readonly [
  personId: PersonId,
  n: number,
  decision: Judgement['decision'],
  reason: string,
  showAgainOn: LondonDate | null,
  runId: string | null,
  practiceId: string | null,
  judgedById: string,
  judgedAt: string,
  risk: number | null,
]

/** A list somebody was judged from. */
type RunRow = readonly [id: string, indexOn: LondonDate, sources: readonly string[] | null]

/** Whoever was looked up, as sets: for one after another to be asked of takes the database half as long again. */
type PeopleRow = {
  readonly ids: readonly PersonId[] | null
  /** Of each of them. */
  readonly ranks: readonly number[] | null
  /** Judged for the programme, and on no rank. */
  readonly others: readonly PersonId[]
  readonly own: PersonId | null
  readonly lives:
    | readonly (readonly [PersonId, bornOn: LondonDate | null, diedOn: LondonDate | null])[]
    | null
  readonly episodes: readonly (readonly [PersonId, programmeId: string])[] | null
  /** Oldest first. */
  readonly judged: readonly JudgedRow[] | null
}

/** The caller's practice's part of a programme's list, and whoever of the practice was judged for it. */
export type Part = {
  /** The run that is read now, where there is one. */
  readonly run?: Run
  /** Highest first. */
  readonly briefs: readonly InBrief[]
  /** The ranks that were looked up: of whom something is recorded here, or of all. */
  readonly lookedUp: ReadonlySet<number>
  readonly rows: readonly CandidateRow[]
  readonly counts?: PracticeCounts
  /** How the last draw fell for those who were in any, by rank. */
  readonly drawn: ReadonlyMap<number, Drawn>
  /** The cut of the programme that holds, if anybody chose one. */
  readonly cut?: ChosenCut
  /** Every draw of the programme, newest first. */
  readonly lots: readonly Lot[]
  /** Who signed this part of the run off. */
  readonly signed?: SignOff
}

type PartRow = {
  readonly part: string | null
  readonly asked: readonly number[] | null
  readonly people: PeopleRow | null
  readonly runs: readonly RunRow[] | null
  readonly counts: PracticeCounts | null
  readonly drawn: readonly (readonly [rank: number, drawnOn: LondonDate, isDrawn: boolean])[] | null
  readonly cuts: readonly ChosenCutRow[]
  readonly lots: readonly Lot[]
  readonly signings: readonly SignOff[]
}

/**
 * Reads it, and looks up whoever something is recorded of here, or everybody. Re-identifying is recorded. It comes as one
 * text of the database: hundreds of rows cost ten times as much; and all of it as one question, for each costs both sides a
 * turn at the processor.
 */
export async function partOfList(
  db: Db,
  programmeId: string,
  practiceId: string,
  isWhole: boolean,
): Promise<Part> {
  const row = await one<PartRow & Nullable<Run>>(
    db,
    sql`select n.*, p.*, ${asJson(chosenCutIn(programmeId))} as cuts, ${asJson(lotsIn(programmeId))} as lots,
          ${asJson(signOffIn(sql`n.id`, practiceId))} as signings
        from (select) always left join (${readNow(programmeId)}) n on true
        left join lateral case_finding.part_of_list(${programmeId}, n.id, ${isWhole}) p on true`,
  )
  if (!row) return { briefs: none, lookedUp: new Set(), rows: none, drawn: new Map(), lots: none }
  const { part, asked, people, runs, counts, drawn, cuts, lots, signings, ...run } = row
  return {
    ...(run.id && { run: known<Run>(run) }),
    briefs: briefsOf(part),
    lookedUp: new Set(asked),
    rows: people ? candidatesOf(people, runs ?? none) : none,
    counts: counts ?? undefined,
    drawn: new Map((drawn ?? none).map(([rank, drawnOn, isDrawn]) => [rank, { drawnOn, isDrawn }])),
    cut: cuts.map(asChosenCut)[0],
    lots,
    signed: signings.map(asSignOff)[0],
  }
}

const none: readonly never[] = []

function candidatesOf(people: PeopleRow, runs: readonly RunRow[]): readonly CandidateRow[] {
  const from = new Map(runs.map((one) => [one[0], one]))
  const lives = new Map((people.lives ?? none).map((life) => [life[0], life]))
  const programmes = grouped(people.episodes ?? none, (row) => row[1])
  const judged = grouped(people.judged ?? none, (row) => judgementOf(row, from.get(row[5] ?? '')))
  const candidateOf = (id: PersonId, rank?: number): CandidateRow => {
    const life = lives.get(id)
    return {
      id,
      rank,
      bornOn: life?.[1] ?? undefined,
      diedOn: life?.[2] ?? undefined,
      isOwn: id === people.own,
      programmes: programmes.get(id) ?? none,
      history: judged.get(id) ?? none,
    }
  }
  return [
    ...(people.ids ?? none).map((id, at) => candidateOf(id, people.ranks?.[at])),
    ...people.others.map((id) => candidateOf(id)),
  ]
}

/** What rows say, by the person each begins with. */
function grouped<Row extends readonly [PersonId, ...unknown[]], Said>(
  rows: readonly Row[],
  saidBy: (row: Row) => Said,
): ReadonlyMap<PersonId, readonly Said[]> {
  const groups = new Map<PersonId, Said[]>()
  for (const row of rows) {
    const group = groups.get(row[0])
    if (group) group.push(saidBy(row))
    else groups.set(row[0], [saidBy(row)])
  }
  return groups
}

const judgementOf = (row: JudgedRow, run: RunRow | undefined): JudgedInBrief => ({
  n: row[1],
  decision: row[2],
  reason: row[3],
  showAgainOn: row[4] ?? undefined,
  runId: row[5] ?? undefined,
  practiceId: row[6] ?? undefined,
  judgedById: row[7],
  judgedAt: new Date(row[8]),
  risk: row[9] ?? undefined,
  runIndexOn: run?.[1],
  runSources: run?.[2] ?? none,
})
