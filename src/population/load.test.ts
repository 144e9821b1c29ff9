import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { currentLoad, type LoadReport, loadExtract, peopleBehind, withStore } from '#population'
import { csvOf, type SmallExtract, smallExtract, testWorkshop, writeExtract } from '../../test/extract.ts'
import { openHouse, testFolder } from '../../test/house.ts'
import { storeFiles } from './columns.data.ts'

const house = await openHouse()
const workshop = testWorkshop(house, 'load')

async function load(folder: string): Promise<LoadReport> {
  const outcome = await loadExtract(workshop, { folder })
  if (!outcome.ok) throw new Error(outcome.problems[0]?.message)
  return outcome.value
}

const smallFiles = Object.keys(smallExtract).length

const current = () => house.asSystem('test', ({ db }) => currentLoad(db))
const inStore = async <Row>(sql: string): Promise<readonly Row[]> => {
  const now = await current()
  return await withStore(join(workshop.folder, now?.folder ?? ''), (store) => store.rows<Row>(sql))
}

/** One hash over every row of the record and of the store, whatever their order. */
async function everything(): Promise<string> {
  const hash = createHash('sha256')
  for (const table of [
    'person',
    'identifier',
    'name',
    'contact_point',
    'registration',
    'allergy',
    'wish',
    'doubt',
  ])
    hash.update(JSON.stringify(await house.arrange(`select t.* from people.${table} t order by t::text`)))
  hash.update(JSON.stringify(await house.arrange('select * from population.pseudonym order by 1')))
  hash.update(
    JSON.stringify(
      await house.arrange('select id, code, name, part_of from organisations.organisation order by 1'),
    ),
  )
  const now = await current()
  for (const file of now ? Object.keys(storeFiles) : [])
    if (existsSync(join(workshop.folder, now?.folder ?? '', `${file}.parquet`)))
      hash.update(JSON.stringify(await inStore(`select t::varchar as row from ${file} t order by 1`)))
  return hash.digest('hex')
}

