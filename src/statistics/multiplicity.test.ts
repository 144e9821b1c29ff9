import { describe, expect, it } from 'vitest'
import { holm } from './multiplicity.ts'

describe('several questions asked together', () => {
  it('agree with R’s p.adjust(method = "holm")', () => {
    const found = holm([0.01, 0.04, 0.03, 0.005])
    for (const [i, expected] of [0.03, 0.06, 0.06, 0.02].entries()) expect(found[i]).toBeCloseTo(expected, 12)
  })

  it('never pass 1, and one alone stays as it is', () => {
    expect(holm([0.6, 0.9])).toEqual([1, 1])
    expect(holm([0.04])).toEqual([0.04])
    expect(holm([])).toEqual([])
  })
})
