import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Replication, replicate } from './replicate.ts'
import { scenarios } from './scenarios.data.ts'
import { runSimulation, scenarioNames } from './simulate.ts'
import { gatesOf, summaryOf } from './simulation-summary.ts'

const tiny = { people: 6000, enrolled: 60, trueRatio: 1 }

const found = (ratio: number, spread = 0.1): NonNullable<Replication['found']> => ({
  ratio: { value: ratio, low: ratio * Math.exp(-2 * spread), high: ratio * Math.exp(2 * spread) },
  unadjusted: ratio,
  beforeAfter: { value: 0.6, low: 0.5, high: 0.7 },
  ownChangePercent: -40,
  controlChangePercent: -41,
  formulaChangePercent: -36,
  laterJoinedPercent: 5,
  unaffected: { value: 1, low: 0.9, high: 1.1 },
})
const rows = (scenario: string, ratios: readonly number[]): readonly Replication[] =>
  ratios.map((ratio, i) => ({
    scenario,
    seed: i + 1,
    kind: 'answered',
    truth: 1,
    matchedShare: 0.97,
    found: found(ratio),
  }))

describe('a made-up town', () => {
  it('is the same to the last digit whenever it is made again', () => {
    expect(JSON.stringify(replicate('A', tiny, 3))).toBe(JSON.stringify(replicate('A', tiny, 3)))
  })

  it('knows its own truth where the service helps only some', () => {
    const { truth } = replicate('L', { ...tiny, trueRatioDeprived: 0.7 }, 1)
    expect(truth).toBeGreaterThan(0.7)
    expect(truth).toBeLessThan(1)
  })
})

describe('a scheme that goes on taking people', () => {
  it('takes 15 in 100 and more of those compared while they are followed, and leaves enough to match', () => {
    const { scenario } = scenarios.find(({ name }) => name === 'E') ?? { scenario: tiny }
    const { found: one, matchedShare } = replicate('E', scenario, 1)
    expect(one?.laterJoinedPercent).toBeGreaterThan(15)
    expect(matchedShare).toBeGreaterThanOrEqual(0.9)
  })
})

describe('a run of the simulation', () => {
  it('goes on where it was stopped: what is in the file is not made again, half a line is', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'keyworker-simulation-')), 'rows.jsonl')
    const kept = ['A', 'B'].flatMap((name) => rows(name, [1, 1]))
    const lines = kept.map((row) => JSON.stringify(row))
    writeFileSync(file, `${lines.join('\n')}\n{"scenario":"A","se`)
    const all = await runSimulation({
      scenarios: ['A', 'B'],
      replications: 2,
      file,
      processes: 1,
      onProgress: () => {},
    })
    expect(all).toEqual(kept)
    expect(readFileSync(file, 'utf8').split('\n').slice(0, 4)).toEqual(lines)
  })

  it('has the design’s scenarios A to G, eight more, and four that ask about something else', () => {
    expect(scenarioNames.join('')).toBe('ABCDEFGHIJKLMNOPQRS')
  })
})

describe('what a simulation must reach', () => {
  const gate = (scenario: string, ratios: readonly number[], words: string) => {
    const summary = summaryOf(rows(scenario, ratios))
    return gatesOf(summary ? [summary] : []).find((one) => one.gate.includes(words))?.isMet
  }

  it('fails a method that leans by 5 in 100, however many it is run', () => {
    const straight = Array.from({ length: 100 }, (_, i) => Math.exp(((i % 10) - 4.5) / 100))
    expect(gate('A', straight, 'bias')).toBe(true)
    expect(
      gate(
        'A',
        straight.map((ratio) => ratio * 1.05),
        'bias',
      ),
    ).toBe(false)
  })

  it('fails a method that finds an effect in 30 of 100 towns that have none', () => {
    const honest = Array.from({ length: 100 }, (_, i) => (i < 5 ? 0.7 : 1))
    const alarmist = Array.from({ length: 100 }, (_, i) => (i < 30 ? 0.7 : 1))
    expect(gate('A', honest, 'false')).toBe(true)
    expect(gate('A', alarmist, 'false')).toBe(false)
    expect(gate('A', alarmist, 'coverage')).toBe(false)
  })

  it('fails a saturated scheme of which one answer does not warn that many joined later', () => {
    const of = (percents: readonly number[]) => {
      const all = percents.flatMap((laterJoinedPercent, i) =>
        rows('E', [1]).map((row) => ({ ...row, seed: i, found: { ...found(1), laterJoinedPercent } })),
      )
      const summary = summaryOf(all)
      return gatesOf(summary ? [summary] : []).map(({ isMet }) => isMet)
    }
    expect(of([19, 18])).toEqual([true, true])
    expect(of([19, 9])).toEqual([true, false])
  })

  it('tells how often a report without controls would have said “fewer”', () => {
    expect(summaryOf(rows('A', [1, 1]))).toMatchObject({ beforeAfterFalls: 1, saysEffect: { value: 0 } })
  })
})
