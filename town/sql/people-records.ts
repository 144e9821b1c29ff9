import { conditions } from '../conditions.data.ts'
import type { Making } from '../making.ts'
import { never } from './people.ts'
import { onDay, type Records } from './records.ts'
import { pick, u } from './words.ts'

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

const dementiaAt = conditions.findIndex((c) => c.id === 'dementia')

/**
 * Living in a care home: by age, frailty and dementia. Needs a row of `person` and `cond` for dementia.
 *
 * @param before only dementia that began before this day counts: what a town made to that day would have said.
 */
export const careHomeAt = (age: string, before?: number): string => `(${age} >= 18 and ${u('careHome')} <
  (case when ${age} < 65 then 0.0008 when ${age} < 75 then 0.0035 when ${age} < 85 then 0.0125 else 0.055 end) * exp(0.5 * b)
  * (case when id in (select id from cond where ci = ${dementiaAt}${before === undefined ? '' : ` and on_day < ${before}`}) then 5 else 1 end))`
const inCareHome = careHomeAt('age_end')

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
