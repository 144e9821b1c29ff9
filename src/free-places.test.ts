import { describe, expect, it } from 'vitest'
import { readDate } from '#calendar'
import { someoneInCare } from '../test/care.ts'
import { testWorkshop } from '../test/extract.ts'
import { openHouse, programmeId } from '../test/house.ts'
import { closingsExpected, countFreePlaces, placesExpected, placesOf } from './free-places.ts'

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

describe('places that will come free', () => {
  it('as many as lately, in 28 days, with a range; and fewer than 6 closings say nothing', () => {
    expect(closingsExpected({ closings: 26, closingsDays: 182 })).toEqual({ more: 4, low: 1, high: 7 })
    expect(closingsExpected({ closings: 12, closingsDays: 56 })).toEqual({ more: 6, low: 3, high: 10 })
    expect(closingsExpected({ closings: 6, closingsDays: 182 })).toEqual({ more: 1, low: 0, high: 2 })
    expect(closingsExpected({ closings: 5, closingsDays: 182 })).toBeUndefined()
  })

  // Worked out exactly: every count that may have been seen, by every count that may come.
  it.each([1, 2, 4, 8, 16, 30])(
    'of 100 forecasts of a programme that closes %i in 28 days, 80 to 97 are right',
    (mean) => {
      const [seen, next] = [poisson(mean * 6.5), poisson(mean)]
      let [right, told] = [0, 0]
      seen.forEach((chance, closings) => {
        const range = closingsExpected({ closings, closingsDays: 182 })
        if (!range || chance < 1e-12) return
        told += chance
        right += chance * next.slice(range.low, range.high + 1).reduce((sum, one) => sum + one, 0)
      })
      expect(right / told).toBeGreaterThan(0.8)
      expect(right / told).toBeLessThan(0.97)
    },
  )
  const poisson = (mean: number) => {
    const chances = [Math.exp(-mean)]
    for (let count = 1; count < 400; count++) chances.push(((chances[count - 1] ?? 0) * mean) / count)
    return chances
  }

  const worker = { caseload: { limit: 50, unit: 'worker' } } as const
  it('a closing frees a place of somebody within the limit, and none of somebody far over it', () => {
    const closing = { more: 10, low: 5, high: 20 }
    expect(placesExpected([owner('amina', 'quayside', 50)], worker, closing)).toEqual(closing)
    expect(placesExpected([owner('amina', 'quayside', 60)], worker, closing)).toEqual({
      ...{ more: 0, low: 0, high: 10 },
    })
    expect(placesExpected([owner('amina', 'quayside', 0)], worker, closing)).toEqual({
      ...{ more: 0, low: 0, high: 0 },
    })
  })
})

describe('what the list is told', () => {
  it('today’s count, and what the last 6 months lead one to expect by 28 days from now', async () => {
    const house = await openHouse()
    const told = async () => {
      await countFreePlaces(testWorkshop(house, 'free-places'), {})
      const [row] = await house.arrange(
        `select free, expected_by::text as by, closings, closings_days as days, more, more_low as low, more_high as high
         from case_finding.free_places where programme_id = $1 order by n desc limit 1`,
        [programmeId('conrane')],
      )
      return row
    }
    const people: string[] = []
    for (let at = 0; at < 10; at++) {
      people.push(await someoneInCare(house, { family: `Open${at}`, openedOn: readDate('2025-04-01') }))
    }
    const close = (person: string, on: string) =>
      house.arrange('update people.episode set closed_on = $2 where person_id = $1', [person, on])
    await close(people[0] ?? '', '2025-09-30')
    for (const person of people.slice(1, 6)) await close(person, '2026-02-01')
    const before = await told()
    expect(before).toMatchObject({ by: '2026-04-29', closings: 5, days: 182, more: null })
    await close(people[6] ?? '', '2025-10-02')
    const after = await told()
    expect(after).toMatchObject({ closings: 6, more: 1, low: 0, high: 2 })
    expect(Number(after?.free)).toBe(Number(before?.free) + 1)
  })
})
