import { describe, expect, it } from 'vitest'
import { answered, compared, effect, everyAnswer } from '../../test/answers.ts'
import { checksOf } from './checks.ts'
import { differBy, headline, hundredParts, peopleWords, regressionLines, verdictSaid } from './sentences.ts'
import type { Answer } from './types.ts'
import { yearAfter } from './year-after.ts'

describe('what is said of an answer', () => {
  it('with too few people of unreached practices, says to compare with everybody, and not how many more to help', () => {
    const lines = verdictSaid({
      ...(everyAnswer[2] as Extract<Answer, { kind: 'not powered' }>),
      detectableFallPercent: 100,
      asked: { outcome: 'emergencies', horizonDays: 365, pool: 'elsewhere' },
    }).lines.join(' ')
    expect(lines).toContain('Compare with everybody who could have joined in another version.')
    expect(lines).not.toContain('To see a fall of 20%')
  })

  it('an interval that holds 1 is “We cannot tell yet”, with what it is compatible with', () => {
    const { heading, lines, panel } = verdictSaid(answered('cannot tell'))
    expect([heading, panel]).toEqual(['We cannot tell yet.', 'caution'])
    expect(lines).toEqual([
      'No clear difference in emergency admissions.',
      'Over up to 365 days, 397 people had 1.21 emergency admissions a person-year; 1,164 people matched to them had 1.36: ratio 0.89 (95% interval 0.77 to 1.02).',
      'The data are compatible with 23% lower to 2% higher.',
      'To settle a difference of this size takes about 1,200 people helped in all.',
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
      'To see a fall of 20% takes about 420 people. Until then report it as learning, not effect.',
    ])
  })

  it('a withheld result names what differs and shows no effect', () => {
    const { heading, lines } = verdictSaid(everyAnswer[3] as Answer)
    expect(heading).toBe('We cannot tell yet: the groups are not alike.')
    expect(lines.join(' ')).toContain('Age: 0.21 apart, limit 0.10.')
    expect(lines.join(' ')).not.toMatch(/ratio|person-year|fell/)
    expect(lines.at(-1)).toBe(
      'More people to compare with would help: practices where nobody has joined yet.',
    )
  })

  it('under 10 admissions in a group there is no rate and no interval', () => {
    const words = verdictSaid(everyAnswer[4] as Answer).lines.join(' ')
    expect(words).toContain(
      '120 people had 9 emergency admissions; 350 people like them had 31 emergency admissions.',
    )
    expect(words).not.toMatch(/ratio|interval|person-year/)
  })

  it('a study locked before stays in care homes had a day says by what it is matched, and one of today does not', () => {
    const found = everyAnswer[3] as Extract<Answer, { kind: 'withheld' }>
    const said = (name: string) =>
      checksOf({ ...found, balance: found.balance.map((line) => ({ ...line, name })) }, undefined)
        .filter(({ check }) => check === 'Where they lived')
        .map(({ found: words }) => words)
    expect(said('careHome').join('')).toMatch(/not on the day they joined: write another version/)
    expect(said('inCareHome')).toEqual([])
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

describe('the year after joining', () => {
  it('has the question first, and no rate where either group had fewer than 10', () => {
    const lines = yearAfter(effect)
    expect(lines[0]).toEqual({ what: 'Emergency admissions', helped: '1.21', matched: '1.36' })
    expect(lines.find(({ what }) => what === 'GP contacts')).toMatchObject({
      helped: 'Too few',
      matched: 'Too few',
    })
  })

  it('leaves out what is not linked, and does not call it 0', () => {
    const alone = { helped: { ...effect.helped, others: {} }, matched: effect.matched }
    expect(yearAfter(alone).map(({ what }) => what)).toEqual(['Emergency admissions', 'Died, of 100'])
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
    expect(words).toContain('Fewer than 8 people, left out')
    expect(words).toContain('Fewer than 8 people: joined too lately')
    expect(words).not.toMatch(/400|403/)
  })
})

it('the headline keeps two decimals and groups thousands', () => {
  expect(headline(effect)).toContain('1,164 people matched to them had 1.36')
})
