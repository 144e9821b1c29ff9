import { describe, expect, it } from 'vitest'
import { readDate } from '#calendar'
import { checksOf } from './checks.ts'
import { differBy, headline, hundredParts, peopleWords, regressionLines, verdictSaid } from './sentences.ts'
import type { Answer, Arm, Compared, Effect } from './types.ts'

const on = (text: string) => readDate(text) ?? (text as never)

const arm = (part: Partial<Arm>): Arm => ({
  people: 397,
  events: 480,
  years: 397,
  rateAfter: 1.21,
  rateBefore: 2.33,
  deaths: 60,
  diedPercent: 17,
  monthlyRates: [],
  monthlyEvents: [],
  ...part,
})

const effect: Effect = {
  ratio: { value: 0.89, low: 0.77, high: 1.02 },
  unadjustedRatio: 0.9,
  helped: arm({}),
  matched: arm({ people: 1164, rateAfter: 1.36, rateBefore: 2.31, diedPercent: 18 }),
  regression: { ownChangePercent: -48, controlChangePercent: -41, formulaChangePercent: -38 },
  laterJoinedPercent: 6,
  hiddenCause: { estimate: 1.5, nearest: 1 },
  neededToSee: 1157,
}

const compared: Compared = {
  joined: 430,
  followed: 412,
  matchedTreated: 397,
  matchedControls: 1164,
  attempts: [{ exact: ['admissions365'], matchedShare: 397 / 412 }],
  balance: [],
  effectiveControls: 1100,
  detectableFallPercent: 18,
  firstOn: on('2024-01-08'),
  lastOn: on('2025-10-27'),
  unmatchedMeanAdmissions: 5.2,
  notKnown: [],
}

const answered = (verdict: 'fewer' | 'cannot tell' | 'more', ratio = effect.ratio): Answer => ({
  kind: 'answered',
  ...compared,
  ...effect,
  ratio,
  verdict,
})

const everyAnswer: readonly Answer[] = [
  { kind: 'not ready', reason: 'nobody joined', joined: 0, followed: 0 },
  { kind: 'not ready', reason: 'records too short', joined: 20, followed: 9 },
  { kind: 'not powered', joined: 90, followed: 84, detectableFallPercent: 42.3, neededFor20Percent: 412 },
  { kind: 'withheld', ...compared, breaches: [{ label: 'Age', found: '0.21 apart, limit 0.10' }] },
  {
    kind: 'few events',
    ...compared,
    helped: { people: 120, events: 9, years: 118 },
    matched: { people: 350, events: 31, years: 340 },
  },
  answered('cannot tell'),
  answered('fewer', { value: 0.8, low: 0.71, high: 0.9 }),
  answered('more', { value: 1.33, low: 1.16, high: 1.54 }),
]

