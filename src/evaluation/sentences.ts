import { dateWords } from '#calendar'
import type { Answer, Attempt, BalanceLine, Compared, Effect, NotReady, Regression } from './types.ts'

/** A verdict as it stands at the top of the page: the answer first, then how it was come by. */
export type Said = {
  readonly panel: 'verdict-good' | 'caution' | 'verdict-bad' | 'withheld'
  readonly heading: string
  readonly lines: readonly string[]
}

type Answered = Extract<Answer, { kind: 'answered' }>

/** Counts of people under 8 are never written out: with a little knowledge they could name somebody. */
export const fewest = 8

/** A count of people for anybody without a relationship to them. */
export const peopleWords = (count: number) =>
  count > 0 && count < fewest
    ? `fewer than ${fewest} people`
    : `${number(count)} ${count === 1 ? 'person' : 'people'}`

const number = (value: number) => Math.round(value).toLocaleString('en-GB')
const percent = (value: number) => `${Math.round(Math.abs(value))}%`
const rate = (value: number) => value.toFixed(2)

/** The verdict, in words fixed beforehand. Nobody writes them by hand and nobody can soften them. */
export function verdictSaid(answer: Answer): Said {
  switch (answer.kind) {
    case 'not ready':
      return { panel: 'withheld', heading: 'Not ready.', lines: [notReadyWords[answer.reason]] }
    case 'not powered':
      return { panel: 'withheld', heading: 'Not powered.', lines: notPoweredLines(answer) }
    case 'withheld':
      return {
        panel: 'withheld',
        heading: 'Withheld: the groups are not alike.',
        lines: withheldLines(answer),
      }
    case 'few events':
      return { panel: 'caution', heading: 'We cannot tell yet.', lines: fewLines(answer) }
    case 'answered':
      return answeredSaid(answer)
  }
}

const notReadyWords: Readonly<Record<NotReady, string>> = {
  'nobody joined': 'Nobody has joined this programme yet.',
  'nobody followed': 'Nobody joined long enough ago. An answer needs people followed for at least 90 days.',
  'records too short':
    'The hospital records are not linked or do not reach back far enough. They must begin 2 years before the first person joined.',
  'too little history':
    'Fewer than 50 emergency admissions are known from the year before anybody joined: too few to learn from.',
  'no pool': 'There is nobody to compare with: everybody who could have joined has joined.',
}

function notPoweredLines(answer: Extract<Answer, { kind: 'not powered' }>): readonly string[] {
  const { followed, detectableFallPercent: fall, neededFor20Percent: needed } = answer
  const seen =
    fall >= 95
      ? `With ${peopleWords(followed)} no fall could be told from chance.`
      : `With ${peopleWords(followed)} you can only see falls of ${percent(fall)} or more.`
  return [
    seen,
    `To see a fall of 20% takes about ${number(needed)} people. Until then report it as learning, not effect.`,
  ]
}

function withheldLines(answer: Extract<Answer, { kind: 'withheld' }>): readonly string[] {
  const named = answer.breaches.slice(0, 5).map(({ label, found }) => `${label}: ${found}.`)
  const more = answer.breaches.length - named.length
  return [
    'Those who joined differ from those they are compared with, so no result is shown. The outcomes were not read.',
    ...named,
    ...(more > 0 ? [`And ${more} more, in the table below.`] : []),
  ]
}

function fewLines({ helped, matched }: Extract<Answer, { kind: 'few events' }>): readonly string[] {
  const events = (count: number) =>
    count > 0 && count < fewest
      ? `fewer than ${fewest} emergency admissions`
      : `${number(count)} emergency admissions`
  return [
    `${peopleWords(helped.people)} had ${events(helped.events)}; ${peopleWords(matched.people)} like them had ${events(matched.events)}.`,
    'A rate needs at least 10 in each group.',
  ]
}

function answeredSaid(answer: Answered): Said {
  const headings = {
    fewer: ['verdict-good', 'Fewer emergency admissions than matched people.'],
    'cannot tell': ['caution', 'We cannot tell yet.'],
    more: ['verdict-bad', 'More emergency admissions than matched people.'],
  } as const
  const [panel, heading] = headings[answer.verdict]
  const isOpen = answer.verdict === 'cannot tell'
  return {
    panel,
    heading,
    lines: [
      ...(isOpen ? ['No clear difference in emergency admissions.'] : []),
      headline(answer),
      ...(isOpen ? [`The data are compatible with ${rangeWords(answer)}.`, ...neededWords(answer)] : []),
    ],
  }
}

