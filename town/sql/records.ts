import { acuteCodes, commonMedicines, outpatientSpecialties, plannedCauses } from '../causes.data.ts'
import { conditions } from '../conditions.data.ts'
import { addDays, type Making } from '../making.ts'
import { yearDays } from '../parameters.data.ts'
import { dayInQuarter, specialtyOf, weekday } from './admissions.ts'
import { isHere, never } from './people.ts'
import { firstDay, firstQuarter } from './rates.ts'
import { bySteps, pick, text, u } from './words.ts'

/** The SELECT of one file's rows, with the id, day and counter that order them. */
export type Records = { readonly file: string; readonly sql: string; readonly before?: readonly string[] }

const onDay = (making: Making, day: string) => `(date '${making.startOn}' + (${day})::int)`
const inWindow = (making: Making, day: string) =>
  `${day} >= ${firstDay(making)} and ${day} < ${making.cutDay} and ${isHere(day)}`
const toMonday = (making: Making, day: string) =>
  `${day} + (case ${weekday(making, day)} when 5 then 2 when 6 then 1 else 0 end)`

/** Everyone ever registered, as of the cut; a mover within the town has a row for each practice. */
export function peopleRecords(making: Making): Records {
  const told = (day: string) => `case when ${day} < ${making.cutDay} then ${onDay(making, day)} end`
  const common = `i.grp16, i.given_name, i.family_name, i.born_on, i.sex_code, i.postcode, p.*, s.death_day`
  return {
    file: 'people',
    sql: `with rows as (
      select ${common}, 0 as part, pr.practice_code,
        greatest(p.birth_day, case when p.enter_day > -${never / 2} and p.enter_day > 0 then p.enter_day
          else -floor(${u('registered', 0, 'p.k')} * 12000)::int end) as reg_day,
        case when p.gap_from < ${making.cutDay} and (p.moved or p.gap_to >= ${making.cutDay}) then p.gap_from else p.leave_day end as out_day
      from person p join identity i using (id) join span s using (id) join practice pr on pr.pno = p.pno
      where p.enter_day < ${making.cutDay} and coalesce(s.death_day, ${never}) >= greatest(0, p.enter_day)
      union all
      select ${common}, 1, pr.practice_code, p.gap_from, p.leave_day
      from person p join identity i using (id) join span s using (id)
        join practice pr on pr.pno = 3 + (p.pno - 3 + 1 + floor(${u('secondPractice', 0, 'p.k')} * ${making.practices.length - 1})::int) % ${making.practices.length}
      where p.moved and p.gap_from < ${making.cutDay} and coalesce(s.death_day, ${never}) >= p.gap_from
    )
    select id, part as c, 0 as day, nhs as nhs_number, given_name, family_name, born_on as date_of_birth, sex_code as sex, postcode,
      'X0' || lpad(area::varchar, 7, '0') as lsoa, imd as imd_decile,
      ${recordedEthnicity} as ethnicity, practice_code, ${onDay(making, 'reg_day')} as registered_on,
      case when out_day <= coalesce(death_day, ${never}) then ${told('out_day')} end as left_on,
      case when death_day < out_day then ${told('death_day')} end as died_on,
      ${inCareHome} as care_home, lives_alone and not ${inCareHome} as lives_alone,
      ${smoking} as smoking, ${language} as language
    from rows`,
  }
}

const recordedEthnicity = `(case when ${u('recordedEthnicity')} < 0.06 then 'Z'
  when ${u('recordedEthnicity', 1)} < (case when eth = 0 then 0.02 else 0.08 end) then
    ${pick(['A', 'C', 'H', 'J', 'N', 'G', 'S', 'L'], u('recordedEthnicity', 2))} else grp16 end)`

/** Living in a care home: by age, frailty and dementia. Needs a row of `person` and `cond` for dementia. */
const dementiaAt = conditions.findIndex((c) => c.id === 'dementia')
const inCareHome = `(age_end >= 18 and ${u('careHome')} <
  (case when age_end < 65 then 0.0008 when age_end < 75 then 0.0035 when age_end < 85 then 0.0125 else 0.055 end) * exp(0.5 * b)
  * (case when id in (select id from cond where ci = ${dementiaAt}) then 5 else 1 end))`

