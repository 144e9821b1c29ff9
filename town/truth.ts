import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Workbench } from './duckdb.ts'
import type { TownWish, Written } from './make.ts'
import type { Making } from './making.ts'
import { text } from './sql/words.ts'

export type TruthStep = { readonly name: string; readonly sql: string; readonly before?: readonly string[] }

/** What only the maker knows of one part, as queries whose rows go to the truth folder. */
export const truthSteps = (making: Making, _futures: number): TruthStep[] => [
  {
    name: 'people',
    sql: `select p.id, p.nhs::varchar as nhs_number, p.b, p.cv, p.mh, p.re, p.al, p.s, p.gi, p.oi, p.ei, p.eth, i.grp16, p.twin,
      p.namesake, p.moved, date '${making.startOn}' + d.death_day::int as dies_on from person p join identity i using (id) left join death d using (id) order by p.id`,
  },
  {
    name: 'enrolled',
    sql: `select e.id, p.nhs::varchar as nhs_number, date '${making.startOn}' + e.enrol_day::int as enrolled_on, a.ratio, a.added
      from enrolled e join person p using (id) join acting a using (id) order by e.id`,
  },
  {
    name: 'prevented',
    sql: `select id, c, date '${making.startOn}' + day::int as admitted_on from prevented order by id, day, c`,
  },
]

/** Writes the truth folder: totals and the seed in truth.json, rows in Parquet, the built-in history as CSV. */
export async function writeTruth(
  bench: Workbench,
  making: Making,
  written: Written,
  folder: string,
  facts: TownWish & { until: string; version: number; rows: Record<string, number> },
): Promise<void> {
  await mkdir(folder, { recursive: true })
  const names = [...written.keys()].filter((name) => name.startsWith('truth.'))
  for (const name of names) {
    const parts = (written.get(name) ?? []).map(text).join(', ')
    await bench.run(
      `copy (select * from read_parquet([${parts}])) to ${text(join(folder, `${name.slice(6)}.parquet`))} (format parquet)`,
    )
  }
  await bench.run(`copy (select nhs_number, enrolled_on from read_parquet(${text(join(folder, 'enrolled.parquet'))}) order by enrolled_on, nhs_number)
    to ${text(join(folder, 'history.csv'))} (format csv, header)`)
  const { onProgress: _, out: __, ...kept } = facts
  await writeFile(
    join(folder, 'truth.json'),
    JSON.stringify({ synthetic: true, ...kept, startOn: making.startOn, rowsOfPeople: making.rows }, null, 2),
  )
}
