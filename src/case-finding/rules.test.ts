import { describe, expect, it } from 'vitest'
import { type LondonDate, londonInstant, readDate } from '#calendar'
import { conditionGroups } from './condition-groups.data.ts'
import { isOldList } from './list-age.ts'
import { reasonsFor } from './reasons.data.ts'
import { canTakeBack, type JudgementForm, readJudgement, type Standpoint, standingOf } from './rules.ts'
import type { Judgement, Suggestion } from './types.ts'

const on = (text: string): LondonDate => {
  const date = readDate(text)
  if (!date) throw new Error(`${text} is not a date`)
  return date
}
const today = on('2026-04-01')

const judgement = (n: number, change: Partial<Judgement> = {}): Judgement => ({
  id: `j${n}`,
  personId: 'p',
  n,
  decision: 'declined',
  reason: 'well supported',
  showAgainOn: on('2027-03-01'),
  runId: 'run 1',
  runIndexOn: on('2026-03-01'),
  runSources: ['inpatient'],
  practiceId: 'lund street',
  judgedById: 's',
  judgedByName: 'Dr Astrid Lund',
  judgedAt: londonInstant(on('2026-03-01'), 9),
  ...change,
})

const suggestion: Suggestion = {
  rank: 3,
  emergencyAdmissions: 3,
  aeVisits: 4,
  conditions: ['hf'],
  lastAdmissionOn: on('2026-02-10'),
  isReturned: false,
}
const run = {
  id: 'run 2',
  indexOn: today,
  sources: [{ source: 'inpatient', coveredTo: on('2026-03-31') }],
}
const point = (change: Partial<Standpoint> = {}): Standpoint => ({
  history: [],
  suggestion,
  run,
  hasOpenEpisode: false,
  practiceId: 'lund street',
  ...change,
})

describe('where somebody stands on the list', () => {
  it.each<[string, Standpoint, object]>([
    ['suggested and judged by nobody', point(), { tab: 'to judge', isAdded: false }],
    ['already with us', point({ hasOpenEpisode: true }), { tab: 'left out', why: 'with us' }],
    ['died', point({ diedOn: on('2026-03-20') }), { tab: 'left out', why: 'died' }],
    [
      'not suggested and never added',
      point({ suggestion: undefined }),
      { tab: 'left out', why: 'not suggested' },
    ],
    [
      'added by hand, not suggested',
      point({
        suggestion: undefined,
        history: [judgement(1, { decision: 'added', showAgainOn: undefined })],
      }),
      { tab: 'to judge', isAdded: true },
    ],
    [
      'accepted, episode open',
      point({
        hasOpenEpisode: true,
        history: [judgement(1, { decision: 'accepted', showAgainOn: undefined })],
      }),
      { tab: 'accepted' },
    ],
    [
      'accepted from this list, episode closed since',
      point({ history: [judgement(1, { decision: 'accepted', runId: 'run 2' })] }),
      { tab: 'accepted' },
    ],
    [
      'accepted once, closed, and suggested again by a later list',
      point({ history: [judgement(1, { decision: 'accepted' })] }),
      { tab: 'to judge', isAdded: false, returned: 'suggested again' },
    ],
    [
      'declined at 20 in 100, and 30 in 100 now: a rise by half',
      point({
        suggestion: { ...point().suggestion, risk: 0.3 } as Standpoint['suggestion'],
        history: [judgement(1, { risk: 0.2 })],
      }),
      { tab: 'to judge', isAdded: false, returned: 'risk up' },
    ],
    [
      'declined at 20 in 100, and 29 in 100 now',
      point({
        suggestion: { ...point().suggestion, risk: 0.29 } as Standpoint['suggestion'],
        history: [judgement(1, { risk: 0.2 })],
      }),
      { tab: 'declined' },
    ],
    ['declined, nothing new', point({ history: [judgement(1)] }), { tab: 'declined' }],
    [
      'declined, the day before it ends',
      point({ history: [judgement(1, { showAgainOn: on('2026-04-02') })] }),
      { tab: 'declined' },
    ],
    [
      'declined, the day it ends',
      point({ history: [judgement(1, { showAgainOn: today })] }),
      { tab: 'to judge', isAdded: false, returned: 'the day came' },
    ],
    [
      'declined, over, no longer suggested',
      point({ suggestion: undefined, history: [judgement(1, { showAgainOn: today })] }),
      { tab: 'left out', why: 'not suggested' },
    ],
    [
      'deferred, the day came, no longer suggested',
      point({ suggestion: undefined, history: [judgement(1, { decision: 'deferred', showAgainOn: today })] }),
      { tab: 'to judge', isAdded: false, returned: 'the day came' },
    ],
    [
      'declined, admitted the day before that list’s day',
      point({
        suggestion: { ...suggestion, lastAdmissionOn: on('2026-02-28') },
        history: [judgement(1)],
      }),
      { tab: 'declined' },
    ],
    [
      'declined, admitted on that list’s day',
      point({
        suggestion: { ...suggestion, lastAdmissionOn: on('2026-03-01') },
        history: [judgement(1)],
      }),
      { tab: 'to judge', isAdded: false, returned: 'new admission' },
    ],
    [
      'deferred and moved to another practice',
      point({ practiceId: 'canal side', history: [judgement(1, { decision: 'deferred' })] }),
      { tab: 'to judge', isAdded: false, returned: 'moved' },
    ],
    [
      'declined before social care was linked',
      point({
        run: { ...run, sources: [...run.sources, { source: 'social_care', coveredTo: today }] },
        history: [judgement(1)],
      }),
      { tab: 'to judge', isAdded: false, returned: 'new source' },
    ],
    [
      'declined, then taken back',
      point({ history: [judgement(1), judgement(2, { decision: 'taken back' })] }),
      { tab: 'to judge', isAdded: false },
    ],
    [
      'added, then the addition taken back',
      point({
        suggestion: undefined,
        history: [judgement(1, { decision: 'added' }), judgement(2, { decision: 'taken back' })],
      }),
      { tab: 'left out', why: 'not suggested' },
    ],
    [
      'added, accepted, acceptance taken back: still added',
      point({
        suggestion: undefined,
        history: [
          judgement(1, { decision: 'added' }),
          judgement(2, { decision: 'accepted' }),
          judgement(3, { decision: 'taken back' }),
        ],
      }),
      { tab: 'to judge', isAdded: true },
    ],
  ])('%s', (_, standpoint, standing) => {
    expect(standingOf(standpoint, today)).toEqual(standing)
  })
})

