import { ambulatoryCare } from './causes.data.ts'
import { conditions } from './conditions.data.ts'
import type { Workbench } from './duckdb.ts'
import { type Share, shares } from './figures.data.ts'
import { addDays } from './making.ts'
import { values } from './sql/words.ts'

/** A figure with the standard error of its estimate in a town of this size. */
export type Figure = { readonly value: number; readonly error: number }
export type Figures = Map<string, Figure>

/** Conditions not counted as multimorbidity: 29 of the 37 are. */
const notCore = ['ndh', 'obes', 'gord', 'falls', 'oa', 'osteop', 'aut', 'bph']

/** Works out every figure of the extract that needs no model. `until` is the last day told. */
export async function measure(bench: Workbench, until: string, prices: boolean): Promise<Figures> {
  for (const sql of lives(until, prices)) await bench.run(sql)
  const found: Figures = new Map()
  for (const share of shares) found.set(share.key, await shareOf(bench, share))
  await prevalences(bench, found)
  await ratiosOf(bench, found)
  await costs(bench, found, prices)
  return found
}

const at = (until: string, daysBefore: number) => `date '${addDays(until, -daysBefore)}'`

/** One row a person with what the figures need; years count back from the last day: ea is the last, e4 the one before. */
function lives(until: string, prices: boolean): string[] {
  const from = at(until, 364)
  const year = (back: number) =>
    `admitted_on > ${at(until, 365 * (back + 1))} and admitted_on <= ${at(until, 365 * back)}`
  const core = conditions.filter((c) => !notCore.includes(c.id))
  const codes = conditions.flatMap((c) =>
    c.snomed.map((code) => [code, c.id, core.includes(c) ? 1 : 0] as const),
  )
  const counted = (of: string, file: string, column: string, where: string) =>
    `${of} as (select nhs_number, count(*) as n from "${file}" where ${where.replaceAll('@', column)} group by 1)`
  const inYear = `@ >= ${from} and @ < ${at(until, -1)}`
  return [
    `create or replace table code_of as select * from (values ${values(codes)}) t(code, id, core)`,
    `create or replace table ill as select nhs_number, id, max(core) as core, min(recorded_on) as since from conditions join code_of using (code) group by all`,
    `create or replace table emergency as select nhs_number, admitted_on, coalesce(discharged_on, ${at(until, 0)}) as discharged_on, primary_diagnosis as cause,
      row_number() over (partition by nhs_number order by admitted_on, discharged_on) as nth
      from inpatient where admission_method[1] = '2' and nhs_number is not null`,
    `create or replace table registered as select nhs_number, min(date_of_birth) as born, bool_or(sex = '2') as female, max(imd_decile) as imd,
      max(case when ethnicity <> 'Z' then (ethnicity in ('A', 'B', 'C'))::int end) as white, arg_min(practice_code, registered_on) as practice,
      max(died_on) as died_on, min(registered_on) as registered_on,
      bool_or(left_on is null and died_on is null) as here_end,
      sum(greatest(0, least(coalesce(left_on, ${at(until, -1)}), coalesce(died_on + 1, ${at(until, -1)}), ${at(until, -1)}) - greatest(registered_on, ${from}))) / 365.25 as py,
      bool_or(registered_on < ${from} and coalesce(left_on, ${at(until, -1)}) >= ${from} and coalesce(died_on, ${at(until, -1)}) >= ${from}) as here_start
      from people where nhs_number is not null group by 1`,
    `create or replace table everyone as with
      e as (select nhs_number, ${[0, 1, 2, 3, 4].map((b) => `count(*) filter (${year(b)}) as y${b}`).join(', ')},
        sum(discharged_on - admitted_on) filter (${year(0)}) as nights, sum(discharged_on - admitted_on) filter (${year(1)}) as nights4 from emergency group by 1),
      ${counted('a', 'emergency_department', 'arrived_at', inYear)}, ${counted('g', 'gp_contacts', 'date', inYear)},
      ${counted('r', 'prescriptions', 'issued_on', inYear)}, ${counted('el', 'inpatient', 'admitted_on', `${inYear} and admission_method[1] = '1'`)},
      o as (select nhs_number, count(*) as n, count(*) filter (not attended) as dna from outpatient where ${inYear.replaceAll('@', 'date')} group by 1),
      m as (select nhs_number, count(distinct code) as n from prescriptions where issued_on > ${at(until, 60)} and days_supply >= 28 group by 1),
      c as (select nhs_number, sum(core) as n from ill group by 1)
      select p.*, (${at(until, 182)} - born) / 365.25 as age, (${at(until, 0)} - born) / 365.25 as age_end,
        here_start and (${from} - born) / 365.25 >= 18 as adult_start,
        coalesce(e.y0, 0) as ea, coalesce(e.y1, 0) as e4, coalesce(e.y2, 0) as e3, coalesce(e.y3, 0) as e2, coalesce(e.y4, 0) as e1,
        coalesce(nights, 0) as nights, coalesce(a.n, 0) as ed, coalesce(g.n, 0) as gp, coalesce(r.n, 0) as rx, coalesce(el.n, 0) as el, coalesce(o.n, 0) as op,
        coalesce(o.dna, 0) as dna, coalesce(m.n, 0) as repeats, coalesce(c.n, 0) as core, (died_on >= ${from})::int as died_year,
        case when born > ${at(until, 547)} and (${at(until, 182)} - born) / 365.25 < 1 then 0 when (${at(until, 182)} - born) / 365.25 < 5 then 1 when (${at(until, 182)} - born) / 365.25 < 18 then 2
          when (${at(until, 182)} - born) / 365.25 < 40 then 3 when (${at(until, 182)} - born) / 365.25 < 65 then 4 when (${at(until, 182)} - born) / 365.25 < 75 then 5
          when (${at(until, 182)} - born) / 365.25 < 85 then 6 else 7 end as band
      from registered p left join e using (nhs_number) left join a using (nhs_number) left join g using (nhs_number) left join r using (nhs_number)
        left join el using (nhs_number) left join o using (nhs_number) left join m using (nhs_number) left join c using (nhs_number)`,
    `create or replace view life as select *, coalesce(died_year, 0) as died from everyone where py > 0`,
    `create or replace table stays as select s.nhs_number, s.admitted_on, s.discharged_on - s.admitted_on as nights, (s.admitted_on - p.born) / 365.25 as age,
      coalesce(n.admitted_on - s.discharged_on <= 30, false) as again, isodow(s.admitted_on) as dow, month(s.admitted_on) as month,
      ${ambulatoryCare.map((code) => `starts_with(s.cause, '${code}')`).join(' or ')} as acsc
      from emergency s join registered p using (nhs_number) left join emergency n on n.nhs_number = s.nhs_number and n.nth = s.nth + 1
      where s.discharged_on <= ${at(until, 31)}`,
    `create or replace table deaths as select p.nhs_number, count(e.admitted_on) as adm, coalesce(sum(least(e.discharged_on, p.died_on) - e.admitted_on), 0) as nights
      from registered p left join emergency e on e.nhs_number = p.nhs_number and e.admitted_on > p.died_on - 365 and e.admitted_on <= p.died_on
      where p.died_on > ${at(until, 1461)} and p.registered_on < p.died_on - 365 group by p.nhs_number`,
    `create or replace table attended as select nhs_number, by_ambulance, disposal, isodow(arrived_at) >= 6 or hour(arrived_at) * 60 + minute(arrived_at) < 480
      or hour(arrived_at) * 60 + minute(arrived_at) >= 1110 as out_of_hours from emergency_department where arrived_at >= ${from}`,
    ...(prices
      ? [
          `create or replace table price_of as select nhs_number, admitted_on, avg(factor) as factor, max(critical_care) as critical_care from prices group by all`,
        ]
      : []),
  ]
}

