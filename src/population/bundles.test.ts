import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { currentLoad, loadExtract, withStore } from '#population'
import { testWorkshop } from '../../test/extract.ts'
import { openHouse, testFolder } from '../../test/house.ts'
import { translate } from './messages-fhir.ts'

const house = await openHouse()
const synthea = resolve(import.meta.dirname, '../../../shared/data/fhir/synthea-r4')

const inStore = async <Row>(folder: string, sql: string): Promise<readonly Row[]> => {
  const load = await house.asSystem('test', ({ db }) => currentLoad(db))
  return await withStore(join(folder, load?.folder ?? ''), (store) => store.rows<Row>(sql))
}

const patient = {
  resourceType: 'Patient',
  id: 'p1',
  identifier: [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value: '999 101 0106' }],
  name: [{ use: 'official', family: 'Okafor', given: ['June'] }],
  birthDate: '1941-09-14',
  gender: 'female',
  address: [{ line: ['7 Ropewalk'], city: 'Harrowmere', postalCode: 'XX1 1AA' }],
}
const subject = { reference: 'Patient/p1' }
const encounter = (code: string, start: string, end: string, more: object = {}) => ({
  resourceType: 'Encounter',
  class: { code },
  subject,
  period: { start, end },
  ...more,
})

function writeFolder(name: string, files: Readonly<Record<string, string | Buffer>>): string {
  const folder = testFolder(name)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text)
  return folder
}
const bundle = (...resources: readonly object[]) =>
  JSON.stringify({
    resourceType: 'Bundle',
    type: 'transaction',
    entry: resources.map((resource) => ({ resource })),
  })

describe('a FHIR resource', () => {
  it('of a kind nothing here uses, or entered in error, is counted and not guessed at', () => {
    expect(translate({ resourceType: 'Claim' })).toEqual({ kind: 'not used', what: 'Claim' })
    expect(translate(encounter('AMB', '2026-01-01', '2026-01-01'))).toEqual({
      kind: 'not used',
      what: 'Encounter of class AMB',
    })
    expect(translate({ resourceType: 'Observation', status: 'entered-in-error' })).toEqual({
      kind: 'not used',
      what: 'Observation, entered in error',
    })
  })

  it('that does not say whom it is about, or when, is refused with the reason', () => {
    expect(
      translate({
        resourceType: 'Condition',
        code: { coding: [{ code: '1' }] },
        onsetDateTime: '2020-01-01',
      }),
    ).toMatchObject({ kind: 'refused' })
    expect(
      translate({ resourceType: 'Patient', id: 'x', name: [{ family: 'Y' }], birthDate: '1974' }),
    ).toEqual({ kind: 'refused', reason: 'the patient has no full birth date' })
  })

  it('with a time is put on its London day', () => {
    const answer = translate(encounter('EMER', '2025-06-30T23:30:00+00:00', '2025-07-01T02:00:00+00:00'))
    expect(answer).toEqual({
      kind: 'rows',
      rows: [{ file: 'emergency_department', row: { reference: 'p1', arrived_at: '2025-07-01 00:30:00' } }],
    })
  })

  it('of any shape at all never breaks the reading', () => {
    for (const odd of [
      {},
      { resourceType: 5 },
      { resourceType: 'Patient', name: 'x', identifier: 3 },
      { resourceType: 'Encounter', class: null, period: [] },
      { resourceType: 'Observation', component: [null, 7] },
    ])
      expect(['rows', 'refused', 'not used']).toContain(translate(odd).kind)
  })
})

