import { actorOf, newId, notForYou, type Outcome, type Permit, require, type Visit } from '#access'
import { episodesOf } from '#people'
import type {
  AnswerCounts,
  AskedOfDue,
  BestAnswers,
  Months,
  QualityYears,
  ScaleOutcome,
} from './group-types.ts'
import { bestExperience, instruments } from './instruments.data.ts'
import { instrumentToAsk } from './library.ts'
import { countAnswers, readAsked, readBestAnswers, readOutcomes, readQualityYears } from './outcome-store.ts'
import { libraryIn } from './pack-store.ts'
import { completed, isAlert, isSameAgain, mayStillAsk, problemsWithMeasure } from './rules.ts'
import { scoresOf } from './scoring.ts'
import { scoringOf, scorings } from './scorings.ts'
import { weeksOf } from './standing.ts'
import { insertMeasure, measureOf, schedulesHere, strikeMeasure } from './store.ts'
import type { Instrument, Measure, NewMeasure } from './types.ts'

/** What was kept: its id, whether somebody must act on it today, and whether it was there before. */
type Kept = { readonly assessmentId: string; readonly isAlert: boolean; readonly wasKept: boolean }

/**
 * Writes down what was answered to one instrument in an episode of the permitted person, with its scores.
 *
 * An answer that somebody must act on leaves a note of its own in the same transaction. The same form sent twice is one
 * set of answers; the same form sent again with other answers is a problem, because the first was kept.
 *
 * @throws Refused when there is no such instrument, or no licence for its words, or the person has no such episode that may still be asked about.
 */
export async function recordMeasure(
  visit: Visit,
  permit: Permit<'whole'>,
  measure: NewMeasure,
): Promise<Outcome<Kept>> {
  const instrument = instrumentToAsk(await libraryIn(visit.db, visit.today), measure.instrument)
  const episode = (await episodesOf(visit.db, permit)).find(({ id }) => id === measure.episodeId)
  if (!instrument || !episode || !mayStillAsk(episode, visit.today)) throw notForYou()
  const problems = problemsWithMeasure(measure, instrument, episode, visit.today)
  if (problems.length > 0) return { ok: false, problems }
  const id = measure.id ?? newId()
  const answers = completed(instrument, measure.answers)
  const by = actorOf(visit, measure.recordedById)
  const isNew = await insertMeasure(visit.db, permit, {
    ...measure,
    id,
    version: instrument.version,
    packId: instrument.pack?.id,
    answers,
    scores: scoresOf(instrument, answers),
    by,
    at: visit.now,
  })
  if (!isNew) return asBefore(await measureOf(visit.db, permit, id), measure, instrument)
  await noteMeasure(visit, permit, { ...measure, id }, instrument)
  return { ok: true, value: { assessmentId: id, isAlert: isAlert(instrument, answers), wasKept: false } }
}

function asBefore(kept: Measure | undefined, sent: NewMeasure, instrument: Instrument): Outcome<Kept> {
  if (!kept) throw notForYou()
  if (isSameAgain(kept, sent)) {
    const isUrgent = isAlert(instrument, kept.answers)
    return { ok: true, value: { assessmentId: kept.id, isAlert: isUrgent, wasKept: true } }
  }
  const message = 'Other answers are saved already from this form. Strike them, or save these as another set'
  return { ok: false, problems: [{ field: 'who', message }] }
}

async function noteMeasure(
  visit: Visit,
  permit: Permit<'whole'>,
  measure: NewMeasure & { readonly id: string },
  instrument: Instrument,
): Promise<void> {
  const facts = { assessmentId: measure.id, instrument: instrument.name }
  const about = { person: permit.person, about: `assessment ${measure.id}` }
  await visit.note({ what: 'measure answered', ...about, facts })
  if (!instrument.alert || !isAlert(instrument, measure.answers)) return
  const { episodeId } = measure
  await visit.note({
    what: 'safety answer given',
    ...about,
    facts: { ...facts, episodeId, question: instrument.alert.item },
  })
}

/**
 * Strikes answers that are wrong. They stay to be read, struck through, and count no more; a task they raised stays.
 *
 * @throws Refused when the permitted person has no such answers, or they were struck before.
 */
