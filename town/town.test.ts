import { existsSync } from 'node:fs'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { advanceTown } from './advance.ts'
import { snomedTerms } from './codes.data.ts'
import { conditions } from './conditions.data.ts'
import { openWorkbench, type Workbench } from './duckdb.ts'
import { extractFileNames } from './files.data.ts'
import { makePart, makeTown, truthFolder } from './make.ts'
import { makingOf } from './making.ts'
import { familyNames, givenNames } from './names.data.ts'
import { layTables } from './part.ts'
import { openExtract } from './reading.ts'
import { text } from './sql/words.ts'
import { street, streetFacts } from './street.data.ts'
import { noRisks } from './truth.ts'

let folder = ''
let town = ''
let bench: Workbench
const one = async (sql: string) => Number(Object.values((await bench.rows(sql))[0] ?? {})[0])

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'town-'))
  town = join(folder, 'town')
  bench = await openWorkbench(folder)
  await makeTown({ people: 2000, seed: 1, out: town, street: true, futures: 4 })
  await openExtract(bench, town)
})
afterAll(async () => {
  bench.close()
  await rm(folder, { recursive: true, force: true })
})

/** One number a file: it changes with any row and with nothing else. */
async function sums(dir: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {}
  for (const file of extractFileNames) {
    const [row] = await bench.rows(
      `select count(*)::varchar || ':' || coalesce(sum(hash(t)::hugeint), 0)::varchar as s from read_parquet(${text(join(dir, `${file}.parquet`))}) t`,
    )
    found[file] = String(row?.s)
  }
  return found
}

test('the same town comes out row for row at any part size and thread count', async () => {
  const small = { people: 1500, seed: 3, mess: true } as const
  await makeTown({ ...small, out: join(folder, 'whole') })
  await makeTown({ ...small, out: join(folder, 'parts'), partSize: 500, threads: 1 })
  expect(await sums(join(folder, 'parts'))).toEqual(await sums(join(folder, 'whole')))
})

test('another seed gives another town', async () => {
  await makeTown({ people: 1500, seed: 4, mess: true, out: join(folder, 'other') })
  expect((await sums(join(folder, 'other'))).inpatient).not.toBe(
    (await sums(join(folder, 'whole'))).inpatient,
  )
})

test('a person made quite alone is the same as in the town', async () => {
  const making = makingOf({ people: 2000, seed: 1, until: '2026-03-31', history: 'none', mess: false })
  const alone = await openWorkbench(folder)
  await layTables(alone, making)
  for (const id of [10, 501, 1203]) {
    await makePart(alone, making, [id, id + 1], (name) => join(folder, `alone-${name}.parquet`), noRisks)
    const [who] = await bench.rows(
      `select nhs_number from read_parquet(${text(join(folder, 'alone-people.parquet'))})`,
    )
    for (const file of [
      'people',
      'inpatient',
      'gp_contacts',
      'prescriptions',
      'measurements',
      'conditions',
      'addresses',
      'social_care',
    ]) {
      const hashOf = (source: string) =>
        one(
          `select coalesce(sum(hash(t)::hugeint % 1000000007), 0)::double from ${source} t where nhs_number = '${who?.nhs_number}'`,
        )
      expect([file, await hashOf(`read_parquet(${text(join(folder, `alone-${file}.parquet`))})`)]).toEqual([
        file,
        await hashOf(`read_parquet(${text(join(town, `${file}.parquet`))})`),
      ])
    }
  }
  alone.close()
})

test('every NHS number of the town begins 9, passes its check and is one person’s', async () => {
  const digits = [1, 2, 3, 4, 5, 6, 7, 8, 9]
    .map((at) => `substr(nhs_number, ${at}, 1)::int * ${11 - at}`)
    .join(' + ')
  expect(await one('select count(*) from people')).toBeGreaterThan(2000)
  expect(
    await one(
      `select count(*) from people where nhs_number !~ '^9[0-9]{9}$' or (11 - (${digits}) % 11) % 11 <> substr(nhs_number, 10, 1)::int`,
    ),
  ).toBe(0)
  expect(
    await one(
      'select count(*) from (select nhs_number from people group by 1 having count(distinct date_of_birth) > 1)',
    ),
  ).toBe(0)
})

