import { describe, expect, it } from 'vitest'
import { answered, effect, everyAnswer } from '../../test/answers.ts'
import { designQuestion } from './as-designed.ts'
import { costEachAvoided } from './cost-words.ts'
import { decisionsOf, questionsOf, threeSentences } from './one-page-words.ts'
import { reachSlopeOf, reachSlopeSaid } from './reach-slope.ts'
import { csvOf } from './report-tables.ts'
import { saidTables } from './said-tables.ts'
import type { AsDesigned, ReachLine, Service } from './service-types.ts'
import { toldLines } from './suppression.ts'
import { valueQuestion } from './value-words.ts'

const line = (group: string, inNeed: number, joined: number, of = 'Fifth'): ReachLine => ({
  of,
  group,
  inNeed,
  joined,
})
const everybody = line('Everybody', 1200, 400, 'Everybody')
const service = (reach: readonly ReachLine[], unitCosts: Service['unitCosts'] = []): Service => ({
  reach,
  contacts: 100,
  timed: 80,
  minutes: 4800,
  unitCosts,
})
const wordsOf = (answer: (typeof everyAnswer)[number], one?: Service) => {
  const questions = questionsOf(answer, one)
  return [
    threeSentences(questions),
    ...questions.flatMap((q) => [q.answer, ...q.evidence, q.sure, q.next]),
  ].join(' ')
}

describe('a count that could name somebody', () => {
  it('R-322 under 8 is not told, nor is the one other count that would give it away', () => {
    const told = toldLines([line('1', 300, 120), line('2', 200, 5), line('3', 250, 90)])
    expect(told.map(({ group, isTold }) => [group, isTold])).toEqual([
      ['1', true],
      ['2', false],
      ['3', false],
    ])
  })

  it('is not told where those who did not join would be under 8', () => {
    expect(toldLines([line('1', 300, 120), line('2', 20, 15), line('3', 9, 0)])[1]?.isTold).toBe(false)
  })

  it('two left out need no third', () => {
    const told = toldLines([line('1', 300, 120), line('2', 200, 5), line('3', 250, 3)])
    expect(told.filter(({ isTold }) => isTold).map(({ group }) => group)).toEqual(['1'])
  })

  it('two left out take a third with them where they are under 8 together', () => {
    const told = toldLines([line('1', 300, 120), line('2', 200, 1), line('3', 250, 1), line('4', 260, 90)])
    expect(told.filter(({ isTold }) => isTold).map(({ group }) => group)).toEqual(['1'])
  })

  it('is not named among those missed', () => {
    const reach = [everybody, line('1', 600, 60), line('2', 450, 334), line('3', 100, 3), line('4', 50, 6)]
    const words = wordsOf(answered('cannot tell'), service(reach))
    expect(words).toContain('Missed: 1 (1 in 10 reached)')
    expect(words).not.toContain('; 3 (')
  })
})

describe('R-322 whether the more and the less deprived were reached alike', () => {
  const fifths = (joined: readonly number[]) =>
    joined.map((n, at) => line(`Fifth ${at + 1}`, 200, n, 'Deprivation'))

  it('alike is 1 and 0, with no clear difference', () => {
    const slope = reachSlopeOf([everybody, ...fifths([40, 40, 40, 40, 40])])
    expect(slope?.relative.value).toBeCloseTo(1, 6)
    expect(slope?.concentration.value).toBeCloseTo(0, 6)
    expect(reachSlopeSaid(slope)).toContain('No clear difference between the more and the less deprived')
  })

  it('says which end was reached more often', () => {
    expect(reachSlopeSaid(reachSlopeOf(fifths([20, 30, 40, 50, 60])))).toContain(
      'reached the less deprived more often',
    )
    expect(reachSlopeSaid(reachSlopeOf(fifths([60, 50, 40, 30, 20])))).toContain(
      'reached the more deprived more often',
    )
  })

  it('is not told where a fifth’s count may not be: it could be worked out', () => {
    expect(reachSlopeOf(fifths([5, 40, 40, 40, 40]))).toBeUndefined()
    expect(reachSlopeOf(fifths([40, 40, 40, 40]))).toBeUndefined()
    expect(reachSlopeSaid(undefined)).toContain('is not told')
  })
})