/** A ratio of sums with its error by the delta method over people (or stays, deaths, attendances). */
async function shareOf(bench: Workbench, share: Share): Promise<Figure> {
  const [row] =
    await bench.rows(`select sum(a) as a, sum(b) as b, sum(a * a) as aa, sum(a * b) as ab, sum(b * b) as bb
    from (select (${share.of})::double as a, (${share.by})::double as b from ${share.from ?? 'life'} ${share.where ? `where ${share.where}` : ''})`)
  const n = (name: string) => Number(row?.[name] ?? 0)
  const ratio = n('a') / n('b')
  const error = Math.sqrt(Math.max(0, n('aa') - 2 * ratio * n('ab') + ratio * ratio * n('bb'))) / n('b')
  return { value: ratio * (share.times ?? 1), error: error * (share.times ?? 1) }
}

async function prevalences(bench: Workbench, found: Figures): Promise<void> {
  const rows =
    await bench.rows(`select id, count(*)::double as n, (select count(*) from everyone where here_end)::double as people
    from ill join everyone using (nhs_number) where here_end group by id`)
  for (const row of rows) {
    const share = Number(row.n) / Number(row.people) / 0.92
    found.set(`cond.${row.id}`, { value: 100 * share, error: 100 * Math.sqrt(share / Number(row.people)) })
  }
}