test('nobody and nothing in the town could be real', async () => {
  expect(
    await one(
      "select count(*) from people where postcode not like 'XX%' or lsoa not like 'X0%' or practice_code not like 'Z%'",
    ),
  ).toBe(0)
  expect(await one("select count(*) from addresses where telephone !~ '^01632 960[0-9]{3}$'")).toBe(0)
  const sources = JSON.parse(await readFile(join(town, 'sources.json'), 'utf8'))
  for (const file of extractFileNames)
    expect(sources[file]).toMatchObject({ synthetic: true, covers_to: '2026-03-31' })
})

test('no row is later than the last day told', async () => {
  const dates = {
    inpatient: 'admitted_on',
    emergency_department: 'arrived_at',
    gp_contacts: 'date',
    prescriptions: 'issued_on',
    outpatient: 'date',
    measurements: 'taken_on',
    conditions: 'recorded_on',
    urgent_contacts: 'at',
    community_contacts: 'date',
    social_care: 'started_on',
  }
  for (const [file, column] of Object.entries(dates)) {
    expect(await one(`select count(*) from "${file}"`)).toBeGreaterThan(0)
    expect(await one(`select count(*) from "${file}" where "${column}" >= date '2026-04-01'`)).toBe(0)
  }
  expect(
    await one("select count(*) from people where died_on > date '2026-03-31' or left_on > date '2026-03-31'"),
  ).toBe(0)
})

test('whoever people says lives in a care home has a dated package for it, and nobody else', async () => {
  const homes = "social_care where package in ('residential care', 'nursing care')"
  expect(await one('select count(*) from people where care_home')).toBeGreaterThan(5)
  expect(
    await one(
      `select count(*) from (select distinct nhs_number from people where care_home) full join (select nhs_number, count(*) as n from ${homes} group by 1) s
       using (nhs_number) where n is distinct from 1`,
    ),
  ).toBe(0)
  const odd = `started_on < date '2021-04-01' or started_on > date '2026-03-31' or started_on < date_of_birth
    or started_on > died_on or ended_on is distinct from coalesce(died_on, left_on) or hours_a_week is not null`
  expect(
    await one(`select count(*) from (select * from ${homes}) join (select nhs_number, any_value(date_of_birth) as date_of_birth,
      max(died_on) as died_on, max(left_on) as left_on from people group by 1 having count(*) = 1) using (nhs_number) where ${odd}`),
  ).toBe(0)
})

test('nobody is admitted before they are born, or after they died, or while already in hospital', async () => {
  const stays =
    'inpatient i join (select nhs_number, min(date_of_birth) as born, max(died_on) as died from people group by 1) p using (nhs_number)'
  expect(
    await one(
      `select count(*) from ${stays} where admitted_on < born or admitted_on > died or discharged_on > died or discharged_on < admitted_on`,
    ),
  ).toBe(0)
  expect(
    await one(`select count(*) from (select *, lead(admitted_on) over (partition by nhs_number order by admitted_on, discharged_on) as next
    from inpatient where admission_method[1] = '2') where next < discharged_on`),
  ).toBe(0)
})

test('SC-J Jean has 5 admissions of 72 nights, and 18 GP contacts in six months', async () => {
  const jean = street.find((person) => person.id === 'jean')?.identities[0]?.nhsNumber
  const from = (days: number) => `date '2026-04-01' - ${days}`
  expect(
    await one(`select count(*) from inpatient where nhs_number = '${jean}' and admitted_on >= ${from(274)}`),
  ).toBe(streetFacts.jean.admissions)
  expect(
    await one(`select sum(discharged_on - admitted_on) from inpatient where nhs_number = '${jean}'`),
  ).toBe(streetFacts.jean.nights)
  expect(
    await one(`select count(*) from gp_contacts where nhs_number = '${jean}' and date >= ${from(182)}`),
  ).toBe(streetFacts.jean.gpContactsInSixMonths)
})

test('the street is 15 identities of 12 people, and its two practices hold nobody else', async () => {
  expect(street).toHaveLength(streetFacts.people)
  const identities = street.flatMap((person) => person.identities)
  expect(identities).toHaveLength(streetFacts.identities)
  expect(identities.filter((identity) => identity.nhsNumber)).toHaveLength(11)
  expect(await one("select count(*) from people where practice_code in ('Z00001', 'Z00002')")).toBe(11)
  expect(
    await one('select count(distinct local_id) from emergency_department where nhs_number is null'),
  ).toBe(4)
})

