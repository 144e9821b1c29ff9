import { childrensPlannedCauses, outpatientSpecialties, plannedCauses } from '../causes.data.ts'
import { conditions } from '../conditions.data.ts'
import type { Making } from '../making.ts'
import { yearDays } from '../parameters.data.ts'
import { dayInQuarter, specialtyOf, weekday } from './admissions.ts'
import { isHere, never } from './people.ts'
import { inWindow, onDay, type Records, toMonday, triangles } from './records.ts'
import { bySteps, pick, u } from './words.ts'

/** Hospital stays: emergencies from the stay table, then planned ones. */
export function inpatientRecords(making: Making): Records {
  const discharged = (day: string) => `case when ${day} < ${making.cutDay} then ${onDay(making, day)} end`
  const plannedCode = pick(
    plannedCauses.map(([code]) => code),
    'cause_u',
  )
  return {
    file: 'inpatient',
    before: [
      `create or replace table planned as
       with drawn as (
         select id, k, q * 64 + i as c, ${toMonday(making, dayInQuarter(u('plannedDay', 'q * 64 + i')))} as day
         from usage join counter on n = n_el where n_el > 0
       )
       select e.id, e.k, 200000 + e.c as c, e.day, p.female, (e.day - p.birth_day) / ${yearDays} as age, ${u('plannedCause', 'e.c', 'e.k')} as cause_u,
         least(coalesce(p.death_day, ${never}), e.day + case when ${u('dayCase', 'e.c', 'e.k')} < 0.84 then 0 else
           ceil(exp(0.9 + 0.8 * lg(${u('plannedStay', 'e.c', 'e.k')})))::int end) as end_day
       from drawn e join span p using (id)
       where ${isHere('e.day')} and e.day < ${making.cutDay}`,
      `create or replace table comorbid as
       with found as (
         select s.id, s.c, bit_or(co.icd10_bit) as bits
         from (select id, c, day from stay union all select id, c, day from planned) s
           join cond d on d.id = s.id and d.on_day < s.day and d.coded join condition co using (ci) group by all
       ), written as (
         select f.bits, string_agg(o.icd10, ';' order by o.icd10) as codes
         from (select distinct bits from found) f join (select distinct icd10, icd10_bit from condition) o on f.bits & o.icd10_bit > 0
         group by f.bits
       )
       select f.id, f.c, w.codes from found f join written w using (bits)`,
    ],
    sql: `with rows as (
        select id, day, c, end_day, method, cause, ${specialtyOf('cause', 'age')} as specialty, provider from stay
        union all
        select id, day, c, end_day, ${bySteps(
          u('method', 'c'),
          [
            [0.5, "'11'"],
            [0.85, "'12'"],
          ],
          "'13'",
        )},
          case when age < 17 then ${pick([...childrensPlannedCauses], 'cause_u')}
            when ${plannedCode} = 'N92.0' and (not female or age >= 56) or ${plannedCode} = 'N40' and female then 'K62.5' else ${plannedCode} end,
          case when age < 17 then '420' when ${plannedCode} = 'N92.0' and (not female or age >= 56) or ${plannedCode} = 'N40' and female then '301' else
            ${pick(
              plannedCauses.map(([, specialty]) => specialty),
              'cause_u',
            )} end,
          'ZT' || (1 + floor(cause_u * 7919 % 3))::int from planned
      )
      select r.id, r.day, r.c, p.nhs as nhs_number, ${onDay(making, 'r.day')} as admitted_on, ${discharged('r.end_day')} as discharged_on,
        r.method as admission_method, r.cause as primary_diagnosis, o.codes as other_diagnoses, r.specialty, r.provider, ${noIdentity}
      from rows r join span p using (id) left join comorbid o on o.id = r.id and o.c = r.c
      where r.day >= ${making.fromDay} or (r.end_day >= ${making.fromDay} and r.day < ${making.fromDay})`,
  }
}

/** The columns by which a hospital row is known without an NHS number, empty. */
const noIdentity = `null::varchar as local_id, null::varchar as given_name, null::varchar as family_name,
  null::date as date_of_birth, null::varchar as sex, null::varchar as postcode`

/** The same, filled in. Needs `identity` as i, and the hospital's number of the person. */
export const ownIdentity = (
  provider: string,
): string => `${provider} || '-' || (100000 + i.id) as local_id, i.given_name,
  i.family_name, i.born_on as date_of_birth, i.sex_code as sex, i.postcode`

/** An NHS number with two neighbouring digits changed places, when they differ. */
const transposed = (number: string, draw: string): string => {
  const at = `(4 + floor(${draw} * 5)::int)`
  const digits = `${number}::varchar`
  return `(left(${digits}, ${at} - 1) || substr(${digits}, ${at} + 1, 1) || substr(${digits}, ${at}, 1) || substr(${digits}, ${at} + 2))::bigint`
}