describe('a folder of bundles', () => {
  const workshop = testWorkshop(house, 'bundles')

  it('tells an emergency from a planned stay by the attendance within a day before, and keeps unknown ones unknown', async () => {
    const folder = writeFolder('fhir-small', {
      'one.json': bundle(
        patient,
        encounter('EMER', '2026-01-02T10:00:00Z', '2026-01-02T14:00:00Z'),
        encounter('IMP', '2026-01-02T14:00:00Z', '2026-01-09T14:00:00Z'),
        encounter('IMP', '2026-02-02T14:00:00Z', '2026-02-03T14:00:00Z'),
        encounter('ACUTE', '2026-03-02T14:00:00Z', '2026-03-03T14:00:00Z', {
          hospitalization: { admitSource: { coding: [{ code: 'emd' }] } },
        }),
      ),
      'more.ndjson.gz': gzipSync(
        `${JSON.stringify({ resourceType: 'Condition', subject, code: { coding: [{ system: 'http://snomed.info/sct', code: '84114007' }] }, onsetDateTime: '2020-02-02' })}\n\nnot json\n`,
      ),
    })
    const outcome = await loadExtract(workshop, { folder, isSynthetic: true })
    if (!outcome.ok) throw new Error(outcome.problems[0]?.message)
    expect(outcome.value.bundles).toEqual({ resources: 7, used: 6, refused: 1, notUsed: {} })
    expect(outcome.value.reasons).toEqual([
      {
        file: 'more.ndjson.gz',
        column: undefined,
        reason: 'this is not a FHIR resource',
        rows: 1,
        firstLines: [3],
      },
    ])
    expect(outcome.value.indexOn).toBe('2026-03-03')
    const stays = await inStore<{ method: string }>(
      workshop.folder,
      'select admission_method as method from inpatient order by admitted_on',
    )
    expect(stays.map(({ method }) => method)).toEqual(['21', '99', '21'])
    const [person] = await house.arrange(
      `select i.system, i.value, o.code from people.identifier i join people.registration r on r.person_id = i.person_id
       join organisations.organisation o on o.id = r.practice_id`,
    )
    expect(person).toEqual({ system: 'nhs', value: '9991010106', code: 'ZZZ99' })
  })

  it('that is not said to be made up is not loaded among made-up people', async () => {
    const outcome = await loadExtract(workshop, { folder: testFolder('fhir-small') })
    expect(outcome.ok ? '' : outcome.problems[0]?.message).toMatch(/npm start -- --data/)
  })

  it('with a file that is not FHIR gets one sentence that names it', async () => {
    for (const text of ['hello', '{"a": 1}', '[1, 2]']) {
      const outcome = await loadExtract(workshop, {
        folder: writeFolder('fhir-bad', { 'bad.json': text }),
        isSynthetic: true,
      })
      expect(outcome.ok ? '' : outcome.problems[0]?.message).toBe('bad.json, line 1: this is not FHIR JSON.')
    }
  })

  const condition = `${JSON.stringify({ resourceType: 'Condition', subject, code: { coding: [{ code: '1' }] }, onsetDateTime: '2020-02-02' })}\n`
  const manyLines = gzipSync(
    Array.from({ length: 500 }, (_, at) => condition.replace('"1"', `"${at * at}"`)).join(''),
  )
  const broken: readonly (readonly [string, Readonly<Record<string, string | Buffer>>, RegExp])[] = [
    [
      'HZ34 NDJSON cut in the middle, which would end whoever came after',
      { 'more.ndjson': `${condition}${condition.slice(0, 60)}` },
      /^more\.ndjson, line 2: the file ends in the middle of a resource/,
    ],
    [
      'NDJSON of one line without an end',
      { 'more.ndjson': `${condition}${'x'.repeat(34_000_000)}` },
      /^more\.ndjson, line 2: the line is too long for one resource/,
    ],
    [
      'compressed NDJSON cut in the middle',
      { 'more.ndjson.gz': manyLines.subarray(0, manyLines.length / 2) },
      /^more\.ndjson\.gz, line \d+: the file is cut short or damaged/,
    ],
    [
      'NDJSON in another encoding',
      { 'more.ndjson': Buffer.from(condition.replace('Patient', 'Pâtient'), 'latin1') },
      /^more\.ndjson, line 1: a character is not UTF-8/,
    ],
    [
      'a bundle in another encoding, whose names would be loaded with a letter gone',
      { 'one.json': Buffer.from(`{\n${bundle({ ...patient, id: 'Siân' }).slice(1)}`, 'latin1') },
      /^one\.json, line 2: a character is not UTF-8/,
    ],
    [
      'a compressed bundle cut in the middle',
      { 'one.json.gz': gzipSync(bundle(patient)).subarray(0, 100) },
      /^one\.json\.gz is cut short or damaged/,
    ],
    [
      'a bundle that says it is something else, whose people would be passed over',
      { 'one.json': bundle(patient).replace('"Bundle"', '"Questionnaire"') },
      /^one\.json, line 1: it holds the entries of a bundle, and its resourceType is not Bundle/,
    ],
  ]
  it.each(broken)('%s', async (_name, files, sentence) => {
    const before = await house.asSystem('test', ({ db }) => currentLoad(db))
    const folder = writeFolder('fhir-broken', { 'patient.json': JSON.stringify(patient), ...files })
    const outcome = await loadExtract(workshop, { folder, isSynthetic: true })
    expect(outcome.ok ? 'loaded' : outcome.problems[0]?.message).toMatch(sentence)
    expect(await house.asSystem('test', ({ db }) => currentLoad(db))).toEqual(before)
  })
})

describe.skipIf(!existsSync(synthea))(
  'the 20 Synthea people of ../shared (skipped where that folder is absent)',
  () => {
    const other = testWorkshop(house, 'synthea')

    it('are loaded with their events, and the same again changes nothing', async () => {
      await house.arrange('delete from population.refused_row; delete from population.load')
      const outcome = await loadExtract(other, { folder: synthea, isSynthetic: true })
      if (!outcome.ok) throw new Error(outcome.problems[0]?.message)
      const { bundles, people, read, taken, refused } = outcome.value
      expect(people.added).toBe(20)
      expect(read).toBe(taken + refused)
      expect(
        (bundles?.used ?? 0) +
          (bundles?.refused ?? 0) +
          Object.values(bundles?.notUsed ?? {}).reduce((a, b) => a + b, 0),
      ).toBe(bundles?.resources)
      const [events] = await inStore<{ stays: number; visits: number; conditions: number; people: number }>(
        other.folder,
        `select (select count(*) from inpatient)::int as stays, (select count(*) from emergency_department)::int as visits,
        (select count(*) from conditions)::int as conditions, (select count(*) from people)::int as people`,
      )
      expect(events?.people).toBe(20)
      expect(events?.stays).toBeGreaterThan(40)
      expect(events?.visits).toBeGreaterThan(25)
      expect(events?.conditions).toBeGreaterThan(100)
      const again = await loadExtract(other, { folder: synthea, isSynthetic: true })
      expect(again.ok && again.value.people).toEqual({ known: 20, added: 0, ended: 0, doubts: 0 })
    })
  },
)
