import type { Answers, Scale, Score, Scoring } from './types.ts'

/** Raised when the arithmetic changes, and stored with each score, so that an old one can be worked out again. */
export const scoringVersion = 1

/**
 * Every score of a set of answers: a pure function of the instrument's scoring, its version and the answers.
 *
 * A question without an answer is never 0: its scale has no value and says why. Where the instrument allows it, a total
 * made up in proportion to the answers there are stands beside it, rounded to a whole number.
 *
 * @throws RangeError when an answer is none of the item's values, or belongs to no item: it was not checked, so ours.
 * @source Adding, ranges and conversion are the instrument's own, in its data. The rule for a missing answer: design
 *   clinical-content, "three rules that follow".
 */
export function scoresOf(scoring: Scoring, answers: Answers): readonly Score[] {
  const wrong = outOfRange(scoring, answers)
  if (wrong.length > 0) {
    throw new RangeError(`${scoring.key} takes no such answer to ${wrong.join(', ')}`)
  }
  return scoring.scales.map((scale) => scoreOf(scale, answers))
}

/** The items whose answer is none the instrument has, and answers to items it does not have. */
export function outOfRange(scoring: Scoring, answers: Answers): readonly string[] {
  const items = new Map(scoring.items.map(({ key, values }) => [key, values]))
  return Object.entries(answers)
    .filter(([key, answer]) =>
      typeof answer === 'number' ? !items.get(key)?.includes(answer) : !items.has(key),
    )
    .map(([key]) => key)
}

function scoreOf(scale: Scale, answers: Answers): Score {
  const given = scale.items.flatMap((key) => {
    const answer = answers[key]
    return typeof answer === 'number' ? [answer] : []
  })
  const sum = given.reduce((total, value) => total + value, 0)
  const missing = scale.items.length - given.length
  const kept = { scale: scale.key, scoringVersion }
  if (missing > 0) {
    const prorated =
      given.length > 0 && missing <= (scale.prorateUpTo ?? 0)
        ? Math.round((sum * scale.items.length) / given.length)
        : undefined
    return { ...kept, whyNone: missingWords(missing, scale.items.length), prorated }
  }
  if (!scale.convert) return { ...kept, value: sum }
  const value = scale.convert[sum]
  if (value === undefined) throw new RangeError(`${scale.key} has no conversion of ${sum}`)
  return { ...kept, value }
}

const missingWords = (missing: number, of: number): string =>
  of === 1 ? 'not answered' : `${missing} of ${of} questions not answered`

/** The band a value falls in, in the instrument's words; undefined for a scale without bands. */
export const bandOf = (scale: Scale, value: number): string | undefined =>
  scale.bands?.findLast(({ from }) => value >= from)?.words

/** Whether a value is one a service counts as a case; undefined for a scale without such a line. */
export const isCase = (scale: Scale, value: number): boolean | undefined =>
  scale.caseFrom === undefined ? undefined : value >= scale.caseFrom

/**
 * The Friends and Family Test as its guidance reports it.
 *
 * @param counts how many chose each answer, from "Very good" to "Don’t know", six numbers.
 * @returns shares of everybody who answered, "Don’t know" among them, in percent. There is no mean. Of nobody: undefined.
 * @source NHS England, Friends and Family Test guidance: positive is very good and good, negative is poor and very poor.
 */
export function friendsAndFamily(
  counts: readonly number[],
):
  | { readonly people: number; readonly positivePercent: number; readonly negativePercent: number }
  | undefined {
  const [veryGood = 0, good = 0, , poor = 0, veryPoor = 0] = counts
  const people = counts.reduce((total, count) => total + count, 0)
  if (people === 0) return undefined
  return {
    people,
    positivePercent: (100 * (veryGood + good)) / people,
    negativePercent: (100 * (poor + veryPoor)) / people,
  }
}
