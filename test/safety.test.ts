import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { hazards, rating, safetyPage } from '../scripts/safety.ts'

const root = resolve(import.meta.dirname, '..')

const testsUnder = (folder: string): readonly string[] =>
  readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => /\.test\.tsx?$/.test(entry.name))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))

const written = ['src', 'test', 'stories', 'town'].flatMap(testsUnder).join('\n')

describe('paper safety', () => {
  it('SAFETY.md says what the hazard file says', () => {
    expect(readFileSync(join(root, 'SAFETY.md'), 'utf8')).toBe(safetyPage())
  })

  it.each(hazards.filter(({ tests }) => tests.length > 0))('the tests named for $id exist', ({ tests }) => {
    for (const title of tests) expect(written).toContain(title)
  })

  it('a hazard held by tests names at least one', () => {
    expect(hazards.filter(({ status, tests }) => status !== 'not built yet' && tests.length === 0)).toEqual(
      [],
    )
  })

  it('the rating is looked up, not multiplied', () => {
    expect(rating('Major', 'Medium')).toBe(3)
    expect(rating('Major', 'High')).toBe(4)
    expect(rating('Catastrophic', 'High')).toBe(5)
    expect(rating('Major', 'Very low')).toBe(2)
  })
})
