import type { Making } from '../making.ts'
import { numbersOfALead } from '../making.ts'
import {
  ageWeights,
  ethnicShares,
  historyDays,
  moves,
  pairs,
  peopleOfAnArea,
  quarterDays,
  yearDays,
} from '../parameters.data.ts'
import { u } from './words.ts'

export const never = 1_000_000

/** Age at the town's first day from the weights of England; below 0 is not yet born. */
function ageAtStart(): string {
  const total = ageWeights.reduce((sum, [, , weight]) => sum + weight, 0)
  let before = 0
  const parts = ageWeights.map(([from, to, weight]) => {
    const start = before
    before += weight / total
    return `when age_u < ${before} then ${from} + (age_u - ${start}) * ${((to - from) * total) / weight}`
  })
  return `(case ${parts.join(' ')} else ${ageWeights.at(-1)?.[1] ?? 100} end)`
}

export const areasOf = (making: Making): number =>
  Math.max(10, 10 * Math.round(making.rows / peopleOfAnArea / 10))

/** Keys, pairs (twins and namesakes share a family key) and ages of one part. Rows past the town's size join later. */
function keysAndAges(making: Making, low: number, high: number): string {
  const seed = `${making.keyOfSeed}::ubigint`
  return `
  with keys as (
    select i as id, hash(xor(i::ubigint, ${seed})) as k, hash(xor((i - i % 2)::ubigint, ${seed})) as kp
    from range(${low}, ${high}) t(i)
  ), paired as (
    select *, ${u('pair', 0, 'kp')} as pair_u from keys
  ), shared as (
    select id, k, kp, pair_u < ${pairs.twins} as twin,
      pair_u >= ${pairs.twins} and pair_u < ${pairs.twins + pairs.namesakes} as namesake,
      case when pair_u < ${pairs.twins} then kp else k end as ks
    from paired
  ), aged as (
    select *, ${u('age', 0, 'ks')} as age_u from shared
  ), dated as (
    select * exclude (age_u),
      case when id >= ${making.rows} and ${u('joiningLater')} < 0.31 then -${joinDayLater(making)} / ${yearDays} else ${ageAtStart()} end as age0
    from aged
  )`
}

/** Sex, practice, place, ethnicity and the traits nobody sees. */
function traits(making: Making): string {
  return `, sexed as (
    select *, -floor(age0 * ${yearDays})::int as birth_day,
      ${u('sex', 0, `(case when namesake or (twin and ${u('twinSex', 0, 'kp')} < 0.65) then kp else k end)`)} <
        (case when namesake then 0.5 when age0 < 60 then 0.497 when age0 < 75 then 0.515 when age0 < 85 then 0.545
         else 0.62 end) as female,
      ${u('practice', 0, 'ks')} as practice_u, ${u('area', 0, 'ks')} as area_u
    from dated
  ), placed as (
    select s.*, p.pno, p.mix, p.admission_effect, p.access_effect,
      1 - abs(1 - abs(p.dep + 0.24 * (2 * pow(s.area_u, exp(0.006 * (40 - s.age0))) - 1))) as x
    from sexed s asof join practice p on s.practice_u >= p.from_u
  ), areas as (
    select * exclude (x), floor(least(x, 0.9999999) * ${areasOf(making)})::int as area,
      1 + floor(10 * least(x, 0.9999999))::int as imd, ${u('ethnicity', 0, 'ks')} as eth_u
    from placed
  ), mixed as (
    select *, 1 / (1 + exp(-(${making.ethnicIntercept} + 3.4 * (mix - 0.5) - 0.031 * (age0 - 40) - 0.06 * (imd - 5.5))))
      as not_white from areas
  )`
}

function latents(): string {
  const { asian, black, mixed } = ethnicShares
  return `
    (case when eth_u >= not_white then 0 when eth_u < ${asian} * not_white then 1
      when eth_u < ${asian + black} * not_white then 2 when eth_u < ${asian + black + mixed} * not_white then 3 else 4 end)
      as eth,
    gu(${u('frailty')}) as b, lg(${u('heart')}) as cv, lg(${u('mind')}) as mh, lg(${u('chest')}) as re,
    lg(${u('dependence')}) as al, gu(${u('unseenNeed')}) as s, lg(${u('gpHabit')}) as gi,
    lg(${u('specialistHabit')}) as oi, lg(${u('emergencyHabit')}) as ei`
}

/** Days of coming and going. A leaver goes for good, moves to another practice of the town, or comes back. */
function comingAndGoing(making: Making): string {
  return `, going as (
    select *, ${u('leaving')} as leave_u, ${u('joining')} as join_u, ${u('leavingKind')} as kind_u from lived
  ), gone as (
    select * exclude (leave_u, join_u, kind_u),
      case when id >= ${making.rows} then ${joinDayLater(making)}
           when join_u < ${moves.join} then floor(join_u / ${moves.join} * ${historyDays})::int else -${never} end as join_day,
      case when id < ${making.rows} and leave_u < ${moves.leave} then floor(leave_u / ${moves.leave} * ${historyDays})::int
           else ${never} end as first_leave,
      ${historyDays} + floor(-ln(${u('leavingLater')}) / ${moves.leaveLater} * ${yearDays})::int as later_leave,
      case when kind_u < ${moves.goForGood} then 'gone' when kind_u < ${moves.goForGood + moves.moveInTown} then 'moved'
           else 'back' end as kind
    from going
  ), swapped as (
    select * exclude (join_day, first_leave, kind),
      greatest(birth_day, case when first_leave < join_day then first_leave else join_day end) as enter_day,
      case when first_leave < join_day then join_day else first_leave end as first_leave, kind
    from gone
  ), settled as (
    select * exclude (first_leave, kind, later_leave),
      case when first_leave < ${never} and kind = 'gone' then first_leave else later_leave end as leave_day,
      case when first_leave < ${never} and kind <> 'gone' and first_leave > enter_day then first_leave else ${never} end
        as gap_from,
      kind = 'moved' as moved,
      case when first_leave < ${never} and kind = 'back' then first_leave + 60 + floor(500 * ${u('gap')})::int
           else first_leave end as gap_to
    from swapped
  )`
}