export async function strikeAnswers(
  visit: Visit,
  permit: Permit<'whole'>,
  assessmentId: string,
  reason: string,
): Promise<Outcome> {
  if (!reason.trim())
    return { ok: false, problems: [{ field: 'reason', message: 'Enter what is wrong with them' }] }
  const measure = await measureOf(visit.db, permit, assessmentId)
  const strike = { id: assessmentId, reason: reason.trim(), by: actorOf(visit), at: visit.now }
  if (!measure || !(await strikeMeasure(visit.db, permit, strike))) throw notForYou()
  const instrument = scoringOf(measure.instrument)?.name ?? measure.instrument
  await visit.note({
    what: 'measure struck',
    person: permit.person,
    about: `assessment ${assessmentId}`,
    facts: { assessmentId, instrument },
  })
  return { ok: true, value: undefined }
}

/**
 * What a programme's people answered, scale by scale, beside what they first answered: groups only.
 *
 * Whoever objects to evaluation is not in it. A count under 8 is never there, nor one that would give it away by
 * subtraction. Days are taken to the start of their month, so that two periods cannot be a day apart.
 *
 * @throws Refused when the role does not see evaluation.
 */
export async function outcomesOf(visit: Visit, months: Months): Promise<readonly ScaleOutcome[]> {
  require(visit, 'see evaluation')
  const scales = scorings.flatMap(({ key, scales }) =>
    scales.map((scale) => ({
      instrument: key,
      scale: scale.key,
      better: scale.higherIs === 'better' ? (1 as const) : (-1 as const),
      reliable: scale.reliableChange ?? null,
    })),
  )
  return readOutcomes(visit.db, months, scales)
}

/**
 * The first years of a programme's people in quality-adjusted life years: the area under an index somebody else worked out,
 * by one named value set, 0 from death. Only years that ended in those months, and groups of 8 or more; whoever objects to
 * evaluation is in none. It is no gain: nobody else was asked.
 *
 * @throws Refused when the role does not see evaluation.
 * @source design evaluation 2.10 and 6; area under the curve as in NICE PMG36.
 */
export async function qualityYearsOf(visit: Visit, months: Months): Promise<readonly QualityYears[]> {
  require(visit, 'see evaluation')
  return readQualityYears(visit.db, months)
}

/** Of one question of the experience of care, in words: how many called it excellent or very good. */
export type Experienced = BestAnswers & { readonly words: string }

/**
 * What people say of their care, question by question: how many called it excellent or very good, of how many. Never added
 * up to one figure. The same people are left out and the same counts withheld as in `outcomesOf`.
 *
 * @throws Refused when the role does not see evaluation.
 * @source requirements R-280.
 */
export async function experienceOf(visit: Visit, months: Months): Promise<readonly Experienced[]> {
  require(visit, 'see evaluation')
  const questions = instruments.find(({ key }) => key === 'experience')?.items ?? []
  const found = await readBestAnswers(visit.db, months, 'experience', bestExperience)
  return found
    .flatMap((one) => {
      const question = questions.find(({ key }) => key === one.item)
      return question ? [{ ...one, words: question.words }] : []
    })
    .toSorted((a, b) => Number(a.item) - Number(b.item))
}

/**
 * Of whom each measure was due at each moment, how many answered then: what everything else they say rests on.
 *
 * Only weeks that are over, whoever lived and was with us through them, and groups of 8 or more; in the order of the
 * programme's schedule as it is now. What needs a licence that the site has not is not due.
 *
 * @throws Refused when the role does not see evaluation.
 */
export async function askedOf(visit: Visit, months: Months): Promise<readonly AskedOfDue[]> {
  require(visit, 'see evaluation')
  const schedules = await schedulesHere(visit.db, await libraryIn(visit.db, visit.today))
  const weeks = weeksOf(schedules.get(months.programmeId) ?? [])
  const found = await readAsked(visit.db, months, weeks)
  const place = ({ instrument, moment }: Pick<AskedOfDue, 'instrument' | 'moment'>) =>
    weeks.findIndex((one) => one.instrument === instrument && one.moment === moment)
  return found.toSorted((a, b) => place(a) - place(b))
}

/**
 * How a programme's people answered one question, newest answer of each: the Friends and Family Test as counts.
 *
 * The same people are left out and the same counts withheld as in `outcomesOf`.
 *
 * @throws Refused when the role does not see evaluation. RangeError when there is no such question: ours.
 */
export async function answerCountsOf(
  visit: Visit,
  months: Months,
  instrumentKey: string,
  item: string,
): Promise<readonly AnswerCounts[]> {
  require(visit, 'see evaluation')
  const question = scoringOf(instrumentKey)?.items.find(({ key }) => key === item)
  if (!question) throw new RangeError(`no question ${item} of ${instrumentKey}`)
  return countAnswers(visit.db, months, instrumentKey, item, question.values)
}
