import { describe, expect, it } from 'vitest'
import { isWorkingDay, type LondonDate, readDate } from '#calendar'
import { pastOf, wardPasts, wardTaken } from './rules.ts'
import type { LifeFacts } from './store.ts'

const day = (text: string) => readDate(text) as LondonDate
const today = day('2026-04-01')
const life = (facts: Partial<LifeFacts> = {}): LifeFacts => ({
  personId: 'a person',
  diedOn: null,
  registrations: [{ practiceId: 'a practice', since: day('2015-01-01'), until: null }],
  programmeIds: [],
  ...facts,
})

describe('somebody’s past, from the day the town drew', () => {
  it('who was enrolled less than a year ago is still with us, in touch every 28 days', () => {
    const past = pastOf(life(), day('2025-12-01'), 0, today)
    expect(past).toMatchObject({ openedOn: '2025-12-01', practiceId: 'a practice' })
    expect(past?.ends).toBeUndefined()
    expect(past?.contactsOn).toEqual(['2025-12-01', '2025-12-29', '2026-01-26', '2026-02-23', '2026-03-23'])
  })

  it('ends after 365 days', () => {
    expect(pastOf(life(), day('2025-01-01'), 0, today)?.ends).toEqual({
      on: '2026-01-01',
      reason: 'goals met',
    })
  })

  it('ends on the day they died, or left, when that comes first', () => {
    const died = life({ diedOn: day('2025-06-10') })
    expect(pastOf(died, day('2025-01-01'), 0, today)?.ends).toEqual({ on: '2025-06-10', reason: 'died' })
    const left = life({
      registrations: [{ practiceId: 'a practice', since: day('2015-01-01'), until: day('2025-05-01') }],
    })
    expect(pastOf(left, day('2025-01-01'), 0, today)?.ends).toEqual({
      on: '2025-05-01',
      reason: 'moved away',
    })
  })

  it('nobody is written to after they died', () => {
    const past = pastOf(life({ diedOn: day('2025-06-10') }), day('2025-01-01'), 0, today)
    expect(past?.contactsOn.every((on) => on < '2025-06-10')).toBe(true)
  })

  it('who had moved to another practice by then stays with us', () => {
    const moved = life({
      registrations: [
        { practiceId: 'one', since: day('2015-01-01'), until: day('2025-02-01') },
        { practiceId: 'other', since: day('2025-02-01'), until: null },
      ],
    })
    expect(pastOf(moved, day('2025-01-01'), 0, today)).toMatchObject({
      practiceId: 'one',
      ends: { on: '2026-01-01' },
    })
  })

  it('who was at no practice that day, or had died, has none', () => {
    expect(pastOf(life({ registrations: [] }), day('2025-01-01'), 0, today)).toBeUndefined()
    expect(pastOf(life({ diedOn: day('2024-12-31') }), day('2025-01-01'), 0, today)).toBeUndefined()
  })

  it('what comes next in an open plan is not overdue today', () => {
    for (const index of [0, 17, 39, 40]) {
      const past = pastOf(life(), day('2025-04-01'), index, day('2026-03-20'))
      expect(past && past.nextDueOn > '2026-03-20').toBe(true)
    }
  })
})

describe('the ward', () => {
  const pasts = wardPasts(today)

  it('has 34 people, 12 of them due today and 2 of those late', () => {
    expect(wardTaken).toBe(34)
    expect(pasts).toHaveLength(34)
    expect(pasts.filter(({ nextLookOn }) => nextLookOn <= today)).toHaveLength(12)
    expect(pasts.filter(({ nextLookOn }) => nextLookOn < today)).toHaveLength(2)
  })

  it('8 are seen every day, 17 every week, 9 every month', () => {
    const count = (seen: string) => pasts.filter((past) => past.seen === seen).length
    expect([count('seen every day'), count('seen every week'), count('seen every month')]).toEqual([8, 17, 9])
  })

  it('everybody came before their first look, on a working day, and is looked at on working days', () => {
    for (const { cameOn, looksOn, nextLookOn } of pasts) {
      const days = [cameOn, ...looksOn, nextLookOn]
      expect([...days].sort()).toEqual(days)
      expect([cameOn, ...looksOn].every(isWorkingDay)).toBe(true)
    }
  })
})
