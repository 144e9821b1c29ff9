import { describe, expect, it } from 'vitest'
import { type Replication, replicate } from './replicate.ts'
import type { Scenario } from './simulated-town.ts'

const replications = 5
const town = { people: 20_000, enrolled: 110, trueRatio: 1 }

/** Seeds 1 to 5: what is said, and what would have been said of a result that was withheld. */
const answers = (scenario: Scenario): readonly Replication[] =>
  Array.from({ length: replications }, (_, i) => replicate('other', scenario, i + 1))
const said = (all: readonly Replication[]) =>
  all.flatMap(({ found, ifShown }) => found?.ratio ?? ifShown ?? [])
const holding = (all: readonly Replication[], truth: number) =>
  said(all).filter(({ low, high }) => low <= truth && high >= truth).length
const meanLog = (all: readonly Replication[]) =>
  said(all).reduce((sum, { value }) => sum + Math.log(value), 0) / said(all).length

describe('a study that asks about A&E visits', () => {
  const visits = { ...town, asks: 'attendances' } as const

  it('finds nothing where nothing was done, though visits fall by themselves in every town', () => {
    const all = answers(visits)
    expect(said(all)).toHaveLength(replications)
    expect(holding(all, 1)).toBeGreaterThanOrEqual(replications - 1)
    expect(Math.abs(meanLog(all))).toBeLessThan(0.1)
    for (const { found } of all) if (found) expect(found.ownChangePercent).toBeLessThan(-10)
  })

  it('finds a fall by half where there is one', () => {
    const all = answers({ ...visits, trueRatio: 0.5 })
    expect(holding(all, 0.5)).toBeGreaterThanOrEqual(replications - 1)
    expect(said(all).filter(({ high }) => high < 1)).toHaveLength(said(all).length)
  })
})

describe('deaths counted beside the question', () => {
  // Everybody dies ten times as often as in the design's town: a pilot of 170 has few deaths otherwise.
  const deaths = { ...town, enrolled: 170, asks: 'deaths', deathsTimes: 10 } as const

  it('are as many in both groups where nothing was done; no before-after figure is told of them', () => {
    const all = answers(deaths)
    expect(said(all).length).toBeGreaterThanOrEqual(replications - 1)
    expect(holding(all, 1)).toBeGreaterThanOrEqual(said(all).length - 1)
    for (const { found } of all) expect(found?.beforeAfter).toBeUndefined()
  })

  it('are found to be fewer where the service puts off half, as many as it does', () => {
    const all = answers({ ...deaths, deathHazard: 0.5 })
    expect(said(all).length).toBeGreaterThanOrEqual(replications - 1)
    expect(holding(all, 0.5)).toBeGreaterThanOrEqual(said(all).length - 1)
    expect(Math.abs(meanLog(all) - Math.log(0.5))).toBeLessThan(0.25)
  })
})
