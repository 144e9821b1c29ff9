import type { Workbench } from './duckdb.ts'
import type { Figures } from './figures.ts'
import { areaUnder, fitLogistic, fitTrees, scoreLogistic, type Table } from './fits.ts'
import { addDays } from './making.ts'

const features = [
  'age',
  'age2',
  'old',
  'veryold',
  'female',
  'imd',
  'e30',
  'e90',
  'e365',
  'e1095',
  'e365cap',
  'nights',
  'a30',
  'a90',
  'a365',
  'g90',
  'g365',
  'o365',
  'p365',
  'drugs',
  'items',
  'core',
  'copd',
  'hf',
  'dementia',
  'dm2',
  'alc',
  'drug',
  'smi',
  'epi',
  'cancer',
  'liver',
  'ckd',
  'falls',
  'dep',
  'oldcore',
  'oldnights',
  'e_core',
  'drugs_e',
  'g_e',
] as const

/** One row an adult registered on the day, with their past and whether they were admitted in the year after. */
function tableOf(day: string): string {
  const count = (name: string, file: string, column: string, days: readonly number[], where = 'true') =>
    `${name} as (select nhs_number, ${days.map((d) => `count(*) filter (${column} >= date '${addDays(day, -d)}') as n${d}`).join(', ')}
      from ${file} where ${column} < date '${day}' and ${where} group by 1)`
  const ill = [
    'copd',
    'hf',
    'dementia',
    'dm2',
    'alc',
    'drug',
    'smi',
    'epi',
    'cancer',
    'liver',
    'ckd',
    'falls',
    'dep',
  ]
  return `with ${count('e', 'emergency', 'admitted_on', [30, 90, 365, 1095])}, ${count('a', 'emergency_department', 'arrived_at', [30, 90, 365])},
    ${count('g', 'gp_contacts', 'date', [90, 365])}, ${count('o', 'outpatient', 'date', [365])}, ${count('p', 'inpatient', 'admitted_on', [365], "admission_method[1] = '1'")},
    v as (select nhs_number, sum(least(discharged_on, date '${day}') - admitted_on) as nights from emergency where admitted_on < date '${day}' and admitted_on >= date '${addDays(day, -365)}' group by 1),
    r as (select nhs_number, count(distinct code) as drugs, count(*) as items from prescriptions where issued_on < date '${day}' and issued_on >= date '${addDays(day, -365)}' group by 1),
    c as (select nhs_number, sum(core) as core, ${ill.map((id) => `max((id = '${id}')::int) as ${id}`).join(', ')} from ill where since < date '${day}' group by 1),
    y as (select nhs_number, count(*) as n from emergency where admitted_on >= date '${day}' and admitted_on < date '${addDays(day, 365)}' group by 1),
    base as (select p.*, (date '${day}' - born) / 365.25 as years from registered p join (select distinct nhs_number from people
      where registered_on < date '${day}' and coalesce(left_on, date '2999-01-01') >= date '${day}' and coalesce(died_on, date '2999-01-01') >= date '${day}') here using (nhs_number)
      where (date '${day}' - born) / 365.25 >= 18),
    f as (select b.nhs_number, years as age, b.female::int as female, b.imd, coalesce(e.n30, 0) as e30, coalesce(e.n90, 0) as e90, coalesce(e.n365, 0) as e365, coalesce(e.n1095, 0) as e1095,
      coalesce(v.nights, 0) as nights, coalesce(a.n30, 0) as a30, coalesce(a.n90, 0) as a90, coalesce(a.n365, 0) as a365, coalesce(g.n90, 0) as g90, coalesce(g.n365, 0) as g365,
      coalesce(o.n365, 0) as o365, coalesce(p.n365, 0) as p365, coalesce(r.drugs, 0) as drugs, coalesce(r.items, 0) as items, coalesce(c.core, 0) as core,
      ${ill.map((id) => `coalesce(c.${id}, 0) as ${id}`).join(', ')}, coalesce(y.n, 0) as later
      from base b left join e using (nhs_number) left join v using (nhs_number) left join a using (nhs_number) left join g using (nhs_number) left join o using (nhs_number)
        left join p using (nhs_number) left join r using (nhs_number) left join c using (nhs_number) left join y using (nhs_number))
    select nhs_number, later, (age / 10)::double as age, (age * age / 1000)::double as age2, greatest(0, age - 65) / 10 as old, greatest(0, age - 80) / 10 as veryold, female, imd,
      e30, ln(1 + e90) as e90, ln(1 + e365) as e365, ln(1 + e1095) as e1095, least(e365, 6) as e365cap, ln(1 + nights) as nights, a30, ln(1 + a90) as a90, ln(1 + a365) as a365,
      ln(1 + g90) as g90, ln(1 + g365) as g365, ln(1 + o365) as o365, ln(1 + p365) as p365, sqrt(drugs) as drugs, ln(1 + items) as items, least(core, 12) as core,
      ${ill.join(', ')}, greatest(0, age - 65) / 10 * least(core, 12) as oldcore, greatest(0, age - 65) / 10 * ln(1 + nights) as oldnights,
      ln(1 + e1095) * least(core, 12) as e_core, sqrt(drugs) * ln(1 + e1095) as drugs_e, ln(1 + g365) * ln(1 + e1095) as g_e, e365 as last_year
    from f order by nhs_number`
}