const smoking = `(case when age_end < 16 then null
  when ${u('smoking')} < 0.135 * exp(0.25 * mh + 0.35 * al - 0.13 * (imd - 5.5)) * (case when age_end >= 75 then 0.5 else 1 end) then 'smoker'
  when ${u('smoking', 1)} < 0.3 then 'ex-smoker' when ${u('smoking', 2)} < 0.08 then null else 'never smoked' end)`

const language = `(case when ${u('language')} < 0.6 or grp16 in ('A', 'B', 'M', 'D', 'E', 'F', 'G') then 'English'
  when grp16 = 'C' then ${pick(['Polish', 'Romanian', 'Portuguese', 'Spanish', 'Lithuanian'], u('language', 1))}
  when grp16 = 'H' then ${pick(['Gujarati', 'Punjabi', 'Hindi'], u('language', 1))} when grp16 = 'J' then ${pick(['Urdu', 'Punjabi'], u('language', 1))}
  when grp16 = 'K' then ${pick(['Bengali', 'Sylheti'], u('language', 1))} when grp16 = 'R' then ${pick(['Cantonese', 'Mandarin'], u('language', 1))}
  when grp16 = 'N' then ${pick(['Somali', 'Yoruba', 'French', 'Tigrinya'], u('language', 1))}
  when grp16 = 'S' then ${pick(['Arabic', 'Farsi', 'Turkish', 'Kurdish'], u('language', 1))} else 'English' end)`

const everTold = (making: Making) => `from span p join identity i using (id)
  where p.enter_day < ${making.cutDay} and coalesce(p.death_day, ${never}) >= greatest(0, p.enter_day)`

export const addressRecords = (making: Making): Records => ({
  file: 'addresses',
  sql: `select p.id, 0 as day, 0 as c, p.nhs as nhs_number, i.address || ', ' || i.postcode as address, i.telephone,
    case when ${u('email', 0, 'p.k')} < 0.55 and p.age_end between 16 and 90 then
      lower(replace(i.given_name, '''', '') || '.' || replace(i.family_name, '''', '')) || (p.id % 9973) || '@example.org' end as email,
    case when ${u('nextOfKin', 0, 'p.k')} < 0.6 then ${pick(['Alex', 'Sam', 'Chris', 'Jo', 'Pat', 'Terry', 'Robin', 'Leslie'], u('nextOfKin', 1, 'p.k'))}
      || ' ' || i.family_name end as next_of_kin,
    case when ${u('nextOfKin', 0, 'p.k')} < 0.6 then '01632 960' || lpad(floor(${u('nextOfKin', 2, 'p.k')} * 1000)::int::varchar, 3, '0') end
      as next_of_kin_telephone ${everTold(making)}`,
})

export const objectionRecords = (making: Making): Records => ({
  file: 'objections',
  sql: `select p.id, 0 as day, o.c, p.nhs as nhs_number, o.kind, o.purpose,
    ${onDay(making, `greatest(p.birth_day + 1, floor(${u('objection', 'o.c + 10', 'p.k')} * 1800)::int)`)} as recorded_on,
    case when ${u('objection', 'o.c + 20', 'p.k')} < 0.05 then ${onDay(making, `${making.cutDay} - 20`)} end as withdrawn_on, 'practice' as source,
    (${onDay(making, `${making.cutDay} - 1`)} + time '06:00:00') as checked_at
    from span p join identity i using (id)
    join (values (0, 'type 1', 'secondary use', 0.03), (1, 'case-finding', 'case-finding', 0.003)) o(c, kind, purpose, share)
      on ${u('objection', 'o.c', 'p.k')} < o.share
    where p.enter_day < ${making.cutDay} and coalesce(p.death_day, ${never}) >= greatest(0, p.enter_day) and p.birth_day < 1700`,
})