/** What was found, with its interval, in one sentence. */
export function headline({ helped, matched, ratio }: Pick<Effect, 'helped' | 'matched' | 'ratio'>): string {
  return (
    `Over up to 365 days, ${peopleWords(helped.people)} had ${rate(helped.rateAfter)} emergency admissions a ` +
    `person-year; ${peopleWords(matched.people)} matched to them had ${rate(matched.rateAfter)}: ratio ` +
    `${rate(ratio.value)} (95% interval ${rate(ratio.low)} to ${rate(ratio.high)}).`
  )
}

function rangeWords({ ratio }: Answered): string {
  return `${changeWords(ratio.low)} to ${changeWords(ratio.high)}`
}

const changeWords = (ratio: number) => `${percent((ratio - 1) * 100)} ${ratio < 1 ? 'lower' : 'higher'}`

function neededWords({ neededToSee, helped }: Answered): readonly string[] {
  if (neededToSee === null) return ['A difference this small is beyond what any local study can see.']
  if (neededToSee <= helped.people) return []
  return [`To settle a difference of this size takes about ${number(neededToSee)} people helped in all.`]
}

const movedWords = (change: number) => `${change <= 0 ? 'fell' : 'rose'} ${percent(change)}`

/**
 * The only place where a before-after figure is spoken, and never without what was to be expected anyway.
 *
 * @source evaluation design 2.7: (a) matched people, (b) the count formula, (d) say so when they differ by more
 *   than 15 points.
 */
export function regressionLines({
  regression,
  ratio,
}: Pick<Effect, 'regression' | 'ratio'>): readonly string[] {
  const { ownChangePercent, controlChangePercent, formulaChangePercent } = regression
  const part =
    ratio.value <= 1
      ? `The difference, ${percent((1 - ratio.value) * 100)} of what was expected, is the part that could be the service.`
      : `The people helped had ${percent((ratio.value - 1) * 100)} more than was expected.`
  return [
    `Their own rate ${movedWords(ownChangePercent)}. Matched people who did not join ${movedWords(controlChangePercent)}. ${part}`,
    `By the count formula, people with the same past would be expected to have ${movedWords(formulaChangePercent).replace('fell', 'fallen').replace('rose', 'risen')} with no service.`,
    ...(differBy(regression) > 15
      ? [
          `The two expectations differ by ${number(differBy(regression))} points: believe the matched people first.`,
        ]
      : []),
  ]
}

/** How many points lie between the two ways of knowing what would have happened anyway. */
export const differBy = ({ controlChangePercent, formulaChangePercent }: Regression) =>
  Math.abs(controlChangePercent - formulaChangePercent)

/** What became of 100 admissions in the year before: the three parts add up to 100. */
export function hundredParts({ helped, ratio }: Pick<Effect, 'helped' | 'ratio'>) {
  const stillHappened = (helped.rateAfter / helped.rateBefore) * 100
  const fewer = (by: number) => stillHappened / by - stillHappened
  return {
    stillHappened,
    fewerExpected: 100 - stillHappened / ratio.value,
    fewerByService: fewer(ratio.value),
    fewerByServiceLow: fewer(ratio.high),
    fewerByServiceHigh: fewer(ratio.low),
  }
}

export type CheckVerdict = 'Good' | 'Thin' | 'Watch' | 'Told'
export type Check = { readonly check: string; readonly found: string; readonly verdict: CheckVerdict }

/** How sure one can be, check by check. With no effect to show, only the checks that hold none. */
export function checksOf(answer: Compared, effect?: Effect): readonly Check[] {
  return [
    {
      check: 'Set down before looking',
      found: 'The method is the same for every programme; outcomes are read only once groups are alike',
      verdict: 'Good',
    },
    alikeCheck(answer.balance),
    matchingCheck(answer.attempts),
    {
      check: 'Enough people',
      found: `Can only see a fall of ${percent(answer.detectableFallPercent)} or more`,
      verdict: answer.detectableFallPercent <= 15 ? 'Good' : 'Thin',
    },
    likeNobody(answer),
    ...lookedPast(answer),
    notKnownCheck(answer.notKnown),
    ...(effect ? effectChecks(effect) : []),
  ]
}