async function load(bench: Workbench, name: string, day: string): Promise<Table> {
  await bench.run(`create or replace table ${name} as ${tableOf(day)}`)
  const columns = [...features, 'later', 'last_year']
  const lists = await bench.columns(
    `select ${columns.map((column) => `${column}::double as ${column}`).join(', ')} from ${name} order by nhs_number`,
  )
  const later = lists.get('later') ?? new Float64Array()
  const x = features.map((feature) => lists.get(feature) ?? new Float64Array())
  return {
    x,
    y: Float64Array.from(later, (n) => (n > 0 ? 1 : 0)),
    later,
    lastYear: lists.get('last_year') ?? new Float64Array(),
  }
}

/** Fits on one year and looks at the next: how well use can be foretold at all, and by whom the list is filled. */
export async function measureModels(
  bench: Workbench,
  until: string,
  found: Figures,
  hasRisk: boolean,
): Promise<void> {
  const day = addDays(until, -364)
  const train = await load(bench, 'train_on', addDays(day, -365))
  const test = await load(bench, 'test_on', day)
  const events = test.y.reduce((sum, y) => sum + y, 0)
  if (events < 100) return
  const risk = scoreLogistic(fitLogistic(train), test)
  const aucError = 0.27 / Math.sqrt(events)
  found.set('auc.logit', { value: areaUnder(risk, test.y), error: aucError })
  found.set('auc.prior', { value: areaUnder(test.lastYear, test.y), error: aucError })
  found.set('auc.gbm', { value: areaUnder(fitTrees(train, test), test.y), error: aucError })
  if (hasRisk) await trueRisk(bench, found, aucError)
  byList(risk, test, found)
  calibration(risk, test, found)
  await listFigures(bench, risk, found)
}

async function trueRisk(bench: Workbench, found: Figures, error: number): Promise<void> {
  const lists = await bench.columns(
    `select r.true_risk::double as risk, (t.later > 0)::int::double as y from test_on t join "risk-q16" r using (nhs_number) order by nhs_number`,
  )
  found.set('auc.truth', {
    value: areaUnder(lists.get('risk') ?? new Float64Array(), lists.get('y') ?? new Float64Array()),
    error,
  })
}

const orderOf = (risk: Float64Array): number[] =>
  [...risk.keys()].sort((a, b) => (risk[b] ?? 0) - (risk[a] ?? 0))

