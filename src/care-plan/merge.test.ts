import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mergePlans } from './merge.ts'
import type { Line } from './types.ts'

const goal = (lineId: string, words: string, place = 0): Line => ({
  lineId,
  kind: 'goal',
  place,
  words,
  isForOutOfHours: false,
})

const side = (lines: readonly Line[]) => ({ lines })

const someLines = fc
  .uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { maxLength: 5 })
  .chain((ids) =>
    fc.tuple(...ids.map((id) => fc.constantFrom('1', '2', '3').map((words) => goal(id, words)))),
  )
  .map(side)

describe('HZ19 joining two people’s changes', () => {
  it('HZ19 what nobody else changed is mine, whatever it is', () => {
    fc.assert(
      fc.property(someLines, someLines, (base, mine) => {
        const merge = mergePlans(base, base, mine)
        expect(merge.clashes).toEqual([])
        expect(merge.lines.map(({ lineId, words }) => lineId + words).sort()).toEqual(
          mine.lines.map(({ lineId, words }) => lineId + words).sort(),
        )
      }),
    )
  })

  it('HZ19 no line that either of us added or changed is lost without a choice', () => {
    fc.assert(
      fc.property(someLines, someLines, someLines, (base, theirs, mine) => {
        const merge = mergePlans(base, theirs, mine)
        const before = new Map(base.lines.map((line) => [line.lineId, line.words]))
        for (const line of [...theirs.lines, ...mine.lines]) {
          if (before.get(line.lineId) === line.words) continue
          const isKept = merge.lines.some((one) => one.lineId === line.lineId && one.words === line.words)
          const isAsked = merge.clashes.some((clash) => clash.lineId === line.lineId)
          expect(isKept || isAsked).toBe(true)
        }
      }),
    )
  })

  it('HZ19 the same change by both is no clash', () => {
    fc.assert(
      fc.property(someLines, someLines, (base, both) => {
        expect(mergePlans(base, both, both).clashes).toEqual([])
      }),
    )
  })

  it('HZ19 an action added to a goal the other took out brings the goal back', () => {
    const base = side([goal('g', 'Walk')])
    const action: Line = { ...goal('a', 'Rail'), kind: 'action', goalId: 'g' }
    const merge = mergePlans(base, side([]), side([goal('g', 'Walk'), action]))
    expect(merge.lines.map(({ lineId }) => lineId)).toEqual(['g', 'a'])
  })
})
