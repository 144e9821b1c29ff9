import { describe, expect, it } from 'vitest'
import { unitCosts as townCosts } from '../../town/files.data.ts'
import { pricesInForce, pricesLoaded } from './unit-costs.ts'

const loaded = townCosts.map(([item, pounds, year, source]) => ({ item, pounds, year, source }))

describe('what things cost', () => {
  it('comes with the records under the names an extract uses, and says so', () => {
    expect(pricesLoaded(loaded)).toContainEqual({
      item: 'prescribed item',
      pounds: 9,
      priceYear: 2023,
      source: expect.stringMatching(/came with the records$/),
    })
    expect(pricesLoaded(loaded).map(({ item }) => item)).toEqual([
      'GP contact',
      'A&E visit',
      'outpatient visit',
      'night in hospital',
      'prescribed item',
    ])
  })

  it.each([
    ['no year', { year: null, source: 'a list' }],
    ['a year nobody can read', { year: 'last', source: 'a list' }],
    ['no source', { year: '2025', source: null }],
  ])('is not reckoned with where it has %s', (_, lack) => {
    expect(pricesLoaded([{ item: 'GP contact', pounds: 40, ...lack }])).toEqual([])
  })

  it('is what somebody here entered, before what came with the records, before an example', () => {
    const entered = { item: 'GP contact', pounds: 44, priceYear: 2025, source: 'Finance' } as const
    const inForce = pricesInForce([entered], pricesLoaded(loaded))
    const of = (wanted: string) => inForce.find(({ item }) => item === wanted)
    expect(of('GP contact')).toEqual(entered)
    expect(of('night in hospital')?.pounds).toBe(480)
    expect(pricesInForce([], []).find(({ item }) => item === 'night in hospital')?.pounds).toBe(564)
    expect(of('staff hour')).toBeUndefined()
  })
})