export const conditionRecords = (making: Making): Records => ({
  file: 'conditions',
  sql: `select p.id, greatest(c.on_day, p.birth_day) as day, c.ci::int as c, p.nhs as nhs_number, ${onDay(making, 'greatest(c.on_day, p.birth_day)')} as recorded_on,
      null::date as resolved_on, 'snomed' as code_system, e.code
    from cond c join span p using (id) join condition_code e on e.ci = c.ci and e.ix = c.code_at
    where c.coded and c.on_day < least(${making.cutDay}, p.leave_day, coalesce(p.death_day, ${never})) and p.enter_day < ${making.cutDay}
      and c.on_day >= ${making.fromDay || -never} and (c.on_day < p.gap_from or c.on_day >= p.gap_to)
      and coalesce(p.death_day, ${never}) >= greatest(0, p.enter_day)
    union all
    select g.id, g.day, 4096 + g.c, p.nhs as nhs_number, ${onDay(making, 'g.day')}, ${onDay(making, 'g.day')} + 28, 'snomed',
      ${pick(acuteCodes, u('gpAcuteCode', 'g.c', 'p.k'))}
    from gp g join span p using (id) where ${u('gpAcute', 'g.c', 'p.k')} < 0.04`,
})

export const registerRecords = (making: Making): Records => {
  const of = (id: string, name: string) => [conditions.findIndex((c) => c.id === id), name]
  const registers = [
    of('smi', 'severe mental illness'),
    of('ld', 'learning disability'),
    of('dementia', 'dementia'),
    of('dm2', 'diabetes'),
    of('copd', 'copd'),
    of('hf', 'heart failure'),
    of('cancer', 'cancer'),
    of('epi', 'epilepsy'),
  ]
  return {
    file: 'registers',
    sql: `select p.id, greatest(c.on_day, p.birth_day) as day, c.ci::int as c, p.nhs as nhs_number, r.name as register,
        ${onDay(making, 'greatest(c.on_day, p.birth_day)')} as "from", null::date as "to"
      from cond c join span p using (id)
        join (values ${registers.map(([ci, name]) => `(${ci}, '${name}')`).join(', ')}) r(ci, name) on r.ci = c.ci
      where c.coded and c.on_day < least(${making.cutDay}, p.leave_day, coalesce(p.death_day, ${never})) and p.enter_day < ${making.cutDay}
        and coalesce(p.death_day, ${never}) >= greatest(0, p.enter_day)
      union all
      select p.id, p.death_day - 30 - floor(${u('lastDay', 700, 'p.k')} * 170)::int as day, 100, p.nhs as nhs_number, 'palliative',
        ${onDay(making, `p.death_day - 30 - floor(${u('lastDay', 700, 'p.k')} * 170)::int`)}, null
      from death d join span p using (id)
      where ${u('lastDay', 701, 'p.k')} < 0.5 and ${isHere(`(p.death_day - 30 - floor(${u('lastDay', 700, 'p.k')} * 170)::int)`)}
        and p.death_day - 30 - floor(${u('lastDay', 700, 'p.k')} * 170)::int < ${making.cutDay}
        and exists (select 1 from cond c where c.id = p.id and c.on_day < p.death_day and c.ci in
          (${['cancer', 'dementia', 'hf', 'copd'].map((id) => conditions.findIndex((c) => c.id === id)).join(', ')}))`,
  }
}

const allergies = [
  ['91936005', 'Allergy to penicillin', 'rash', 0.06],
  ['293584003', 'Allergy to paracetamol', 'rash', 0.002],
  ['91935009', 'Allergy to peanut', 'anaphylaxis', 0.008],
  ['300916003', 'Allergy to latex', 'itching', 0.006],
  ['294505008', 'Allergy to amoxicillin', 'rash', 0.02],
  ['387406002', 'Allergy to sulfonamide', 'rash', 0.012],
] as const

export const allergyRecords = (making: Making): Records => ({
  file: 'allergies',
  sql: `select p.id, greatest(p.birth_day + 400, floor(${u('allergy', 'a.c + 20', 'p.k')} * 3000)::int - 3000) as day, a.c, p.nhs as nhs_number,
      ${onDay(making, `greatest(p.birth_day + 400, floor(${u('allergy', 'a.c + 20', 'p.k')} * 3000)::int - 3000)`)} as recorded_on,
      'snomed' as code_system, a.code, a.name, a.reaction
    from span p
      join (values ${allergies.map(([code, name, reaction, share], at) => `(${at}, ${text(code)}, ${text(name)}, ${text(reaction)}, ${share})`).join(', ')})
        a(c, code, name, reaction, share) on ${u('allergy', 'a.c', 'p.k')} < a.share * (case when p.female then 1.2 else 0.8 end)
    where p.enter_day < ${making.cutDay} and p.birth_day + 400 < least(${making.cutDay}, coalesce(p.death_day, ${never}))
      and coalesce(p.death_day, ${never}) >= greatest(0, p.enter_day)`,
})

