import { describe, expect, it } from 'vitest'
import { addDays, type LondonDate, readDate } from '#calendar'
import { changeOf } from './change.ts'
import { instrumentOf } from './instruments.data.ts'
import { measuresPart } from './programme-part.ts'
import { schedules } from './schedules.data.ts'
import { standingsOf, toAsk } from './standing.ts'
import type { Measure, Schedule } from './types.ts'
import { changeWords } from './words.ts'

const on = (text: string): LondonDate => readDate(text) as LondonDate
const opened = on('2026-01-01')
const everywhere: Schedule = [
  { instrument: 'phq-9', at: ['baseline', '3 months', '6 months', '12 months', 'closing'] },
]
const states = (today: LondonDate, answered: readonly LondonDate[] = [], closedOn?: LondonDate) =>
  standingsOf(
    everywhere,
    { openedOn: opened, closedOn },
    answered.map((day) => ({ instrument: 'phq-9', on: day })),
    today,
  ).map(({ moment, state }) => `${moment} ${state}`)

describe('R-186 what is due, of an episode that opened on 1 January 2026', () => {
  it.each([
    ['2026-01-01', ['baseline due', '3 months not yet', '6 months not yet', '12 months not yet']],
    ['2026-01-15', ['baseline due', '3 months not yet', '6 months not yet', '12 months not yet']],
    ['2026-01-16', ['baseline overdue', '3 months not yet', '6 months not yet', '12 months not yet']],
    ['2026-02-12', ['baseline overdue', '3 months not yet', '6 months not yet', '12 months not yet']],
    ['2026-02-13', ['baseline missed', '3 months not yet', '6 months not yet', '12 months not yet']],
    ['2026-03-04', ['baseline missed', '3 months due', '6 months not yet', '12 months not yet']],
    ['2026-04-16', ['baseline missed', '3 months overdue', '6 months not yet', '12 months not yet']],
  ])('on %s, nothing answered: %j', (today, expected) => {
    expect(states(on(today))).toEqual(expected)
  })

  it('an answer belongs to the moment in whose weeks it falls, and to no other', () => {
    expect(states(on('2026-04-16'), [on('2026-01-20'), on('2026-03-10')])).toEqual([
      'baseline answered',
      '3 months answered',
      '6 months not yet',
      '12 months not yet',
    ])
    expect(states(on('2026-04-16'), [on('2026-02-20')])[1]).toBe('3 months overdue')
  })

  it('once it closed, closing alone is asked, for 28 days', () => {
    const closed = on('2026-04-10')
    expect(states(closed, [], closed)).toEqual(['baseline missed', 'closing due'])
    expect(states(addDays(closed, 15), [], closed)).toEqual(['baseline missed', 'closing overdue'])
    expect(states(addDays(closed, 29), [], closed)).toEqual(['baseline missed', 'closing missed'])
  })

  it('what is not yet due, missed or answered is not asked for', () => {
    const standings = standingsOf(everywhere, { openedOn: opened }, [], on('2026-04-16'))
    expect(toAsk(standings).map(({ moment }) => moment)).toEqual(['3 months'])
  })

  it('a programme’s template may say what is asked; an instrument nobody has is refused', () => {
    for (const schedule of Object.values(schedules))
      expect(measuresPart.safeParse(schedule).success).toBe(true)
    expect(measuresPart.safeParse([{ instrument: 'phq-9', at: ['4 months'] }]).success).toBe(false)
    expect(measuresPart.safeParse([{ instrument: 'waterlow', at: ['baseline'] }]).success).toBe(false)
  })
})

const total = instrumentOf('phq-9')?.scales[0]
const answered = (day: string, value: number | undefined, change: Partial<Measure> = {}): Measure => ({
  id: day,
  episodeId: 'one',
  instrument: 'phq-9',
  version: '1',
  answeredBy: 'the person',
  answeredVia: 'telephone',
  answeredOn: on(day),
  recordedByName: 'Amina Yusuf',
  recordedAt: new Date(`${day}T10:00:00Z`),
  answers: {},
  scores: [
    { scale: 'total', value, whyNone: value === undefined ? 'missing' : undefined, scoringVersion: 1 },
  ],
  ...change,
})

describe('HZ39 a change is told with what asking twice gives by itself', () => {
  const said = (...measures: readonly Measure[]) => total && changeWords(total, changeOf(total, measures))

  it.each([
    [16, 10, '6 down since 1 January 2026, better, a reliable change (6 or more)'],
    [16, 11, '5 down since 1 January 2026, better, within what asking twice can give (under 6)'],
    [10, 16, '6 up since 1 January 2026, worse, a reliable change (6 or more)'],
    [10, 10, 'The same as on 1 January 2026'],
  ])('from %i to %i: %s', (first, last, words) => {
    expect(said(answered('2026-01-01', first), answered('2026-04-01', last))).toBe(words)
  })

  it('a carer’s answers are not compared with the person’s own, nor one episode with another', () => {
    const own = answered('2026-04-01', 4)
    const carers = answered('2026-01-01', 16, { answeredBy: 'a carer, for them' })
    const before = answered('2025-01-01', 16, { episodeId: 'another' })
    expect(said(carers, own)).toBe('Nothing to compare with yet')
    expect(said(before, own)).toBe('Nothing to compare with yet')
  })

  it('HZ07 answers without a score are passed over, never taken for 0', () => {
    expect(
      said(answered('2026-01-01', undefined), answered('2026-02-01', 12), answered('2026-03-01', 6)),
    ).toBe('6 down since 1 February 2026, better, a reliable change (6 or more)')
  })
})