describe('what is said of an answer', () => {
  it('an interval that holds 1 is “We cannot tell yet”, with what it is compatible with', () => {
    const { heading, lines, panel } = verdictSaid(answered('cannot tell'))
    expect([heading, panel]).toEqual(['We cannot tell yet.', 'caution'])
    expect(lines).toEqual([
      'No clear difference in emergency admissions.',
      'Over up to 365 days, 397 people had 1.21 emergency admissions a person-year; 1,164 people matched to them had 1.36: ratio 0.89 (95% interval 0.77 to 1.02).',
      'The data are compatible with 23% lower to 2% higher.',
      'To settle a difference of this size takes about 1,157 people helped in all.',
    ])
  })

  it('fewer and more are said only of an interval that leaves 1 out', () => {
    expect(verdictSaid(everyAnswer[6] as Answer).heading).toBe(
      'Fewer emergency admissions than matched people.',
    )
    expect(verdictSaid(everyAnswer[7] as Answer).heading).toBe(
      'More emergency admissions than matched people.',
    )
  })

  it('84 people are told what they can see, and how many it takes to see a fall of 20%', () => {
    expect(verdictSaid(everyAnswer[2] as Answer).lines).toEqual([
      'With 84 people you can only see falls of 42% or more.',
      'To see a fall of 20% takes about 412 people. Until then report it as learning, not effect.',
    ])
  })

  it('a withheld result names what differs and shows no effect', () => {
    const { heading, lines } = verdictSaid(everyAnswer[3] as Answer)
    expect(heading).toBe('Withheld: the groups are not alike.')
    expect(lines.join(' ')).toContain('Age: 0.21 apart, limit 0.10.')
    expect(lines.join(' ')).not.toMatch(/ratio|person-year|fell/)
  })

  it('under 10 admissions in a group there is no rate and no interval', () => {
    const words = verdictSaid(everyAnswer[4] as Answer).lines.join(' ')
    expect(words).toContain(
      '120 people had 9 emergency admissions; 350 people like them had 31 emergency admissions.',
    )
    expect(words).not.toMatch(/ratio|interval|person-year/)
  })

  it('no answer says no effect, trend, saved, significant, predict or safe', () => {
    for (const answer of everyAnswer) {
      const checks =
        'balance' in answer ? checksOf(answer, answer.kind === 'answered' ? answer : undefined) : []
      const { heading, lines } = verdictSaid(answer)
      const words = [heading, ...lines, ...checks.flatMap(({ check, found }) => [check, found])].join(' ')
      expect(words).not.toMatch(/no effect|trend|saved|significant|predict|safe|please|invalid/i)
    }
  })
})

describe('a before-after figure', () => {
  it('is never spoken without what was to be expected anyway, both ways', () => {
    const [first, second] = regressionLines(effect)
    expect(first).toBe(
      'Their own rate fell 48%. Matched people who did not join fell 41%. The difference, 11% of what was expected, is the part that could be the service.',
    )
    expect(second).toContain('expected to have fallen 38% with no service')
  })

  it('says so when the two expectations differ by more than 15 points', () => {
    const regression = { ownChangePercent: -48, controlChangePercent: -41, formulaChangePercent: -20 }
    expect(differBy(regression)).toBe(21)
    expect(regressionLines({ ...effect, regression }).at(-1)).toContain('differ by 21 points')
    expect(regressionLines(effect)).toHaveLength(2)
  })

  it('more admissions than expected are never called a part of the service', () => {
    const words = regressionLines({ ...effect, ratio: { value: 1.1, low: 1, high: 1.2 } }).join(' ')
    expect(words).toContain('The people helped had 10% more than was expected.')
    expect(words).not.toContain('could be the service')
  })

  it('the three parts of 100 admissions add up to 100, and the bracket is the interval', () => {
    const parts = hundredParts(effect)
    expect(parts.stillHappened + parts.fewerExpected + parts.fewerByService).toBeCloseTo(100, 10)
    expect(parts.fewerByServiceLow).toBeLessThan(0)
    expect(parts.fewerByServiceLow).toBeLessThan(parts.fewerByService)
    expect(parts.fewerByServiceHigh).toBeGreaterThan(parts.fewerByService)
  })
})

describe('small numbers', () => {
  it('1 to 7 people are “fewer than 8 people”; 0 and 8 are said', () => {
    expect([0, 1, 7, 8].map(peopleWords)).toEqual([
      '0 people',
      'fewer than 8 people',
      'fewer than 8 people',
      '8 people',
    ])
  })

  it('a small count left out cannot be had by taking one number from another', () => {
    const checks = checksOf({ ...compared, followed: 400, joined: 403 }, effect)
    const words = checks.map(({ found }) => found).join(' ')
    expect(words).toContain('fewer than 8 people, left out')
    expect(words).toContain('fewer than 8 people: joined too lately')
    expect(words).not.toMatch(/400|403/)
  })
})

it('the headline keeps two decimals and groups thousands', () => {
  expect(headline(effect)).toContain('1,164 people matched to them had 1.36')
})
