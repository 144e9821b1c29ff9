import type { Making } from '../making.ts'
import { careHomes, historyDays, quarterDays, yearDays } from '../parameters.data.ts'
import { dayInQuarter } from './admissions.ts'
import { isHere, never } from './people.ts'
import { careHomeAt } from './people-records.ts'
import { firstQuarter } from './rates.ts'
import { inWindow, onDay, type Records, toMonday, triangles } from './records.ts'
import { bySteps, pick, u } from './words.ts'

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
    where ${isHere('a.day')} and a.day < ${making.cutDay}
    union all ${careHomeStays(making)}`,
})

const quartersAtFirst = 24

/**
 * A package, from the day they came to live there, for everybody `people` says lives in a care home. Who lives there on a day has
 * lived there as long, on average, as a whole stay lasts (a constant rate of leaving has no memory). Nobody's stay begins before
 * the file does: those who came earlier are told from its first day. As a town goes on the day stays: whoever its later flag
 * marks came on the birthday that marks them.
 */
function careHomeStays(making: Making): string {
  const [cut, q] = [making.cutDay, Math.floor(quartersAtFirst * quarterDays)]
  const wasIn = careHomeAt(`((${historyDays} - birth_day) / ${yearDays})`, q)
  const birthday = `birth_day + ceil(${yearDays} * ${bySteps(
    'age_end',
    [
      [65, 18],
      [75, 65],
      [85, 75],
    ],
    85,
  )})::int`
  return `select id, day, 500 as c, nhs as nhs_number, ${onDay(making, 'day')} as started_on,
      case when until_day < ${cut} then ${onDay(making, 'until_day')} end as ended_on,
      case when ${u('careHomeKind')} < ${careHomes.nursingShare} then 'nursing care' else 'residential care' end as package,
      null::double as hours_a_week
    from (select *, case when came < gap_from or came >= gap_to then came when gap_to < least(until_day, ${cut}) then gap_to
          else greatest(0, gap_from - 1) end as day
      from (select *, greatest(0, birth_day, enter_day, least(until_day, ${cut} - 1, case when ${wasIn}
            then least(${historyDays}, until_day) - 1 - floor(-ln(${u('careHomeDay')}) * ${careHomes.stayDays})::int
            else greatest(${historyDays}, ${birthday}) end)) as came
        from (select *, least(leave_day, coalesce(death_day, ${never})) as until_day from span)
        where ${careHomeAt('age_end')} and enter_day < ${cut} and coalesce(death_day, ${never}) >= greatest(0, enter_day)))`
}

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
