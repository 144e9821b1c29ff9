import { describe, expect, it } from 'vitest'
import { matchedRows } from './effect.ts'
import { judge, prepare } from './rules.ts'
import { regressionLines, verdictSaid } from './sentences.ts'
import type { Scenario } from './simulated-town.ts'
import { simulate } from './simulation.ts'
import type { Answer } from './types.ts'

type Answered = Extract<Answer, { kind: 'answered' }>

function answerOf(seed: number, scenario: Scenario): Answer {
  const { protocol, cut, outcomesOf } = simulate(seed, scenario)
  const prepared = prepare(protocol, { joined: scenario.enrolled, followed: cut.treated.persons.length }, cut)
  if (prepared.kind === 'stopped') return prepared.answer
  return judge(protocol, prepared, outcomesOf(matchedRows(prepared.cut, prepared.matched)))
}

/** Seeds 1 to n in order: none is left out but those whose own gates withheld the result. */
function answers(n: number, scenario: Scenario): readonly Answered[] {
  const all = Array.from({ length: n }, (_, i) => answerOf(i + 1, scenario))
  return all.filter((answer) => answer.kind === 'answered')
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
const holding = (found: readonly Answered[], truth: number) =>
  found.filter(({ ratio }) => ratio.low <= truth && ratio.high >= truth).length

const replications = 12

describe('a service that does nothing', () => {
  const found = answers(replications, { people: 20_000, enrolled: 100, trueRatio: 1 })

  it('has a before-after fall of about a third in every one of the simulated towns', () => {
    expect(found.length).toBeGreaterThanOrEqual(replications / 2)
    for (const { regression } of found) expect(regression.ownChangePercent).toBeLessThan(-15)
    expect(mean(found.map(({ regression }) => regression.ownChangePercent))).toBeLessThan(-30)
  })

  it('is found to do nothing: the interval holds 1, as often as 95 in 100 allows', () => {
    expect(holding(found, 1)).toBeGreaterThanOrEqual(found.length - 3)
    expect(Math.abs(mean(found.map(({ ratio }) => Math.log(ratio.value))))).toBeLessThan(0.12)
  })

  it('has its fall foretold by the matched people, within 10 points on average', () => {
    const gaps = found.map(({ regression: r }) => r.ownChangePercent - r.controlChangePercent)
    expect(Math.abs(mean(gaps))).toBeLessThan(10)
    const [first] = found
    if (first)
      expect(regressionLines(first).join(' ')).toMatch(
        /Their own rate fell \d+%\. Matched people who did not join fell/,
      )
  })
})

describe('a service that halves admissions', () => {
  const found = answers(replications, { people: 20_000, enrolled: 100, trueRatio: 0.5 })

  it('is found to: the interval holds the truth and most leave 1 out', () => {
    expect(holding(found, 0.5)).toBeGreaterThanOrEqual(found.length - 3)
    const fewer = found.filter(({ verdict }) => verdict === 'fewer')
    expect(fewer.length).toBeGreaterThanOrEqual(found.length / 2)
    expect(fewer.map((answer) => verdictSaid(answer).heading)[0]).toBe(
      'Fewer emergency admissions than matched people.',
    )
  })
})

describe('what is not answered', () => {
  it('too few people are refused before any outcome is read, with what they could have seen', () => {
    const { protocol, cut } = simulate(1, { people: 20_000, enrolled: 12, trueRatio: 1 })
    const prepared = prepare(protocol, { joined: 12, followed: 12 }, cut)
    expect(prepared).toMatchObject({ kind: 'stopped', answer: { kind: 'not powered', joined: 12 } })
  })

  it('the same study from rows in another order is the same answer to the last digit', () => {
    const scenario = { people: 20_000, enrolled: 100, trueRatio: 1 }
    const { protocol, cut, outcomesOf } = simulate(1, scenario)
    const turned = { ...cut, treated: reversed(cut.treated), pool: reversed(cut.pool) }
    const [one, other] = [cut, turned].map((rows) => {
      const prepared = prepare(protocol, { joined: 100, followed: 100 }, rows)
      if (prepared.kind === 'stopped') return prepared.answer
      return judge(protocol, prepared, outcomesOf(matchedRows(prepared.cut, prepared.matched)))
    })
    expect(JSON.stringify(other)).toBe(JSON.stringify(one))
  })
})

function reversed<
  Rows extends {
    persons: readonly string[]
    indexOns: readonly unknown[]
    values: Readonly<Record<string, Float64Array>>
  },
>(rows: Rows): Rows {
  return {
    ...rows,
    persons: [...rows.persons].reverse(),
    indexOns: [...rows.indexOns].reverse(),
    values: Object.fromEntries(
      Object.entries(rows.values).map(([name, column]) => [name, column.slice().reverse()]),
    ),
  }
}
