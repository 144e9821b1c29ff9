import { beforeAll, describe, expect, it } from 'vitest'
import { type LondonDate, readDate } from '#calendar'
import { withStore } from '#population'
import { testFolder } from '../../test/house.ts'
import { pseudonym, type Recorded, writeRecords } from '../../test/records.ts'
import { type Joined, openPopulation, type Population } from './cut-store.ts'
import { protocol } from './protocol.data.ts'
import type { Cut, StudyRows } from './types.ts'

const day = (text: string): LondonDate => {
  const on = readDate(text)
  if (!on) throw new Error(`${text} is no day`)
  return on
}

const helped = pseudonym(1)
const later = pseudonym(2)
const plain = pseudonym(3)
const dead = pseudonym(4)
const already = pseudonym(5)
const newcomer = pseudonym(6)
const child = pseudonym(7)
const unlike = pseudonym(8)
const prior = ['2024-03-02']
const people: readonly Recorded[] = [
  {
    pseudonym: helped,
    admittedOn: [
      '2023-01-12',
      '2024-01-10',
      '2024-01-11',
      '2024-12-20',
      '2025-01-10',
      '2025-01-11',
      '2026-01-10',
      '2026-01-11',
    ],
    plannedOn: ['2024-11-11'],
    gpContactsOn: ['2024-05-05', '2025-01-10'],
  },
  { pseudonym: later, admittedOn: [...prior, '2024-12-01', '2025-05-31', '2025-06-01'] },
  { pseudonym: plain, admittedOn: [...prior, '2024-12-02', '2025-07-07'] },
  {
    pseudonym: dead,
    admittedOn: [...prior, '2024-12-03', '2025-03-14'],
    untilOn: '2025-03-15',
    hasDied: true,
  },
  { pseudonym: already, admittedOn: [...prior, '2024-12-04'] },
  { pseudonym: newcomer, admittedOn: [...prior, '2024-12-05'], registeredOn: '2024-06-01' },
  { pseudonym: child, admittedOn: [...prior, '2024-12-06'], birthYear: 2010 },
  { pseudonym: unlike, admittedOn: [] },
]
const joined: readonly Joined[] = [
  { person: helped, programmeId: 'conrane', openedOn: day('2025-01-10') },
  { person: later, programmeId: 'conrane', openedOn: day('2025-06-01') },
  { person: already, programmeId: 'ward', openedOn: day('2024-12-31') },
]
let listed: readonly { onDay: LondonDate; person: string | null }[] = []
const folder = testFolder('study-records')

beforeAll(() => writeRecords(folder, people))

const asking = <T>(work: (population: Population) => Promise<T>): Promise<T> =>
  withStore(folder, async (store) =>
    work(
      await openPopulation(store, {
        coversFrom: { inpatient: day('2021-04-01'), gp_contacts: day('2024-01-01') },
        dataTo: day('2026-03-31'),
        joined,
        listedOn: async () => listed,
      }),
    ),
  )

const cutOf = (): Promise<Cut> =>
  asking((population) =>
    population.cut({
      programmeId: 'conrane',
      fromAge: 18,
      lastOn: day('2025-03-01'),
      pastOn: day('2024-01-11'),
      protocol,
    }),
  )

const rowsFor = (persons: readonly string[]): StudyRows => ({
  persons,
  indexOns: persons.map(() => day('2025-01-10')),
  values: {},
})

describe('what is known before the index day', () => {
  it('counts admissions up to the day before, in windows that do not overlap the years', async () => {
    const { treated } = await cutOf()
    expect(treated.persons).toEqual([helped])
    const known = Object.fromEntries(
      Object.entries(treated.values).map(([name, column]) => [name, column[0]]),
    )
    expect(known).toMatchObject({
      admissions30: 1,
      admissions90: 1,
      admissions365: 2,
      admissions730: 2,
      gpContacts365: 1,
      age: 79,
      woman: 1,
      deprivation: 5,
    })
  })

  it('counts the nights of every stay that lie in the year, and no planned day case as an emergency', async () => {
    const { treated } = await cutOf()
    expect(treated.values.nights365?.[0]).toBe(8)
  })
})

