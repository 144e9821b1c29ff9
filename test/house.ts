import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterAll, inject } from 'vitest'
import { beginSession, newId, type StaffVisit, type SystemCaller, type Visit } from '#access'
import { type LondonDate, londonInstant, readDate } from '#calendar'
import { connect, createDatabase, dropDatabase, migrate, type Pool, transaction, urlOf } from '#database'
import { asStaff, asSystem } from '../src/visit.ts'

/** A database of a test file's own, with the tables of this version and the street's staff and places. */
export type House = {
  readonly pool: Pool
  readonly workPool: Pool
  readonly ownerUrl: string
  /** Signs somebody of the cast in and gives their token. */
  readonly signIn: (who: Cast) => Promise<string>
  /** One transaction of somebody of the cast, kept when the work succeeds. */
  readonly as: <T>(who: Cast, work: (visit: StaffVisit) => Promise<T>) => Promise<T>
  /** The same for somebody in a post that the test found. */
  readonly asPost: <T>(staffId: string, postId: string, work: (visit: StaffVisit) => Promise<T>) => Promise<T>
  readonly asSystem: <T>(name: string, work: (visit: Visit<SystemCaller>) => Promise<T>) => Promise<T>
  /** What a test arranges behind every wall, as the owner of the tables. */
  readonly arrange: (text: string, values?: readonly unknown[]) => Promise<readonly Record<string, unknown>[]>
  readonly arrangePerson: (person?: ArrangedPerson) => Promise<string>
}

export type ArrangedPerson = {
  readonly family?: string
  readonly given?: string
  readonly bornOn?: string
  readonly sex?: 'female' | 'male'
  readonly nhsNumber?: string
  readonly practice?: 'lundStreet' | 'canalSide'
  readonly postcode?: string
}

/** The day every test stands on unless it says otherwise: Wednesday 1 April 2026, 9:30am. */
export const testDay = readDate('2026-04-01') as LondonDate
export const testClock = () => londonInstant(testDay, 9, 30)

export const places = {
  umbrella: '01900000-0000-7000-8000-000000000001',
  locality: '01900000-0000-7000-8000-000000000002',
  lundStreet: '01900000-0000-7000-8000-000000000003',
  canalSide: '01900000-0000-7000-8000-000000000004',
  team: '01900000-0000-7000-8000-000000000005',
  otherTeam: '01900000-0000-7000-8000-000000000006',
  ward: '01900000-0000-7000-8000-000000000007',
  outOfHours: '01900000-0000-7000-8000-000000000008',
} as const

type Post = { readonly name: string; readonly role: string; readonly at: keyof typeof places }

/** The fixed cast of the street, and who they work for. */
export const cast = {
  drLund: { name: 'Dr Astrid Lund', role: 'GP', at: 'lundStreet' },
  drBello: { name: 'Dr Tunde Bello', role: 'GP', at: 'canalSide' },
  amina: { name: 'Amina Yusuf', role: 'case manager', at: 'team' },
  omar: { name: 'Omar Sayed', role: 'case manager', at: 'team' },
  priya: { name: 'Priya Raman', role: 'care co-ordinator', at: 'team' },
  karl: { name: 'Karl Jensen', role: 'case manager', at: 'otherTeam' },
  pat: { name: 'Pat Doyle', role: 'ward clerk', at: 'ward' },
  ana: { name: 'Ana Ferreira', role: 'case manager', at: 'ward' },
  drAshe: { name: 'Dr Tom Ashe', role: 'out-of-hours clinician', at: 'outOfHours' },
  yasmin: { name: 'Yasmin Haddad', role: 'analyst', at: 'umbrella' },
  rhodri: { name: 'Rhodri Evans', role: 'commissioner', at: 'umbrella' },
  miriam: { name: 'Miriam Katz', role: 'privacy officer', at: 'umbrella' },
  sofia: { name: 'Dr Sofia Marino', role: 'clinical safety officer', at: 'umbrella' },
  jo: { name: 'Jo Marchetti', role: 'system administrator', at: 'umbrella' },
} as const satisfies Record<string, Post>

