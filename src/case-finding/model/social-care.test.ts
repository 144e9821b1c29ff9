import { describe, expect, it } from 'vitest'
import { fitRidge, riskOf, validate } from '#prediction'
import { randomStream } from '#statistics'
import type { FeaturePerson, FeatureTable } from './feature-store.ts'
import { type Feature, features } from './features.data.ts'
import { outcomeOf } from './judging.ts'
import { modelTable, recipeFor } from './model-table.ts'
import { socialCareSentences } from './report-social-care.tsx'
import { withoutSocialCare } from './social-care.ts'
import { aucDifference, listDifference } from './two-orders.ts'

const somebody: FeaturePerson = {
  ...{ person: 0, pseudonym: '', practiceCode: 'Z00001', sex: 'female', ethnicity: 'white', imdDecile: 5 },
  ...{ isCareHome: false, hasLearningDisability: false, hasSevereMentalIllness: false, isShort: false },
  ...{ admissions730: 0, hasHappened: false, isDeadWithin: false, hasLeftWithin: false },
}

/** Two orders of 60 people, with ties; the same every time. */
function twoOrders() {
  const { uniform } = randomStream(3)
  const outcome = Uint8Array.from({ length: 60 }, () => (uniform() < 0.4 ? 1 : 0))
  const order = (pull: number) =>
    Float64Array.from(outcome, (is) => Math.round(10 * (uniform() + pull * is)) / 20)
  return { outcome, one: order(0.5), other: order(0.2) }
}

describe('two orders of the same people', () => {
  const { outcome, one, other } = twoOrders()
  const [ill, well] = [1, 0].map((is) => [...outcome.keys()].filter((row) => outcome[row] === is)) as [
    number[],
    number[],
  ]
  const wins = (risk: Float64Array, event: number, rest: number) =>
    (Math.sign((risk[event] ?? 0) - (risk[rest] ?? 0)) + 1) / 2
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const spread = (values: readonly number[]) =>
    values.reduce((sum, value) => sum + (value - mean(values)) ** 2, 0) / (values.length - 1)

  it('differ in AUC by what counting every pair of people gives, with the interval of DeLong', () => {
    const apart = (event: number, rest: number) => wins(one, event, rest) - wins(other, event, rest)
    const byIll = ill.map((event) => mean(well.map((rest) => apart(event, rest))))
    const byWell = well.map((rest) => mean(ill.map((event) => apart(event, rest))))
    const half = 1.959964 * Math.sqrt(spread(byIll) / ill.length + spread(byWell) / well.length)
    const found = aucDifference({ outcome, one, other })
    expect(found.value).toBeCloseTo(mean(byIll), 12)
    expect(found.low).toBeCloseTo(mean(byIll) - half, 6)
    expect(found.high).toBeCloseTo(mean(byIll) + half, 6)
  })

  it('that are one order differ by nothing, and nobody on the list would be another', () => {
    expect(aucDifference({ outcome, one, other: one })).toMatchObject({ value: 0, low: 0, high: 0 })
    const same = listDifference({ outcome, one, other: one }, 10, 1)
    expect(same.others).toMatchObject({ value: 0, low: 0, high: 0 })
    expect(same.ppv).toMatchObject({ value: 0, low: 0, high: 0 })
  })

  it('of a list of 2, one of whom stands on the other’s, half would be others', () => {
    const of = (...risk: number[]) => Float64Array.from(risk)
    const lists = { outcome: Uint8Array.from([1, 0, 0, 1]), one: of(4, 3, 2, 1), other: of(1, 4, 3, 2) }
    const { others, ppv } = listDifference(lists, 2, 1)
    expect([others.value, ppv.value]).toEqual([0.5, 0.5])
    expect(others.low ?? 1).toBeLessThanOrEqual(0.5)
    expect(others.high ?? 0).toBeGreaterThanOrEqual(0.5)
  })
})

describe('R-003 whether social care changed the order', () => {
  const keys = ['age', 'emergencyAdmissions365', 'careHours', 'livesInCareHome']
  const used: readonly Feature[] = features.filter(({ key }) => keys.includes(key))

  /** A year of made-up people; how far care hours raise the risk is given. */
  function yearOf(seed: number, careWeighs: number): FeatureTable {
    const { uniform } = randomStream(seed)
    const [age, stays, hours, homes]: [number[], number[], number[], number[]] = [[], [], [], []]
    const people = Array.from({ length: 6000 }, (): FeaturePerson => {
      const [years, before] = [20 + 70 * uniform(), uniform() < 0.15 ? 1 + Math.floor(3 * uniform()) : 0]
      const [care, home] = [uniform() < 0.2 ? Math.floor(20 * uniform()) : 0, uniform() < 0.03 ? 1 : 0]
      age.push(years)
      stays.push(before)
      hours.push(care)
      homes.push(home)
      const line = -3.2 + 0.015 * (years - 55) + 0.9 * Math.log1p(before) + careWeighs * Math.log1p(care)
      return { ...somebody, hasHappened: uniform() < 1 / (1 + Math.exp(-line)) }
    })
    const columns = new Map(
      [age, stays, hours, homes].map((values, at) => [keys[at] ?? '', Float64Array.from(values)]),
    )
    return { people, columns }
  }

  async function changeFor(careWeighs: number, names = keys) {
    const [train, test] = [yearOf(1, careWeighs), yearOf(2, careWeighs)]
    const table = modelTable(train, used, names)
    const groups = Int32Array.from({ length: 6000 }, (_, row) => row % 10)
    const sample = { table, outcome: outcomeOf(train), groups }
    const model = await fitRidge(sample, recipeFor(table.names))
    const risk = await riskOf(model, modelTable(test, used, names))
    const change = await withoutSocialCare(sample, train, model, {
      read: test,
      used,
      risk,
      percent: 5,
      seed: 1,
    })
    return { change, auc: validate({ risk, outcome: outcomeOf(test), list: { percent: 5 } }).auc.value }
  }

  it('where it says something of its own, the list would hold others without it, and fewer who are admitted', async () => {
    const { change, auc } = await changeFor(0.7)
    if (!change) throw new Error('no change was told')
    expect(change.listed).toBe(300)
    expect(change.with.auc.value).toBe(auc)
    expect(change.auc.value).toBeCloseTo(change.with.auc.value - change.without.auc.value, 10)
    expect(change.ppv.value).toBeCloseTo(change.with.ppv.value - change.without.ppv.value, 10)
    expect(change.auc.low).toBeGreaterThan(0)
    expect(change.others.low).toBeGreaterThan(0.2)
    const [who, found] = socialCareSentences(change)
    expect(who).toMatch(
      /^Without lives in a care home and hours of social care a week, \d+ of the 300 people on the list would be others/,
    )
    expect(found).toBe('With social care the list holds more people who were then admitted.')
  })

  it('where it says nothing, a few may change places, and nobody is told that it finds more', async () => {
    const { change } = await changeFor(0)
    if (!change) throw new Error('no change was told')
    expect(change.ppv.low).toBeLessThanOrEqual(0)
    expect(change.ppv.high).toBeGreaterThanOrEqual(0)
    expect(socialCareSentences(change)[1]).toMatch(/cannot be told/)
  })

  it('where the model has no fact of it, says that nobody can tell', async () => {
    expect((await changeFor(0, ['age', 'emergencyAdmissions365'])).change).toBeUndefined()
    expect(socialCareSentences('not in it').join(' ')).toMatch(/cannot be told/)
  })
})