describe('the commissioner’s page', () => {
  it('X-29 tells of no saving where it cannot tell of an effect, whatever the cost came to', () => {
    const words = wordsOf(answered('cannot tell'), service([everybody]))
    expect(words).toContain('That it pays for itself is not shown.')
    expect(words).not.toMatch(/sav(ed|ing)|cashable|£540 less/)
  })

  it('S-71 answers experience, outcomes and cost together, and says what nobody has measured', () => {
    const questions = questionsOf(
      answered('fewer', { value: 0.8, low: 0.71, high: 0.9 }),
      service([everybody]),
    )
    expect(questions.map(({ sure }) => sure)).toEqual([
      'Sure',
      'Fairly sure',
      'Not measured',
      'Cannot tell yet',
      'Not measured',
      'Not measured',
    ])
    expect(questions[2]?.answer).toBe('Nobody has asked people yet')
  })

  it.each(everyAnswer.map((answer) => [answer.kind, answer] as const))(
    'has six questions and at most three choices for an answer that is %s',
    (kind, answer) => {
      const questions = questionsOf(answer, service([everybody]))
      expect(questions).toHaveLength(6)
      expect(decisionsOf(answer, questions).length).toBeLessThanOrEqual(3)
      if (kind !== 'answered') expect(wordsOf(answer)).not.toMatch(/ratio \d|fell \d/i)
    },
  )

  it('prices staff time only with a price that somebody entered', () => {
    expect(wordsOf(answered('cannot tell'), service([everybody]))).toContain(
      'Nobody has entered what an hour',
    )
    const hour = { item: 'staff hour', pounds: 40, priceYear: 2025, source: 'Finance' } as const
    expect(wordsOf(answered('cannot tell'), service([everybody], [hour]))).toContain('£3,200 of staff time')
  })
})

describe('a table taken away', () => {
  it('runs no sum in a spreadsheet', () => {
    const csv = csvOf({
      name: 'x',
      heads: ['Words', 'Number'],
      rows: [
        ['=1+1', -3],
        ['He said "no"', '-0.25'],
      ],
    })
    expect(csv).toBe('"Words","Number"\r\n"\'=1+1",-3\r\n"He said ""no""",-0.25\r\n')
  })
})

describe('what people and staff said, taken away', () => {
  const scale = { instrument: 'phq-9', version: '1', scale: 'total', isOwn: true }

  it('S-04 is every scale, the Friends and Family Test, first years and staff, each as a table', () => {
    expect(saidTables({}).map(({ name }) => name)).toEqual([
      'people-say',
      'goals',
      'asked',
      'experience',
      'friends-and-family',
      'quality-years',
      'places-of-death',
      'staff-say',
    ])
  })

  it('R-322 has no count that was left out, and says so where it would stand', () => {
    const moved = { better: undefined, same: undefined, worse: 0 }
    const [people, , asked] = saidTables({
      value: {
        scales: [
          { ...scale, people: 10, pairs: 10, meanFirst: 14.4, meanLast: 6.4, ...moved },
          { ...scale, isOwn: false },
        ],
        friends: [],
        asked: [
          { instrument: 'phq-9', moment: 'baseline', due: 40, answered: 31 },
          { instrument: 'phq-9', moment: '6 months', due: 12 },
        ],
      },
    })
    expect(asked?.rows).toEqual([
      ['PHQ-9', 'At the start', '40', '31 (78 of 100)'],
      ['PHQ-9', 'At 6 months', '12', 'not told'],
    ])
    expect(people?.rows).toEqual([
      ['PHQ-9 total', 'The person', '10', '14.4', '6.4', 'fewer than 8', 'fewer than 8', '0'],
      ['PHQ-9 total', 'Somebody for them', 'fewer than 8', ...Array.from({ length: 5 }, () => 'not told')],
    ])
  })
})

