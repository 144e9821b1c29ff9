import type { LondonDate } from '#calendar'
import { asJson, type Db, many, one, sql } from '#database'
import type { PersonId } from '#people'
import { asChosenCut, type ChosenCutRow, chosenCutIn } from './cuts/store.ts'
import type { ChosenCut } from './cuts/types.ts'
import { lotsIn } from './lots/store.ts'
import type { Lot } from './lots/types.ts'
import { asSignOff, type SignOff, signOffIn } from './sign-off-store.ts'
import { known, type Nullable, readNow } from './store.ts'
import type { Drawn, InBrief, JudgedInBrief, Judgement, PracticeCounts, Run } from './types.ts'

type BriefRow = readonly [
  rank: number,
  emergencyAdmissions: number,
  conditions: readonly string[],
  lastAdmissionOn: LondonDate | null,
  isCareHome: boolean | null,
  livesAlone: boolean | null,
  isReturned: boolean,
  risk: number | null,
  isRiskRising: boolean | null,
  flags: InBrief['flags'] | null,
  aeVisits: number,
  usualIn100: number | null,
]

// Each by name: to spread or to loop over columns takes several times as long.
const briefOf = (row: BriefRow): InBrief => ({
  rank: row[0],
  emergencyAdmissions: row[1],
  conditions: row[2],
  lastAdmissionOn: row[3] ?? undefined,
  isCareHome: row[4] ?? undefined,
  livesAlone: row[5] ?? undefined,
  isReturned: row[6],
  risk: row[7] ?? undefined,
  isRiskRising: row[8] ?? undefined,
  flags: row[9] ?? undefined,
  aeVisits: row[10],
  usualIn100: row[11] ?? undefined,
})

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

type PersonRow = readonly [
  id: PersonId,
  rank: number | null,
  bornOn: LondonDate | null,
  diedOn: LondonDate | null,
  isOwn: 0 | 1,
  programmes: readonly string[] | null,
  history: readonly JudgedRow[] | null,
]

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
  readonly people: readonly PersonRow[] | null
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
  const from = new Map((runs ?? none).map((one) => [one[0], one]))
  const briefs: readonly BriefRow[] = JSON.parse(`[${part ?? ''}]`)
  return {
    ...(run.id && { run: known<Run>(run) }),
    briefs: briefs.map(briefOf),
    lookedUp: new Set(asked),
    rows: (people ?? none).map((person) => candidateOf(person, from)),
    counts: counts ?? undefined,
    drawn: new Map((drawn ?? none).map(([rank, drawnOn, isDrawn]) => [rank, { drawnOn, isDrawn }])),
    cut: cuts.map(asChosenCut)[0],
    lots,
    signed: signings.map(asSignOff)[0],
  }
}

const none: readonly never[] = []

const candidateOf = (row: PersonRow, from: ReadonlyMap<string, RunRow>): CandidateRow => ({
  id: row[0],
  rank: row[1] ?? undefined,
  bornOn: row[2] ?? undefined,
  diedOn: row[3] ?? undefined,
  isOwn: row[4] === 1,
  programmes: row[5] ?? none,
  history: row[6]?.map((judged) => judgementOf(judged, from.get(judged[4] ?? ''))) ?? none,
})

const judgementOf = (row: JudgedRow, run: RunRow | undefined): JudgedInBrief => ({
  n: row[0],
  decision: row[1],
  reason: row[2],
  showAgainOn: row[3] ?? undefined,
  runId: row[4] ?? undefined,
  practiceId: row[5] ?? undefined,
  judgedById: row[6],
  judgedAt: new Date(row[7]),
  risk: row[8] ?? undefined,
  runIndexOn: run?.[1],
  runSources: run?.[2] ?? none,
})
