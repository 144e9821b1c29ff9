import type { AnswerCounts, ScaleOutcome } from '#assessment'
import { friendsAndFamily, scoringOf } from '#assessment'
import type { Question } from './one-page-words.ts'
import { number } from './sentences.ts'

/** What people answered to measures, as groups: counts under 8 are already left out. */
export type Value = {
  readonly scales: readonly ScaleOutcome[]
  readonly friends: readonly AnswerCounts[]
}

const question = 'Did it matter to people?'

/**
 * What people said. A change of a score is never told alone: those who start low come up by themselves.
 *
 * @source evaluation design 2.7 (c).
 */
export function valueQuestion(value: Value | undefined): Question {
  const own = (value?.scales ?? []).filter(({ isOwn, people }) => isOwn && people !== undefined)
  const friends = (value?.friends ?? []).find(({ isOwn, people }) => isOwn && people !== undefined)
  const shares = friends && sharesOf(friends)
  if (own.length === 0 && !friends)
    return {
      question,
      answer: 'Nobody has asked people yet',
      evidence: ['No experience, quality of life or carer measure is recorded for enough people.'],
      sure: 'Not measured',
      next: 'Choose one short measure, and ask at the start and after 6 months',
    }
  return {
    question,
    answer: shares
      ? `${Math.round(shares.positivePercent)} of 100 call it good or very good`
      : `People were asked; ${own.length > 0 ? 'their scores are below' : 'too few chose each answer to tell'}`,
    evidence: [
      ...(shares ? [`${number(shares.people)} answered the Friends and Family Test.`] : []),
      ...twiceAsked(own),
    ],
    sure: shares ? 'Sure' : 'Cannot tell yet',
    next: 'Ask those who did not answer, by phone',
  }
}

function sharesOf({ counts }: AnswerCounts) {
  const six = [1, 2, 3, 4, 5, 6].map((answer) => counts[answer])
  return six.every((count) => count !== undefined)
    ? friendsAndFamily(six.map((count) => count ?? 0))
    : undefined
}

function twiceAsked(own: readonly ScaleOutcome[]): readonly string[] {
  const twice = own
    .flatMap(({ instrument, pairs, meanFirst, meanLast }) =>
      pairs !== undefined && meanFirst !== undefined && meanLast !== undefined
        ? [{ instrument, pairs, meanFirst, meanLast }]
        : [],
    )
    .sort((a, b) => b.pairs - a.pairs)
    .slice(0, 2)
  const lines = twice.map(
    ({ instrument, pairs, meanFirst, meanLast }) =>
      `${scoringOf(instrument)?.name ?? instrument}: ${meanFirst.toFixed(1)}, then ${meanLast.toFixed(1)}, in ${number(pairs)} people asked twice.`,
  )
  return lines.length === 0
    ? []
    : [...lines, 'Nobody was compared: people who start low or high come back by themselves.']
}
