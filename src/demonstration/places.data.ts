import type { OrganisationKind, Role } from '#organisations'

type Place = {
  readonly code: string
  readonly kind: OrganisationKind
  readonly name: string
  readonly partOf?: string
  readonly telephone: string
}

/** Who cares for Harrowmere, beside the practices, which come with the load. Every number is one of the unallocated. */
export const places: readonly Place[] = [
  { code: 'HARROWMERE', kind: 'umbrella', name: 'Harrowmere', telephone: '01632 960 100' },
  {
    code: 'CONRANE',
    kind: 'locality',
    name: 'Conrane',
    partOf: 'HARROWMERE',
    telephone: '01632 960 101',
  },
  {
    code: 'NORTH',
    kind: 'locality',
    name: 'Harrowmere North',
    partOf: 'HARROWMERE',
    telephone: '01632 960 102',
  },
  {
    code: 'SOUTH',
    kind: 'locality',
    name: 'Harrowmere South',
    partOf: 'HARROWMERE',
    telephone: '01632 960 103',
  },
  {
    code: 'EAST',
    kind: 'locality',
    name: 'Harrowmere East',
    partOf: 'HARROWMERE',
    telephone: '01632 960 104',
  },
  {
    code: 'TEAM1',
    kind: 'team',
    name: 'Quayside co-ordination team',
    partOf: 'CONRANE',
    telephone: '01632 960 117',
  },
  {
    code: 'TEAM2',
    kind: 'team',
    name: 'Hillside co-ordination team',
    partOf: 'NORTH',
    telephone: '01632 960 118',
  },
  {
    code: 'WARD1',
    kind: 'ward',
    name: 'Harrowmere virtual ward',
    partOf: 'HARROWMERE',
    telephone: '01632 960 200',
  },
  {
    code: 'OOH1',
    kind: 'out of hours',
    name: 'Harrowmere out of hours',
    partOf: 'HARROWMERE',
    telephone: '01632 960 150',
  },
  {
    code: 'ZT1',
    kind: 'hospital',
    name: 'Harrowmere General Hospital',
    partOf: 'HARROWMERE',
    telephone: '01632 960 300',
  },
]

/** The team that looks after the people of each locality's practices. */
export const teamOfLocality: Readonly<Record<string, 'TEAM1' | 'TEAM2'>> = {
  Conrane: 'TEAM1',
  'Harrowmere South': 'TEAM1',
  'Harrowmere North': 'TEAM2',
  'Harrowmere East': 'TEAM2',
}

type Worker = { readonly name: string; readonly posts: readonly (readonly [Role, string])[] }

/**
 * Who works there, invented. Of each role at each kind of place the first named is the one a visitor can be, so the
 * cast of the street comes first.
 */
export const workers: readonly Worker[] = [
  { name: 'Amina Yusuf', posts: [['case manager', 'TEAM1']] },
  { name: 'Omar Sayed', posts: [['case manager', 'TEAM1']] },
  { name: 'Priya Raman', posts: [['care co-ordinator', 'TEAM1']] },
  { name: 'Karl Jensen', posts: [['case manager', 'TEAM2']] },
  { name: 'Grace Mensah', posts: [['case manager', 'TEAM2']] },
  { name: 'Siân Howell', posts: [['case manager', 'TEAM2']] },
  { name: 'Ruth Adeyemi', posts: [['team lead', 'TEAM1']] },
  { name: 'Tom Brierley', posts: [['community clinician', 'TEAM1']] },
  { name: 'Leila Farouk', posts: [['social worker', 'TEAM1']] },
  { name: 'Nikhil Shah', posts: [['pharmacist', 'TEAM1']] },
  { name: 'Dawn Mercer', posts: [['help desk', 'TEAM1']] },
  { name: 'Bea Lindqvist', posts: [['volunteer broker', 'TEAM1']] },
  { name: 'Pat Doyle', posts: [['ward clerk', 'WARD1']] },
  { name: 'Ana Ferreira', posts: [['case manager', 'WARD1']] },
  { name: 'Winston Grant', posts: [['case manager', 'WARD1']] },
  { name: 'Dr Tom Ashe', posts: [['out-of-hours clinician', 'OOH1']] },
  { name: 'Dr Rosa Lim', posts: [['out-of-hours clinician', 'ZT1']] },
  { name: 'Yasmin Haddad', posts: [['analyst', 'HARROWMERE']] },
  { name: 'Rhodri Evans', posts: [['commissioner', 'HARROWMERE']] },
  { name: 'Miriam Katz', posts: [['privacy officer', 'HARROWMERE']] },
  { name: 'Dr Ewan Blair', posts: [['clinical safety officer', 'HARROWMERE']] },
  { name: 'Jo Marchetti', posts: [['system administrator', 'HARROWMERE']] },
]

/** What an extract does not bring: the number of each practice. */
export const practiceTelephones: Readonly<Record<string, string>> = {
  Z00001: '01632 960 401',
  Z00002: '01632 960 402',
  Z00003: '01632 960 403',
  Z00004: '01632 960 404',
  Z00005: '01632 960 405',
  Z00006: '01632 960 406',
}

/** Who works at the practices, which are there once the extract is loaded. */
export const practiceWorkers: readonly Worker[] = [
  {
    name: 'Dr Astrid Lund',
    posts: [
      ['GP', 'Z00001'],
      ['GP', 'Z00003'],
    ],
  },
  { name: 'Dr Tunde Bello', posts: [['GP', 'Z00002']] },
  { name: 'Carol Whitby', posts: [['practice administrator', 'Z00001']] },
  { name: 'Dr Amara Nwosu', posts: [['GP', 'Z00003']] },
  { name: 'Dr Helen Frost', posts: [['GP', 'Z00004']] },
  { name: 'Dr Imran Qureshi', posts: [['GP', 'Z00005']] },
  { name: 'Dr Gwen Parry', posts: [['GP', 'Z00006']] },
]
