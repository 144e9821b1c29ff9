import { type ListPermit, type Purpose, permitOpened, type Visit } from '#access'
import type { LondonDate } from '#calendar'
import { type Db, many, one, sql } from '#database'
import type { PersonId } from '#people'
import { known, type ListedPerson, type Nullable } from './store.ts'
import type { Drawn, InBrief, Judgement, Run, Suggestion } from './types.ts'

/** A suggestion in brief, and whether anything is recorded here of who stands behind it. */
type Brief = InBrief & { readonly hasHistory: boolean }

type BriefRow = readonly [
  rank: number,
  hasHistory: 0 | 1,
  emergencyAdmissions: number,
  conditions: readonly string[],
  lastAdmissionOn: LondonDate | null,
  isCareHome: boolean | null,
  livesAlone: boolean | null,
  isReturned: boolean,
  risk: number | null,
  isRiskRising: boolean | null,
  flags: InBrief['flags'] | null,
]

/** A practice's part of a run, highest first, as one text of the database: hundreds of rows cost ten times as much. */
export async function partInBrief(db: Db, runId: string, practiceCode: string): Promise<readonly Brief[]> {
  const row = await one<{ part: string | null }>(
    db,
    sql`select string_agg(b.one, ',') as part from (
          select '[' || s.rank || ',' || (case_finding.has_history(s.pseudonym))::integer
              || ',' || substr(s.in_brief, 2) as one
          from case_finding.suggestion s where s.run_id = ${runId} and s.practice_code = ${practiceCode} order by s.rank) b`,
  )
  const rows: readonly BriefRow[] = JSON.parse(`[${row?.part ?? ''}]`)
  return rows.map(briefOf)
}

// Each by name: to spread or to loop over columns takes several times as long.
const briefOf = (row: BriefRow): Brief => ({
  rank: row[0],
  hasHistory: row[1] === 1,
  emergencyAdmissions: row[2],
  conditions: row[3],
  lastAdmissionOn: row[4] ?? undefined,
  isCareHome: row[5] ?? undefined,
  livesAlone: row[6] ?? undefined,
  isReturned: row[7],
  risk: row[8] ?? undefined,
  isRiskRising: row[9] ?? undefined,
  flags: row[10] ?? undefined,
})

/** The ranks of a practice's part of a run that a hold-out does not show today. */
export async function heldOutAt(db: Db, runId: string, practiceCode: string): Promise<ReadonlySet<number>> {
  const rows = await many<{ rank: number }>(
    db,
    sql`select s.rank from case_finding.suggestion s where s.run_id = ${runId} and s.practice_code = ${practiceCode}
          and s.risk is not null and case_finding.is_held_out(s.pseudonym)`,
  )
  return new Set(rows.map(({ rank }) => rank))
}

/** How the last draw of a programme fell for those of a practice's part of its run who were in any, by rank. */
export async function drawnAt(
  db: Db,
  run: Pick<Run, 'id' | 'programmeId'>,
  practiceCode: string,
): Promise<ReadonlyMap<number, Drawn>> {
  const rows = await many<Drawn & { rank: number }>(
    db,
    sql`select distinct on (s.rank) s.rank, l.drawn_on as "drawnOn", p.is_drawn as "isDrawn"
        from case_finding.lot l join case_finding.lot_person p on p.lot_id = l.id
        join case_finding.suggestion s on s.run_id = ${run.id} and s.pseudonym = p.pseudonym
        where l.programme_id = ${run.programmeId} and s.practice_code = ${practiceCode} order by s.rank, l.n desc`,
  )
  return new Map(rows.map(({ rank, drawnOn, isDrawn }) => [rank, { drawnOn, isDrawn }]))
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
  /** Oldest first, without the words that were written. */
  readonly history: readonly Judgement[]
  /** The programmes they have an open episode in. */
  readonly programmes: readonly string[]
  /** The caller's own record, which nobody judges. */
  readonly isOwn: boolean
}

type StoredJudgement = Nullable<Omit<Judgement, 'judgedAt'>> & { readonly judgedAt: string }

/**
 * Those of the caller's practice now who were judged for a programme, or suggested by a run: all of these, or only those
 * something is recorded of here. Re-identifying is recorded.
 */
export async function candidatesHere(
  db: Db,
  programmeId: string,
  runId: string | undefined,
  isWhole: boolean,
): Promise<readonly CandidateRow[]> {
  const rows = await many<
    Nullable<Omit<CandidateRow, 'history'>> & { readonly history: readonly StoredJudgement[] | null }
  >(
    db,
    sql`select person_id as id, rank, born_on as "bornOn", died_on as "diedOn", judged as history,
          coalesce(programmes, '{}') as programmes, is_own as "isOwn"
        from case_finding.people_on_list(${programmeId}, ${runId ?? null}, ${isWhole})`,
  )
  // Each by name: to spread one row into another takes longer than to read it.
  return rows.map((row) => ({
    id: row.id ?? '',
    rank: row.rank ?? undefined,
    bornOn: row.bornOn ?? undefined,
    diedOn: row.diedOn ?? undefined,
    history: row.history?.map(judgementOf) ?? none,
    programmes: row.programmes ?? none,
    isOwn: row.isOwn ?? false,
  }))
}

const none: readonly never[] = []

const judgementOf = (stored: StoredJudgement): Judgement => ({
  ...known<Omit<Judgement, 'judgedAt'>>(stored),
  judgedAt: new Date(stored.judgedAt ?? 0),
})

type Line = ListedPerson & Omit<Suggestion, keyof InBrief> & { readonly rank: number }

/**
 * Opens some people of the caller's practice's part of a run: those at some ranks, and some looked up already. Whoever may no
 * longer be listed is left out.
 *
 * @returns leave to read them, who they are, and what a line of the list says of them besides.
 */
export async function openLines(
  visit: Visit,
  runId: string | undefined,
  asked: {
    readonly ranks: readonly number[]
    /** Whoever is on no list has rank 0. */
    readonly known: readonly { readonly id: PersonId; readonly rank: number }[]
    readonly purpose: Purpose
    readonly verb: string
  },
): Promise<{ readonly leave: ListPermit; readonly lines: readonly Line[] }> {
  const { ranks, known: lookedUp, purpose, verb } = asked
  const leave = await permitOpened<{ readonly facts: readonly Nullable<Line>[] }>(
    visit,
    'judge candidates',
    sql`case_finding.open_listed(${runId ?? null}, ${ranks}::integer[], ${lookedUp.map(({ id }) => id)}::uuid[],
          ${lookedUp.map(({ rank }) => rank)}::integer[], ${purpose}, ${verb})`,
  )
  return { leave, lines: leave.facts.map((line) => known<Line>(line)) }
}
