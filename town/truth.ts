import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Workbench } from './duckdb.ts'
import { joinParts, type TownWish, type Written } from './make.ts'
import type { Making } from './making.ts'
import { riskTable } from './sql/risk.ts'
import { text } from './sql/words.ts'

export type TruthStep = { readonly name: string; readonly sql: string; readonly before?: readonly string[] }

/** How many futures the true risk is the mean of (0: none is told), and at the first day of which quarters. */
export type Risks = { readonly futures: number; readonly quarters: readonly number[] }

export const noRisks: Risks = { futures: 0, quarters: [] }

/** A year before the end, and the end. */
export const riskQuarters: readonly number[] = [16, 20]

/** What only the maker knows of one part, as queries whose rows go to the truth folder. */
export const truthSteps = (making: Making, { futures, quarters }: Risks): TruthStep[] => [
  {
    name: 'people',
    sql: `select p.id, p.nhs::varchar as nhs_number, p.b, p.cv, p.mh, p.re, p.al, p.s, p.gi, p.oi, p.ei, p.eth, i.grp16, p.twin,
      p.namesake, p.moved, p.lives_alone, date '${making.startOn}' + s.death_day::int as dies_on
      from person p join identity i using (id) join span s using (id) order by p.id`,
  },
  {
    name: 'enrolled',
    sql: `select e.id, p.nhs::varchar as nhs_number, date '${making.startOn}' + e.enrol_day::int as enrolled_on,
      coalesce(a.ratio, 1) as ratio, coalesce(a.added, 0) as added, coalesce(a.ratio, 1) <> 1 as responder
      from enrolled e join span p using (id) left join (select * from acting where to_day = 1826) a using (id) order by e.id`,
  },
  {
    name: 'prevented',
    sql: `select w.id, p.nhs::varchar as nhs_number, w.c, date '${making.startOn}' + w.day::int as admitted_on
      from prevented w join span p using (id) order by w.id, w.day, w.c`,
  },
  {
    name: 'transposed',
    before: [],
    sql: `select a.id, a.nhs::varchar as nhs_number, a.given::varchar as written_as, a.c from attended a where a.given <> a.nhs order by a.id, a.c`,
  },
  {
    name: 'prices',
    sql: `select s.id, p.nhs::varchar as nhs_number, s.c, date '${making.startOn}' + s.day::int as admitted_on, exp(0.6 * lg(u(s.k, 225, s.c)) - 0.18) as factor,
      case when u(s.k, 226, s.c) < 0.04 then 9000 else 0 end as critical_care from stay s join span p using (id) order by s.id, s.day, s.c`,
  },
  {
    name: 'pairs',
    sql: `select a.id, a.nhs::varchar as nhs_number, b.id as other_id, b.nhs::varchar as other_nhs_number, case when a.twin then 'twins' else 'namesakes' end as kind,
      a.twin and left(a.given_name, -1) = left(b.given_name, -1) as names_almost_same
      from identity a join identity b on b.id = a.id + 1 where a.id % 2 = 0 and (a.twin or a.namesake) order by a.id`,
  },
  ...(futures > 0 ? quarters.map((q) => ({ name: `risk-q${q}`, sql: riskTable(making, q, futures) })) : []),
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
  const names = [...written.keys()].filter(
    (name) => name.startsWith('truth.') && !name.startsWith('truth.mess-'),
  )
  for (const name of names)
    await joinParts(bench, written.get(name) ?? [], join(folder, `${name.slice(6)}.parquet`))
  const messy = [...written].filter(([name]) => name.startsWith('truth.mess-')).flatMap(([, paths]) => paths)
  if (messy.length > 0) await joinParts(bench, messy, join(folder, 'mess.parquet'))
  const mess =
    messy.length > 0
      ? await bench.rows(
          `select file, fault, count(*)::int as rows from read_parquet(${text(join(folder, 'mess.parquet'))}) group by all order by all`,
        )
      : []
  await bench.run(`copy (select nhs_number, enrolled_on from read_parquet(${text(join(folder, 'enrolled.parquet'))}) order by enrolled_on, nhs_number)
    to ${text(join(folder, 'history.csv'))} (format csv, header)`)
  const of = async (name: string, sum = 'count(*)') =>
    Number(
      (
        await bench.rows(
          `select ${sum}::varchar as n from read_parquet(${text(join(folder, `${name}.parquet`))})`,
        )
      )[0]?.n ?? 0,
    )
  const totals = {
    enrolled: await of('enrolled'),
    prevented: await of('prevented'),
    transposed: await of('transposed'),
    twins: await of('pairs', "count(*) filter (kind = 'twins')"),
    namesakes: await of('pairs', "count(*) filter (kind = 'namesakes')"),
  }
  const { onProgress: _words, out: _out, partSize: _size, threads: _threads, ...kept } = facts
  await writeFile(
    join(folder, 'truth.json'),
    JSON.stringify(
      {
        synthetic: true,
        ...kept,
        history: making.history,
        startOn: making.startOn,
        cutDay: making.cutDay,
        rowsOfPeople: making.rows,
        totals,
        mess,
      },
      null,
      2,
    ),
  )
}
