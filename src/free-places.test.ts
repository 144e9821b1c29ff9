import { describe, expect, it } from 'vitest'
import { placesOf } from './free-places.ts'

const owner = (staffId: string, teamId: string, held: number) => ({ staffId, teamId, held })
const two = [owner('amina', 'quayside', 48), owner('omar', 'quayside', 53)]

describe('free places', () => {
  it.each([
    [
      'each worker has their own, and one over the limit takes none from another',
      'worker',
      two,
      undefined,
      2,
      100,
    ],
    ['a team shares its own', 'team', two, undefined, 0, 50],
    ['two teams have two', 'team', [...two, owner('karl', 'hillside', 10)], undefined, 40, 100],
    ['a site shares one', 'site', [owner('amina', 'a', 10), owner('karl', 'b', 10)], undefined, 30, 50],
    ['never more than its beds leave', 'team', [owner('ana', 'ward', 36)], 39, 3, 39],
    ['nobody works there, so there is none', 'worker', [], undefined, 0, 0],
  ] as const)('%s', (_, unit, owners, beds, free, capacity) => {
    expect(placesOf(owners, { caseload: { limit: 50, unit }, ...(beds && { beds }) })).toEqual({
      free,
      capacity,
    })
  })
})
