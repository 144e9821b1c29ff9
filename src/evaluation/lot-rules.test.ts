import { describe, expect, it } from 'vitest'
import { readDate } from '#calendar'
import { firstDraws, lotAnswerOf } from './lot-rules.ts'
import type { InDraw } from './lot-types.ts'
import { lotSaid } from './lot-words.ts'
import type { Outcomes } from './types.ts'

const on = (text: string) => {
  const day = readDate(text)
  if (!day) throw new Error(`${text} is no day`)
  return day
}
const days = ['2025-01-06', '2025-04-07', '2025-07-07', '2025-10-06'].map(on)

/** 4 draws of 100: half drawn. In the nth draw everybody not drawn has 2n events, those drawn half as many. */
const inDraws: readonly InDraw[] = days.flatMap((drawnOn, lot) =>
  Array.from({ length: 100 }, (_, i) => ({
    lotId: `lot ${lot}`,
    drawnOn,
    person: `${lot}-${i}`,
    isDrawn: i % 2 === 0,
  })),
)

function outcomesOf(rows: readonly InDraw[], eventsOf: (row: InDraw) => number): Outcomes {
  const events = Float64Array.from(rows, eventsOf)
  return {
    events,
    days: new Float64Array(rows.length).fill(365),
    died: new Uint8Array(rows.length),
    joinedLater: new Uint8Array(rows.length),
    monthlyEvents: new Float64Array(rows.length * 24),
    monthlyDays: new Float64Array(rows.length * 12),
    others: {},
  }
}

const halved = (row: InDraw) => (Number(row.lotId.at(-1)) + 1) * (row.isDrawn ? 1 : 2)
const joinedBy = (rows: readonly InDraw[]) => Uint8Array.from(rows, ({ isDrawn }) => (isDrawn ? 1 : 0))
const answerFor = (rows: readonly InDraw[], eventsOf = halved) =>
  lotAnswerOf(rows, outcomesOf(rows, eventsOf), joinedBy(rows))

describe('the answer by lot', () => {
  it('compares within each draw: where those drawn have half the admissions the ratio is one half', () => {
    const answer = answerFor(inDraws)
    expect(answer).toMatchObject({ draws: 4, drawn: { people: 200, joined: 200 }, notDrawn: { joined: 0 } })
    expect(answer?.ratio?.value).toBeCloseTo(0.5, 10)
  })

  it('a draw of worse-off people with more places does not tilt it', () => {
    const uneven = inDraws.filter(
      ({ lotId, isDrawn, person }) => lotId !== 'lot 3' || isDrawn || person.endsWith('1'),
    )
    expect(answerFor(uneven)?.ratio?.value).toBeCloseTo(0.5, 10)
  })

  it('a draw in which everybody was drawn, or nobody, is not compared', () => {
    const oneSided = inDraws.filter(({ lotId, isDrawn }) => lotId !== 'lot 3' || isDrawn)
    expect(answerFor(oneSided)).toMatchObject({ draws: 3, drawn: { people: 150 }, lastOn: days[2] })
    expect(answerFor(inDraws.filter(({ isDrawn }) => isDrawn))).toBeUndefined()
  })

  it('somebody in two draws counts in the first alone, as they were drawn then', () => {
    const again = inDraws.slice(0, 100).map((row) => ({ ...row, lotId: 'lot 1', drawnOn: on('2025-04-07') }))
    const first = firstDraws([...again, ...inDraws])
    expect(first).toHaveLength(400)
    for (const { person, lotId } of first) expect(lotId).toBe(`lot ${person[0]}`)
  })

  it('fewer than 10 admissions on a side give counts and no ratio', () => {
    const few = answerFor(inDraws, ({ person, isDrawn }) => (isDrawn ? (person === '0-0' ? 9 : 0) : 1))
    expect(few?.drawn.events).toBe(9)
    expect(few?.ratio).toBeUndefined()
    expect(lotSaid(few ?? expect.fail()).lines[1]).toContain('at least 10 emergency admissions')
  })
})

describe('what is said of it', () => {
  it('says who was drawn, who joined, the rates and the ratio, and that chance alone decided', () => {
    const answer = answerFor(inDraws) ?? expect.fail()
    const { panel, heading, lines } = lotSaid(answer)
    expect([panel, heading]).toEqual([
      'verdict-good',
      'By lot: fewer emergency admissions among those drawn.',
    ])
    expect(lines[0]).toBe(
      '4 draws from 6 January 2025 to 6 October 2025: 200 people were drawn, of whom 200 joined; 200 people were not, of whom nobody joined all the same.',
    )
    expect(lines[1]).toContain('2.50 emergency admissions a person-year among those drawn, 5.00 among those')
    expect(lines[1]).toContain('0.50 (95% interval')
  })

  it('a count under 8 is not told, nor one that would give it away', () => {
    const answer = answerFor(inDraws) ?? expect.fail()
    const small = {
      ...answer,
      drawn: { ...answer.drawn, joined: 195 },
      notDrawn: { ...answer.notDrawn, joined: 3 },
    }
    expect(lotSaid(small).lines[0]).toContain('of whom nearly all joined')
    expect(lotSaid(small).lines[0]).toContain('of whom fewer than 8 joined all the same')
  })

  it('no fall is claimed where the interval holds 1', () => {
    const same = answerFor(inDraws, ({ person }) => (Number(person.split('-')[1]) % 3 === 0 ? 1 : 0))
    expect(lotSaid(same ?? expect.fail()).heading).toBe('By lot: we cannot tell yet.')
  })
})