/** GP contacts on weekdays; every fourth is an extra one where the built-in service finds need. */
export const gpSteps = (making: Making): string => `create or replace table gp as
  with drawn as (
    select id, k, q * 64 + i as c, ${toMonday(making, dayInQuarter(u('gpDay', 'q * 64 + i')))} as day
    from usage join counter on n = n_gp where n_gp > 0
  ), more as (
    select * from drawn
    ${
      making.history === 'finds-need'
        ? `union all select g.id, g.k, g.c + 32768, ${toMonday(making, '(g.day + 9)')} from drawn g
      join acting e on e.id = g.id and g.day >= e.from_day and g.day < e.to_day where ${u('gpAcute', 'g.c + 65536', 'g.k')} < 0.25`
        : ''
    }
  )
  select g.id, g.k, g.c, g.day from more g join span p using (id)
  where ${inWindow(making, 'g.day')}`

export const gpRecords = (making: Making): Records => ({
  file: 'gp_contacts',
  sql: `select g.id, g.day, g.c, p.nhs as nhs_number, ${onDay(making, 'g.day')} as date,
    ${bySteps(
      u('gpKind', 'g.c', 'g.k'),
      [
        ['(case when p.age_end >= 80 then 0.54 else 0.657 end)', "'face to face'"],
        ['(case when p.age_end >= 80 then 0.83 else 0.935 end)', "'telephone'"],
        [0.945, "'video'"],
        ['(case when p.age_end >= 80 then 1 else 0.951 end)', "'home visit'"],
      ],
      "'other'",
    )} as kind
    from gp g join span p using (id)`,
})

/** Repeat medicines: each person's own list by year, then a grid of issue days; acute items one by one. */
export function prescriptionRecords(making: Making): Records {
  const firstYear = Math.floor(firstDay(making) / yearDays)
  return {
    file: 'prescriptions',
    before: [
      `create or replace table rx_need as
       with wanted as (
         select y.id, y.k, y.y, least(400, round(20 * (case when rx > 8 then 8 + 0.86 * (rx - 8) else rx end)))::int as m, ${u('repeats', 0, 'y.k')} as ru
         from pyear y where y.y >= ${firstYear} and rx > 0.025
       )
       select w.id, w.k, w.y, r.n from wanted w asof join repeats r on r.m = w.m and w.ru >= r.from_u where r.n > 0`,
      `create or replace table rx_own as
       select id, drug, start_day, row_number() over (partition by id order by start_day, drug) as rank
       from (select c.id, m.drug, min(c.on_day + m.ix * 300) as start_day from cond c join condition_drug m using (ci)
             where c.id in (select id from rx_need) group by all)`,
      `create or replace table rx_year as
       select n.id, n.k, n.y, n.n, count(o.drug) as own from rx_need n
         left join rx_own o on o.id = n.id and o.start_day < n.y * ${yearDays} + 182 group by all`,
      `create or replace table rx_common as
       with need as (select id, any_value(k) as k, max(n - own) as most from rx_year where n > own group by id)
       , tried as (select n.id, m.drug, n.most, -ln(u(n.k, 503, m.drug)) / m.weight as score from need n cross join common_drug m)
       select id, drug, rank from (
         select t.id, t.drug, t.most, row_number() over (partition by t.id order by t.score) as rank
         from tried t anti join rx_own o on o.id = t.id and o.drug = t.drug) where rank <= least(most, ${commonMedicines.length})`,
      `create or replace table rx_active as
       select n.id, n.k, n.y, o.drug from rx_year n join rx_own o on o.id = n.id and o.rank <= n.n and o.start_day < n.y * ${yearDays} + 182
       union all
       select n.id, n.k, n.y, c.drug from rx_year n join rx_common c on c.id = n.id and c.rank <= n.n - n.own`,
    ],
    sql: `with phased as (
        select id, k, y, drug, case when u(k, 500, drug) < 0.64 then 28 else 56 end as every,
          floor(${u('itemPhase')} * 28)::int + case when u(k, 500, drug) >= 0.82 then 28 else 0 end as phase from rx_active
      ), issued as (
        select a.id, a.k, a.drug, i.day + floor(u(a.k, 502, a.drug * 4096 + i.day) * 3)::int as day, a.every as days
        from phased a join issue i on i.every = a.every and i.phase = a.phase and i.y = a.y
        union all
        select z.id, z.k, m.drug, z.day, m.days from (
          select id, k, ${dayInQuarter(u('acuteDay', 'q * 64 + i'))} as day, ${u('acuteCode', 'q * 64 + i')} as du
          from usage join counter on n = n_acute where n_acute > 0) z asof join acute_drug m on z.du >= m.from_u
      )
      select r.id, r.day, r.drug as c, p.nhs as nhs_number, ${onDay(making, 'r.day')} as issued_on, 'bnf' as code_system, g.code, g.name, r.days as days_supply
      from issued r join span p using (id) join drug g using (drug)
      where ${inWindow(making, 'r.day')}`,
  }
}

