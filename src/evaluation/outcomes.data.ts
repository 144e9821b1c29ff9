import type { StoreFile } from '#population'

/** What can be counted of people after their index day. */
export const outcomeNames = [
  'emergencies',
  'attendances',
  'ambulances',
  'urgentContacts',
  'gpContacts',
  'nights',
  'plannedStays',
  'outpatients',
  'communityContacts',
  'prescribedItems',
  'careHomeEntries',
  'deaths',
] as const
export type OutcomeName = (typeof outcomeNames)[number]

type Outcome = {
  readonly one: string
  readonly many: string
  /** What it is counted from; deaths come with the people themselves. */
  readonly file: StoreFile
  /** What a reader has to know to count the same. */
  readonly means: string
}

/** Each thing that can be counted, in words. */
export const outcomeWords: Readonly<Record<OutcomeName, Outcome>> = {
  emergencies: {
    one: 'emergency admission',
    many: 'emergency admissions',
    file: 'inpatient',
    means: 'Admission method 21 to 2D',
  },
  attendances: {
    one: 'A&E visit',
    many: 'A&E visits',
    file: 'emergency_department',
    means: 'Every arrival at A&E',
  },
  ambulances: {
    one: 'arrival at A&E by ambulance',
    many: 'arrivals at A&E by ambulance',
    file: 'emergency_department',
    means: 'Arrivals at A&E recorded as by ambulance',
  },
  urgentContacts: {
    one: 'urgent call or visit',
    many: 'urgent calls and visits',
    file: 'urgent_contacts',
    means: '111, 999 and out of hours together',
  },
  gpContacts: {
    one: 'GP contact',
    many: 'GP contacts',
    file: 'gp_contacts',
    means: 'Face to face, telephone, video, home visit and other',
  },
  nights: {
    one: 'night in hospital',
    many: 'nights in hospital',
    file: 'inpatient',
    means: 'Nights of stays that began after the index day',
  },
  plannedStays: {
    one: 'planned stay',
    many: 'planned stays',
    file: 'inpatient',
    means: 'Admission method 11 to 13',
  },
  outpatients: {
    one: 'outpatient visit',
    many: 'outpatient visits',
    file: 'outpatient',
    means: 'Appointments attended',
  },
  communityContacts: {
    one: 'community contact',
    many: 'community contacts',
    file: 'community_contacts',
    means: 'Contacts of community teams in the records, not those written here',
  },
  prescribedItems: {
    one: 'item prescribed',
    many: 'items prescribed',
    file: 'prescriptions',
    means: 'Each issue of each item',
  },
  careHomeEntries: {
    one: 'move into a care home',
    many: 'moves into a care home',
    file: 'social_care',
    means:
      'The first residential or nursing care that begins after the index day, of somebody who was in neither on it. Respite is not counted',
  },
  deaths: { one: 'death', many: 'deaths', file: 'people', means: 'Deaths while followed' },
}

/** A thing that can be the question: counted day by day, with its own past to match on and to expect from. */
export const primaryNames = [
  'emergencies',
  'attendances',
  'ambulances',
  'urgentContacts',
  'gpContacts',
] as const satisfies readonly OutcomeName[]
export type PrimaryName = (typeof primaryNames)[number]

/** How the past of each is cut into bands that a pair must share, and whether fewer is what one hopes for. */
export const primaries: Readonly<
  Record<
    PrimaryName,
    { readonly year: readonly number[]; readonly last90: readonly number[]; readonly isFewerBetter: boolean }
  >
> = {
  emergencies: { year: [1, 2, 3, 4, 5, 6], last90: [1, 2, 3], isFewerBetter: true },
  attendances: { year: [1, 2, 3, 4, 6, 9], last90: [1, 2, 3], isFewerBetter: true },
  ambulances: { year: [1, 2, 3, 4, 5, 6], last90: [1, 2, 3], isFewerBetter: true },
  urgentContacts: { year: [1, 2, 3, 4, 6, 9], last90: [1, 2, 3], isFewerBetter: true },
  // More contacts with a GP may be the service working: neither direction is called good.
  gpContacts: { year: [2, 5, 9, 14, 20, 30], last90: [1, 3, 6], isFewerBetter: false },
}