describe('an extract', () => {
  it('is loaded whole: what was read is what was taken and what was refused, file by file', async () => {
    const report = await load(writeExtract('whole', smallExtract))
    expect(report.refused).toBe(0)
    for (const { file, read, taken, refused } of report.files) {
      expect([file, read]).toEqual([file, smallExtract[file]?.length])
      expect(taken + refused).toBe(read)
    }
    expect(report.people).toEqual({ known: 0, added: 3, ended: 0, doubts: 0 })
    expect(report.indexOn).toBe('2026-04-01')
    expect(readdirSync(workshop.folder).sort()).toEqual(['keys', 'population'])
  })

  it('says how far it is, and never less than it said before', async () => {
    const shares: number[] = []
    const say = async (_: string, share: number) => void shares.push(share)
    const outcome = await loadExtract({ ...workshop, say }, { folder: writeExtract('how-far', smallExtract) })
    expect(outcome.ok).toBe(true)
    expect(shares.length).toBeGreaterThan(smallFiles)
    expect(shares).toEqual(shares.toSorted((a, b) => a - b))
    expect([shares[0], shares.at(-1)]).toEqual([0, 1])
  })

  it('twice changes nothing but the load itself', async () => {
    const before = await everything()
    const first = await current()
    const report = await load(writeExtract('twice', smallExtract))
    expect(report.people).toEqual({ known: 3, added: 0, ended: 0, doubts: 0 })
    expect((await current())?.id).not.toBe(first?.id)
    expect(await everything()).toBe(before)
  })

  it('puts identity in the record and the rest behind a pseudonym', async () => {
    const rows = await inStore<{ pseudonym: string; birth_year: number; sex: string }>(
      `select pseudonym, birth_year, sex from people where practice_code = 'Z00001' order by birth_year`,
    )
    expect(rows.map(({ birth_year, sex }) => [birth_year, sex])).toEqual([
      [1935, 'female'],
      [1941, 'female'],
    ])
    const pseudonyms = rows.map(({ pseudonym }) => pseudonym)
    const mine = await house.as('drLund', (visit) => peopleBehind(visit, pseudonyms))
    expect([...mine.keys()].sort()).toEqual([...pseudonyms].sort())
    const jean = mine.get(pseudonyms[0] ?? '')
    const names = await house.arrange('select given, family from people.name where person_id = $1', [jean])
    expect(names).toEqual([{ given: 'Jean', family: 'Pillay' }])
  })

  it('gives another practice nobody behind its pseudonyms, and records both openings', async () => {
    const rows = await inStore<{ pseudonym: string }>(
      `select pseudonym from people where practice_code = 'Z00001'`,
    )
    const theirs = await house.as('drBello', (visit) =>
      peopleBehind(
        visit,
        rows.map(({ pseudonym }) => pseudonym),
      ),
    )
    expect(theirs.size).toBe(0)
    const [log] = await house.arrange(
      `select count(*)::int as n from access.entry where verb = 're-identify'`,
    )
    expect(log?.n).toBe(2)
  })

  it('with an objection keeps the person out of the store, and hides them at once when recorded by hand', async () => {
    const objecting: SmallExtract = {
      ...smallExtract,
      objections: [
        {
          nhs_number: '9991010203',
          kind: 'case-finding',
          purpose: 'case-finding',
          recorded_on: '2026-01-05',
          withdrawn_on: '',
          source: 'practice',
          checked_at: '',
        },
      ],
    }
    const [jean] = await inStore<{ pseudonym: string }>(
      'select pseudonym from people where birth_year = 1935',
    )
    const report = await load(writeExtract('objecting', objecting))
    expect(report.leftOut).toEqual({ 'case-finding': 1 })
    expect(await inStore('select 1 from people where birth_year = 1935')).toEqual([])
    expect(await inStore('select * from inpatient')).toHaveLength(1)
    const found = await house.as('drLund', (visit) => peopleBehind(visit, [jean?.pseudonym ?? '']))
    expect(found.size).toBe(0)
    await load(writeExtract('objecting-no-more', smallExtract))
    expect(await inStore('select 1 from people where birth_year = 1935')).toHaveLength(1)
  })

  it('with a corrected name, address and practice ends the old facts and keeps them', async () => {
    const [june, ...others] = smallExtract.people ?? []
    await load(
      writeExtract('corrected', {
        ...smallExtract,
        people: [
          {
            ...june,
            family_name: 'Okafor-Bell',
            practice_code: 'Z00002',
            registered_on: '2026-02-01',
            postcode: 'XX3 3AA',
          },
          ...others,
        ],
        addresses: [
          {
            nhs_number: '9991010106',
            address: '1 New Row, XX3 3AA',
            telephone: '01632 960101',
            email: '',
            next_of_kin: '',
            next_of_kin_telephone: '',
          },
        ],
      }),
    )
    const names = await house.arrange(
      `select family, ended_at is null as now from people.name where given = 'June' order by recorded_at, now`,
    )
    expect(names).toEqual([
      { family: 'Okafor', now: false },
      { family: 'Okafor-Bell', now: true },
    ])
    const places = await house.arrange(
      `select o.code, r.during::text as during from people.registration r join organisations.organisation o on o.id = r.practice_id
       join people.name n on n.person_id = r.person_id and n.ended_at is null where n.family = 'Okafor-Bell' and r.ended_at is null order by lower(r.during)`,
    )
    expect(places).toEqual([
      { code: 'Z00001', during: '[2010-05-04,2026-02-01)' },
      { code: 'Z00002', during: '[2026-02-01,)' },
    ])
    const points = await house.arrange(
      `select c.kind, c.value, c.ended_at is null as now from people.contact_point c join people.name n on n.person_id = c.person_id
       and n.ended_at is null where n.family = 'Okafor-Bell' order by c.kind, now`,
    )
    expect(points).toEqual([
      { kind: 'address', value: '7 Ropewalk', now: false },
      { kind: 'address', value: '1 New Row', now: true },
      { kind: 'next of kin', value: 'Chidi Okafor', now: false },
      { kind: 'telephone', value: '01632 960101', now: true },
    ])
    await load(writeExtract('corrected-back', smallExtract))
  })

  it('without somebody ends their registration on the day of the extract and deletes nothing', async () => {
    const report = await load(
      writeExtract(
        'shorter',
        {
          ...smallExtract,
          people: (smallExtract.people ?? []).slice(0, 2),
          gp_contacts: [{ nhs_number: '9991010300', date: '2026-03-05', kind: 'telephone' }],
        },
        {},
        { people: { extractedAt: '2026-03-31T05:00:00Z' } },
      ),
    )
    expect(report.people.ended).toBe(1)
    expect(report.refused).toBe(0)
    expect(
      await inStore('select e.kind from gp_contacts e join people p using (person) where birth_year = 1954'),
    ).toEqual([{ kind: 'telephone' }])
    const [harold] = await house.arrange(
      `select r.during::text as during, p.died_on from people.registration r join people.name n on n.person_id = r.person_id
       join people.person p on p.id = r.person_id where n.family = 'Whitcombe' and r.ended_at is null`,
    )
    expect(harold).toEqual({ during: '[2010-05-04,2026-03-31)', died_on: null })
    const [row] = await inStore<{ left: string }>(
      'select left_month::varchar as left from people where birth_year = 1954',
    )
    expect(row?.left).toBe('2026-03-01')
    await load(writeExtract('longer', smallExtract))
    const [back] = await inStore<{ left: string | null }>(
      'select left_month::varchar as left from people where birth_year = 1954',
    )
    expect(back?.left).toBeNull()
  })

  it('replaces what its supplier sent before for the days it covers, and nothing else', async () => {
    const { inpatient: _, social_care: __, ...rest } = smallExtract
    const stay = {
      nhs_number: '9991010106',
      admitted_on: '2026-03-02',
      discharged_on: '2026-03-03',
      admission_method: '21',
      primary_diagnosis: 'I50.0',
      other_diagnoses: '',
      specialty: '300',
      provider: 'ZT1',
    }
    await load(
      writeExtract('window', { ...rest, inpatient: [stay] }, {}, { inpatient: { coversFrom: '2026-01-15' } }),
    )
    const stays = await inStore<{ on: string }>('select admitted_on::varchar as on from inpatient order by 1')
    expect(stays.map(({ on }) => on)).toEqual(['2025-12-24', '2026-03-02'])
    expect(await inStore('select * from social_care')).toHaveLength(1)
    await load(
      writeExtract(
        'other-hospital',
        { ...rest, inpatient: [{ ...stay, admitted_on: '2026-03-09', discharged_on: '2026-03-10' }] },
        {},
        { inpatient: { supplier: 'another hospital' } },
      ),
    )
    const both = await inStore<{ on: string; source: number }>(
      'select admitted_on::varchar as on, source from inpatient order by 1',
    )
    expect(both.map(({ on }) => on)).toEqual(['2025-12-24', '2026-03-02', '2026-03-09'])
    expect(new Set(both.map(({ source }) => source)).size).toBe(2)
    await load(writeExtract('all-again', smallExtract, {}, {}))
  })

  it('is read from Parquet as from CSV', async () => {
    const before = await inStore('select * exclude (source) from inpatient order by all')
    const folder = writeExtract('parquet', smallExtract)
    const { openBench } = await import('./bench.ts')
    const bench = await openBench(tmpdir())
    await bench.run(
      `copy (select * from read_csv('${folder}/inpatient.csv')) to '${folder}/inpatient.parquet' (format parquet)`,
    )
    bench.close()
    const { rmSync } = await import('node:fs')
    rmSync(join(folder, 'inpatient.csv'))
    const report = await load(folder)
    expect(report.refused).toBe(0)
    expect(
      await inStore(`select * exclude (source) from inpatient where source = 10 or true order by all`),
    ).toEqual(expect.arrayContaining([...before]))
  })
})