const form = (change: Partial<JudgementForm> = {}): JudgementForm => ({
  decision: 'declined',
  reason: 'well supported',
  words: '',
  showAgain: '',
  showAgainDate: { day: '', month: '', year: '' },
  ...change,
})
const read = (change: Partial<JudgementForm>) => readJudgement(form(change), 'him', today, 12)
const asked = (change: Partial<JudgementForm>) => {
  const answer = read(change)
  return 'problems' in answer ? answer.problems.map(({ message }) => message) : []
}

describe('a judgement as it was typed', () => {
  it('a decline hides for as long as the programme says', () => {
    expect(read({})).toEqual({
      ready: { decision: 'declined', reason: 'well supported', showAgainOn: '2027-04-01' },
    })
  })

  it.each<[string, Partial<JudgementForm>, string[]]>([
    ['no decision', { decision: '' }, ['Select whether care co-ordination would help him']],
    [
      'acceptance by this way',
      { decision: 'accepted' },
      ['Select whether care co-ordination would help him'],
    ],
    ['no reason', { reason: '' }, ['Select the main reason']],
    ['a reason of another decision', { reason: 'carer strain' }, ['Select the main reason']],
    [
      'deferred, not said until when',
      { decision: 'deferred', reason: 'see first' },
      ['Choose when to show him again'],
    ],
    [
      'deferred to a day that is not one',
      {
        decision: 'deferred',
        reason: 'see first',
        showAgain: 'date',
        showAgainDate: { day: '31', month: '6', year: '2026' },
      },
      ['Show again must be a real date, like 27 6 2026'],
    ],
    [
      'deferred to today',
      {
        decision: 'deferred',
        reason: 'see first',
        showAgain: 'date',
        showAgainDate: { day: '1', month: '4', year: '2026' },
      },
      ['Show again must be after today'],
    ],
    [
      'deferred by more than a year',
      {
        decision: 'deferred',
        reason: 'see first',
        showAgain: 'date',
        showAgainDate: { day: '2', month: '4', year: '2027' },
      },
      ['Show again must be within 12 months'],
    ],
    ['another reason, and not which', { reason: 'other', words: '  ' }, ['Enter what the other reason is']],
    ['too many words', { words: 'x'.repeat(2001) }, ['Shorten this to 2,000 characters or fewer']],
  ])('%s', (_, change, messages) => expect(asked(change)).toEqual(messages))

  it.each([
    ['2 weeks', '2026-04-15'],
    ['1 month', '2026-05-01'],
    ['3 months', '2026-07-01'],
  ])('deferred %s', (showAgain, showAgainOn) => {
    expect(read({ decision: 'deferred', reason: 'in hospital', showAgain })).toMatchObject({
      ready: { showAgainOn },
    })
  })
})

describe('days that matter', () => {
  it('a decision can be undone on the 7th day and not on the 8th', () => {
    expect(canTakeBack(judgement(1), on('2026-03-08'))).toBe(true)
    expect(canTakeBack(judgement(1), on('2026-03-09'))).toBe(false)
  })

  it('a list is old after 35 days', () => {
    expect(isOldList(on('2026-02-25'), today)).toBe(false)
    expect(isOldList(on('2026-02-24'), today)).toBe(true)
  })
})

describe('the lists of codes', () => {
  it('holds 37 condition groups, each once and none without codes', () => {
    expect(conditionGroups).toHaveLength(37)
    expect(new Set(conditionGroups.map(({ key }) => key)).size).toBe(37)
    expect(conditionGroups.filter(({ snomed, icd10 }) => !snomed.length || !icd10.length)).toEqual([])
  })

  it('every SNOMED CT code passes its check digit and belongs to one group', () => {
    const codes = conditionGroups.flatMap(({ snomed }) => snomed)
    expect(new Set(codes).size).toBe(codes.length)
    expect(codes.filter((code) => !passesVerhoeff(code))).toEqual([])
  })

  it('the reasons of each decision have different codes', () => {
    for (const reasons of Object.values(reasonsFor)) {
      expect(new Set(reasons.map(({ code }) => code)).size).toBe(reasons.length)
    }
  })
})

/** The check digit of a SNOMED CT identifier, by multiplication in the dihedral group of the pentagon. */
function passesVerhoeff(code: string): boolean {
  const times = (a: number, b: number) =>
    a < 5 ? (b < 5 ? (a + b) % 5 : 5 + ((a + b) % 5)) : b < 5 ? 5 + ((a - b + 10) % 5) : (a - b + 10) % 5
  const turn = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4]
  const turned = (digit: number, times: number): number =>
    times === 0 ? digit : turned(turn[digit] ?? 0, times - 1)
  return [...code].reverse().reduce((held, digit, at) => times(held, turned(Number(digit), at % 8)), 0) === 0
}
