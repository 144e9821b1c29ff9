import type { Making } from '../making.ts'
import {
  acuteItems,
  bandFromAge,
  crisis,
  deprivation,
  endOfLife,
  frailty,
  quarterDays,
  yearDays,
} from '../parameters.data.ts'
import { never } from './people.ts'
import { bySteps, u } from './words.ts'

const byBand = (age: string, perBand: readonly number[]) =>
  bySteps(
    age,
    bandFromAge.slice(1).map((below, at) => [below, perBand[at] ?? 0] as const),
    perBand.at(-1) ?? 0,
  )

/** One row a person and year: every logarithm of their rates, worked out once, a quarter's worth each. */
export function personYears(making: Making): string {
  return `create or replace table pyear as
  with ages as (
    select p.id, p.k, p.b, p.s, p.gi, p.oi, p.ei, p.imd, p.female, p.birth_day, p.admission_effect, p.access_effect,
      y::int as y, greatest(0.25, (y * ${yearDays} + 182.625 - p.birth_day) / ${yearDays}) as age,
      ((lg(${u('noise', 'y::int', 'p.k')}) + lg(${u('noise', 'y::int + 1', 'p.k')}) + lg(${u('noise', 'y::int + 2', 'p.k')}))
        / 1.7320508075688772) as w
    from person p, range(0, ${making.years}) t(y)
    where (y + 1) * ${yearDays} > p.birth_day and (y + 1) * ${yearDays} > p.enter_day
  ), summed as (
    select a.*, v.* exclude (ix), coalesce(${frailty.conditionScale} * c.ea, 0) as c_ea, coalesce(c.death, 0) as c_death,
      coalesce(c.gp, 0) as c_gp, coalesce(c.op, 0) as c_op, coalesce(c.rx, 0) as c_rx, coalesce(c.n, 0)::int as n_cond
    from ages a left join csum c using (id, y) join curve v on v.ix = floor(least(a.age, 102) * 4)::int
  )
  select id, y, k, age, n_cond, b, w, birth_day,
    least(0.25, ${crisis.rate} * exp(0.5 * (b + 0.6 * w) + 0.55 * c_ea) *
      ${bySteps(
        'age',
        [
          [18, 0.5],
          [65, 1],
          [75, 1.1],
          [85, 1.2],
        ],
        1.3,
      )}) as crisis_p,
    0.25 * exp(ln_ea + ${frailty.ea} * b + ${frailty.noise} * w + ${frailty.unseen} * s + c_ea
      - ${deprivation.ea} * (imd - 5.5) + 0.12 * admission_effect + case when female then -0.02 else 0.02 end) as ea,
    0.25 * exp(ln_death + 0.35 * b + 0.40 * w + c_death - ${deprivation.death} * (imd - 5.5)
      + case when female then -0.16 else 0.16 end) as death,
    0.25 * exp(ln_ed + 0.85 * b + 0.35 * w + 0.25 * ei + 0.35 * s + 0.6 * c_ea - ${deprivation.ed} * (imd - 5.5)) as ed,
    0.25 * exp(ln_gp + 0.58 * b + 0.30 * w + 0.26 * gi - 0.10 * s + c_gp + 0.15 * access_effect - 0.012 * (imd - 5.5)
      + case when age < 15 or age >= 65 then 0 when female then 0.22 else -0.22 end) as gp,
    0.25 * exp(ln_op + 0.50 * b + 0.3 * w + 0.75 * oi + c_op
      + case when age < 18 or age >= 45 then 0 when female then 0.35 else -0.35 end) as op,
    0.25 * exp(ln_el + 0.30 * b + 1.1 * oi + 0.75 * c_op + 0.012 * (imd - 5.5)) as el,
    0.25 * ${byBand('age', acuteItems)} * exp(0.50 * b + 0.3 * w) as acute,
    c_rx * exp(ln_rx + 0.08 * b) as rx
  from summed`
}

/**
 * Crises as one bit a quarter: a crisis starts, or the one before lasts on. Filling runs of lasting quarters
 * upwards from each start takes five shifts, with no loop and no window over quarters.
 */
