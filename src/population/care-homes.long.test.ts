import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { currentLoad, loadExtract, withStore } from '#population'
import { type SmallExtract, smallExtract, testWorkshop, writeExtract } from '../../test/extract.ts'
import { openHouse } from '../../test/house.ts'

const house = await openHouse()
const workshop = testWorkshop(house, 'care-homes')
const [june, jean] = [1941, 1935]

/** One package of Jean’s, as a council wrote it. */
const packaged = (said: string, from: string, to = ''): SmallExtract => ({
  ...smallExtract,
  social_care: [
    {
      nhs_number: '9991010106',
      started_on: '2024-01-01',
      ended_on: '',
      package: 'home care',
      hours_a_week: 7,
    },
    { nhs_number: '9991010203', started_on: from, ended_on: to, package: said, hours_a_week: '' },
  ],
})

let loads = 0
/** Loads an extract in place of what there was, and asks of each day who lived in a care home: yes, no or not known. */
async function askedOf(extract: SmallExtract, born: number, days: readonly string[]) {
  const outcome = await loadExtract(workshop, { folder: writeExtract(`care-homes-${loads++}`, extract) })
  if (!outcome.ok) throw new Error(outcome.problems[0]?.message)
  const now = await house.asSystem('test', ({ db }) => currentLoad(db))
  return await withStore(join(workshop.folder, now?.folder ?? ''), async (store) => ({
    from: store.careHomesFrom,
    file: outcome.value.files.find(({ file }) => file === 'social_care'),
    lived: (
      await store.rows<{ lived: boolean | null }>(
        `select lived_in_care_home(person, d.day) as lived from people, (values ${days.map((day, at) => `(${at}, date '${day}')`).join(', ')}) d(place, day)
         where birth_year = ${born} order by d.place`,
      )
    ).map(({ lived }) => lived),
  }))
}

describe('where somebody lived on a day', () => {
  it('somebody who moves in is not in a care home on that day or any before, and is from the day after', async () => {
    const { lived } = await askedOf(packaged('residential care', '2025-06-10'), jean, [
      '2025-06-09',
      '2025-06-10',
      '2025-06-11',
      '2026-03-31',
    ])
    expect(lived).toEqual([false, false, true, true])
  })

  it('somebody who moves out still lived there by the day they left, and not the day after', async () => {
    const { lived } = await askedOf(packaged('nursing care', '2025-06-10', '2025-09-01'), jean, [
      '2025-09-01',
      '2025-09-02',
    ])
    expect(lived).toEqual([true, false])
  })

  it('of a day before the council’s first package of any kind nobody can say', async () => {
    const { from, lived } = await askedOf(packaged('residential care', '2025-06-10'), june, [
      '2023-12-31',
      '2024-01-01',
      '2024-01-02',
    ])
    expect(from).toBe('2024-01-01')
    expect(lived).toEqual([null, null, false])
  })

  it.each([
    ['Long Term Support: Residential Care', true],
    ['Long Term Support: Nursing Care', true],
    ['Long Term Nursing Care', true],
    ['Residential', true],
    ['Nursing', true],
    ['Care home', true],
    ['Care Home Service With Nursing', true],
    ['Short Term Residential Care', false],
    ['Respite', false],
    ['Supported Living', false],
    ['Extra Care Housing', false],
    ['Home Support', false],
  ])('a council’s “%s” is living in a care home, or not, and is counted as known', async (said, isHome) => {
    const extract = packaged(said, '2025-06-10')
    const { lived, file } = await askedOf(extract, jean, ['2026-01-01'])
    expect(file?.unknownCodes).toEqual({})
    // Where no package means a care home, nobody says who lives in one.
    expect(lived).toEqual([isHome ? true : null])
  })

  it('a package on no list is kept, counted, and says nothing of a care home', async () => {
    const { lived, file } = await askedOf(packaged('Sunny uplands', '2025-06-10'), jean, ['2026-01-01'])
    expect(file).toMatchObject({ taken: 2, unknownCodes: { package: 1 } })
    expect(lived).toEqual([null])
  })

  it('a practice’s dated code says it too, also of whoever pays for their own place', async () => {
    const { from, lived } = await askedOf(
      {
        ...packaged('home care', '2025-06-10'),
        conditions: [
          {
            nhs_number: '9991010203',
            recorded_on: '2025-02-01',
            resolved_on: '',
            code_system: 'snomed',
            code: '160734000',
          },
        ],
      },
      jean,
      ['2025-02-01', '2025-02-02'],
    )
    expect(from).toBe('1900-01-01')
    expect(lived).toEqual([false, true])
  })

  it('the yes or no of the day of the load answers for no day', async () => {
    const people = (smallExtract.people ?? []).map((row) => ({ ...row, care_home: 'true' }))
    const { from, lived } = await askedOf({ ...packaged('home care', '2025-06-10'), people }, jean, [
      '2026-03-31',
    ])
    expect(from).toBeUndefined()
    expect(lived).toEqual([null])
  })
})
