import { dateWords } from '#calendar'
import { type Thing, thingOf } from './asked-words.ts'
import type { Asked } from './choice-types.ts'
import { enoughMatched } from './rules.ts'
import type { Answer, Effect, NotReady, Regression } from './types.ts'

/** What was asked of an answer, or of a part of one that goes on alone. */
export type WasAsked = { readonly asked?: Asked }

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

export const number = (value: number) => Math.round(value).toLocaleString('en-GB')
/** A number that is itself uncertain, to two figures: 25,616 is about 26,000. */
export const roughly = (value: number) => {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(value)) - 1)
  return number(Math.ceil(value / unit) * unit)
}
export const percent = (value: number) => `${Math.round(Math.abs(value))}%`
export const rate = (value: number) => value.toFixed(2)

/** The verdict, in words fixed beforehand. Nobody writes them by hand and nobody can soften them. */
export function verdictSaid(answer: Answer): Said {
  switch (answer.kind) {
    case 'not ready':
      return {
        panel: 'withheld',
        heading: 'Not ready.',
        lines: [notReadyWords(answer.reason, thingOf(answer))],
      }
    case 'not powered':
      return { panel: 'withheld', heading: 'Not powered.', lines: notPoweredLines(answer) }
    case 'withheld':
      return {
        panel: 'withheld',
        heading: 'We cannot tell yet: the groups are not alike.',
        lines: withheldLines(answer),
      }
    case 'few events':
      return { panel: 'caution', heading: 'We cannot tell yet.', lines: fewLines(answer) }
    case 'answered':
      return answeredSaid(answer)
  }
}

const notReadyWords = (reason: NotReady, { many, Many }: Thing): string =>
  ({
    'nobody joined': 'Nobody has joined this programme yet.',
    'nobody followed': 'Nobody joined long enough ago. An answer needs people followed for at least 90 days.',
    'records too short': `The records of ${many} are not linked or do not reach back far enough. They must begin 2 years before the first person joined.`,
    'too little history': `Fewer than 50 ${many} are known from the year before anybody joined: too few to learn from.`,
    'no pool':
      'There is nobody to compare with: everybody who could have joined has joined. Where only practices that nobody joined from are compared, compare with everybody in another version.',
    'nobody in the cohort':
      'Nobody of the ages, places and days of joining that were chosen has been followed for long enough. Choose wider ones in another version, or wait.',
    'leaves out too few': `The people chosen are the same as in another answer but for fewer than ${fewest}: what became of those few could be worked out. Choose the same people, or ones that differ by more.`,
    'not recorded': `${Many} are not in the records that were loaded. Load them, or choose something else to count in another version.`,
  })[reason]

function notPoweredLines(answer: Extract<Answer, { kind: 'not powered' }>): readonly string[] {
  const { followed, detectableFallPercent: fall, neededFor20Percent: needed } = answer
  const seen =
    fall >= 95
      ? `With ${peopleWords(followed)} no fall could be told from chance.`
      : `With ${peopleWords(followed)} you can only see falls of ${percent(fall)} or more.`
  // Of too few people to compare with, how many more would have to be helped says nothing.
  if (fall >= 95 && answer.asked?.pool === 'elsewhere')
    return [
      seen,
      'Compared are only people of practices from which nobody has ever joined, and too few of those are alike. Compare with everybody who could have joined in another version.',
    ]
  return [
    seen,
    `To see a fall of 20% takes about ${roughly(needed)} people. Until then report it as learning, not effect.`,
  ]
}

function withheldLines(answer: Extract<Answer, { kind: 'withheld' }>): readonly string[] {
  const named = answer.breaches
    .slice(0, 5)
    .map(({ label, found }) => `${label === enoughMatched ? 'Too few are alike' : label}: ${found}.`)
  const more = answer.breaches.length - named.length
  return [
    'The result is withheld: those who joined differ from those they are compared with. The outcomes were not read.',
    ...named,
    ...(more > 0 ? [`And ${more} more, in the table below.`] : []),
    ...expectedLines(answer),
    ...nextSteps(answer),
  ]
}

// The fall that needs no service is known from the past alone, so it is told although the result is withheld.
const expectedLines = (
  answer: Extract<Answer, { kind: 'withheld' }>,
  fall = answer.expectedFallPercent,
): readonly string[] =>
  fall === undefined || fall <= 0
    ? []
    : [
        `Whatever happened since: people with the same past would be expected to have about ${Math.round(fall)}% fewer ${thingOf(answer).many} in the next year with no service at all.`,
      ]

/** What is the matter where it is known, and what could be done: the last line stands alone on a page for a board. */
function nextSteps({ breaches }: Extract<Answer, { kind: 'withheld' }>): readonly string[] {
  return breaches.some(({ label }) => label === enoughMatched)
    ? [
        'Too few people like them are left who have not joined, and those who are left differ: no way of matching mends that.',
        'To know, compare with practices where nobody has joined yet, or let a lot decide who joins first.',
      ]
    : ['More people to compare with would help: practices where nobody has joined yet.']
}

function fewLines(answer: Extract<Answer, { kind: 'few events' }>): readonly string[] {
  const { helped, matched } = answer
  const { many } = thingOf(answer)
  const events = (count: number) =>
    count > 0 && count < fewest ? `fewer than ${fewest} ${many}` : `${number(count)} ${many}`
  return [
    `${peopleWords(helped.people)} had ${events(helped.events)}; ${peopleWords(matched.people)} like them had ${events(matched.events)}.`,
    'A rate needs at least 10 in each group.',
  ]
}

function answeredSaid(answer: Answered): Said {
  const { many, isFewerBetter } = thingOf(answer)
  const headings = {
    fewer: ['verdict-good', `Fewer ${many} than matched people.`],
    'cannot tell': ['caution', 'We cannot tell yet.'],
    more: ['verdict-bad', `More ${many} than matched people.`],
  } as const
  const [panel, heading] = headings[answer.verdict]
  const isOpen = answer.verdict === 'cannot tell'
  return {
    // Where more may be the service at work, no colour says which way is good.
    panel: isFewerBetter ? panel : 'caution',
    heading,
    lines: [
      ...(isOpen ? [`No clear difference in ${many}.`] : []),
      headline(answer),
      ...(isFewerBetter
        ? []
        : ['Whether more or fewer is better cannot be read from the number: it may be the service at work.']),
      ...(isOpen ? [`The data are compatible with ${rangeWords(answer)}.`, ...neededWords(answer)] : []),
    ],
  }
}

/** What was found, with its interval, in one sentence. */
export function headline(effect: Pick<Effect, 'helped' | 'matched' | 'ratio'> & WasAsked): string {
  const { helped, matched, ratio } = effect
  const { many, horizonDays } = thingOf(effect)
  return (
    `Over up to ${horizonDays} days, ${peopleWords(helped.people)} had ${rate(helped.rateAfter)} ${many} a ` +
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
  return [`To settle a difference of this size takes about ${roughly(neededToSee)} people helped in all.`]
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

/** Who is in the answer and for how long, above the heading. */
export function captionOf(name: string, answer: Answer): string {
  if (!('firstOn' in answer)) return name
  return `${name}, joined ${dateWords(answer.firstOn)} to ${dateWords(answer.lastOn)}, followed for up to ${thingOf(answer).horizonDays} days`
}
