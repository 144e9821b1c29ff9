import { describe, expect, it } from 'vitest'
import { balanceOf, effectiveSize } from './balance.ts'

const from = (...values: number[]) => Float64Array.from(values)

describe('balance', () => {
  it('divides by the spread of all treated before matching, and names the pooled one beside it', () => {
    const balance = balanceOf({
      treated: from(2, 4, 6, 8),
      pool: from(0, 1, 2, 3),
      matchedTreated: from(2, 4),
      matchedControls: from(2, 3),
      weights: from(1, 1),
    })
    expect(balance.denominator).toBeCloseTo(Math.sqrt(20 / 3), 12)
    expect(balance.pooledDenominator).toBeCloseTo(Math.sqrt((20 / 3 + 5 / 3) / 2), 12)
    expect(balance.differenceBefore).toBeCloseTo(3.5 / Math.sqrt(20 / 3), 12)
    expect(balance.differenceAfter).toBeCloseTo(0.5 / Math.sqrt(20 / 3), 12)
    expect(balance.varianceRatio).toBeCloseTo(4, 12)
    expect(balance.largestGap).toBe(0.5)
  })

  it('counts weights in the controls mean and variance', () => {
    const balance = balanceOf({
      treated: from(1, 2, 3),
      pool: from(0, 4, 5),
      matchedTreated: from(1, 2, 3),
      matchedControls: from(0, 4, 4),
      weights: from(1.5, 0.75, 0.75),
    })
    expect(balance.controlMean).toBe(2)
    expect(balance.varianceRatio).toBeCloseTo(
      1 / ((1.5 * 4 + 1.5 * 4) / (3 - (1.5 ** 2 + 2 * 0.75 ** 2) / 3)),
      12,
    )
  })

  it('has no variance ratio for a yes or no, whose spread is p(1 - p)', () => {
    const balance = balanceOf({
      treated: from(1, 1, 0, 0),
      pool: from(0, 0, 0, 1),
      matchedTreated: from(1, 0),
      matchedControls: from(1, 0),
      weights: from(1, 1),
    })
    expect(balance.varianceRatio).toBeNull()
    expect(balance.differenceBefore).toBe(0.5)
    expect(balance.differenceAfter).toBe(0)
  })

  it('calls a difference in something that never varies among the treated infinite', () => {
    const balance = balanceOf({
      treated: from(1, 1),
      pool: from(0, 1),
      matchedTreated: from(1, 1),
      matchedControls: from(0, 1),
      weights: from(1, 1),
    })
    expect(balance.differenceAfter).toBe(Number.POSITIVE_INFINITY)
  })

  it('uneven weights are worth fewer people', () => {
    expect(effectiveSize(from(1, 1, 1, 1))).toBe(4)
    expect(effectiveSize(from(3, 1))).toBe(1.6)
  })
})
