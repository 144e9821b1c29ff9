import { describe, expect, it } from 'vitest'
import { pageAsked, paged } from './paged.ts'

const people = (count: number) => Array.from({ length: count }, (_, at) => at + 1)

describe('a page of a list', () => {
  it('past the end is the last: whoever judged the last of page 3 does not come back to an empty page', () => {
    expect(paged(people(100), 3)).toMatchObject({ page: 2, from: 51, to: 100 })
    expect(paged(people(100), 999_999_999_999)).toMatchObject({ page: 2, from: 51, to: 100 })
    expect(paged([], 4)).toEqual({ page: 1, from: 0, to: 0, shown: [] })
  })

  it('is all of it when all is asked for, up to 500', () => {
    expect(paged(people(73), 'all')).toMatchObject({ page: 'all', from: 1, to: 73 })
    expect(paged(people(501), 'all')).toMatchObject({ page: 1, from: 1, to: 50 })
  })

  it('is the first when the address asks for what is no page', () => {
    expect(['', '-2', '0', 'x', '2', 'all'].map(pageAsked)).toEqual([1, 1, 1, 1, 2, 'all'])
  })
})
