import type { LondonDate } from '#calendar'
import { type Db, many, one, run, type Sql, sql } from '#database'
import type { ChosenCut, Cut, FreePlaces } from './types.ts'

/** What `chosenCutIn` asks for: one row, or none. As JSON its instant is text. */
export type ChosenCutRow = {
  readonly n: number
  readonly way: Cut['way']
  readonly value: number
  readonly chosenByName: string
  readonly chosenAt: Date | string
}

/** The cut of a programme that holds, if anybody chose one. */
export async function chosenCut(db: Db, programmeId: string): Promise<ChosenCut | undefined> {
  const row = await one<ChosenCutRow>(db, chosenCutIn(programmeId))
  return row && asChosenCut(row)
}

/** The question for it. */
export const chosenCutIn = (programmeId: string): Sql =>
  sql`select c.n, c.way, c.value::double precision as value, t.name as "chosenByName", c.chosen_at as "chosenAt"
      from case_finding.cut c join organisations.staff t on t.id = c.chosen_by
      where c.programme_id = ${programmeId} order by c.n desc limit 1`

/** Its answer, as it came or as JSON. */
export const asChosenCut = (row: ChosenCutRow): ChosenCut => ({
  n: row.n,
  cut: asCut(row.way, row.value),
  chosenByName: row.chosenByName,
  chosenAt: new Date(row.chosenAt),
})

function asCut(way: Cut['way'], value: number): Cut {
  switch (way) {
    case 'all':
      return { way }
    case 'percent':
    case 'weighted':
      return { way, percent: value }
    case 'number':
      return { way, in100: value }
    case 'places':
    case 'places to come':
      return { way, perPlace: value }
  }
}

/** What a cut is kept as beside its way. */
export function valueIn(cut: Cut): number {
  switch (cut.way) {
    case 'all':
      return 0
    case 'percent':
    case 'weighted':
      return cut.percent
    case 'number':
      return cut.in100
    case 'places':
    case 'places to come':
      return cut.perPlace
  }
}

/** Keeps a cut as the next after `seen`. @returns false when somebody chose first; then nothing was kept. */
export async function addCut(
  db: Db,
  row: {
    readonly programmeId: string
    readonly seen: number
    readonly cut: Cut
    readonly by: string
    readonly at: Date
  },
): Promise<boolean> {
  const touched = await run(
    db,
    sql`insert into case_finding.cut (programme_id, n, way, value, chosen_by, chosen_at)
        values (${row.programmeId}, ${row.seen + 1}, ${row.cut.way}, ${valueIn(row.cut)}, ${row.by}, ${row.at})
        on conflict do nothing`,
  )
  return touched === 1
}

type PlacesRow = {
  readonly free: number
  readonly capacity: number
  readonly countedAt: Date
  readonly by: LondonDate | null
  readonly closings: number | null
  readonly closingsDays: number | null
  readonly more: number | null
  readonly low: number | null
  readonly high: number | null
}

/** A programme's places and what is expected, as they were last counted. */
export async function freePlaces(db: Db, programmeId: string): Promise<FreePlaces | undefined> {
  const row = await one<PlacesRow>(
    db,
    sql`select free, capacity, counted_at as "countedAt", expected_by as by, closings, closings_days as "closingsDays",
          more, more_low as low, more_high as high
        from case_finding.free_places where programme_id = ${programmeId} order by n desc limit 1`,
  )
  if (!row) return undefined
  const { by, closings, closingsDays, more, low, high, ...counted } = row
  if (by === null || closings === null || closingsDays === null) return counted
  const isTold = more !== null && low !== null && high !== null
  return {
    ...counted,
    toCome: { by, closings, closingsDays, ...(isTold && { expected: { more, low, high } }) },
  }
}

export async function addFreePlaces(db: Db, programmeId: string, places: FreePlaces): Promise<void> {
  const { free, capacity, countedAt, toCome } = places
  const expected = toCome?.expected
  await run(
    db,
    sql`insert into case_finding.free_places
          (programme_id, free, capacity, counted_at, expected_by, closings, closings_days, more, more_low, more_high)
        values (${programmeId}, ${free}, ${capacity}, ${countedAt}, ${toCome?.by ?? null}, ${toCome?.closings ?? null},
          ${toCome?.closingsDays ?? null}, ${expected?.more ?? null}, ${expected?.low ?? null}, ${expected?.high ?? null})`,
  )
}

/**
 * For each number of people asked, the rank of the last of so many who wait to be judged, from the first. Undefined where
 * fewer wait.
 */
export async function ranksAskedTo(
  db: Db,
  programmeId: string,
  runId: string,
  asks: readonly number[],
): Promise<readonly (number | undefined)[]> {
  const row = await one<{ ranks: readonly (number | null)[] }>(
    db,
    sql`select case_finding.ranks_asked_to(${programmeId}, ${runId}, ${asks}::integer[]) as ranks`,
  )
  return asks.map((_, at) => row?.ranks[at] ?? undefined)
}

/**
 * The ranks of each practice's own first, as many as so many in 100 of its weighted list. Of a practice whose weighted list the load
 * did not give, every rank. @param practiceId of this practice alone.
 */
export async function ranksByWeightedList(
  db: Db,
  runId: string,
  percent: number,
  practiceId?: string,
): Promise<ReadonlySet<number>> {
  const rows = await many<{ rank: number }>(
    db,
    sql`select w.rank from (
          select s.rank, s.practice_code, row_number() over (partition by s.practice_code order by s.rank) as place
          from case_finding.suggestion s where s.run_id = ${runId} and not s.is_returned
            and s.practice_code = coalesce((select o.code from organisations.organisation o where o.id = ${practiceId ?? null}),
              s.practice_code)) w
        left join organisations.organisation o on o.code = w.practice_code
        where o.weighted_list_size is null or w.place <= round(o.weighted_list_size * ${percent}::numeric / 100)`,
  )
  return new Set(rows.map(({ rank }) => rank))
}