function byList(risk: Float64Array, test: Table, found: Figures): void {
  const order = orderOf(risk)
  const hit = (percent: number) => {
    const top = order.slice(0, Math.ceil((order.length * percent) / 100))
    return { n: top.length, events: top.reduce((sum, at) => sum + (test.y[at] ?? 0), 0) }
  }
  const [small, five] = [hit(0.5), hit(5)]
  const of = (events: number, n: number) => ({
    value: events / n,
    error: Math.sqrt(((events / n) * (1 - events / n)) / n),
  })
  found.set('ppv.0_5', of(small.events, small.n))
  found.set('ppv.5', of(five.events, five.n))
  found.set(
    'sens.5',
    of(
      five.events,
      test.y.reduce((sum, y) => sum + y, 0),
    ),
  )
}

function calibration(risk: Float64Array, test: Table, found: Figures): void {
  const logit = Float64Array.from(risk, (p) => Math.log(p / (1 - p)))
  const [, slope] = fitLogistic({ ...test, x: [logit] })
  const observed = test.y.reduce((sum, y) => sum + y, 0)
  found.set('cal.slope', { value: slope ?? 0, error: 1.3 / Math.sqrt(observed) })
  found.set('cal.oe', {
    value: observed / risk.reduce((sum, p) => sum + p, 0),
    error: 1 / Math.sqrt(observed),
  })
}

/** The 5% list: what its people cost and use, how many had no admission, and how it falls by practice. */
async function listFigures(bench: Workbench, risk: Float64Array, found: Figures): Promise<void> {
  const names = await bench.rows('select nhs_number from test_on order by nhs_number')
  const top = orderOf(risk)
    .slice(0, Math.ceil(risk.length * 0.05))
    .map((at) => `('${String(names[at]?.nhs_number)}')`)
  await bench.run(`create or replace table listed as select * from (values ${top.join(', ')}) t(nhs_number)`)
  const [row] =
    await bench.rows(`with t as (select t.nhs_number, l.nhs_number is not null as on_list, t.later, v.ea, v.gp, v.practice, t.e1095 from test_on t
      left join listed l using (nhs_number) join everyone v using (nhs_number)),
    q as (select nhs_number, count(*) as n from emergency where admitted_on < (select max(admitted_on) from emergency) - 364 and admitted_on >= (select max(admitted_on) from emergency) - 1094 group by 1),
    d as (select nhs_number, count(distinct code) as n from prescriptions where issued_on >= (select max(issued_on) from prescriptions) - 364 group by 1)
    select avg(ea) filter (on_list) / avg(ea) as adm, avg(gp) filter (on_list) / avg(gp) as gp, avg(coalesce(d.n, 0)) filter (on_list) as rx,
      100 * avg((coalesce(q.n, 0) = 0)::int) filter (on_list) as no2y, avg((later > 0)::int) filter (on_list and coalesce(q.n, 0) = 0) as no2y_ppv,
      (select min(share) from (select 100 * avg(on_list::int) as share from t group by practice having count(*) > 500)) as low,
      (select max(share) from (select 100 * avg(on_list::int) as share from t group by practice having count(*) > 500)) as high
    from t left join q using (nhs_number) left join d using (nhs_number)`)
  const n = top.length
  const put = (key: string, value: unknown, error: number) => found.set(key, { value: Number(value), error })
  put('top5.adm', row?.adm, 8 / Math.sqrt(n))
  put('top5.gp', row?.gp, 3 / Math.sqrt(n))
  put('top5.rx', row?.rx, 8 / Math.sqrt(n))
  put('list.no2y', row?.no2y, 42 / Math.sqrt(n))
  put('list.no2y.ppv', row?.no2y_ppv, 1.05 / Math.sqrt(n))
  put('top5.prac', row?.low, 0.6)
  if (Number(row?.high) > 9) put('top5.prac', row?.high, 0.6)
  if (!found.has('cost.top5')) return
  const [cost] = await bench.rows(
    `select avg(now) filter (l.nhs_number is not null) / avg(now) as ratio from test_on t join cost using (nhs_number) left join listed l using (nhs_number)`,
  )
  put('top5.cost', cost?.ratio, 6 / Math.sqrt(n))
}
