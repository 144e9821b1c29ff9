import { acuteCodes } from '../causes.data.ts'
import { conditions } from '../conditions.data.ts'
import type { Making } from '../making.ts'
import { dayInQuarter } from './admissions.ts'
import { isHere, never } from './people.ts'
import { inWindow, onDay, type Records, toMonday } from './records.ts'
import { bySteps, pick, text, u } from './words.ts'

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