export type Cast = keyof typeof cast

const idFrom = (words: string): string => {
  const hex = createHash('sha256').update(words).digest('hex')
  return `01900000-0000-7${hex.slice(0, 3)}-8${hex.slice(3, 6)}-${hex.slice(6, 18)}`
}
export const staffId = (who: Cast): string => idFrom(`staff ${who}`)
export const postId = (who: Cast): string => idFrom(`post ${who}`)

/** Opens a house for the whole test file; it is taken down after the last test. */
export async function openHouse(): Promise<House> {
  const { ownerUrl, template, workPassword, appPassword } = inject('house')
  const name = `test_${newId().replaceAll('-', '')}`
  await createDatabase(ownerUrl, name, template)
  const house = houseAt(urlOf(ownerUrl, { database: name }), { app: appPassword, work: workPassword })
  afterAll(async () => {
    await Promise.all([house.pool.end(), house.workPool.end()])
    await dropDatabase(ownerUrl, name)
  })
  return house
}

/** A house with the tables of this version and nothing in them: nobody works there and nothing was loaded. */
export async function openEmptyHouse(): Promise<House> {
  const { ownerUrl, workPassword, appPassword } = inject('house')
  const name = `empty_${newId().replaceAll('-', '')}`
  await createDatabase(ownerUrl, name)
  await migrate(urlOf(ownerUrl, { database: name }))
  const house = houseAt(urlOf(ownerUrl, { database: name }), { app: appPassword, work: workPassword })
  afterAll(async () => {
    await Promise.all([house.pool.end(), house.workPool.end()])
    await dropDatabase(ownerUrl, name)
  })
  return house
}

/** A house in a database that is there already, furnished or a copy of one that was. */
export function houseAt(url: string, passwords: { readonly app: string; readonly work: string }): House {
  const pool = connect(urlOf(url, { user: 'keyworker_web', password: passwords.app }), 8, 'together')
  const workPool = connect(urlOf(url, { user: 'keyworker_worker', password: passwords.work }), 4)
  const signInPost = async (staff: string, post: string) =>
    (await transaction(pool, (db) => beginSession(db, { staffId: staff, postId: post }))).token
  const asPost: House['asPost'] = async (staff, post, work) => {
    const token = await signInPost(staff, post)
    const result = await asStaff(pool, token, testClock, async (visit) => ({ value: await work(visit) }))
    if (!result) throw new Error(`post ${post} could not sign in`)
    return result.value
  }
  const arrange = arrangeIn(url)
  return {
    pool,
    workPool,
    ownerUrl: url,
    signIn: (who) => signInPost(staffId(who), postId(who)),
    arrange,
    arrangePerson: (person = {}) => arrangePerson(arrange, person),
    as: (who, work) => asPost(staffId(who), postId(who), work),
    asPost,
    asSystem: (system, work) => asSystem(workPool, system, testClock, work),
  }
}

/** A folder a test may write to, of this process only. */
export const testFolder = (name: string): string => join(tmpdir(), `keyworker-test-${process.pid}-${name}`)

type Arrange = House['arrange']

const arrangeIn =
  (url: string): Arrange =>
  async (text, values = []) => {
    const client = new Client({ connectionString: url })
    await client.connect()
    try {
      return (await client.query(text, [...values])).rows
    } finally {
      await client.end()
    }
  }

let peopleArranged = 0

