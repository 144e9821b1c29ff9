import { actorOf, newId, notForYou, type Outcome, type Permit, type Visit } from '#access'
import { episodesOf } from '#people'
import { importedOf, problemsWithResult, resultScores, resultVersion } from './result-rules.ts'
import { mayStillAsk } from './rules.ts'
import { insertMeasure, measureOf } from './store.ts'
import type { Measure, NewResult } from './types.ts'

/** What was kept: its id, and whether it was there before. */
type Kept = { readonly assessmentId: string; readonly wasKept: boolean }

/**
 * Writes down what came of a form used elsewhere under its own licence: the profile and the index as they came, with
 * the name of the value set. Nothing is worked out. It counts in trends and outcomes as answers do.
 *
 * The same form sent twice is one result; sent again saying something else it is a problem, because the first was kept.
 *
 * @throws Refused when it is no such instrument, or the person has no such episode that may still be asked about.
 */
export async function recordResult(
  visit: Visit,
  permit: Permit<'whole'>,
  sent: NewResult,
): Promise<Outcome<Kept>> {
  const instrument = importedOf(sent.instrument)
  const episode = (await episodesOf(visit.db, permit)).find(({ id }) => id === sent.episodeId)
  if (!instrument || !episode || !mayStillAsk(episode, visit.today)) throw notForYou()
  const problems = problemsWithResult(sent, instrument, episode, visit.today)
  if (problems.length > 0) return { ok: false, problems }
  const id = sent.id ?? newId()
  const valueSet = sent.index === undefined ? undefined : sent.valueSet
  const isNew = await insertMeasure(visit.db, permit, {
    ...sent,
    id,
    version: resultVersion(instrument, valueSet),
    answers: {},
    scores: resultScores(sent),
    result: {
      profile: sent.profile,
      valueSet,
      formVersion: sent.formVersion.trim(),
      obtainedFrom: sent.obtainedFrom.trim(),
    },
    by: actorOf(visit),
    at: visit.now,
  })
  if (!isNew) return asBefore(await measureOf(visit.db, permit, id), sent)
  const facts = { assessmentId: id, instrument: instrument.name }
  await visit.note({ what: 'measure answered', person: permit.person, about: `assessment ${id}`, facts })
  return { ok: true, value: { assessmentId: id, wasKept: false } }
}

function asBefore(kept: Measure | undefined, sent: NewResult): Outcome<Kept> {
  if (!kept?.result) throw notForYou()
  const scoreOn = (scale: string) => kept.scores.find((score) => score.scale === scale)?.value
  const isSame =
    kept.instrument === sent.instrument &&
    kept.result.profile === sent.profile &&
    kept.answeredOn === sent.answeredOn &&
    kept.answeredBy === sent.answeredBy &&
    scoreOn('index') === sent.index &&
    scoreOn('vas') === sent.vas
  if (isSame) return { ok: true, value: { assessmentId: kept.id, wasKept: true } }
  const message =
    'This result is written down already, saying something else. Strike it, or save this as another'
  return { ok: false, problems: [{ field: 'profile', message }] }
}