const joinDayLater = (making: Making): string =>
  `(${historyDays} + floor((id - ${making.rows}) / ${joinersADay(making)})::int)`

/** People who are born or join after the town's first five years, a day. */
export const joinersADay = (making: Making): number => Math.max(0.02, (making.rows * 0.031) / 365.25)

/** NHS numbers: a permutation of the row number over numbers that pass the check and are nobody's. */
function numbers(making: Making): string {
  const all = making.numberLeads * numbersOfALead
  const digits = [1, 2, 3, 4, 5, 6, 7, 8]
    .map((at) => `(eight // ${10 ** (8 - at)}) % 10 * ${11 - at}`)
    .join(' + ')
  return `, slots as (
    select *, (id * ${making.numberStep} + ${making.numberStart}) % ${all} as slot from settled
  ), blocks as (
    select *, slot % 9 as ninth, (slot % ${numbersOfALead}) // 9 as block, 999 - slot // ${numbersOfALead} as lead from slots
  ), eights as (
    select * exclude (slot, block, lead), lead * 100000 + block + (case when block >= 10100 then 100 else 0 end) as eight
    from blocks
  ), sums as (select *, ${digits} as sum8 from eights
  ), nines as (
    select * exclude (ninth), ninth + (case when ninth >= ((12 - sum8 % 11) * 6) % 11 then 1 else 0 end) as ninth from sums
  )`
}

/** One row a person of a part: everything about them that does not change. */
export function personTable(making: Making, low: number, high: number): string {
  const sharing = making.mess
    ? `case when id % 2 = 1 and ${u('mess', 99, 'kp')} < 0.0004 then first_value(own_nhs) over (partition by id // 2 order by id) else own_nhs end`
    : 'own_nhs'
  return `create or replace table person as ${keysAndAges(making, low, high)} ${traits(making)}
  , lived as (select *, ${latents()} from mixed)
  ${comingAndGoing(making)} ${numbers(making)}
  , numbered as (
    select * exclude (sum8, eight, ninth, eth_u, not_white, area_u, practice_u),
      eight * 100 + ninth * 10 + (11 - (sum8 + 2 * ninth) % 11) % 11 as own_nhs,
      (${making.cutDay} - birth_day) / ${yearDays} as age_end,
      ${u('livesAlone')} < ${livesAloneChance(`(${making.cutDay} - birth_day) / ${yearDays}`)} as lives_alone
    from nines
  )
  select * exclude (own_nhs), ${sharing} as nhs from numbered where enter_day < ${making.quarters * quarterDays}`
}

const livesAloneChance = (age: string): string =>
  `(case when ${age} < 18 then 0 when ${age} < 65 then (case when female then 0.11 else 0.18 end)
    when ${age} < 75 then (case when female then 0.30 else 0.24 end) else (case when female then 0.53 else 0.38 end) end)`

/** The little that every later step needs of a person: one narrow row each, joined instead of the wide one. */
export const spanTable = (): string => `create or replace table span as
  select p.id, p.k, p.nhs, p.pno, p.birth_day, p.female, p.imd, p.b, p.s, p.age_end, p.lives_alone, p.enter_day, p.leave_day,
    p.gap_from, p.gap_to, d.death_day, least(p.leave_day, coalesce(d.death_day + 1, ${never})) as end_day
  from person p left join death d using (id)`

/** True when a person is alive and registered on a day. Needs `span` as p. */
export const isHere = (day: string): string =>
  `(${day} >= p.enter_day and ${day} < p.end_day and (${day} < p.gap_from or ${day} >= p.gap_to))`

/** Conditions with the day they began. Those that would begin after the last quarter made are left out. */
export function conditionStarts(making: Making): string {
  return `create or replace table cond as
  with drawn as (
    select p.id, p.k, p.birth_day, p.b, p.imd, c.ci, c.codes, c.mid, c.scale, c.kf, c.ki, c.kfac,
      case c.factor when 'cv' then p.cv when 'mh' then p.mh when 're' then p.re when 'al' then p.al else 0 end as f,
      u(p.k, 100 + c.ci, 0) / (c.peak * (case when p.female then c.women else c.men end) *
        (case p.eth when 1 then c.asian when 2 then c.black else 1 end)) as x
    from person p cross join condition c
  ), begun as (
    select id, k, ci, codes, birth_day + floor(${yearDays} * greatest(0.02,
      mid + scale * ln(x / (1 - x)) - kf * b - ki * (5.5 - imd) - kfac * f))::int as on_day
    from drawn where x < 1
  )
  select id, ci::tinyint as ci, on_day, u(k, 140 + ci, 0) < 0.92 as coded, floor(u(k, 180, ci) * u(k, 180, ci + 64) * codes)::int as code_at
  from begun where on_day < ${making.quarters * quarterDays}`
}

/** Yearly sums of what the conditions present by mid-year do. */
export const conditionSums = (making: Making): string =>
  `create or replace table csum as
   select d.id, y::int as y, sum(c.ea) as ea, sum(c.death) as death, sum(c.gp) as gp, sum(c.op) as op, sum(c.rx) as rx,
     count(*) as n
   from cond d join condition c using (ci), range(0, ${making.years}) t(y)
   where d.on_day < y * ${yearDays} + 182.6 group by all`