function alikeCheck(balance: readonly BalanceLine[]): Check {
  const apart = balance.filter(({ after, limit }) => Math.abs(after) > limit).length
  const largest = Math.max(0, ...balance.map(({ after }) => Math.abs(after)))
  return apart === 0
    ? {
        check: 'Alike before',
        found: `All ${balance.length} facts within ${largest.toFixed(2)}`,
        verdict: 'Good',
      }
    : { check: 'Alike before', found: `${apart} of ${balance.length} facts too far apart`, verdict: 'Watch' }
}

function matchingCheck(attempts: readonly Attempt[]): Check {
  const kept = (attempt: Attempt | undefined) => Math.floor((attempt?.matchedShare ?? 0) * 100)
  const found =
    attempts.length === 1
      ? `The closest rule found somebody for ${kept(attempts[0])} in 100`
      : `The closest rule found somebody for ${kept(attempts[0])} in 100; a wider one for ${kept(attempts.at(-1))}`
  return { check: 'How close the matching is', found, verdict: attempts.length === 1 ? 'Good' : 'Watch' }
}

// With 1 to 7 unmatched, the number followed beside the number matched would give the small count away.
function likeNobody({ followed, matchedTreated, unmatchedMeanAdmissions }: Compared): Check {
  const left = followed - matchedTreated
  const check = 'Nobody like them'
  if (left === 0) return { check, found: 'Everybody followed had somebody like them', verdict: 'Good' }
  if (left < fewest) return { check, found: `${peopleWords(left)}, left out`, verdict: 'Told' }
  const before = unmatchedMeanAdmissions?.toFixed(1) ?? 'not known'
  return {
    check,
    found: `${number(left)} of ${number(followed)}, left out; ${before} emergency admissions each the year before`,
    verdict: 'Told',
  }
}

function lookedPast({ joined, followed }: Compared): readonly Check[] {
  if (joined === followed) return []
  const found = `${peopleWords(joined - followed)}: joined too lately, or not known for a year before`
  return [{ check: 'Joined, not yet looked at', found, verdict: 'Told' }]
}

function notKnownCheck(notKnown: readonly string[]): Check {
  const check = 'What could not be compared'
  if (notKnown.length === 0) return { check, found: 'Everything in the method was known', verdict: 'Good' }
  return { check, found: `${notKnown.join('; ')}: not linked, or not far enough back`, verdict: 'Watch' }
}

function effectChecks(effect: Effect): readonly Check[] {
  const { laterJoinedPercent, hiddenCause, ratio, helped, matched, regression } = effect
  const strength = (ratio.low > 1 || ratio.high < 1 ? hiddenCause.nearest : hiddenCause.estimate).toFixed(1)
  const deaths: readonly Check[] =
    Math.min(helped.deaths, matched.deaths) < 10
      ? []
      : [
          {
            check: 'Died, of 100 followed',
            found: `${Math.round(helped.diedPercent)} helped, ${Math.round(matched.diedPercent)} matched`,
            verdict: Math.abs(helped.diedPercent - matched.diedPercent) > 5 ? 'Watch' : 'Good',
          },
        ]
  return [
    {
      check: 'Matched people who joined later',
      found: `${Math.round(laterJoinedPercent)} in 100, taken out from that day`,
      verdict: laterJoinedPercent > 10 ? 'Watch' : 'Good',
    },
    ...deaths,
    {
      check: 'Two ways to know the fall expected',
      found: `${Math.round(differBy(regression))} points apart`,
      verdict: differBy(regression) > 15 ? 'Watch' : 'Good',
    },
    {
      check: 'A hidden cause would need to',
      found: `raise both joining and admissions by ${strength} times to explain ${rate(ratio.value)} away`,
      verdict: 'Told',
    },
  ]
}

/** Who is in the answer and for how long, above the heading. */
export function captionOf(name: string, answer: Answer): string {
  if (!('firstOn' in answer)) return name
  return `${name}, joined ${dateWords(answer.firstOn)} to ${dateWords(answer.lastOn)}, followed for up to 365 days`
}
