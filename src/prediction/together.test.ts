import { describe, expect, it } from 'vitest'
import { randomStream } from '#statistics'
import { chanceTogether, type GroupSeen, lookTogether } from './index.ts'

const risk = new Float64Array(20_000).fill(0.1)
const split = (parts: number) => ({ codes: Int32Array.from(risk, (_, row) => row % parts), count: parts })

/** Each group with its interval of the year tested on alone. */
function seenOf(groupings: readonly ReturnType<typeof split>[], happened: Uint8Array): GroupSeen[] {
  return groupings.flatMap(({ codes, count }) =>
    Array.from({ length: count }, (_, code) => {
      let [people, events] = [0, 0]
      for (const [row, own] of codes.entries()) {
        if (own !== code) continue
        people++
        events += happened[row] ?? 0
      }
      return { ratio: events / (0.1 * people), error: Math.sqrt((1 - events / people) / events), events }
    }),
  )
}

const drawn = (seed: number, at = 0.1) => {
  const { uniform } = randomStream(seed)
  return Uint8Array.from(risk, () => (uniform() < at ? 1 : 0))
}

describe('all groups of a report looked at together', () => {
  it('are held against reports where nothing is wrong: 1 in 20 of those says so, though the same people are in every split', () => {
    // The same four groups eight times over: what is chance in one is the same chance in all.
    const groupings = Array.from({ length: 8 }, () => split(4))
    const chance = chanceTogether(risk, groupings, seenOf(groupings, drawn(1)))
    if (!chance) throw new Error('no groups')
    const looks = Array.from({ length: 200 }, (_, at) =>
      lookTogether(chance, seenOf(groupings, drawn(100 + at))),
    )
    const share = (test: (look: (typeof looks)[number]) => boolean) =>
      looks.filter(test).length / looks.length
    expect(share(({ p }) => p <= 0.01)).toBeLessThan(0.04)
    expect(share(({ standOut }) => standOut.length > 0)).toBeLessThan(0.1)
    // A binomial of 32 groups would call 5 or more a fault (p 0.02); one group outside is eight of them here.
    expect(share(({ excluding }) => excluding >= 8)).toBeGreaterThan(0.1)
  })

  it('name the group that is told wrong, and no other', () => {
    const groupings = [split(4), split(5)]
    const happened = drawn(3)
    const chance = chanceTogether(risk, groupings, seenOf(groupings, happened))
    const { uniform } = randomStream(9)
    const worse = happened.map((one, row) => (row % 4 === 2 && one === 0 && uniform() < 0.05 ? 1 : one))
    if (!chance) throw new Error('no groups')
    const look = lookTogether(chance, seenOf(groupings, worse))
    expect(look.standOut).toContain(2)
    expect(look.standOut).not.toContain(0)
    expect(look.groups).toBe(9)
    expect(look.errorsWide).toBeGreaterThan(2.4)
    expect(look.errorsWide).toBeLessThan(3.2)
  })

  it('are not looked at where none has 100 to whom it happened', () => {
    const few = [undefined, { ratio: 2, error: 0.1, events: 99 }]
    expect(chanceTogether(risk, [split(2)], few)).toBeUndefined()
  })
})
