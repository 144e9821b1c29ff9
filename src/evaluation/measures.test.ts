import { beforeAll, describe, expect, it } from 'vitest'
import { type LondonDate, readDate } from '#calendar'
import { withStore } from '#population'
import { testFolder } from '../../test/house.ts'
import { pseudonym, type Recorded, writeRecords } from '../../test/records.ts'
import type { Choices } from './choice-types.ts'
import { usualChoices } from './choices.ts'
import { openPopulation, type Population } from './cut-store.ts'
import { changeRow, practiceRows } from './measure-words.ts'
import type { StudyRows } from './types.ts'

const day = (text: string): LondonDate => {
  const on = readDate(text)
  if (!on) throw new Error(`${text} is no day`)
  return on
}
const [systolic, diastolic, hba1c] = ['271649006', '271650006', '999791000000106'] as const
const pressure = (on: string, high: number, low: number) =>
  [
    [on, systolic, high],
    [on, diastolic, low],
  ] as const
const hypertension = [['2015-01-01', '38341003']] as const

const people: readonly Recorded[] = [
  {
    pseudonym: pseudonym(1),
    birthYear: 1950,
    conditions: hypertension,
    readings: pressure('2024-06-01', 140, 90),
  },
  {
    pseudonym: pseudonym(2),
    birthYear: 1950,
    conditions: hypertension,
    readings: pressure('2024-06-01', 141, 90),
  },
  {
    pseudonym: pseudonym(3),
    birthYear: 1940,
    conditions: hypertension,
    readings: pressure('2024-06-01', 150, 90),
  },
  {
    pseudonym: pseudonym(4),
    birthYear: 1950,
    conditions: hypertension,
    readings: pressure('2023-12-31', 120, 70),
  },
  {
    pseudonym: pseudonym(5),
    birthYear: 1950,
    conditions: hypertension,
    readings: [...pressure('2024-06-01', 130, 80), ['2024-07-01', systolic, 190]],
  },
  { pseudonym: pseudonym(6), birthYear: 1950, readings: pressure('2024-06-01', 120, 70) },
  {
    pseudonym: pseudonym(7),
    birthYear: 1950,
    conditions: [['2015-01-01', '44054006']],
    readings: [
      ['2024-12-30', hba1c, 58],
      ['2025-12-30', hba1c, 59],
    ],
  },
  { pseudonym: pseudonym(8), inCareHomeFrom: ['2025-03-01', '2025-09-01'] },
  { pseudonym: pseudonym(9), inCareHomeFrom: ['2020-01-01', '2025-03-01'] },
  { pseudonym: pseudonym(10), homeCareFrom: ['2025-03-01'], inCareHomeFrom: ['2026-02-01'] },
]
const folder = testFolder('measures')
beforeAll(() => writeRecords(folder, people))

const asking = <T>(work: (population: Population) => Promise<T>): Promise<T> =>
  withStore(folder, async (store) =>
    work(
      await openPopulation(store, {
        coversFrom: {},
        dataTo: day('2026-03-31'),
        joined: [{ person: pseudonym(1), programmeId: 'conrane', openedOn: day('2025-01-01') }],
        listedOn: async () => [],
      }),
    ),
  )
const rows: StudyRows = {
  persons: people.map((one) => one.pseudonym),
  indexOns: people.map(() => day('2025-01-01')),
  values: {},
}

describe('R-291 measures of routine care, after those of QOF', () => {
  it('take the last day on which all was read in 12 months, at the edge within, and an age’s own limit', async () => {
    const found = await asking((population) => population.measured(rows, 0))
    const of = (measure: string) =>
      (found ?? [])
        .filter((one) => one.measure === measure)
        .map(({ row, recorded, met }) => [row + 1, recorded, met])
    expect(of('blood pressure under 80')).toEqual([
      [1, 1, 1],
      [2, 1, 0],
      [4, 0, 0],
      [5, 1, 1],
    ])
    expect(of('blood pressure from 80')).toEqual([[3, 1, 1]])
    expect(of('HbA1c')).toEqual([[7, 1, 1]])
  })

  it('are read again at the end of the follow-up', async () => {
    const after = await asking((population) => population.measured(rows, 365))
    expect(after?.filter(({ measure }) => measure === 'HbA1c')).toEqual([
      { row: 6, measure: 'HbA1c', recorded: 1, met: 0 },
    ])
    expect(after?.filter(({ recorded }) => recorded === 1)).toHaveLength(1)
  })

  it('stand by practice, and a small count is not told', async () => {
    const counts = await asking((population) => population.measures('conrane'))
    expect(counts).toContainEqual({
      measure: 'blood pressure under 80',
      practice: 'Z00001',
      isHelped: true,
      people: 1,
      recorded: 0,
      met: 0,
    })
    for (const row of practiceRows(counts)) expect(row.slice(3)).toEqual(['not told', 'not told', 'not told'])
    const [told] = practiceRows([
      { measure: 'HbA1c', practice: 'Z1', isHelped: true, people: 60, recorded: 50, met: 30 },
    ])
    expect(told?.slice(1)).toEqual(['Z1', 'With the programme', '60', '30', '50'])
  })

  it('give no share where fewer than 10 are within it or outside it', () => {
    const share = (people: number, met: number) => ({
      people,
      met,
      metPercent: (100 * met) / people,
      recordedPercent: 90,
    })
    const moved = (met: number) => ({ before: share(40, met), after: share(40, 20) })
    const row = (met: number) => changeRow({ measure: 'HbA1c', helped: moved(met), matched: moved(20) })
    expect(row(20)).toContain('50 of 100, 90 read')
    expect(row(9).slice(2, 4)).toEqual(['Too few', 'Too few'])
    expect(row(31).slice(2, 4)).toEqual(['Too few', 'Too few'])
  })
})

describe('R-298 moves into a care home', () => {
  const entries = (horizonDays: number, further: Choices['further'] = ['careHomeEntries']) =>
    asking((population) =>
      population.outcomes(rows, rows.persons.length, {
        horizonDays,
        plan: {
          question: '',
          ratio: 3,
          leastFollowUpDays: 90,
          smallestThatMattersPercent: 15,
          otherInitiatives: '',
          whatChanged: '',
          choices: { ...usualChoices, further },
        },
      }),
    )

  it('are counted once, apart from hospital, and never of somebody who lived in one already', async () => {
    const { others } = await entries(365)
    expect([...(others.careHomeEntries ?? [])]).toEqual([0, 0, 0, 0, 0, 0, 0, 1, 0, 0])
  })

  it('are told of every study where the records hold them, and judged where one chose them', async () => {
    expect((await entries(365, [])).others.careHomeEntries).toHaveLength(people.length)
  })
})