async function arrangePerson(arrange: Arrange, person: ArrangedPerson): Promise<string> {
  const id = newId()
  peopleArranged++
  await arrange('insert into people.person (id, born_on, sex) values ($1, $2, $3)', [
    id,
    person.bornOn ?? '1941-09-14',
    person.sex ?? 'female',
  ])
  await arrange('insert into people.name (id, person_id, family, given) values ($1, $2, $3, $4)', [
    newId(),
    id,
    person.family ?? `Okafor${peopleArranged}`,
    person.given ?? 'June',
  ])
  if (person.nhsNumber) {
    await arrange(`insert into people.identifier (id, person_id, system, value) values ($1, $2, 'nhs', $3)`, [
      newId(),
      id,
      person.nhsNumber,
    ])
  }
  await arrange(
    `insert into people.contact_point (id, person_id, kind, value, postcode) values ($1, $2, 'address', '7 Ropewalk', $3)`,
    [newId(), id, person.postcode ?? 'XX1 1AA'],
  )
  await arrange(
    `insert into people.registration (id, person_id, practice_id, during) values ($1, $2, $3, '[2010-01-01,)')`,
    [newId(), id, places[person.practice ?? 'lundStreet']],
  )
  return id
}

/** The places and people at work that every house has; run once, into the template. */
export async function furnish(url: string, kind: 'synthetic' | 'real' = 'synthetic'): Promise<void> {
  const arrange = arrangeIn(url)
  await arrange(
    `update organisations.installation set kind = $1, decided_at = now(), name = 'Harrowmere', day_on = $2`,
    [kind, kind === 'synthetic' ? testDay : null],
  )
  const rows: readonly [keyof typeof places, string, string | null, string, keyof typeof places | null][] = [
    ['umbrella', 'umbrella', 'HARROWMERE', 'Harrowmere', null],
    ['locality', 'locality', 'QUAYSIDE', 'Quayside locality', 'umbrella'],
    ['lundStreet', 'practice', 'Z00001', 'Lund Street Surgery', 'locality'],
    ['canalSide', 'practice', 'Z00002', 'Canal Side Practice', 'locality'],
    ['team', 'team', 'TEAM1', 'Quayside co-ordination team', 'locality'],
    ['otherTeam', 'team', 'TEAM2', 'Hillside co-ordination team', 'umbrella'],
    ['ward', 'ward', 'WARD1', 'Harrowmere virtual ward', 'umbrella'],
    ['outOfHours', 'out of hours', 'OOH1', 'Harrowmere out of hours', 'umbrella'],
  ]
  for (const [key, kind, code, name, partOf] of rows) {
    await arrange(
      'insert into organisations.organisation (id, kind, code, name, part_of, telephone) values ($1, $2, $3, $4, $5, $6)',
      [places[key], kind, code, name, partOf && places[partOf], '01632 960 100'],
    )
  }
  for (const who of Object.keys(cast) as Cast[]) {
    await arrange('insert into organisations.staff (id, name, telephone) values ($1, $2, $3)', [
      staffId(who),
      cast[who].name,
      '01632 960 117',
    ])
    await arrange(
      'insert into organisations.post (id, staff_id, organisation_id, role) values ($1, $2, $3, $4)',
      [postId(who), staffId(who), places[cast[who].at], cast[who].role],
    )
  }
  for (const [key, template] of Object.entries(testProgrammes)) {
    await arrange('insert into organisations.programme (id, key) values ($1, $2)', [programmeId(key), key])
    await arrange(
      `insert into organisations.programme_version values ($1, 1, $2, '2024-04-01', 'test arrangement')`,
      [programmeId(key), JSON.stringify(template)],
    )
  }
}

export const programmeId = (key: string): string => idFrom(`programme ${key}`)

const testProgrammes = {
  conrane: {
    name: 'Quayside care co-ordination',
    kind: 'case management',
    targetPercent: 5,
    fromAge: 18,
    caseload: { limit: 50, unit: 'worker' },
    reviewEveryDays: { offered: 14, active: 28, monitoring: 91 },
    teams: ['TEAM1', 'TEAM2'],
    declineForMonths: 12,
  },
  'virtual-ward': {
    name: 'Harrowmere virtual ward',
    kind: 'virtual ward',
    targetPercent: 0.5,
    fromAge: 18,
    caseload: { limit: 39, unit: 'team' },
    reviewEveryDays: { offered: 2, active: 1, monitoring: 7 },
    beds: 39,
    teams: ['WARD1'],
    declineForMonths: 12,
  },
}
