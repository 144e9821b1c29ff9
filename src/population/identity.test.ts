import { describe, expect, it } from 'vitest'
import { loadExtract } from '#population'
import { type SmallExtract, smallExtract, testWorkshop, writeExtract } from '../../test/extract.ts'
import { openHouse } from '../../test/house.ts'

const house = await openHouse()
const workshop = testWorkshop(house, 'identity')

const [person] = smallExtract.people ?? []
const someone = (more: Readonly<Record<string, string>>) => ({ ...person, ethnicity: 'J', ...more })

// The street's fifteen source identities: eleven NHS numbers, Hua Li's second record, three spellings of Piotr.
const numbered = [
  ['9991010106', 'June', 'Okafor', '1941-09-14', 'XX1 1AA'],
  ['9991010203', 'Jean', 'Pillay', '1935-11-02', 'XX1 1AB'],
  ['9991010300', 'Harold', 'Whitcombe', '1954-06-20', 'XX2 2AA'],
  ['9991010408', 'Rukhsana', 'Begum', '1968-02-09', 'XX2 2AB'],
  ['9991010505', 'Abdul', 'Karim', '1946-12-01', 'XX2 2AB'],
  ['9991010602', 'Callum', 'Reid', '2001-08-17', 'XX1 1AD'],
  ['9991010807', 'Marcus', 'Campbell', '1979-04-30', 'XX2 2AE'],
  ['9991010904', 'Eileen', 'Murphy', '1948-10-05', 'XX1 1AF'],
  ['9991011005', 'Ayaan', 'Hussain', '2016-11-23', 'XX2 2AG'],
  ['9991011102', 'Ayan', 'Hussain', '2016-11-23', 'XX2 2AG'],
  ['9991011307', 'Hua Li', 'Chen', '1958-07-08', 'XX1 1AH'],
] as const

const visit = (given: string, family: string, born: string, postcode: string, at: string) => ({
  nhs_number: '',
  arrived_at: at,
  by_ambulance: 'false',
  disposal: '03',
  local_id: '',
  given_name: given,
  family_name: family,
  date_of_birth: born,
  sex: '9',
  postcode,
})

const street: SmallExtract = {
  practices: smallExtract.practices ?? [],
  people: numbered.map(([nhs_number, given_name, family_name, date_of_birth, postcode]) =>
    someone({ nhs_number, given_name, family_name, date_of_birth, postcode }),
  ),
  emergency_department: [
    visit('Lihua', 'Chen', '1958-07-08', 'xx11ah', '2026-01-16 10:00:00'),
    visit('Lihua', 'Chen', '1958-07-08', 'XX1 1AH', '2026-03-23 10:00:00'),
    visit('Piotr', 'Nowak', '', 'ZZ99 3VZ', '2025-09-01 23:00:00'),
    visit('Piotr', 'Novak', '', 'ZZ99 3VZ', '2025-10-01 23:00:00'),
    visit('Peter', 'Nowack', '', 'ZZ99 3VZ', '2025-11-01 23:00:00'),
    { ...visit('', '', '', '', '2025-12-01 10:00:00'), nhs_number: '9991010807' },
  ],
}

const load = async (name: string, extract: SmallExtract) => {
  const outcome = await loadExtract(workshop, { folder: writeExtract(name, extract) })
  if (!outcome.ok) throw new Error(outcome.problems[0]?.message)
  return outcome.value
}

const doubts = () =>
  house.arrange(
    `select array(select n.given || ' ' || n.family from people.name n where n.person_id in (d.person_id, d.other_person_id)
       and n.ended_at is null order by 1) as names, d.why from people.doubt d order by names`,
  )

describe('the street’s fifteen source identities', () => {
  it('stay fifteen records: nothing is joined by the program', async () => {
    const report = await load('street', street)
    expect(report.refused).toBe(0)
    expect(report.people.added).toBe(15)
    const [count] = await house.arrange('select count(*)::int as n from people.merge')
    expect(count?.n).toBe(0)
  })

  it('put Hua Li’s two records and Piotr’s three in the queue, and never the twins', async () => {
    const pairs = (await doubts()).map(({ names }) => names)
    expect(pairs).toEqual([
      ['Hua Li Chen', 'Lihua Chen'],
      ['Peter Nowack', 'Piotr Novak'],
      ['Peter Nowack', 'Piotr Nowak'],
      ['Piotr Novak', 'Piotr Nowak'],
    ])
    expect((await doubts())[0]?.why).toBe(
      'no NHS number on one side; the same family name, date of birth, postcode',
    )
  })

  it('are asked about once: the same extract again adds no doubt', async () => {
    const report = await load('street-again', street)
    expect(report.people).toEqual({ known: 15, added: 0, ended: 0, doubts: 0 })
  })
})

describe('an NHS number with other details', () => {
  it('HZ02 is a record of its own and a doubt: the person who holds the number is not changed', async () => {
    const people = (street.people ?? []).map((row) =>
      row.nhs_number === '9991010602'
        ? { ...row, given_name: 'Morag', family_name: 'Sinclair', date_of_birth: '1950-01-02' }
        : row,
    )
    const report = await load('other-details', { ...street, people })
    expect(report.people).toMatchObject({ added: 1, doubts: 1 })
    const rows = await house.arrange(
      `select n.given, p.born_on, i.system from people.name n join people.person p on p.id = n.person_id
       join people.identifier i on i.person_id = p.id where n.given in ('Morag', 'Callum') and n.ended_at is null order by 1`,
    )
    expect(rows).toEqual([
      { given: 'Callum', born_on: '2001-08-17', system: 'nhs' },
      { given: 'Morag', born_on: '1950-01-02', system: 'local' },
    ])
    expect((await load('other-details-again', { ...street, people })).people).toMatchObject({
      added: 0,
      doubts: 0,
    })
  })

  it('is the same person with a new family name when birth date and given name agree', async () => {
    const people = (street.people ?? []).map((row) =>
      row.nhs_number === '9991010408' ? { ...row, family_name: 'Begum-Shah' } : row,
    )
    const report = await load('married', { ...street, people })
    expect(report.people).toMatchObject({ added: 0, doubts: 0 })
  })

  it('twice in one file makes the second a record of its own and a doubt', async () => {
    const people = [
      ...(street.people ?? []),
      someone({
        nhs_number: '9991010904',
        given_name: 'Nora',
        family_name: 'Walsh',
        date_of_birth: '1977-03-03',
        postcode: 'XX9 9ZZ',
      }),
    ]
    const report = await load('shared', { ...street, people })
    expect(report.people).toMatchObject({ added: 1, doubts: 1 })
  })

  it('of somebody else on a hospital row does not put the row in that person’s record', async () => {
    const transposed = {
      ...visit('Rosa', 'Marsh', '1990-05-05', 'XX8 8BB', '2026-02-01 09:00:00'),
      nhs_number: '9991010203',
    }
    const report = await load('borrowed', {
      ...street,
      emergency_department: [...(street.emergency_department ?? []), transposed],
    })
    expect(report.people.added).toBe(1)
    const [rosa] = await house.arrange(
      `select i.system from people.identifier i join people.name n on n.person_id = i.person_id where n.given = 'Rosa'`,
    )
    expect(rosa?.system).toBe('local')
  })
})
