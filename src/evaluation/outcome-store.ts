import type { LondonDate } from '#calendar'
import type { Store } from '#population'
import { choicesOf } from './choices.ts'
import { countSql, isRecorded, keepAsked } from './counted-store.ts'
import { insertRows, quoted } from './duck.ts'
import type { Outcomes, Protocol, StudyRows } from './types.ts'

/** What of a protocol says which outcomes are read, and for how long. */
export type AskedOutcomes = Pick<Protocol, 'horizonDays' | 'plan'>

/**
 * What happened to people after their index days. This is the only place where outcomes are read.
 *
 * Follow-up starts the day after the index day and ends at the horizon, the end of the records, leaving or death;
 * for everybody but the first `helped` rows also the day before they join any programme.
 */
export async function readOutcomes(
  store: Store,
  dataTo: LondonDate,
  rows: StudyRows,
  helped: number,
  asked: AskedOutcomes,
): Promise<Outcomes> {
  await keepAsked(store, asked)
  await keepRows(store, rows, helped)
  await store.run(followSql(dataTo, asked.horizonDays))
  const followed = await store.rows<{ days: number; died: number; joinedLater: number }>(followedSql)
  const days = Float64Array.from(followed, (row) => row.days)
  const monthlyEvents = new Float64Array(days.length * 24)
  const events = new Float64Array(days.length)
  for (const { row, since } of await store.rows<{ row: number; since: number }>(eventsSql)) {
    const cell = row * 24 + (since < 0 ? monthOf(since + 365) : 12 + monthOf(since - 1))
    monthlyEvents[cell] = (monthlyEvents[cell] ?? 0) + 1
    if (since > 0) events[row] = (events[row] ?? 0) + 1
  }
  return {
    events,
    days,
    died: Uint8Array.from(followed, (row) => row.died),
    joinedLater: Uint8Array.from(followed, (row) => row.joinedLater),
    monthlyEvents,
    monthlyDays: monthlyDays(days),
    others: await othersOf(store, days.length, asked),
  }
}

/** What is told beside the question of every study: what costs, and what a service cannot change. */
const always = [
  'attendances',
  'nights',
  'unaffected',
  'outpatients',
  'communityContacts',
  'prescribedItems',
  'gpContacts',
  'careHomeEntries',
] as const

/** What else is told of people while they are followed, from sources that are linked. */
async function othersOf(store: Store, rows: number, asked: AskedOutcomes): Promise<Outcomes['others']> {
  const { outcome, further } = choicesOf(asked)
  const beside = outcome === 'emergencies' ? [] : (['emergencies'] as const)
  const found: Record<string, Float64Array> = {}
  for (const name of new Set([...always, ...beside, ...further])) {
    if (name === 'deaths' || !(await isRecorded(store, name === 'unaffected' ? 'emergencies' : name)))
      continue
    const counts = new Float64Array(rows)
    for (const { row, n } of await store.rows<{ row: number; n: number }>(countSql[name])) counts[row] = n
    found[name] = counts
  }
  return found
}

/** Which twelfth of a year a day lies in, 0 to 11, counted from its first day. */
const monthOf = (dayOfYear: number) => Math.min(11, Math.floor((dayOfYear * 12) / 365))

function monthlyDays(days: Float64Array): Float64Array {
  const out = new Float64Array(days.length * 12)
  const starts = Array.from({ length: 13 }, (_, month) => Math.ceil((month * 365) / 12))
  days.forEach((followed, row) => {
    for (let month = 0; month < 12; month++) {
      const [from, to] = [starts[month] ?? 0, starts[month + 1] ?? 365]
      out[row * 12 + month] = Math.max(0, Math.min(followed, to) - from)
    }
  })
  return out
}

async function keepRows(store: Store, rows: StudyRows, helped: number): Promise<void> {
  await store.run(`create or replace temp table asked_rows
    (row integer, pseudonym varchar, on_day date, is_helped boolean)`)
  const asked = rows.persons.map((person, row) => [row, person, rows.indexOns[row] ?? '', row < helped])
  await insertRows(store, 'asked_rows', asked)
}

const followSql = (dataTo: LondonDate, horizonDays: number) => `
  create or replace temp table followed as
  with ends as (
    select a.row, p.person, a.on_day, p.died_month is not null as is_dead,
      least(a.on_day + ${horizonDays}, ${quoted(dataTo)}::date) as data_end, p.until_on,
      case when a.is_helped then null else j.on_day - 1 end as last_free_on
    from asked_rows a join people p using (pseudonym) left join joined_any j
      on j.person = p.person and j.on_day > a.on_day)
  select *, greatest(least(data_end, coalesce(until_on, data_end), coalesce(last_free_on, data_end)), on_day) as end_on
  from ends`

const followedSql = `
  select date_diff('day', on_day, end_on)::int as days, (is_dead and end_on = until_on)::int as died,
    (last_free_on is not null and end_on = last_free_on)::int as "joinedLater" from followed order by row`

const eventsSql = `
  select f.row, date_diff('day', f.on_day, e.day)::int as since from followed f
  join asked_event e on e.person = f.person and e.day >= f.on_day - 365 and e.day <= f.end_on and e.day <> f.on_day
  order by f.row, e.day`