test('by admissions, then A&E, the street’s lists come out in the order a GP would expect', async () => {
  const joined = await bench.rows(`
    with who as (select * from (values ${street.flatMap((p) => p.identities.map((i) => `('${p.id}', ${text(i.nhsNumber)}, ${text(i.localId ?? null)}, ${text(p.practice)}, ${text(i.bornOn)})`)).join(', ')})
      t(id, nhs, local, practice, born)),
    e as (select w.id, count(*) as n from who w join inpatient i on (i.nhs_number = w.nhs or i.local_id = w.local)
      where admission_method[1] = '2' and admitted_on >= date '2025-04-01' group by 1),
    a as (select w.id, count(*) as n from who w join emergency_department i on (i.nhs_number = w.nhs or i.local_id = w.local)
      where arrived_at >= date '2025-04-01' group by 1)
    select distinct w.practice, w.id, e.n as e, coalesce(a.n, 0) as a from who w join e using (id) left join a using (id)
    where practice is not null and born < '2008-04-01' and w.id <> '${streetFacts.openCase}' order by w.practice, e.n desc, a desc`)
  const order = (practice: string) => joined.filter((row) => row.practice === practice).map((row) => row.id)
  expect(order('Z00001')).toEqual(streetFacts.orderWhenJoined.Z00001)
  expect(order('Z00002')).toEqual(streetFacts.orderWhenJoined.Z00002)
})

test('the town has twins and attendances with two digits of a number changed, and the truth names them', async () => {
  const truth = truthFolder(town)
  const pairs = `read_parquet(${text(join(truth, 'pairs.parquet'))})`
  expect(await one(`select count(*) from ${pairs} where kind = 'twins'`)).toBeGreaterThan(5)
  expect(
    await one(`select count(*) from ${pairs} t join people a using (nhs_number) join people b on b.nhs_number = t.other_nhs_number
    where kind = 'twins' and a.date_of_birth <> b.date_of_birth`),
  ).toBe(0)
  const wrong = `read_parquet(${text(join(truth, 'transposed.parquet'))})`
  expect(await one(`select count(*) from ${wrong}`)).toBe(
    await one(
      'select count(*) from emergency_department where nhs_number is not null and local_id is not null',
    ),
  )
  expect(await one(`select count(*) from ${wrong} w join people p on p.nhs_number = w.written_as`)).toBe(0)
})

test('the truth stands beside the extract, never in it', async () => {
  expect(existsSync(join(town, 'truth.json'))).toBe(false)
  const truth = JSON.parse(await readFile(join(truthFolder(town), 'truth.json'), 'utf8'))
  expect(truth).toMatchObject({ synthetic: true, seed: 1, totals: { prevented: 0 } })
  expect(
    await one(
      `select avg(true_risk) from read_parquet(${text(join(truthFolder(town), 'risk-q16.parquet'))})`,
    ),
  ).toBeGreaterThan(0.03)
})

test('every fault of the mess is counted in the truth', async () => {
  const truth = JSON.parse(await readFile(join(truthFolder(join(folder, 'whole')), 'truth.json'), 'utf8'))
  const rows = (file: string, fault: string) =>
    truth.mess.find((m: { file: string; fault: string }) => m.file === file && m.fault === fault)?.rows ?? 0
  const attended = `read_parquet(${text(join(folder, 'whole', 'emergency_department.parquet'))})`
  const late = rows('emergency_department', 'late')
  expect(late).toBeGreaterThan(0)
  expect(await one(`select count(*) from ${attended} where nhs_number is null`)).toBeGreaterThan(
    0.8 * rows('emergency_department', 'NHS number missing'),
  )
  expect(await one(`select count(*) from ${attended} where disposal is null`)).toBeGreaterThan(
    0.8 * rows('emergency_department', 'disposal blank'),
  )
  const people = `read_parquet(${text(join(folder, 'whole', 'people.parquet'))})`
  expect(await one(`select count(*) from ${people} where nhs_number is null`)).toBe(
    rows('people', 'second record'),
  )
})

