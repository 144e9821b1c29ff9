import type { Store } from '#population'
import { choicesOf } from './choices.ts'
import { type OutcomeName, outcomeWords, type PrimaryName } from './outcomes.data.ts'
import type { Protocol } from './types.ts'

/** The days of each thing that can be the question: rows of (person, day). METHOD OF ADMISSION 21 to 2D is an emergency. */
const eventsOf: Readonly<Record<PrimaryName, string>> = {
  emergencies: 'select person, day from emergency',
  attendances: 'select person, arrived_at as day from emergency_department',
  ambulances: 'select person, arrived_at as day from emergency_department where by_ambulance',
  urgentContacts: 'select person, "at" as day from urgent_contacts',
  gpContacts: 'select person, date as day from gp_contacts',
}

/** Makes what a study asks about the table `asked_event`, for its past and its outcomes alike. */
export const keepAsked = (store: Store, protocol: Pick<Protocol, 'plan'>): Promise<void> =>
  store.run(`create or replace temp view asked_event as ${eventsOf[choicesOf(protocol).outcome]}`)

/** What has to be in a source for an outcome to be told from one that its sender leaves out. */
const trace: Readonly<Partial<Record<OutcomeName, string>>> = {
  ambulances: 'select 1 from emergency_department where by_ambulance limit 1',
  careHomeEntries: `select 1 from social_care where package in ('residential care', 'nursing care') limit 1`,
}

/** Whether the records hold an outcome at all: its source is linked, and its sender sends that of it. */
export async function isRecorded(store: Store, outcome: OutcomeName): Promise<boolean> {
  const { file } = outcomeWords[outcome]
  if (file !== 'people' && !store.has(file)) return false
  const asked = trace[outcome]
  return asked === undefined || (await store.rows(asked)).length > 0
}

const during = (rows: string, day: string, what = 'count(*)::int') =>
  `select f.row, ${what} as n from followed f join (${rows}) x on x.person = f.person and x.${day} > f.on_day
   and x.${day} <= f.end_on group by f.row`

/** How often each thing happened to rows of `followed` while they were. */
export const countSql: Readonly<Record<Exclude<OutcomeName, 'deaths'> | 'unaffected', string>> = {
  emergencies: during(eventsOf.emergencies, 'day'),
  attendances: during(eventsOf.attendances, 'day'),
  ambulances: during(eventsOf.ambulances, 'day'),
  urgentContacts: during(eventsOf.urgentContacts, 'day'),
  gpContacts: during(eventsOf.gpContacts, 'day'),
  nights: during(
    'select * from inpatient',
    'admitted_on',
    `sum(greatest(date_diff('day', x.admitted_on, least(coalesce(x.discharged_on, f.end_on), f.end_on)), 0))::int`,
  ),
  plannedStays: during("select * from inpatient where admission_method like '1%'", 'admitted_on'),
  // Injuries, cataracts, hernias, skin and teeth (ICD-10): things that case management cannot change.
  unaffected: during(
    `select * from inpatient where regexp_matches(primary_diagnosis, '^(S|T|H2[56]|K4[0-6]|K0[0-9]|K1[0-4]|L)')`,
    'admitted_on',
  ),
  outpatients: during('select * from outpatient where attended', 'date'),
  communityContacts: during('select * from community_contacts', 'date'),
  prescribedItems: during('select * from prescriptions', 'issued_on'),
  careHomeEntries: `select f.row, 1 as n from followed f join (${inCareHome()}) x on x.person = f.person
    and x.started_on > f.on_day and x.started_on <= f.end_on
    where not exists (select 1 from (${inCareHome()}) y where y.person = f.person and y.started_on <= f.on_day
      and (y.ended_on is null or y.ended_on > f.on_day)) group by f.row`,
}

function inCareHome(): string {
  return `select * from social_care where package in ('residential care', 'nursing care')`
}