/** Ratios of two rates or of rates by deprivation, correlations, spreads. */
async function ratiosOf(bench: Workbench, found: Figures): Promise<void> {
  const fifths = async (of: string) => {
    const rows = await bench.rows(`with w as (select band, sum(py) as w from life group by 1),
      r as (select band, case when imd <= 2 then 1 else 5 end as fifth, sum(${of}) / sum(py) as rate, sum(${of}) as n from life where imd <= 2 or imd >= 9 group by all)
      select fifth, sum(rate * w) / sum(w) as rate, sum(n) as n from r join w using (band) group by 1 order by 1`)
    const [most, least] = rows.map((row) => ({ rate: Number(row.rate), n: Number(row.n) }))
    const value = (most?.rate ?? 0) / (least?.rate ?? 1)
    return { value, error: 1.6 * value * Math.sqrt(1 / (most?.n ?? 1) + 1 / (least?.n ?? 1)) }
  }
  found.set('imd.ea', await fifths('ea'))
  found.set('imd.ed', await fifths('ed'))
  found.set('imd.death', await fifths('died'))
  const quotient = async (key: string, top: Share, bottom: Share) => {
    const [a, b] = [await shareOf(bench, top), await shareOf(bench, bottom)]
    const value = a.value / b.value
    found.set(key, { value, error: value * Math.hypot(a.error / a.value, b.error / b.value) })
  }
  const adult = {
    where: 'here_end and age_end >= 18 and imd <= 2',
    by: '1',
    of: 'core >= 2',
    from: 'everyone',
  } as const
  await quotient(
    'mm.imd',
    { key: '', ...adult },
    { key: '', ...adult, where: 'here_end and age_end >= 18 and imd >= 9' },
  )
  const old = 'age - 4 >= 65'
  const index: Share = {
    key: '',
    of: 'case when e1 >= 2 then e1 else 0 end',
    by: 'e1',
    where: old,
    from: 'everyone',
  }
  await quotient('roland.next', { ...index, of: 'case when e1 >= 2 then e2 else 0 end', by: 'e2' }, index)
  await quotient('roland.five', { ...index, of: 'case when e1 >= 2 then ea else 0 end', by: 'ea' }, index)
  const [fall] = await bench.rows(
    `select sum(e4)::double / count(*) as before, sum(ea) / sum(py) as after, count(*)::double as n from life where adult_start and e4 >= 2`,
  )
  const kept = Number(fall?.after) / Number(fall?.before)
  found.set('rtm.fall', {
    value: 100 * (1 - kept),
    error: (100 * kept * 1.5) / Math.sqrt(Number(fall?.n) || 1),
  })
  const [r] = await bench.rows('select corr(ea, e4) as r, count(*)::double as n from life where adult_start')
  found.set('next.r', { value: Number(r?.r), error: 4 / Math.sqrt(Number(r?.n) || 1) })
  const [cv] =
    await bench.rows(`select 100 * stddev_samp(share) / avg(share) as cv, count(*)::double as n, 100 * sqrt(avg((1 - share) / share / m)) as noise from (
    select practice, avg((ea > 0)::int) as share, count(*) as m from life where adult_start group by 1 having count(*) > 500)`)
  found.set('prac.cv', {
    value: Number(cv?.cv),
    error: Number(cv?.cv) / Math.sqrt(2 * Math.max(1, Number(cv?.n) - 1)) + Number(cv?.noise) / 2,
  })
}

