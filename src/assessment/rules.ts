import type { Problem } from '#access'
import { addDays, dateWords, type LondonDate } from '#calendar'
import { outOfRange } from './scoring.ts'
import type { Answers, AskedEpisode, Instrument, Measure, NewMeasure } from './types.ts'

/** The name of a question's field in its form. */
export const fieldOf = (item: string): string => `answer-${item}`

const mostCharacters = 2000

/** What to put right before a set of answers is kept. Questions left out are kept as not asked. */
export function problemsWithMeasure(
  measure: NewMeasure,
  instrument: Instrument,
  episode: AskedEpisode,
  today: LondonDate,
): readonly Problem[] {
  return [
    ...problemsWithWho(measure, instrument),
    ...problemsWithDay(measure.answeredOn, episode, today),
    ...problemsWithLicence(measure.answeredOn, instrument),
    ...outOfRange(instrument, measure.answers).map((item) => ({
      field: fieldOf(item),
      message: 'Select one of the answers',
    })),
    ...problemsWithNothing(measure.answers, instrument),
    ...((measure.words?.length ?? 0) > mostCharacters
      ? [{ field: 'words', message: 'Shorten this to 2,000 characters or fewer' }]
      : []),
  ]
}

function problemsWithWho({ answeredBy }: NewMeasure, instrument: Instrument): readonly Problem[] {
  if (instrument.answeredBy.includes(answeredBy)) return []
  const message =
    answeredBy === 'a carer, about themselves'
      ? 'Record this in the carer’s own record: it is about the carer'
      : 'Ask the person themselves: nobody else can answer these questions'
  return [{ field: 'who', message }]
}

/** What is wrong with the day: in the future, or before the episode. */
export function problemsWithDay(
  on: LondonDate,
  episode: AskedEpisode,
  today: LondonDate,
): readonly Problem[] {
  if (on > today) return [{ field: 'on', message: 'Enter the day it was answered, today or earlier' }]
  if (on < episode.openedOn)
    return [{ field: 'on', message: 'Enter a day on or after the day the episode opened' }]
  return []
}

function problemsWithLicence(on: LondonDate, { pack }: Instrument): readonly Problem[] {
  return pack && on < pack.licensedFrom
    ? [
        {
          field: 'on',
          message: `Enter a day from ${dateWords(pack.licensedFrom)} on, when the licence began`,
        },
      ]
    : []
}

/** The days after an episode closed in which it may still be asked about: those the team may still read it. */
export const closedDays = 28

/** Whether an episode may be asked about: open, or closed within 28 days. */
export const mayStillAsk = ({ closedOn }: AskedEpisode, today: LondonDate): boolean =>
  !closedOn || addDays(closedOn, closedDays) >= today

function problemsWithNothing(answers: Answers, instrument: Instrument): readonly Problem[] {
  const [first] = instrument.items
  return Object.values(answers).some((answer) => answer !== 'not asked') || !first
    ? []
    : [
        {
          field: fieldOf(first.key),
          message: 'Select at least one answer, or press “They do not want to answer the rest”',
        },
      ]
}

/**
 * Whether somebody must act on an answer the same day, whatever the total, and whoever gave it.
 *
 * @source PHQ-9 question 9 above 0: clinical-content 2.3, hazard HZ28.
 */
export function isAlert(instrument: Pick<Instrument, 'alert'>, answers: Answers): boolean {
  if (!instrument.alert) return false
  const answer = answers[instrument.alert.item]
  return typeof answer === 'number' && answer >= instrument.alert.from
}

/** Whether an answer asks for a review, whatever the total. */
export const asksReview = ({ review }: Pick<Instrument, 'review'>, answers: Answers): boolean =>
  review?.items.some((item) => {
    const answer = answers[item]
    return typeof answer === 'number' && answer >= review.from
  }) ?? false

/** Every question of an instrument with its answer; one left out was not asked. */
export const completed = (instrument: Instrument, answers: Answers): Answers => ({
  ...Object.fromEntries(instrument.items.map(({ key }) => [key, 'not asked' as const])),
  ...answers,
})

/** Whether a form sent again says the same as what was kept. */
export function isSameAgain(kept: Measure, sent: NewMeasure): boolean {
  const keys = new Set([...Object.keys(kept.answers), ...Object.keys(sent.answers)])
  return (
    kept.instrument === sent.instrument &&
    kept.answeredBy === sent.answeredBy &&
    kept.answeredVia === sent.answeredVia &&
    kept.answeredOn === sent.answeredOn &&
    (kept.words ?? '') === (sent.words?.trim() ?? '') &&
    [...keys].every((key) => (kept.answers[key] ?? 'not asked') === (sent.answers[key] ?? 'not asked'))
  )
}
