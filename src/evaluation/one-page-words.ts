import { designQuestion } from './as-designed.ts'
import { thingOf } from './asked-words.ts'
import { costQuestion } from './cost-words.ts'
import type { LotAnswer } from './lot-types.ts'
import { lotSaid } from './lot-words.ts'
import { fewest, number, peopleWords, percent, rate, roughly, verdictSaid } from './sentences.ts'
import type { ReachLine, Service } from './service-types.ts'
import { staffQuestion } from './staff-rules.ts'
import type { StaffLine } from './staff-store.ts'
import { toldLines } from './suppression.ts'
import type { Answer } from './types.ts'
import { type Value, valueQuestion } from './value-words.ts'

/** How sure one can be, graded by the evidence and by nothing else. */
export type Sureness = 'Sure' | 'Fairly sure' | 'Cannot tell yet' | 'Not measured'

export type Question = {
  readonly question: string
  readonly answer: string
  readonly evidence: readonly string[]
  readonly sure: Sureness
  readonly next: string
}

type Answered = Extract<Answer, { kind: 'answered' }>

/** What is known beside one night's result: what people and staff said, and the lot where there was one. */
type Beside = {
  readonly value?: Value
  readonly lot?: LotAnswer
  readonly staff?: readonly StaffLine[]
}

/** The six questions of the commissioner’s page, answered from one night’s result. */
export function questionsOf(
  answer: Answer,
  service: Service | undefined,
  { value, lot, staff = [] }: Beside = {},
): readonly Question[] {
  const matched = helped(answer)
  return [
    reached(service?.reach ?? []),
    // A lot is the stronger evidence: it is told first, and matching second.
    lot?.ratio ? { ...matched, evidence: [...lotEvidence(lot), ...matched.evidence] } : matched,
    valueQuestion(value),
    costQuestion(answer, service),
    designQuestion(service),
    staffQuestion(staff),
  ]
}

const lotEvidence = (lot: LotAnswer) => {
  const { heading, lines } = lotSaid(lot)
  return [heading, ...lines.slice(1, 2)]
}

function reached(reach: readonly ReachLine[]): Question {
  const question = 'Who was reached?'
  const all = toldLines(reach).find(({ of }) => of === 'Everybody')
  if (!all || all.joined === 0)
    return {
      question,
      answer: 'Nobody yet',
      evidence: ['Nobody known to the linked records has joined.'],
      sure: 'Sure',
      next: 'Look again when people have joined',
    }
  if (!all.isTold)
    return {
      question,
      answer: peopleWords(Math.min(all.joined, fewest - 1)),
      evidence: ['Too few to say who they were.'],
      sure: 'Sure',
      next: 'Look again when more have joined',
    }
  const missed = missedGroups(reach)
  return {
    question,
    answer: `${peopleWords(all.joined)}, ${oneIn(all.inNeed / all.joined)} of those it could have been for`,
    evidence: [
      `${number(all.inNeed)} had 2 or more emergency admissions in a year, or joined.`,
      missed.length > 0
        ? `Missed: ${missed.map(missedWords).join('; ')}.`
        : 'No group that can be told was reached much less often than the rest.',
    ],
    sure: 'Sure',
    next: missed.length > 0 ? 'Ask why, and how they would want to be offered it' : 'Look again in 6 months',
  }
}

const oneIn = (ratio: number) => {
  if (ratio < 1.05) return 'nearly all'
  return ratio < 4 ? `${Math.round(100 / ratio)} in 100` : `1 in ${number(ratio)}`
}
const missedWords = ({ group, inNeed, joined }: ReachLine) =>
  `${group.toLowerCase()} (${joined === 0 ? 'none' : oneIn(inNeed / joined)} reached)`

/**
 * Groups reached at least a fifth less often than everybody, further than chance explains (two standard errors of
 * a share). A group that may not be told is not named.
 */
function missedGroups(reach: readonly ReachLine[]): readonly ReachLine[] {
  const told = toldLines(reach).filter(({ isTold }) => isTold)
  const all = told.find(({ of }) => of === 'Everybody')
  if (!all) return []
  const share = all.joined / all.inNeed
  return told.filter(({ of, inNeed, joined }) => {
    if (of === 'Everybody') return false
    const error = Math.sqrt((share * (1 - share)) / Math.max(inNeed, 1))
    return joined / inNeed < 0.8 * share && share - joined / inNeed > 2 * error
  })
}

