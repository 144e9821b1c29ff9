import { describe, expect, it } from 'vitest'
import { flagsOf } from './node-flags.ts'

const helpersAt = (cores: number) =>
  flagsOf('web', true, cores).find((flag) => flag.startsWith('--v8-pool-size='))

describe('what Node is told when a process starts', () => {
  it.each([
    [1, 1],
    [2, 1],
    [3, 2],
    [5, 4],
    [64, 4],
  ])('on %i cores the memory of the pages is cleared up by %i helpers beside them', (cores, helpers) => {
    expect(helpersAt(cores)).toBe(`--v8-pool-size=${helpers}`)
  })

  it('the process that loads and reckons is told nothing about its memory', () => {
    expect(flagsOf('work', true, 2).join(' ')).not.toMatch(/v8-pool|semi-space/)
  })
})