/** Hospital stays: emergencies from the stay table, then planned ones. */
export function inpatientRecords(making: Making): Records {
  const discharged = (day: string) => `case when ${day} < ${making.cutDay} then ${onDay(making, day)} end`
  const planned = plannedCauses.map(([code]) => code)
  return {
    file: 'inpatient',
    before: [
      `create or replace table planned as
       with drawn as (
         select id, k, q * 64 + i as c, ${toMonday(making, dayInQuarter(u('plannedDay', 'q * 64 + i')))} as day
         from usage join counter on n = n_el where n_el > 0
       )
       select e.id, e.k, 200000 + e.c as c, e.day, ${u('plannedCause', 'e.c', 'e.k')} as cause_u,
         least(coalesce(p.death_day, ${never}), e.day + case when ${u('dayCase', 'e.c', 'e.k')} < 0.84 then 0 else
           ceil(exp(0.9 + 0.8 * lg(${u('plannedStay', 'e.c', 'e.k')})))::int end) as end_day
       from drawn e join span p using (id)
       where ${isHere('e.day')} and e.day < ${making.cutDay}`,
      `create or replace table comorbid as
       select s.id, s.c, string_agg(distinct co.icd10, ';' order by co.icd10) as codes
       from (select id, c, day from stay union all select id, c, day from planned) s
         join cond d on d.id = s.id and d.on_day < s.day and d.coded join condition co using (ci) group by all`,
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
          ${pick(planned, 'cause_u')}, ${pick(
            plannedCauses.map(([, specialty]) => specialty),
            'cause_u',
          )},
          'ZT' || (1 + floor(cause_u * 7919 % 3))::int from planned
      )
      select r.id, r.day, r.c, p.nhs as nhs_number, ${onDay(making, 'r.day')} as admitted_on, ${discharged('r.end_day')} as discharged_on,
        r.method as admission_method, r.cause as primary_diagnosis, o.codes as other_diagnoses, r.specialty, r.provider, ${noIdentity}
      from rows r join span p using (id) left join comorbid o on o.id = r.id and o.c = r.c
      where r.day >= ${making.fromDay} or (r.end_day >= ${making.fromDay} and r.day < ${making.fromDay})`,
  }
}

const triangles = (counter: string, key: string) => `((case when ${u('hourA', counter, key)} < 0.5
  then 11 + 8 * (${u('hourB', counter, key)} + ${u('hourC', counter, key)} - 1)
  else 18.5 + 9 * (${u('hourB', counter, key)} + ${u('hourC', counter, key)} - 1) end + 24) % 24)`

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

export const urgentRecords = (making: Making): Records => ({
  file: 'urgent_contacts',
  sql: `with drawn as (
      select id, k, q * 64 + i as c, ${dayInQuarter(u('urgentDay', 'q * 64 + i'))} as day from (
        select id, k, q, winter, pois(l, uu, uu * exp(l)) as many from (
          select id, k, q, winter, 0.062 * (case when crisis then 4 else 1 end) * exp(0.4 * b) * (1 + 3 * e) as l, ${u('urgent', 'q')} as uu
          from usage where q >= ${firstQuarter(making)})) join counter on n = many where many > 0
    )
    select a.id, a.day, a.c, p.nhs as nhs_number, ${onDay(making, 'a.day')} + to_minutes(floor(60 * ${triangles('a.c + 65536', 'a.k')})::int) as "at",
      ${bySteps(
        u('urgentKind', 'a.c', 'a.k'),
        [
          [0.62, "'111'"],
          [0.8, "'999'"],
        ],
        "'out of hours'",
      )} as service,
      ${bySteps(
        u('urgentKind', 'a.c + 65536', 'a.k'),
        [
          [0.3, "'advice'"],
          [0.55, "'see own GP'"],
          [0.75, "'seen'"],
          [0.9, "'sent to A&E'"],
        ],
        "'conveyed'",
      )} as outcome
    from drawn a join span p using (id) where ${inWindow(making, 'a.day')}`,
})

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

export const socialRecords = (making: Making): Records => ({
  file: 'social_care',
  sql: `with begun as (
      select y.id, y.k, y.y as c, floor((y.y + ${u('socialDay', 'y.y', 'y.k')}) * ${yearDays})::int as day, y.age,
        60 + floor(900 * ${u('socialDay', 'y.y + 100', 'y.k')})::int as long
      from pyear y where ${u('socialCare', 'y.y', 'y.k')} < 0.55 * ${bySteps(
        'y.age',
        [
          [18, 0],
          [65, 0.008],
          [75, 0.025],
          [85, 0.06],
        ],
        0.16,
      )} * exp(0.5 * y.b)
      union all
      select s.id, s.k, 1000 + s.c, s.end_day + 2 + floor(55 * ${u('socialDay', 's.c + 1000', 's.k')})::int, s.age, 30 + floor(200 * ${u('socialDay', 's.c + 100000', 's.k')})::int
      from stay s where s.age >= 75 and ${u('socialCare', 's.c + 1000', 's.k')} < 0.12
    )
    select a.id, a.day, a.c, p.nhs as nhs_number, ${onDay(making, 'a.day')} as started_on,
      case when least(a.day + a.long, coalesce(p.death_day, ${never})) < ${making.cutDay} then ${onDay(making, `least(a.day + a.long, coalesce(p.death_day, ${never}))`)} end as ended_on,
      ${bySteps(
        u('socialHours', 'a.c + 1000', 'a.k'),
        [
          [0.75, "'home care'"],
          [0.85, "'reablement'"],
          [0.93, "'day care'"],
        ],
        "'equipment'",
      )} as package,
      7 + floor(${u('socialHours', 'a.c', 'a.k')} * 15)::double as hours_a_week
    from begun a join span p using (id)
    where ${isHere('a.day')} and a.day < ${making.cutDay}`,
})

export const communityRecords = (making: Making): Records => ({
  file: 'community_contacts',
  sql: `with drawn as (
      select id, k, q * 64 + i as c, ${toMonday(making, dayInQuarter(u('communityDay', 'q * 64 + i')))} as day from (
        select id, k, q, winter, case when age >= 65 and ${u('community', 'q')} < 0.12 * exp(0.4 * b) then 4
          when age < 65 and ${u('community', 'q')} < 0.04 then 2 else 0 end as many from usage where q >= ${firstQuarter(making)})
        join counter on n = many where many > 0
    )
    select a.id, a.day, a.c, p.nhs as nhs_number, ${onDay(making, 'a.day')} as date,
      ${pick(['district nursing', 'physiotherapy', 'community matron', 'podiatry', 'mental health', 'occupational therapy'], u('communityTeam', 'floor(a.c / 256)', 'a.k'))} as team,
      ${pick(['home visit', 'home visit', 'clinic', 'telephone'], u('communityTeam', 'a.c + 65536', 'a.k'))} as kind
    from drawn a join span p using (id) where ${inWindow(making, 'a.day')}`,
})

export const untilOf = (making: Making): string => addDays(making.startOn, making.cutDay - 1)
