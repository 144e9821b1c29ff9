import { ownDiseaseShare, specialtyOfChapter } from '../causes.data.ts'
import type { Making } from '../making.ts'
import { crisis, endOfLife, quarterDays, readmission, stay, yearDays } from '../parameters.data.ts'
import { isHere, never } from './people.ts'
import { bySteps, u } from './words.ts'

const byGroup = (age: string, perGroup: readonly number[]) =>
  bySteps(
    age,
    [18, 40, 65, 75, 85].map((below, at) => [below, perGroup[at] ?? 0] as const),
    perGroup.at(-1) ?? 0,
  )

/** A day inside a quarter; `winter` bends the quarter towards December and January. */
export const dayInQuarter = (draw: string): string =>
  `floor((q + case when winter < 1 then pow(${draw}, winter) when winter > 1 then 1 - pow(1 - ${draw}, 1 / (2 - winter))
    else ${draw} end) * ${quarterDays})::int`

/** 0 is Monday. */
export const weekday = (making: Making, day: string): string =>
  `((${day} + ${making.startWeekday + 700_000}) % 7)`

/** Some of a weekend's admissions wait for the week: people come later and sicker. */
const afterWeekend = (making: Making, day: string): string => {
  const draw = u('weekendMove', 'c')
  return `${day} + (case ${weekday(making, day)}
    when 5 then case when ${draw} < 0.21 then 2 + floor(${draw} / 0.21 * 5)::int else 0 end
    when 6 then case when ${draw} < 0.23 then floor(${draw} / 0.23 * 6)::int else 0 end else 0 end)`
}

/** Gives admissions (id, k, c, day, crisis) their age and their length of stay. */
const withStay = (from: string): string => `
  select a.id, a.k, a.c, a.day, a.crisis, a.age, p.b,
    case when ${u('zeroDays', 'a.c', 'a.k')} < ${byGroup('a.age', stay.zeroDays)} then 0 else
      least(${stay.longestDays}, ceil(exp(${byGroup('a.age', stay.logMean)} + ${stay.logSpread} * lg(${u('stayDays', 'a.c', 'a.k')}))
        * case when p.death_day - a.day < 183 then ${stay.lastHalfYear} else 1 end))::int end as days
  from (select x.*, (x.day - y.birth_day) / ${yearDays} as age from (${from}) x join span y using (id)) a
    join span p using (id)`

/** First admissions: those of the rates, and those of the last year of life counted back from death. */
const firstAdmissions = (making: Making): string => {
  const fromRates = `select id, k, c, ${afterWeekend(making, 'day')} as day, crisis from (
    select id, k, q * 64 + i as c, ${dayInQuarter(u('admissionDay', 'q * 64 + i'))} as day, crisis
    from usage join counter on n = n_ea where n_ea > 0)`
  const cut = 1 - Math.exp(-365 / endOfLife.meanDaysBefore)
  const lastYear = `select id, k, 4096 + i as c,
      death_day - floor(-${endOfLife.meanDaysBefore} * ln(1 - ${cut} * ${u('lastDay', 'i')}))::int as day, false as crisis
    from (select id, k, death_day, pois(${endOfLife.admissions}::double, lu, lu * ${Math.exp(endOfLife.admissions)}) as many from (select *, ${u('lastAdmissions')} as lu from death)) e
      join counter on n = e.many`
  return withStay(`${fromRates} union all ${lastYear}`)
}

const readmissions = (from: string, added: number): string =>
  withStay(`
  select id, k, c + ${added} as c, day + days + 1 + floor(29 * pow(${u('readmissionDelay', 'c')}, 1.6))::int as day, crisis
  from ${from} where ${u('readmission', 'c')} < ${readmission.rate} * exp(${readmission.frailty} * b)
    * ${byGroup('age', readmission.byAge)} * (case when crisis then ${crisis.readmission} else 1 end)`)

/** Every admission that would happen in a town with no service, before stays are cut short by what follows. */
export const admissionSteps = (making: Making): string[] => [
  `create or replace table adm0 as ${firstAdmissions(making)}`,
  `create or replace table adm1 as ${readmissions('adm0', 8192)}`,
  `create or replace table adm2 as ${readmissions('adm1', 8192)}`,
  `create or replace table would as
   select a.* from (select * from adm0 union all select * from adm1 union all select * from adm2) a
     join span p using (id)
   where ${isHere('a.day')} and a.day < ${making.cutDay}`,
]

/**
 * What happened, after the service acted: somebody already in hospital is not admitted again, a stay ends by death,
 * and its cause, method and place are drawn.
 */
export const stayTable = (): string => `create or replace table stay as
  with ended as (
    select a.id, a.k, a.c, a.day, a.age, a.crisis, p.female, least(a.day + a.days, coalesce(p.death_day, ${never})) as end_day
    from happened a join span p using (id)
  ), free as (
    select *, max(end_day) over (partition by id order by day, c rows between unbounded preceding and 1 preceding) as busy_until
    from ended
  ), cut as (
    select * exclude (busy_until) from free where busy_until is null or day > busy_until
  ), caused as (
    select *, (case when age < 18 then 1 when age < 65 then 2 when age < 80 then 3 else 4 end) as age_group,
      ${u('cause', 'c')} as cause_u, ${u('ownCause', 'c')} as own_u from cut
  ), own as (
    select s.id, s.c, arg_min(o.code, u(s.k, 230 + o.ci, s.c)) as code
    from caused s join cond d on d.id = s.id and d.on_day <= s.day
      join own_cause o on o.ci = d.ci and o.ix = least(o.many - 1, floor(s.own_u / ${ownDiseaseShare} * o.many))::int
    where s.own_u < ${ownDiseaseShare} group by all
  )
  select s.*, coalesce(o.code, case when left(w.code, 1) = 'O' and (not s.female or s.age < 14 or s.age >= 50) then 'R10.4' else w.code end) as cause,
    case when ${u('viaEmergency', 's.c', 's.k')} < 0.72 then '21'
      when ${u('method', 's.c', 's.k')} < 0.43 then '22' when ${u('method', 's.c', 's.k')} < 0.57 then '24'
      when ${u('method', 's.c', 's.k')} < 0.8 then '28' else '2A' end as method,
    'ZT' || (1 + floor(pow(${u('provider', 'floor(s.day / 700)', 's.k')}, 1.5) * 3))::int as provider
  from caused s asof join cause w on w.age_group = s.age_group and s.cause_u >= w.from_u
    left join own o on o.id = s.id and o.c = s.c`

/** A treatment function by the chapter of the cause; old people without a specialty's cause go to medicine for the elderly. */
export const specialtyOf = (cause: string, age: string): string =>
  `(case when ${age} < 17 then '420' when ${age} >= 80 and left(${cause}, 1) not in ('S', 'K', 'I') then '430' else
    (case left(${cause}, 1) ${Object.entries(specialtyOfChapter)
      .map(([chapter, code]) => `when '${chapter}' then '${code}'`)
      .join(' ')} else '300' end) end)`
