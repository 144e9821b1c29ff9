import { type Db, one, run, sql } from '#database'
import type { ChosenCut, Cut, FreePlaces } from './types.ts'

type Row = {
  readonly n: number
  readonly way: Cut['way']
  readonly value: number
  readonly chosenByName: string
  readonly chosenAt: Date
}

/** The cut of a programme that holds, if anybody chose one. */
export async function chosenCut(db: Db, programmeId: string): Promise<ChosenCut | undefined> {
  const row = await one<Row>(
    db,
    sql`select c.n, c.way, c.value::double precision as value, t.name as "chosenByName", c.chosen_at as "chosenAt"
        from case_finding.cut c join organisations.staff t on t.id = c.chosen_by
        where c.programme_id = ${programmeId} order by c.n desc limit 1`,
  )
  return row && { ...row, cut: asCut(row.way, row.value) }
}

function asCut(way: Cut['way'], value: number): Cut {
  switch (way) {
    case 'all':
      return { way }
    case 'percent':
      return { way, percent: value }
    case 'number':
      return { way, in100: value }
    case 'places':
      return { way, perPlace: value }
  }
}

/** What a cut is kept as beside its way. */
export function valueIn(cut: Cut): number {
  switch (cut.way) {
    case 'all':
      return 0
    case 'percent':
      return cut.percent
    case 'number':
      return cut.in100
    case 'places':
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

/** How many places of a programme are free, as they were last counted. */
export const freePlaces = (db: Db, programmeId: string): Promise<FreePlaces | undefined> =>
  one(
    db,
    sql`select free, capacity, counted_at as "countedAt" from case_finding.free_places
        where programme_id = ${programmeId} order by n desc limit 1`,
  )

export async function addFreePlaces(db: Db, programmeId: string, places: FreePlaces): Promise<void> {
  await run(
    db,
    sql`insert into case_finding.free_places (programme_id, free, capacity, counted_at)
        values (${programmeId}, ${places.free}, ${places.capacity}, ${places.countedAt})`,
  )
}

/** The rank of the last of so many people who wait to be judged, from the first. Undefined when fewer wait. */
export async function rankAskedTo(
  db: Db,
  programmeId: string,
  runId: string,
  asks: number,
): Promise<number | undefined> {
  const row = await one<{ rank: number | null }>(
    db,
    sql`select case_finding.rank_asked_to(${programmeId}, ${runId}, ${asks}) as rank`,
  )
  return row?.rank ?? undefined
}
