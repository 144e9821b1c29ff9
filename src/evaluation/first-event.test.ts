import { describe, expect, it } from 'vitest'
import { follow, matchedRows } from './effect.ts'
import { daysWithoutEvent, firstYearOf } from './first-event.ts'
import { firstEventWay, negativeBinomialWay } from './other-models.ts'
import { prepare } from './rules.ts'
import { furtherOf } from './sensitivity.ts'
import { simulate } from './simulation.ts'

function followed(trueRatio: number) {
  const { protocol, cut, outcomesOf } = simulate(1, { people: 20_000, enrolled: 100, trueRatio })
  const prepared = prepare(protocol, { joined: 100, followed: 100 }, cut)
  if (prepared.kind === 'stopped') throw new Error(`expected a study, came ${prepared.answer.kind}`)
  const { prognosis, matched } = prepared
  const outcomes = outcomesOf(matchedRows(prepared.cut, matched))
  return follow(protocol, prognosis, prepared.cut, matched, outcomes)
}

const half = followed(0.5)

describe('days without an emergency admission', () => {
  it('are more where the service halves admissions, and never more than the year', () => {
    const found = daysWithoutEvent(half)
    expect(found?.low).toBeGreaterThan(0)
    expect(found?.high).toBeLessThan(365)
  })

  it('are not told where fewer than 10 in a group had one', () => {
    const quiet = {
      ...half.outcomes,
      died: half.outcomes.died.map(() => 0),
      monthlyEvents: new Float64Array(half.outcomes.monthlyEvents.length),
    }
    expect(daysWithoutEvent({ ...half, outcomes: quiet })).toBeUndefined()
  })
})

describe('the first year, month by month', () => {
  const year = firstYearOf(half)

  it('begins with everybody, only falls, and ends with what nobody had: neither an admission nor a death', () => {
    for (const group of [year?.helped, year?.matched]) {
      const free = group?.free.map(({ value }) => value) ?? []
      expect(free).toHaveLength(13)
      expect(free[0]).toBe(100)
      expect(free).toEqual([...free].sort((a, b) => b - a))
      expect((group?.admittedFirst ?? 0) + (group?.diedFirst ?? 0) + (free[12] ?? 0)).toBeCloseTo(100, 9)
    }
  })

  it('is lived by more of the helped without an admission where the service halves them', () => {
    expect(year?.helped.free[12]?.value).toBeGreaterThan(year?.matched.free[12]?.value ?? 100)
    expect(year?.helped.admittedFirst).toBeLessThan(year?.matched.admittedFirst ?? 0)
  })

  it('counts somebody who dies at home as died first, and never as still to be admitted', () => {
    const died = { ...half.outcomes, died: half.outcomes.died.map(() => 1) }
    const all = firstYearOf({ ...half, outcomes: { ...died, days: died.days.map(() => 200) } })
    expect(all?.helped.free[12]?.value).toBe(0)
    expect((all?.helped.admittedFirst ?? 0) + (all?.helped.diedFirst ?? 0)).toBeCloseTo(100, 9)
    expect(all?.helped.diedFirst).toBeGreaterThan(0)
  })

  it('is not told where fewer than 10 in a group had one', () => {
    const quiet = {
      ...half.outcomes,
      died: half.outcomes.died.map(() => 0),
      monthlyEvents: new Float64Array(half.outcomes.monthlyEvents.length),
    }
    expect(firstYearOf({ ...half, outcomes: quiet })).toBeUndefined()
  })
})

describe('cost and admissions together', () => {
  it('lie in four quarters that hold every draw, most of them with fewer admissions where the service halves them', () => {
    const price = { item: 'A&E visit', pounds: 200, priceYear: 2025, source: 'for this test' } as const
    const others = { ...half.outcomes.others, attendances: half.outcomes.events.map((count) => 2 * count) }
    const { differences } = furtherOf({ ...half, outcomes: { ...half.outcomes, others } }, [price])
    const shares = differences.plane?.shares
    expect(Object.values(shares ?? {}).reduce((sum, share) => sum + share, 0)).toBeCloseTo(100, 9)
    expect(shares?.['fewer, less']).toBeGreaterThan(95)
    expect(shares?.['fewer, more']).toBe(0)
    expect(differences.plane?.draws).toHaveLength(200)
  })

  it('are not put together without a price', () => {
    expect(furtherOf(half, []).differences.plane).toBeUndefined()
  })
})

describe('leaving out one practice at a time', () => {
  it('tells how far the answer moves, over every practice that joined', () => {
    const practice = Float64Array.from(half.rows.persons, (_, row) => row % 4)
    const rows = { ...half.rows, values: { ...half.rows.values, practice } }
    const way = furtherOf({ ...half, rows }, []).otherWays.find((one) => one.way.startsWith('Leaving out'))
    expect(way?.whyNone).toMatch(/^0\.\d\d to 0\.\d\d, 4 practices$/)
  })
})

describe('other models of the same people', () => {
  it('counts that may vary more than chance and the time to the first admission say it was halved too', () => {
    const found = [negativeBinomialWay(half), firstEventWay(half)]
    for (const { ratio } of found) {
      expect(ratio?.high).toBeLessThan(1)
      expect(ratio?.low).toBeGreaterThan(0.25)
    }
  })

  it('where fewer than 10 in a group had a first event no ratio is told', () => {
    const quiet = {
      ...half.outcomes,
      died: half.outcomes.died.map(() => 0),
      monthlyEvents: new Float64Array(half.outcomes.monthlyEvents.length),
    }
    expect(firstEventWay({ ...half, outcomes: quiet })).toMatchObject({ whyNone: 'Too few' })
  })

  it('where counts vary no more than chance the other model says it is the same as the answer', () => {
    const even = { ...half.outcomes, events: half.outcomes.events.map((_, row) => row % 2) }
    expect(negativeBinomialWay({ ...half, outcomes: even }).whyNone).toMatch(/^They vary no more than chance/)
  })
})