describe('did it matter to people?', () => {
  const friends = (counts: Readonly<Record<number, number | undefined>>) => ({
    version: '1',
    isOwn: true,
    people: 110,
    counts,
  })
  const scale = {
    instrument: 'phq-9',
    version: '1',
    scale: 'total',
    isOwn: true,
    people: 90,
    pairs: 60,
    meanFirst: 12,
    meanLast: 9,
  }

  it('R-280 tells the share who called it good or very good, and how many answered', () => {
    const found = valueQuestion({
      scales: [],
      friends: [friends({ 1: 60, 2: 30, 3: 10, 4: 0, 5: 0, 6: 10 })],
    })
    expect(found.answer).toBe('Of those who answered, 82 of 100 call it good or very good')
    expect(found.evidence).toContain(
      '110 answered the Friends and Family Test. How many were asked and did not answer is not told.',
    )
    expect(found.sure).toBe('Cannot tell yet')
  })

  it.each([
    [120, 110, 'Sure', 'from 75 to 84 of 100'],
    [440, 110, 'Cannot tell yet', 'from 20 to 96 of 100'],
  ])(
    'HZ45 R-280 of %s who were asked %s answered: %s, for of everybody it may be %s',
    (due, answered, sure, may) => {
      const counts = friends({ 1: 60, 2: 30, 3: 10, 4: 0, 5: 0, 6: 10 })
      const asked = [{ instrument: 'fft', moment: '3 months' as const, due, answered }]
      const found = valueQuestion({ scales: [], friends: [counts], asked })
      expect(found.sure).toBe(sure)
      expect(found.evidence[0]).toContain(may)
    },
  )

  it('tells no share where an answer was left out for being small', () => {
    const found = valueQuestion({ scales: [], friends: [friends({ 1: 60, 2: 30, 3: undefined })] })
    expect(found.answer).not.toMatch(/of 100/)
  })

  it('R-280 tells the overall experience and the question fewest are content with, each with how many answered', () => {
    const one = (item: string, words: string, best: number | undefined) => ({
      version: '1',
      item,
      words,
      isOwn: true,
      people: 40,
      best,
    })
    const experience = [one('1', 'Overall', 30), one('2', 'Reaching us', 12), one('3', 'Time', undefined)]
    const found = valueQuestion({ scales: [], friends: [], experience })
    expect(found).toMatchObject({ sure: 'Cannot tell yet' })
    expect(found.evidence).toEqual([
      '“Overall”: 75 of 100 say excellent or very good, of 40.',
      'Fewest: “Reaching us”: 30 of 100 say excellent or very good, of 40.',
      'How many were asked and did not answer is not told.',
    ])
    const asked = [{ instrument: 'experience', moment: '6 months' as const, due: 44, answered: 40 }]
    const nearlyAll = valueQuestion({ scales: [], friends: [], experience, asked })
    expect(nearlyAll.sure).toBe('Sure')
    expect(nearlyAll.evidence[2]).toContain('from 68 to 78 of 100')
  })

  it('tells an index to 3 decimals, and quality-adjusted life years by their value set, never as a gain', () => {
    const index = { ...scale, instrument: 'eq-5d-5l', scale: 'index', meanFirst: 0.512, meanLast: 0.6018 }
    const years = {
      version: 'EQ-5D-5L, index by EQ-5D-5L UK 2026',
      isOwn: true,
      people: 24,
      meanYears: 0.5551,
      died: 0,
    }
    const { evidence } = valueQuestion({ scales: [index], friends: [], years: [years] })
    expect(evidence[0]).toContain('EQ-5D-5L index: 0.512, then 0.602, in 60 people asked twice.')
    expect(evidence.at(-1)).toBe(
      'EQ-5D-5L, index by EQ-5D-5L UK 2026: 0.555 quality-adjusted life years a person in the first year, in 24 people (0 of them died; fewer than 8 more were not asked again). Nobody else was asked, so how much of it is gain is not known.',
    )
  })

  it('R-282 tells how many died where they wished, of those whose wish and place are known, and the rest', () => {
    const deaths = { people: 40, met: 18, notMet: 8, cannotTell: 0, notRecorded: undefined, noWish: 11 }
    expect(valueQuestion({ scales: [], friends: [], deaths }).evidence.at(-1)).toBe(
      '40 died: 18 of the 26 whose wish and place are known died where they wished. No wish recorded before: 11. Place not recorded: fewer than 8, or not told. Too roughly recorded to tell: 0.',
    )
    const few = { ...deaths, met: undefined }
    expect(valueQuestion({ scales: [], friends: [], deaths: few }).evidence.at(-1)).toContain('is not told')
  })

  it('R-281 tells no change of a score without saying that people come back by themselves', () => {
    const { evidence } = valueQuestion({ scales: [scale], friends: [] })
    expect(evidence).toEqual([
      'PHQ-9 total: 12.0, then 9.0, in 60 people asked twice. Nobody was compared: people who start low or high come back by themselves.',
    ])
  })
})