describe('a row that cannot be taken', () => {
  const wrong: readonly (readonly [string, string, string, string])[] = [
    ['inpatient', 'admitted_on', '2061-01-01', 'it is after the last day the source covers'],
    ['inpatient', 'admitted_on', '01/02/2026', 'it is not a date like 2026-03-31'],
    ['inpatient', 'admitted_on', '2026-02-30', 'it is not a date like 2026-03-31'],
    ['inpatient', 'discharged_on', '2025-12-01', 'it is before admitted_on'],
    ['inpatient', 'nhs_number', '9991010107', 'it does not pass the check of an NHS number'],
    ['inpatient', 'nhs_number', '9991010505', 'nobody in people has this NHS number'],
    ['inpatient', 'primary_diagnosis', '9991010203', 'there is an identifier where a code belongs'],
    ['gp_contacts', 'nhs_number', '', 'it does not say whom it is about'],
    ['gp_contacts', 'date', '1935-01-01', 'it is before the first day the source covers'],
    ['gp_contacts', 'date', '1989-12-31', 'it is before the first day the source covers'],
    ['people', 'date_of_birth', '1900-01-01', 'it is more than 120 years ago'],
    ['people', 'practice_code', 'Z99999', 'the practice is not in practices'],
    ['measurements', 'value', 'high', 'it is not a number'],
  ]
  it('is refused with its file, line, column and reason, and the rows around it are taken', async () => {
    const extract: Record<string, Record<string, string | number>[]> = Object.fromEntries(
      Object.entries(smallExtract).map(([file, rows]) => [file, rows.map((row) => ({ ...row }))]),
    )
    const expected = wrong.map(([file, column, value, reason]) => {
      const rows = extract[file] ?? []
      const good = smallExtract[file]?.[0] ?? {}
      rows.push({ ...good, ...(file === 'people' ? { nhs_number: '' } : {}), [column]: value }, { ...good })
      return { file: `${file}.csv`, line: rows.length, reason }
    })
    const report = await load(writeExtract('wrong-rows', extract))
    const refused = await house.arrange(
      'select file, line, reason from population.refused_row where load_id = $1',
      [report.loadId],
    )
    expect(refused.map((row) => ({ ...row, line: Number(row.line) }))).toEqual(
      expect.arrayContaining(expected),
    )
    for (const { file, read, taken, refused: n } of report.files) {
      expect(read).toBe(extract[file]?.length)
      expect(n).toBe(refused.filter((row) => row.file === `${file}.csv`).length)
      expect(taken).toBe(read - n)
    }
    const kept = JSON.stringify(refused)
    expect(kept).not.toContain('9991010505')
  })

  it('is found on its own line past a blank line, a torn row and a name of two lines', async () => {
    const people = csvOf(smallExtract.people ?? []).split('\n')
    const text = [
      people[0],
      people[1]?.replace('June', '"Ju\nne"'),
      '',
      'torn,row',
      people[2]?.replace('1935-11-02', '2061-11-02'),
      people[3],
      people[3]?.replace('9991010300', '9991010408').replace('Whitcombe', 'Begum'),
    ].join('\n')
    const report = await load(writeExtract('lines', smallExtract, { 'people.csv': `${text}\n` }))
    const lines = report.reasons
      .filter(({ file }) => file === 'people.csv')
      .map(({ reason, firstLines }) => [reason, firstLines])
    expect(lines).toEqual(
      expect.arrayContaining([
        ['there are fewer columns than headings', [5]],
        ['it is after the day of the extract', [6]],
      ]),
    )
    expect(report.files.find(({ file }) => file === 'people')).toMatchObject({
      read: 5,
      taken: 3,
      refused: 2,
    })
    await load(writeExtract('lines-mended', smallExtract))
  })

  it('with a code on no list is taken, the code kept as not known and counted', async () => {
    const [stay] = smallExtract.inpatient ?? []
    const report = await load(
      writeExtract('codes', { ...smallExtract, inpatient: [{ ...stay, admission_method: 'XX' }] }),
    )
    expect(report.files.find(({ file }) => file === 'inpatient')).toMatchObject({
      taken: 1,
      unknownCodes: { admission_method: 1 },
    })
  })
})

