import { describe, expect, it } from 'vitest'
import { agreementIn, reasonCounts } from './agreement.ts'
import type { Judgement } from './types.ts'

const judged = (n: number, by: string, decision: Judgement['decision']): Judgement => ({
  id: `${n} ${by}`,
  personId: 'p' as Judgement['personId'],
  n,
  decision,
  reason: 'other',
  runSources: [],
  judgedById: by,
  judgedByName: by,
  judgedAt: new Date('2026-04-01T09:00:00Z'),
})
const pair = (first: Judgement['decision'], second: Judgement['decision']) => [
  judged(1, 'Dr Lund', first),
  judged(2, 'Dr Silva', second),
]
const many = (times: number, history: readonly Judgement[]) => Array.from({ length: times }, () => history)

describe('how far two judges agree', () => {
  it('Cohen’s own sort of table: 20 yes and yes, 15 no and no, 5 and 10 apart is 0.40', () => {
    const { kappa, pairs, same } = agreementIn([
      ...many(20, pair('accepted', 'accepted')),
      ...many(15, pair('declined', 'deferred')),
      ...many(5, pair('accepted', 'declined')),
      ...many(10, pair('declined', 'accepted')),
    ])
    expect({ pairs, same }).toEqual({ pairs: 50, same: 35 })
    expect(kappa?.value).toBeCloseTo(0.4, 10)
    expect(kappa?.low).toBeCloseTo(0.4 - 1.96 * (Math.sqrt((0.7 * 0.3) / 50) / 0.5), 10)
  })

  it('is not told under 10 people judged twice, nor where everybody said the same', () => {
    expect(agreementIn(many(9, pair('accepted', 'declined'))).kappa).toBeUndefined()
    expect(agreementIn(many(20, pair('accepted', 'accepted'))).kappa).toBeUndefined()
  })

  it('one judge who changed their mind is no second judge, and what was taken back does not count', () => {
    expect(agreementIn([[judged(1, 'Dr Lund', 'declined'), judged(2, 'Dr Lund', 'accepted')]]).pairs).toBe(0)
    expect(agreementIn([[...pair('declined', 'accepted'), judged(3, 'Dr Silva', 'taken back')]]).pairs).toBe(
      0,
    )
  })

  it('counts the reasons, the most first', () => {
    const rows = reasonCounts([...pair('declined', 'declined'), judged(3, 'x', 'accepted')])
    expect(rows[0]).toMatchObject({ decision: 'declined', reason: 'other', count: 2 })
  })
})