describe('where somebody lived before the index day', () => {
  const homes = testFolder('study-homes')
  const moved = (person: string, on: string): Recorded => ({
    ...{ pseudonym: person, admittedOn: prior },
    inCareHomeFrom: [on],
  })
  const asked = <T>(who: readonly Recorded[], work: (population: Population) => Promise<T>) =>
    writeRecords(homes, who).then(() =>
      withStore(homes, async (store) =>
        work(
          await openPopulation(store, {
            ...{ coversFrom: {}, dataTo: day('2026-03-31'), joined, listedOn: async () => [] },
          }),
        ),
      ),
    )
  const study = { programmeId: 'conrane', fromAge: 18, lastOn: day('2025-03-01'), pastOn: day('2024-01-11') }

  it('is known by date: who moves in after somebody joined is not in a care home on that day', async () => {
    const [before, after] = [pseudonym(9), pseudonym(10)]
    const cut = await asked(
      [
        { ...moved(helped, '2025-01-10'), homeCareFrom: ['2021-04-01'] },
        moved(before, '2025-01-09'),
        moved(after, '2025-01-11'),
      ],
      (population) => population.cut({ ...study, protocol }),
    )
    expect([...(cut.treated.values.inCareHome ?? [])]).toEqual([0])
    expect(
      Object.fromEntries(cut.pool.persons.map((person, at) => [person, cut.pool.values.inCareHome?.[at]])),
    ).toEqual({ [before]: 1, [after]: 0 })
  })

  it('is not compared where nobody sends since when, and where packages begin later', async () => {
    const knows = (who: readonly Recorded[], before: string) =>
      asked(who, async (population) =>
        population.known(protocol.covariates, day(before)).some(({ name }) => name === 'inCareHome'),
      )
    expect(await knows([{ pseudonym: plain, homeCareFrom: ['2021-04-01'] }], '2024-01-11')).toBe(false)
    const told = [{ ...moved(plain, '2023-01-01'), homeCareFrom: ['2021-04-01'] }]
    expect(await knows(told, '2021-04-01')).toBe(false)
    expect(await knows(told, '2021-04-02')).toBe(true)
  })

  it('a study locked before that had a day is matched on what it said, and answers as it did', async () => {
    const old = {
      ...protocol,
      covariates: protocol.covariates.map((one) =>
        one.name === 'inCareHome'
          ? ({ name: 'careHome', label: 'Lives in a care home', scale: 'plain' } as const)
          : one,
      ),
      closeness: protocol.closeness.map((one) => ({
        ...one,
        exact: one.exact.map((key) =>
          key.covariate === 'inCareHome' ? { ...key, covariate: 'careHome' } : key,
        ),
      })),
    }
    const before = pseudonym(9)
    const cut = await asked(
      [moved(helped, '2025-06-01'), moved(before, '2025-01-09')],
      async (population) => {
        expect(population.known(old.covariates, study.pastOn).map(({ name }) => name)).toContain('careHome')
        return await population.cut({ ...study, protocol: old })
      },
    )
    expect(cut.pool.persons).toEqual([before])
    expect([...(cut.pool.values.careHome ?? [])]).toEqual([0])
  })
})

describe('who could have joined on that day', () => {
  it('is whoever shares a band with one who did: somebody who joins later and somebody who dies later too', async () => {
    const { pool } = await cutOf()
    expect([...pool.persons].sort()).toEqual([later, plain, dead])
    expect(new Set(pool.indexOns)).toEqual(new Set(['2025-01-10']))
  })

  it('leaves out who has joined anything, newcomers of less than a year, and those too young', async () => {
    const { pool } = await cutOf()
    for (const person of [helped, already, newcomer, child, unlike])
      expect(pool.persons).not.toContain(person)
  })
})