/** One attendance in 2,000 is booked under the person's number with two digits changed places. */
export function emergencyRecords(making: Making): Records {
  const minutes = (counter: string, key: string) => `to_minutes(floor(60 * ${triangles(counter, key)})::int)`
  const age = '(a.day - p.birth_day) / 365.25'
  const alone = bySteps(
    age,
    [
      [18, 0.07],
      [40, 0.12],
      [65, 0.15],
      [75, 0.24],
    ],
    0.38,
  )
  const admitted = bySteps(
    age,
    [
      [18, 0.2],
      [40, 0.34],
      [65, 0.44],
      [75, 0.56],
    ],
    0.68,
  )
  return {
    file: 'emergency_department',
    before: [
      `create or replace table attended as
      with alone as (
        select id, k, q * 64 + i as c, ${dayInQuarter(u('attendanceDay', 'q * 64 + i'))} as raw_day
        from usage join counter on n = n_ed where n_ed > 0
      ), moved as (
        select id, k, 100000 + c as c, raw_day + (case when ${weekday(making, 'raw_day')} >= 5 and ${u('attendanceDay', 'c + 65536')} < 0.06
          then 7 - ${weekday(making, 'raw_day')} else 0 end) as day, null as method from alone
        ${
          making.history === 'finds-need'
            ? `union all select a.id, a.k, 150000 + a.c, a.raw_day + 6, null from alone a join acting x
          on x.id = a.id and a.raw_day >= x.from_day and a.raw_day < x.to_day where ${u('attendanceDay', 'a.c + 131072', 'a.k')} < 0.15`
            : ''
        }
        union all select id, k, c, day, method from stay where method = '21'
      )
      select a.id, a.k, a.c, a.day, p.nhs, a.method is not null as admitted,
        ${u('ambulance', 'a.c', 'a.k')} < (case when a.method is null then ${alone} else ${admitted} end) as by_ambulance,
        case when ${u('transposed', 'a.c', 'a.k')} < 0.0005 then ${transposed('p.nhs', u('transposed', 'a.c + 4194304', 'a.k'))} else p.nhs end as given
      from moved a join span p using (id)
      where ${isHere('a.day')} and a.day >= ${making.fromDay} and a.day < ${making.cutDay}`,
      `create or replace table misnumbered as
       select a.id, a.c, ${ownIdentity("'ZT1'")} from attended a join identity i using (id) where a.given <> a.nhs`,
    ],
    sql: `select a.id, a.day, a.c, a.given as nhs_number, ${onDay(making, 'a.day')} + ${minutes('a.c', 'a.k')} as arrived_at, a.by_ambulance,
        case when a.admitted then '01' else ${bySteps(
          u('disposal', 'a.c', 'a.k'),
          [
            [0.24, "'02'"],
            [0.79, "'03'"],
            [0.82, "'05'"],
            [0.86, "'06'"],
            [0.87, "'07'"],
            [0.93, "'11'"],
            [0.97, "'12'"],
            [0.98, "'13'"],
          ],
          "'14'",
        )} end as disposal, m.local_id, m.given_name, m.family_name, m.date_of_birth, m.sex, m.postcode
      from attended a left join misnumbered m on m.id = a.id and m.c = a.c`,
  }
}

export const outpatientRecords = (making: Making): Records => ({
  file: 'outpatient',
  before: [
    `create or replace table course as
     with begun as (
       select c.id, p.k, c.ci, c.on_day, p.b from cond c join span p using (id)
       where (c.ci = ${conditions.findIndex((c) => c.id === 'cancer')} and ${u('course', 'c.ci', 'p.k')} < 0.45)
         or (c.ci = ${conditions.findIndex((c) => c.id === 'ckd')} and ${u('course', 'c.ci', 'p.k')} < 0.016)
     )
     select id, k, ci, on_day + 30 + (case when ci = ${conditions.findIndex((c) => c.id === 'ckd')} then floor(n * 7.0 / 3)::int else n * 14 end) as day,
       60000 + n as c
     from begun join (select unnest(range(0, 800)) as n) on
       n < (case when ci = ${conditions.findIndex((c) => c.id === 'ckd')} then 800 else 8 + floor(14 * ${u('courseLength')})::int end)`,
  ],
  sql: `with drawn as (
      select id, k, q * 64 + i as c, ${toMonday(making, dayInQuarter(u('outpatientDay', 'q * 64 + i')))} as day, null as specialty
      from usage join counter on n = n_op where n_op > 0
      union all
      select id, k, c, day, case when ci = ${conditions.findIndex((c) => c.id === 'ckd')} then '361' else '800' end from course
    ), wont as (
      select id, sum(case ci when ${['smi', 'alc', 'drug', 'ld'].map((id) => conditions.findIndex((c) => c.id === id)).join(' then 1 when ')} then 1 else 0 end) > 0 as often
      from cond group by id
    )
    select a.id, a.day, a.c, p.nhs as nhs_number, ${onDay(making, 'a.day')} as date,
      coalesce(a.specialty, ${pick(
        outpatientSpecialties,
        `(case when ${u('outpatientSpecialty', 'a.c', 'a.k')} < 0.6
        then ${u('outpatientSpecialty', 'floor(a.day / 500)', 'p.k')} else ${u('outpatientSpecialty', 'a.c + 65536', 'a.k')} end)`,
      )}) as specialty,
      ${u('missed', 'a.c', 'a.k')} >= (0.072 - 0.003 * (p.imd - 5.5)) * (case when w.often then 2 else 1 end) * (case when a.specialty is null then 1 else 0.2 end) as attended
    from drawn a join span p using (id) left join wont w using (id)
    where ${inWindow(making, 'a.day')}`,
})
