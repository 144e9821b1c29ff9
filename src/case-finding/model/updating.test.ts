import { describe, expect, it } from 'vitest'
import { type LondonDate, readDate } from '#calendar'
import { afterwards, fitRidge, riskOf } from '#prediction'
import { randomStream } from '#statistics'
import type { FeaturePerson, FeatureTable } from './feature-store.ts'
import { features } from './features.data.ts'
import { outcomeOf } from './judging.ts'
import { modelTable } from './model-table.ts'
import { updateSentences } from './report-update.tsx'
import { asTested, updated } from './updating.ts'

const testedOn = readDate('2025-03-31') as LondonDate
const nextYear = readDate('2026-03-31') as LondonDate
const column = 'emergencyAdmissions365'
const used = features.filter(({ key }) => key === column)
const somebody: FeaturePerson = {
  ...{ person: 0, pseudonym: '', practiceCode: 'Z00001', sex: 'female', ethnicity: 'white', imdDecile: 5 },
  ...{ isCareHome: false, hasLearningDisability: false, hasSevereMentalIllness: false, isShort: false },
  ...{ admissions730: 0, hasHappened: false, isDeadWithin: false, hasLeftWithin: false },
}

/** A year in which people with the same record are admitted more often, by so much on the log-odds. */
function yearOf(seed: number, more: number, helped = 0): FeatureTable {
  const { uniform } = randomStream(seed)
  const counts = Float64Array.from({ length: 12_000 }, () => Math.floor(4 * uniform() ** 3))
  const people = Array.from(counts, (count, row): FeaturePerson => {
    const line = -2.2 + 0.7 * count + more - (row % 2 === 0 ? helped : 0)
    const hasHappened = uniform() < 1 / (1 + Math.exp(-line))
    return { ...somebody, person: row, pseudonym: String(row), hasHappened }
  })
  return { people, columns: new Map([[column, counts]]) }
}

const taught = yearOf(1, 0)
const nobody = { isHeldOut: new Map<string, boolean>(), times: 1 }
const model = await fitRidge(
  { table: modelTable(taught, used, [column]), outcome: outcomeOf(taught) },
  { kind: 'plain' },
)
const spec = (recalibrated: typeof model) => ({
  columns: [column],
  model: recalibrated,
  peers: [],
  broughtTo: testedOn,
})

describe('a model brought to the newest year', () => {
  it('says as many as were admitted in it, and puts nobody elsewhere on the list', async () => {
    const read = yearOf(2, 0.3)
    const brought = await updated(model, { read, used, columns: [column] }, nobody)
    const table = modelTable(read, used, [column])
    const [before, after] = [await riskOf(model, table), await riskOf(brought.model, table)]
    const admitted = outcomeOf(read).reduce((sum, one) => sum + one, 0)
    const sum = (risks: Float64Array) => risks.reduce((all, one) => all + one, 0)
    expect(sum(before) / admitted).toBeLessThan(0.85)
    expect(sum(after) / admitted).toBeCloseTo(1, 6)
    for (const [row, risk] of before.entries())
      expect(after[row]).toBeCloseTo(afterwards(risk, brought.update), 12)
    expect(brought.update.slope).toBeGreaterThan(0)
  })

  it('HZ13 does not learn from people the list helped, where some were held out of it by chance', async () => {
    const read = yearOf(3, 0, 0.6)
    const isHeldOut = new Map(
      read.people.flatMap(({ pseudonym }, row): [string, boolean][] =>
        row % 2 === 0 ? [[pseudonym, false]] : row % 10 === 1 ? [[pseudonym, true]] : [],
      ),
    )
    const knowing = await updated(model, { read, used, columns: [column] }, { isHeldOut, times: 6 })
    const blind = await updated(model, { read, used, columns: [column] }, nobody)
    expect(blind.update.intercept).toBeLessThan(-0.15)
    expect(Math.abs(knowing.update.intercept)).toBeLessThan(0.1)
  })

  it('is judged on that very year as it was before, and on the next as it is used', async () => {
    const brought = await updated(model, { read: yearOf(2, 0.3), used, columns: [column] }, nobody)
    const table = modelTable(taught, used, [column])
    const was = await riskOf(model, table)
    expect(await riskOf(asTested(spec(brought.model), testedOn), table)).toEqual(was)
    expect((await riskOf(asTested(spec(brought.model), nextYear), table))[0]).toBeGreaterThan(was[0] ?? 1)
  })

  it('says in its report that a list tells other numbers, from whom, and what is not known of them', () => {
    const people = { people: 22_596, events: 2050 }
    const [moved, unknown] = updateSentences({ how: 'intercept', ...people, intercept: 0.121, slope: 1 })
    expect(moved).toMatch(/22,596 people and 2,050 admissions of the year it was tested on/)
    expect(moved).toMatch(/Nobody's place on a list changes/)
    expect(unknown).toMatch(/shows with the next loads/)
    const same = updateSentences({ how: 'as it was', ...people, intercept: 0, slope: 1 })
    expect(same.join(' ')).toMatch(/^A list says the numbers of this report/)
  })
})