describe('whether it is run as designed', () => {
  const design = (part: Partial<AsDesigned>) =>
    designQuestion({
      ...service([everybody]),
      asDesigned: {
        withUs: 400,
        inTouch: 380,
        duePlan: 300,
        withPlan: 290,
        holders: 9,
        overLimit: 0,
        heldLimit: 50,
        ...part,
      },
    })

  it('is counted against the programme’s own rules, and 9 in 10 is enough', () => {
    const { answer, evidence, sure } = design({})
    expect([answer, sure]).toEqual(['Yes, as far as it is counted', 'Sure'])
    expect(evidence.slice(0, 3)).toEqual([
      '380 of 400 were in touch with somebody within the days the programme gives.',
      '290 of 300 who joined 28 days ago or more have a plan that was agreed.',
      'Nobody of 9 who hold its people holds more than its limit of 50.',
    ])
    expect(design({ inTouch: 360 }).answer).toBe('Yes, as far as it is counted')
    expect(design({ inTouch: 359 }).answer).toBe('In part')
    expect(design({ overLimit: 1 }).answer).toBe('In part')
    expect(design({ inTouch: 100, withPlan: 100 }).answer).toBe('Mostly not')
  })

  it('R-322 tells no count from 1 to 7, nor one that leaves so few', () => {
    expect(design({ inTouch: 3 }).evidence[0]).toMatch(/^Fewer than 8 of 400 were in touch/)
    expect(design({ inTouch: 396 }).evidence[0]).toMatch(/^All but fewer than 8 of 400/)
    expect(design({ withUs: 5, inTouch: 5 }).evidence[0]).toBe(
      'Fewer than 8 people are with it: no share is told.',
    )
    expect(design({ duePlan: 7, withPlan: 2 }).evidence[1]).toMatch(/^Too few people who joined/)
  })

  it('is not measured where nothing was counted', () => {
    expect(designQuestion(service([everybody])).sure).toBe('Not measured')
  })
})

describe('R-320 what each person, and each avoided admission, cost', () => {
  const priced = service(
    [everybody],
    [{ item: 'staff hour', pounds: 43, priceYear: 2025, source: 'Finance' }],
  )
  const costOf = (answer: (typeof everyAnswer)[number]) => questionsOf(answer, priced)[3]?.evidence.join(' ')

  it('is told with its interval where it is shown that any was avoided, and no upper end where none is sure', () => {
    expect(costOf(answered('fewer', { value: 0.8, low: 0.71, high: 0.9 }))).toContain(
      '£8 of staff time for each of the 430 who joined. For each avoided emergency admission: £53 of staff time (95% interval at least £25, with no upper end), of those followed.',
    )
    const sure = {
      ...effect.further,
      differences: { ...effect.further?.differences, admissions: { value: -150, low: -320, high: -50 } },
    }
    expect(costEachAvoided({ further: sure as typeof effect.further, helped: effect.helped }, 8)).toEqual({
      value: 8 / 0.15,
      low: 8 / 0.32,
      high: 8 / 0.05,
    })
  })

  it('X-29 is not told where that is not shown', () => {
    for (const answer of [answered('cannot tell'), answered('more', { value: 1.33, low: 1.16, high: 1.54 })])
      expect(costOf(answer)).toContain(
        'What each avoided emergency admission cost is not told: that any was avoided is not shown.',
      )
  })
})

describe('how many of those due answered', () => {
  it('stands on the page for a board, of the measures of which it may be told', () => {
    const value = {
      scales: [],
      friends: [],
      asked: [
        { instrument: 'ons4', moment: 'baseline' as const, due: 400, answered: 120 },
        { instrument: 'fft', moment: 'closing' as const, due: 100, answered: 30 },
        { instrument: 'phq9', moment: 'closing' as const, due: 12 },
      ],
    }
    expect(valueQuestion(value).evidence).toContain(
      'Of 500 times that a measure was due, 150 were answered (30 of 100).',
    )
  })
})