export const crisisBits = (): string => `create or replace table crisis as
  with bits as (
    select id,
      bit_or((${[0, 1, 2, 3].map((j) => `(${u('crisisStart', `4 * y + ${j}`)} < crisis_p)::bigint * ${2 ** j}`).join(' + ')})
        << (4 * y)) as s0,
      bit_or((${[0, 1, 2, 3].map((j) => `(${u('crisisLasting', `4 * y + ${j}`)} < ${crisis.lasting})::bigint * ${2 ** j}`).join(' + ')})
        << (4 * y)) as l0
    from pyear group by id
  ), one as (select id, s0 | (l0 & (s0 << 1)) as s1, l0 & (l0 << 1) as l1 from bits)
  , two as (select id, s1 | (l1 & (s1 << 2)) as s2, l1 & (l1 << 2) as l2 from one)
  , three as (select id, s2 | (l2 & (s2 << 4)) as s3, l2 & (l2 << 4) as l3 from two)
  select id, s3 | (l3 & (s3 << 8)) as mask from three`

/** The first quarter in which each person dies, drawn four quarters past the last told. */
export const deaths = (): string => `create or replace table death as
  with died as (
    select y.id, any_value(y.k) as k, any_value(y.birth_day) as birth_day, min(q.q) as q
    from pyear y join quarter q on q.y = y.y join crisis c on c.id = y.id
    where q.q * ${quarterDays} + 45 >= y.birth_day
      and u(y.k, 42, q.q) < 1 - exp(-y.death * q.season_death * (case when (c.mask >> q.q) & 1 = 1 then ${crisis.death} else 1 end))
    group by y.id
  )
  select id, k, q, greatest(birth_day, floor((q + ${u('deathDay')}) * ${quarterDays})::int) as death_day from died`

/** A count for a mean and a draw: both, and the draw times e to the mean, are worked out once, in steps before. */
const count = (of: string, most: number): string => `least(${most}, pois(l_${of}, u_${of}, t_${of}))::tinyint`

/** Counts of each kind of use in each quarter a person is here, up to the cut. */
export function counts(making: Making): string {
  const [atDeath, before1, before2, before3] = endOfLife.byQuarter
  const kinds = {
    ea: 'admissions',
    ed: 'attendances',
    el: 'planned',
    gp: 'gpContacts',
    op: 'outpatient',
    acute: 'acuteItems',
  } as const
  const toldLate = ['gp', 'op', 'acute']
  const when = (of: string, sum: string) =>
    toldLate.includes(of) ? `case when q >= ${firstQuarter(making)} then ${sum} else 0 end` : sum
  const each = (write: (of: string, use: (typeof kinds)[keyof typeof kinds]) => string) =>
    Object.entries(kinds)
      .map(([of, use]) => write(of, use))
      .join(', ')
  const inCrisis = (factor: number) => `(case when crisis then ${factor}e0 else 1e0 end)`
  return `create or replace table usage as
  with here as (
    select y.*, q.q, q.season_ea, q.winter, (c.mask >> q.q) & 1 = 1 as crisis,
      case d.q - q.q when 0 then ${atDeath} when 1 then ${before1} when 2 then ${before2} when 3 then ${before3} else 0 end as e
    from pyear y join quarter q on q.y = y.y join crisis c on c.id = y.id join person p on p.id = y.id
      left join death d on d.id = y.id
    where (q.q + 1) * ${quarterDays} > p.enter_day and q.q * ${quarterDays} < p.leave_day
      and q.q <= coalesce(d.q, ${never}) and q.q * ${quarterDays} < ${making.cutDay}
  ), means as (
    select id, k, q, crisis, e, age, n_cond, winter, b, ${each((of, use) => `${when(of, u(use, 'q'))} as u_${of}`)},
      least(4.9, ea * exp(season_ea + 0.003 * q) * ${inCrisis(crisis.ea)}) as l_ea,
      ed * ${inCrisis(crisis.ed)} + 0.3 * e as l_ed, el as l_el,
      gp * ${inCrisis(crisis.gp)} * (1 + 1.2 * e) as l_gp, op * ${inCrisis(Math.exp(0.5))} as l_op,
      acute * ${inCrisis(Math.exp(0.6))} * (1 + 2 * e) as l_acute
    from here
  ), drawn as (select *, ${each((of) => `${when(of, `u_${of} * exp(l_${of})`)} as t_${of}`)} from means)
  select id, k, q, crisis, e, age, n_cond, winter, b, ${each((of) => `${when(of, count(of, of === 'el' ? 20 : 60))} as n_${of}`)}
  from drawn`
}

/** The first day of the files that go back three years. */
export const firstDay = (making: Making): number => Math.max(making.fromDay, making.cutDay - 1095)
/** The quarter before by a week, because some days move on past a weekend. */
export const firstQuarter = (making: Making): number =>
  Math.max(0, Math.floor((firstDay(making) - 8) / quarterDays))
