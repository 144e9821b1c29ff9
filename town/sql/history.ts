import { addDays, type Making } from '../making.ts'
import { historyDays, quarterDays, yearDays } from '../parameters.data.ts'
import { isHere } from './people.ts'
import { u } from './words.ts'

/** First days of the months in which the built-in service enrols: quarters 14 to 18. */
export function enrolmentDays(making: Making): number[] {
  const from = Math.ceil(14 * quarterDays)
  const to = Math.floor(19 * quarterDays)
  return Array.from({ length: to - from }, (_, at) => from + at).filter((day) =>
    addDays(making.startOn, day).endsWith('-01'),
  )
}

/**
 * Who the built-in service enrolled, from their own past alone: adults with two or more emergency admissions
 * in a year, looked at on the first of each month, in practices that have joined by then.
 */
export function enrolmentTable(making: Making, unseenConfounding: number): string {
  const months = enrolmentDays(making)
  return `create or replace table enrolled as
  with month as (select unnest([${months.join(', ')}])::int as day),
  looked as (
    select a.id, m.day, count(*) as adm, count(*) filter (where a.day >= m.day - 90) > 0 as lately
    from would a, month m where a.day < m.day and a.day >= m.day - 365 group by all having count(*) >= 2
  ), eligible as (
    select l.*, p.k, p.s, (l.day - p.birth_day) / ${yearDays} as age
    from looked l join span p using (id)
    where (l.day - p.birth_day) / ${yearDays} >= 18 and ${isHere('l.day')}
      and hash(p.pno::ubigint) % 4 * 91 + ${months[0] ?? 0} <= l.day
  )
  select id, min(day) as enrol_day from eligible
  where ${u('enrolment', 'day')} < 1 / (1 + exp(-(-2.2 + 0.35 * (adm - 2) + (case when lately then 0.6 else 0 end)
    + 0.01 * (age - 65) + ${unseenConfounding} * s)))
  group by id`
}

/** The rate ratio the built-in service has for a person, by the name of its effect. */
export const historyRatio = (making: Making): string => {
  if (making.history === 'fall') return '0.8'
  if (making.history === 'subgroup') return 'case when p.age_end >= 65 and p.lives_alone then 0.6 else 1 end'
  return '1'
}

/**
 * One row a person and a spell in which a service acts on them, with what it does: the built-in service up to the
 * town's first last day, then those told in `told` (a table of nhs, from_day, to_day, effect).
 */
export const actingTable = (making: Making, told: string | null): string => `create or replace table acting as
  select e.id, e.enrol_day as from_day, ${historyDays} as to_day, ${historyRatio(making)}::double as ratio,
    ${making.history === 'harm' ? 0.15 : 0}::double as added
  from enrolled e join span p using (id)
  ${
    told
      ? `union all select p.id, a.from_day, a.to_day, case a.effect when 'fall20' then 0.8
      when 'deprived-only' then case when p.imd <= 2 then 0.6 else 1 end else 1 end, case a.effect when 'harm' then 0.15 else 0 end
    from ${told} a join span p on p.nhs = a.nhs`
      : ''
  }`

/** Admissions after a service acted: thinned where it helps, with a twin a few days later where it harms. */
export const happenedTable = (making: Making): string => `create or replace table happened as
  with met as (
    select a.*, coalesce(min(x.ratio), 1) as ratio, coalesce(max(x.added), 0) as added
    from would a left join acting x on x.id = a.id and a.day >= x.from_day and a.day < x.to_day group by all
  ), kept as (select * from met where ratio >= 1 or ${u('thinning', 'c')} < ratio)
  select * exclude (ratio, added) from kept
  union all
  select t.* from (
    select id, k, c + 32768 as c, day + 1 + floor(28 * ${u('adding', 'c + 32768')})::int as day, crisis, age, b, days
    from kept where added > 0 and ${u('adding', 'c')} < added
  ) t join span p using (id) where ${isHere('t.day')} and t.day < ${making.cutDay}`

/** Admissions the service prevented: they are in the truth, not in the town. */
export const preventedTable = (): string =>
  `create or replace table prevented as
   select w.id, w.c, w.day from would w left join happened h using (id, c) where h.id is null`