describe('bad input gets one sentence that names it, and nothing is loaded', () => {
  const people = csvOf(smallExtract.people ?? [])
  const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(people, 'utf16le')])
  const latin1 = Buffer.from(people.replace('June', 'Juné'), 'latin1')
  const bad: readonly (readonly [string, Readonly<Record<string, string | Buffer>>, RegExp])[] = [
    [
      'a zip by the name of people.csv',
      { 'people.csv': Buffer.from('PK\x03\x04zipzip') },
      /^people\.csv is a zip archive/,
    ],
    ['a compressed file', { 'people.csv': Buffer.from([0x1f, 0x8b, 8, 0]) }, /^people\.csv is compressed/],
    ['UTF-16', { 'people.csv': utf16 }, /^people\.csv is written in UTF-16/],
    [
      'a letter in another encoding',
      { 'people.csv': latin1 },
      /^people\.csv, line 2: a character is not UTF-8/,
    ],
    [
      'a picture by the name of inpatient.csv',
      { 'inpatient.csv': Buffer.from([0x89, 80, 78, 71, 10, 0, 0, 0, 13]) },
      /^inpatient\.csv is a picture, not a table/,
    ],
    [
      'a missing column',
      { 'people.csv': people.replace('date_of_birth', 'birthday') },
      /^people\.csv, line 1: there is no column date_of_birth/,
    ],
    [
      'the wrong delimiter',
      { 'people.csv': people.replaceAll(',', ';') },
      /^people\.csv, line 1: the columns are separated by ;/,
    ],
    [
      'two columns of one heading',
      { 'people.csv': people.replace('given_name', 'family_name') },
      /^people\.csv, line 1: two columns have the same heading, family_name/,
    ],
    [
      'a line without an end',
      { 'people.csv': `${people}${'x'.repeat(3_000_000)}` },
      /^people\.csv, line 5: the line is longer than 1,048,576/,
    ],
    [
      'HZ34 a file cut in the middle of a row, which would end everybody after it',
      { 'people.csv': people.trimEnd().slice(0, -60) },
      /^people\.csv, line 4: the file ends in the middle of a row/,
    ],
    ['an empty file', { 'people.csv': '' }, /^people\.csv is empty/],
    [
      'HZ34 a file of people with nobody in it, which would end everybody',
      { 'people.csv': `${people.split('\n')[0]}\n` },
      /^people\.csv has a heading and no rows/,
    ],
    [
      'HZ34 a quotation mark left open, which hides everybody after it',
      { 'people.csv': `${people}"${`${people.split('\n')[1]}\n`.repeat(30)}` },
      /^people\.csv, line 5: a quotation mark is left open, so the lines after it cannot be read/,
    ],
    ['a file nobody knows', { 'patients.csv': people }, /^patients\.csv is not a file of an extract/],
    [
      'Parquet by the name of a CSV',
      { 'gp_contacts.csv': Buffer.from('PAR1 and no more') },
      /^gp_contacts\.csv is Parquet, not CSV/,
    ],
    [
      'CSV by the name of a Parquet',
      { 'gp_contacts.parquet': 'nhs_number,date,kind\n' },
      /^gp_contacts\.parquet is not Parquet/,
    ],
    [
      'everybody born in 2061, told of the people and not of the files about them',
      { 'people.csv': people.replace(/,\d{4}(-\d\d-\d\d,)/g, ',2061$1') },
      /^people\.csv, line 2: date_of_birth, it is after the day of the extract. 3 of 3 rows/,
    ],
    [
      'sources.json extracted in 2061',
      {
        'sources.json': JSON.stringify({
          people: { supplier: 'x', covers_to: '2026-03-31', extracted_at: '2061-04-01', synthetic: true },
        }),
      },
      /^sources\.json says people was extracted on 2061-04-01, more than 10 years from now/,
    ],
    [
      'every date in another form',
      { 'gp_contacts.csv': 'nhs_number,date,kind\n9991010106,02/02/2026,telephone\n' },
      /^gp_contacts\.csv, line 2: date, it is not a date/,
    ],
    ['sources.json that is not JSON', { 'sources.json': '{"people":' }, /^sources\.json is not JSON/],
    [
      'sources.json of the year 2061',
      {
        'sources.json': JSON.stringify({
          people: { supplier: 'x', covers_to: '2061-01-01', synthetic: false },
        }),
      },
      /^sources\.json says people covers up to 2061-01-01/,
    ],
    [
      'made-up people of the year 2061, whose day no later load could come back from',
      {
        'sources.json': JSON.stringify({
          people: { supplier: 'x', covers_to: '2061-01-01', synthetic: true },
        }),
      },
      /^sources\.json says people covers up to 2061-01-01, more than 10 years from now/,
    ],
    [
      'mapping.json that reaches outside',
      { 'mapping.json': JSON.stringify({ inpatient: { file: '../stays.csv' } }) },
      /outside the folder/,
    ],
  ]
  let before = ''
  it('begins with a load that stands', async () => {
    await load(writeExtract('stands', smallExtract))
    before = await everything()
  })

  it.each(bad)('%s', async (name, texts, sentence) => {
    const now = await current()
    const outcome = await loadExtract(workshop, { folder: writeExtract('bad', smallExtract, texts) })
    expect(outcome.ok).toBe(false)
    const said = outcome.ok ? '' : (outcome.problems[0]?.message ?? '')
    expect(said, name).toMatch(sentence)
    expect(said.split('\n')).toHaveLength(1)
    expect(await current()).toEqual(now)
    expect(readdirSync(join(workshop.folder, 'population')).filter((one) => one.startsWith('.'))).toEqual([])
  })

  it('an empty folder, a folder that is not there, a file that points outside', async () => {
    const empty = testFolder('empty')
    mkdirSync(empty, { recursive: true })
    const sentences: string[] = []
    const linked = writeExtract('linked', smallExtract)
    writeFileSync(testFolder('outside.csv'), 'nhs_number,date,kind\n')
    symlinkSync(testFolder('outside.csv'), join(linked, 'gp_contacts2.csv'))
    const elsewhere = writeExtract('elsewhere', smallExtract)
    rmSync(join(elsewhere, 'sources.json'))
    symlinkSync(testFolder('outside.csv'), join(elsewhere, 'sources.json'))
    const piped = writeExtract('piped', smallExtract)
    execFileSync('mkfifo', [join(piped, 'allergies2.csv')])
    for (const folder of [empty, testFolder('nowhere'), linked, elsewhere, piped]) {
      const outcome = await loadExtract(workshop, { folder })
      sentences.push(outcome.ok ? 'loaded' : (outcome.problems[0]?.message ?? ''))
    }
    expect(sentences[0]).toMatch(/^There is nothing to load in /)
    expect(sentences[1]).toMatch(/^There is no folder /)
    expect(sentences[2]).toMatch(/^gp_contacts2\.csv points outside the folder/)
    expect(sentences[3]).toMatch(/^sources\.json points outside the folder/)
    expect(sentences[4]).toMatch(/^allergies2\.csv is not a file/)
  })

  it('what a desktop leaves in each folder is passed over', async () => {
    const left = { 'Thumbs.db': Buffer.from([0, 1]), 'desktop.ini': 'x', '~$people.xlsx': 'x' }
    expect((await loadExtract(workshop, { folder: writeExtract('left', smallExtract, left) })).ok).toBe(true)
  })

  it('said to be made up, and not in sources.json, is neither guessed: it is for life', async () => {
    const folder = writeExtract('unsure', smallExtract, {}, { people: { synthetic: false } })
    const outcome = await loadExtract(workshop, { folder, isSynthetic: true })
    expect(outcome.ok ? '' : outcome.problems[0]?.message).toMatch(
      /^sources\.json does not say "synthetic": true/,
    )
  })

  it('real people are never loaded among made-up ones', async () => {
    const outcome = await loadExtract(workshop, {
      folder: writeExtract('real', smallExtract, {}, { people: { synthetic: false } }),
    })
    expect(outcome.ok ? '' : outcome.problems[0]?.message).toMatch(/npm start -- --data \.\/data\/ours$/)
  })

  it('a Parquet file cut short', async () => {
    const cut = { 'inpatient.parquet': Buffer.from('PAR1 and no more') }
    const folder = writeExtract('cut-short', smallExtract, cut)
    const { rmSync } = await import('node:fs')
    rmSync(join(folder, 'inpatient.csv'))
    const outcome = await loadExtract(workshop, { folder })
    expect(outcome.ok ? '' : outcome.problems[0]?.message).toBe(
      'inpatient.parquet: the file cannot be read as Parquet.',
    )
  })

  it('and after all of them not a row of the record or the store is another', async () => {
    expect(await everything()).toBe(before)
  })
})