describe('who stood on the list that day', () => {
  const listedBy = async () => {
    const { treated, pool } = await cutOf()
    return Object.fromEntries(
      [treated, pool].flatMap(({ persons, values }) => persons.map((one, i) => [one, values.listed?.[i]])),
    )
  }

  it('somebody helped off the list is compared only with others who were on it', async () => {
    listed = [helped, plain].map((person) => ({ onDay: day('2025-01-10'), person }))
    expect(await listedBy()).toEqual({ [helped]: 2, [plain]: 2 })
  })

  it('somebody helped who was not on the list is compared only with others who were not', async () => {
    listed = [{ onDay: day('2025-01-10'), person: plain }]
    expect(await listedBy()).toEqual({ [helped]: 1, [later]: 1, [dead]: 1 })
  })

  it('a list of nobody is a list; before the first list everybody stands alike', async () => {
    listed = [{ onDay: day('2025-01-10'), person: null }]
    expect(await listedBy()).toEqual({ [helped]: 1, [later]: 1, [plain]: 1, [dead]: 1 })
    listed = []
    expect(await listedBy()).toEqual({ [helped]: 0, [later]: 0, [plain]: 0, [dead]: 0 })
  })
})

describe('what happened afterwards', () => {
  it('counts from the day after joining to the 365th day, neither the day itself nor the day after', async () => {
    const outcomes = await asking((population) =>
      population.outcomes(rowsFor([helped]), 1, { horizonDays: 365 }),
    )
    expect(outcomes.days[0]).toBe(365)
    expect(outcomes.events[0]).toBe(2)
    expect(Object.keys(outcomes.others)).toEqual(['nights', 'unaffected', 'gpContacts'])
    expect([outcomes.others.nights?.[0], outcomes.others.gpContacts?.[0]]).toEqual([3, 0])
    expect(Array.from(outcomes.monthlyEvents)).toEqual([
      1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1,
    ])
  })

  it('follows somebody compared until the day before they join themselves', async () => {
    const outcomes = await asking((population) =>
      population.outcomes(rowsFor([later]), 0, { horizonDays: 365 }),
    )
    expect([outcomes.days[0], outcomes.events[0], outcomes.joinedLater[0]]).toEqual([141, 1, 1])
  })

  it('follows somebody who joined whatever they join after', async () => {
    const outcomes = await asking((population) =>
      population.outcomes(rowsFor([later]), 1, { horizonDays: 365 }),
    )
    expect([outcomes.days[0], outcomes.events[0], outcomes.joinedLater[0]]).toEqual([365, 2, 0])
  })

  it('stops at death, and says it was death', async () => {
    const outcomes = await asking((population) =>
      population.outcomes(rowsFor([dead]), 0, { horizonDays: 365 }),
    )
    expect([outcomes.days[0], outcomes.events[0], outcomes.died[0]]).toEqual([64, 1, 1])
    expect(outcomes.monthlyDays.reduce((sum, days) => sum + days, 0)).toBe(64)
  })

  it('stops at the end of the records', async () => {
    const rows = { ...rowsFor([plain]), indexOns: [day('2026-01-31')] }
    const outcomes = await asking((population) => population.outcomes(rows, 0, { horizonDays: 365 }))
    expect([outcomes.days[0], outcomes.died[0], outcomes.joinedLater[0]]).toEqual([59, 0, 0])
  })
})

describe('records that are not there', () => {
  it('a source not linked, or one that begins too late, is not known; it is never counted as nothing', async () => {
    const known = await asking(async (population) => population.known(protocol.covariates, day('2024-01-11')))
    const names = known.map(({ name }) => name)
    expect(names).toEqual(expect.arrayContaining(['admissions365', 'admissions730', 'age', 'expected']))
    for (const absent of ['attendances365', 'gpContacts365', 'medicines365'])
      expect(names).not.toContain(absent)
  })
})