test('a town goes on: rows told before stay, new ones follow, and a service acts only on those it met', async () => {
  const made = join(folder, 'made')
  await makeTown({ people: 2500, seed: 5, out: made })
  const after: Record<string, number> = {}
  for (const effect of ['none', 'fall20', 'harm'] as const) {
    const going = join(folder, `going-${effect}`)
    await cp(made, going, { recursive: true })
    await cp(truthFolder(made), truthFolder(going), { recursive: true })
    await bench.run(
      `create or replace table before as select * from read_parquet(${text(join(going, 'inpatient.parquet'))})`,
    )
    const file = join(folder, 'enrolled.csv')
    await bench.run(`copy (select distinct nhs_number, date '2026-04-01' as enrolled_on, null as ended_on, date '2026-04-01' as contact_on
      from before where admission_method[1] = '2') to ${text(file)} (format csv, header)`)
    const { until } = await advanceTown(going, { days: 365, enrolledFile: file, effect })
    expect(until).toBe('2027-03-31')
    const now = `read_parquet(${text(join(going, 'inpatient.parquet'))})`
    expect(
      await one(
        `select count(*) from (select * from before where discharged_on is not null except all select * from ${now})`,
      ),
    ).toBe(0)
    expect(await one(`select count(*) from ${now} where admitted_on > date '2027-03-31'`)).toBe(0)
    const homes = (dir: string) =>
      `(select nhs_number, started_on from read_parquet(${text(join(dir, 'social_care.parquet'))}) where package in ('residential care', 'nursing care'))`
    expect(await one(`select count(*) from ${homes(made)}`)).toBeGreaterThan(3)
    expect(await one(`select count(*) from (from ${homes(made)} except all from ${homes(going)})`)).toBe(0)
    const emergencies = `${now} where admission_method[1] = '2' and admitted_on >= date '2026-04-01'`
    after[effect] = await one(
      `select count(*) from ${emergencies} and nhs_number in (select nhs_number from before where admission_method[1] = '2')`,
    )
    after[`${effect} others`] = await one(
      `select count(*) from ${emergencies} and nhs_number not in (select nhs_number from before where admission_method[1] = '2')`,
    )
  }
  const ratio = (effect: string) => (after[effect] ?? 0) / (after.none ?? 1)
  expect(ratio('fall20')).toBeGreaterThan(0.6)
  expect(ratio('fall20')).toBeLessThan(0.95)
  expect(ratio('harm')).toBeGreaterThan(1.03)
  expect(after['fall20 others']).toBe(after['none others'])
}, 180_000)

test('a wish that cannot be met says so in one sentence and leaves nothing behind', async () => {
  await writeFile(join(folder, 'kept.txt'), 'mine')
  await expect(makeTown({ people: 2000, seed: 1, out: folder })).rejects.toThrow('already something')
  await expect(makeTown({ people: 3, seed: 1, out: join(folder, 'x') })).rejects.toThrow('100 to 5,000,000')
  await expect(
    advanceTown(join(folder, 'x'), { days: 5, enrolledFile: 'none', effect: 'none' }),
  ).rejects.toThrow('truth is not beside it')
  expect(existsSync(join(folder, 'x'))).toBe(false)
})

test('every SNOMED CT code passes its check digit, and every condition has one', () => {
  const codes = [
    ...snomedTerms.map((term) => term.code),
    ...conditions.flatMap((condition) => condition.snomed),
  ]
  expect(codes.filter((code) => !passesVerhoeff(code))).toEqual([])
  expect(conditions).toHaveLength(37)
  expect(conditions.filter((condition) => condition.snomed.length === 0)).toEqual([])
})

test('there are 400 family names and 300 given names, none twice in its list', () => {
  const given = Object.values(givenNames).flatMap((names) => [names.female, names.male])
  for (const names of [...Object.values(familyNames), ...given])
    expect(new Set(names).size).toBe(names.length)
  expect(Object.values(familyNames).flat().length).toBeGreaterThanOrEqual(400)
  expect(given.flat().length).toBeGreaterThanOrEqual(300)
})

const times = (a: number, b: number): number => {
  const turn = (x: number, by: number) => (x + by) % 5
  if (a < 5 && b < 5) return turn(a, b)
  if (a < 5) return turn(b - 5, a) + 5
  if (b < 5) return ((a - 5 + 5 - b) % 5) + 5
  return (a - b + 5) % 5
}
const shuffle = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4]
const shuffled = (digit: number, rounds: number): number =>
  rounds === 0 ? digit : shuffled(shuffle[digit] ?? 0, rounds - 1)

/** Verhoeff's check: the dihedral group of ten and a permutation of order eight. */
function passesVerhoeff(code: string): boolean {
  return (
    [...code].reverse().reduce((check, digit, at) => times(check, shuffled(Number(digit), at % 8)), 0) === 0
  )
}
