import { dateWords, daysBetween, type LondonDate } from '#calendar'
import type { Change } from './change.ts'
import { bandOf } from './scoring.ts'
import type { AnsweredBy, Instrument, Measure, Moment, Scale, Score, Standing } from './types.ts'

/** The same words with a capital, where they stand alone. */
export const sentence = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}`

/** An answer as somebody chose it, or why there is none. */
export function answerWords(instrument: Instrument, { answers }: Measure, item: string): string {
  const answer = answers[item] ?? 'not asked'
  if (typeof answer !== 'number') return sentence(answer)
  const choices = instrument.items.find(({ key }) => key === item)?.choices
  return choices?.find(({ value }) => value === answer)?.words ?? String(answer)
}

/** Who answered, as a page says it of somebody. */
export const answererWords = (by: AnsweredBy, called: string): string =>
  ({
    'the person': called,
    'a carer, for them': `a carer, for ${called}`,
    'a carer, about themselves': 'a carer, about themselves',
    staff: 'staff, from what they saw',
  })[by]

const momentNames: Readonly<Record<Moment, string>> = {
  baseline: 'at the start',
  '3 months': 'at 3 months',
  '6 months': 'at 6 months',
  '12 months': 'at 12 months',
  closing: 'at closing',
}

/** When a measure is asked, in a sentence: "at 3 months". */
export const momentWords = (moment: Moment): string => momentNames[moment]

/** A score in words: "14 of 27, moderate", or why there is none. Never a bare number, never 0 for a missing one. */
export function scoreWords(scale: Scale, score: Score | undefined): string {
  if (score?.value === undefined) {
    const made = score?.prorated === undefined ? '' : `. In proportion to the others: ${score.prorated}`
    return `No score: ${score?.whyNone ?? 'not worked out'}${made}`
  }
  const band = bandOf(scale, score.value)
  const of = `${score.value} of ${scale.highest}`
  return band ? `${of}, ${band}` : of
}

const numberWords = (value: number) => String(Math.round(Math.abs(value) * 1000) / 1000)

/** How a scale moved since it was first asked, and whether that is more than asking twice gives by itself. */
export function changeWords(scale: Scale, change: Change | undefined): string {
  if (!change) return 'Nothing to compare with yet'
  const { firstValue, lastValue, first, direction, isReliable } = change
  const since = `since ${dateWords(first.answeredOn)}`
  if (direction === 'same') return `The same as on ${dateWords(first.answeredOn)}`
  const moved = `${numberWords(lastValue - firstValue)} ${lastValue > firstValue ? 'up' : 'down'} ${since}, ${direction}`
  if (isReliable === undefined) return moved
  return isReliable
    ? `${moved}, a reliable change (${scale.reliableChange} or more)`
    : `${moved}, within what asking twice can give (under ${scale.reliableChange})`
}

/** Said wherever a change for the better is shown: part of it would have come anyway. */
export const regressionWords =
  'People are often first asked when things are at their worst, so scores tend to come back towards the usual without any help. One person’s change is not proof that the service did it.'

/** When something is to be asked: "Overdue 3 days", "Due 1 April 2026". */
export function dueWords(standing: Pick<Standing, 'dueOn' | 'state'>, today: LondonDate): string {
  if (standing.state !== 'overdue') return `Due ${dateWords(standing.dueOn)}`
  const days = daysBetween(standing.dueOn, today)
  return `Overdue ${days} ${days === 1 ? 'day' : 'days'}`
}

/** What may be compared with what: one instrument, one version, not struck, oldest first. */
export const comparable = (measures: readonly Measure[], instrument: string): readonly Measure[] =>
  measures.filter((measure) => measure.instrument === instrument && !measure.struckReason)
