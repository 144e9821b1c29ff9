import { dateWords } from '#calendar'
import { enoughMatched } from './rules.ts'
import type { Answer, Arm, Effect, NotReady, Regression } from './types.ts'

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
      return { panel: 'withheld', heading: 'Not ready.', lines: [notReadyWords[answer.reason]] }
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
    `To see a fall of 20% takes about ${roughly(needed)} people. Until then report it as learning, not effect.`,
  ]
}

function withheldLines(answer: Extract<Answer, { kind: 'withheld' }>): readonly string[] {
  const named = answer.breaches.slice(0, 5).map(({ label, found }) => `${label}: ${found}.`)
  const more = answer.breaches.length - named.length
  return [
    'The result is withheld: those who joined differ from those they are compared with. The outcomes were not read.',
    ...named,
    ...(more > 0 ? [`And ${more} more, in the table below.`] : []),
    ...expectedLines(answer),
    nextStep(answer),
  ]
}

// The fall that needs no service is known from the past alone, so it is told although the result is withheld.
const expectedLines = ({
  expectedFallPercent: fall,
}: Extract<Answer, { kind: 'withheld' }>): readonly string[] =>
  fall === undefined || fall <= 0
    ? []
    : [
        `Whatever happened since: people with the same past would be expected to have about ${Math.round(fall)}% fewer emergency admissions in the next year with no service at all.`,
      ]

function nextStep({ breaches }: Extract<Answer, { kind: 'withheld' }>): string {
  return breaches.some(({ label }) => label === enoughMatched)
    ? 'The programme took most of the people it could. To know, compare with practices where nobody has joined yet, or let a lot decide who joins first.'
    : 'More people to compare with would help: practices where nobody has joined yet.'
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

/** What else happened in the year after, a person-year of each group; fewer than 10 in either is no rate. */
export function yearAfter({ helped, matched }: Pick<Effect, 'helped' | 'matched'>): readonly YearLine[] {
  const line = (what: string, digits: number, one?: Counted, other?: Counted): readonly YearLine[] => {
    if (!one || !other) return []
    const isTooFew = Math.min(one.events, other.events) < 10
    const say = ({ rate: value }: Counted) => (isTooFew ? 'Too few' : value.toFixed(digits))
    return [{ what, helped: say(one), matched: say(other) }]
  }
  const asked = ({ rateAfter, events }: Arm) => ({ rate: rateAfter, events })
  const died = ({ diedPercent, deaths }: Arm) => ({ rate: diedPercent, events: deaths })
  return [
    ...line('Emergency admissions', 2, asked(helped), asked(matched)),
    ...line('A&E visits', 2, helped.others.attendances, matched.others.attendances),
    ...line('Nights in hospital', 1, helped.others.nights, matched.others.nights),
    ...line('Outpatient visits', 1, helped.others.outpatients, matched.others.outpatients),
    ...line('GP contacts', 1, helped.others.gpContacts, matched.others.gpContacts),
    ...line('Community contacts', 1, helped.others.communityContacts, matched.others.communityContacts),
    ...line('Items prescribed', 0, helped.others.prescribedItems, matched.others.prescribedItems),
    ...line('Died, of 100', 0, died(helped), died(matched)),
  ]
}

type Counted = { readonly rate: number; readonly events: number }

/** A line of the table beside the months. */
export type YearLine = { readonly what: string; readonly helped: string; readonly matched: string }

/** Who is in the answer and for how long, above the heading. */
export function captionOf(name: string, answer: Answer): string {
  if (!('firstOn' in answer)) return name
  return `${name}, joined ${dateWords(answer.firstOn)} to ${dateWords(answer.lastOn)}, followed for up to 365 days`
}