/** Cost held by the dearest: needs the hidden price of each stay, so only with the truth. */
async function costs(bench: Workbench, found: Figures, prices: boolean): Promise<void> {
  if (!prices) return
  const spell = `(800 + 480 * (discharged_on - admitted_on)) * coalesce(p.factor, 1) + coalesce(p.critical_care, 0)`
  await bench.run(`create or replace table cost as
    with last as (select max(admitted_on) as d from inpatient),
    h as (select i.nhs_number, (i.admitted_on <= l.d - 365)::int as before, sum(case when i.admission_method[1] = '2'
        then ${spell.replaceAll('discharged_on', 'coalesce(i.discharged_on, l.d)').replaceAll('admitted_on', 'i.admitted_on')}
        else 850 + case when i.discharged_on > i.admitted_on then 4600 else 0 end end) as gbp
      from inpatient i cross join last l left join price_of p on p.nhs_number = i.nhs_number and p.admitted_on = i.admitted_on
      where i.admitted_on > l.d - 730 group by all),
    rest as (
      select nhs_number, (arrived_at <= l.d - 365)::int as before, 185 as gbp, 1 as hospital from emergency_department, last l where arrived_at > l.d - 730
      union all select nhs_number, (date <= l.d - 365)::int, 165, 1 from outpatient, last l where date > l.d - 730 and attended
      union all select nhs_number, (date <= l.d - 365)::int, 38, 0 from gp_contacts, last l where date > l.d - 730
      union all select nhs_number, (issued_on <= l.d - 365)::int, 9, 0 from prescriptions, last l where issued_on > l.d - 730),
    s as (select nhs_number, before, sum(gbp) as gbp, sum(gbp * hospital) as hospital from (
      select * from rest union all select nhs_number, before, gbp, 1 from h) group by all)
    select e.nhs_number, coalesce(a.gbp, 0) as now, coalesce(a.hospital, 0) as hospital, coalesce(b.gbp, 0) as past, e.here_end, e.here_start
    from everyone e left join s a on a.nhs_number = e.nhs_number and a.before = 0 left join s b on b.nhs_number = e.nhs_number and b.before = 1
    where py > 0`)
  const held = async (column: string, percent: number) => {
    const [row] =
      await bench.rows(`select 100 * sum(${column}) filter (k <= n * ${percent} / 100.0) / sum(${column}) as share, any_value(n)::double as n
      from (select ${column}, row_number() over (order by ${column} desc) as k, count(*) over () as n from cost)`)
    return { value: Number(row?.share), error: 120 / Math.sqrt(((Number(row?.n) || 1) * percent) / 100) }
  }
  found.set('cost.top5', await held('now', 5))
  found.set('cost.top1h', await held('hospital', 1))
  const [stay] =
    await bench.rows(`select 100 * avg((k <= n * 0.05)::int) as share, count(*)::double as m from (
    select past, row_number() over (order by now desc) as k, row_number() over (order by past desc) as kp, count(*) over () as n from cost where here_start) where kp <= n * 0.05`)
  found.set('cost.stay', { value: Number(stay?.share), error: 50 / Math.sqrt(Number(stay?.m) || 1) })
}