function helped(answer: Answer): Question {
  const question = 'Did it help?'
  if (answer.kind === 'answered') return answeredQuestion(question, answer)
  const { heading, lines } = verdictSaid(answer)
  return {
    question,
    answer: heading,
    evidence: lines.slice(0, 2),
    sure: answer.kind === 'not ready' ? 'Not measured' : 'Cannot tell yet',
    next:
      lines.length > 2 ? (lines.at(-1) ?? '') : 'Wait until there are enough, and report learning meanwhile',
  }
}

function answeredQuestion(question: string, answer: Answered): Question {
  const { ratio, regression, verdict, neededToSee, helped: own } = answer
  const { many, Many } = thingOf(answer)
  const words = {
    fewer: `Fewer ${many} than matched people`,
    'cannot tell': `${Many}: no clear difference`,
    more: `More ${many} than matched people`,
  }
  const moved = (change: number) => `${change <= 0 ? 'fell' : 'rose'} ${percent(change)}`
  const isOpen = verdict === 'cannot tell'
  return {
    question,
    answer: words[verdict],
    evidence: [
      `Ratio ${rate(ratio.value)} (${rate(ratio.low)} to ${rate(ratio.high)}).`,
      `Their own rate ${moved(regression.ownChangePercent)}; people like them who did not join ${moved(regression.controlChangePercent)}.`,
    ],
    sure: isOpen ? 'Cannot tell yet' : 'Fairly sure',
    next:
      isOpen && neededToSee !== null && neededToSee > own.people
        ? `To settle a difference of this size takes about ${roughly(neededToSee)} people in all. Pool with others, or accept not knowing`
        : 'Look every year whether it lasts',
  }
}

/** Three short sentences: value, effect, money. */
export function threeSentences(questions: readonly Question[], answer: Pick<Answer, 'asked'> = {}): string {
  const { many } = thingOf(answer)
  const [, effect, value, cost] = questions
  const effectWords: Readonly<Record<Sureness, string>> = {
    'Fairly sure': `${effect?.answer}.`,
    Sure: `${effect?.answer}.`,
    'Cannot tell yet':
      many === 'emergency admissions'
        ? 'Whether it keeps people out of hospital, we cannot tell yet.'
        : `Whether it changes ${many}, we cannot tell yet.`,
    'Not measured':
      many === 'emergency admissions'
        ? 'Nothing can be said of hospital admissions yet.'
        : `Nothing can be said of ${many} yet.`,
  }
  const costWords: Readonly<Record<Sureness, string>> = {
    Sure: 'Its own cost is known, what it changes elsewhere is not.',
    'Fairly sure': 'What it changes in the cost of other care is known within an interval.',
    'Cannot tell yet': 'That it pays for itself is not shown.',
    'Not measured': 'What it costs is not known.',
  }
  const valueWords =
    value?.sure === 'Not measured' ? 'Nobody has asked people what they think of it.' : `${value?.answer}.`
  return `${valueWords} ${effectWords[effect?.sure ?? 'Not measured']} ${costWords[cost?.sure ?? 'Not measured']}`
}

/** At most three choices, each a real one with its price. */
export function decisionsOf(answer: Answer, questions: readonly Question[]): readonly string[] {
  const needed =
    answer.kind === 'answered' && answer.verdict === 'cannot tell'
      ? answer.neededToSee
      : answer.kind === 'not powered'
        ? answer.neededFor20Percent
        : null
  const [who, , value] = questions
  return [
    ...(needed !== null
      ? [
          `Go on until about ${roughly(needed)} people have been helped, alone or with neighbours, or stop asking whether it changes ${thingOf(answer).many}`,
        ]
      : []),
    ...(answer.kind === 'withheld'
      ? ['Let a lot decide who joins first, or accept that its effect stays unknown']
      : []),
    ...(value?.sure === 'Not measured'
      ? ['Pay for the time to ask people, or decide without knowing what they think']
      : []),
    ...(who?.evidence.some((line) => line.startsWith('Missed'))
      ? ['Change how it is offered to those it misses, or say that it is not for them']
      : []),
  ].slice(0, 3)
}
