import type { Permit } from '#access'
import { type Db, many, one, run, sql, withoutNulls } from '#database'
import { type Library, schedulable } from './library.ts'
import { schedules } from './schedules.data.ts'
import type { Answers, Measure, NewMeasure, Result, Schedule, Score } from './types.ts'

const measureColumns = sql`
  a.id, a.episode_id as "episodeId", a.instrument, a.version, a.answered_by as "answeredBy",
  a.answered_via as "answeredVia", a.answered_on as "answeredOn", a.words, r.name as "recordedByName",
  a.recorded_at as "recordedAt", k.name as "struckByName", a.struck_reason as "struckReason",
  a.pack_id as "packId",
  case when a.profile is not null then jsonb_strip_nulls(jsonb_build_object('profile', a.profile, 'valueSet', a.value_set,
    'formVersion', a.form_version, 'obtainedFrom', a.obtained_from)) end as result,
  coalesce((select jsonb_object_agg(w.item, coalesce(to_jsonb(w.value), to_jsonb(w.why_none))) from assessment.answer w
     where w.assessment_id = a.id and w.person_id = a.person_id), '{}') as answers,
  coalesce((select jsonb_agg(jsonb_strip_nulls(jsonb_build_object('scale', s.scale, 'value', s.value,
      'whyNone', s.why_none, 'prorated', s.prorated, 'scoringVersion', s.scoring_version)) order by s.scale)
     from assessment.score s where s.assessment_id = a.id and s.person_id = a.person_id), '[]') as scores`
const measureTables = sql`assessment.assessment a
  join organisations.staff r on r.id = a.recorded_by left join organisations.staff k on k.id = a.struck_by`

/** Everything the permitted person was asked, oldest first, struck ones among them. */
export async function measuresOf(db: Db, permit: Permit<'whole'>): Promise<readonly Measure[]> {
  const rows = await many(
    db,
    sql`select ${measureColumns} from ${measureTables} where a.person_id = ${permit.person}
        order by a.answered_on, a.recorded_at, a.id`,
  )
  return rows.map((row) => withoutNulls<Measure>(row))
}

/** One set of answers of the permitted person. */
export async function measureOf(db: Db, permit: Permit<'whole'>, id: string): Promise<Measure | undefined> {
  const row = await one(
    db,
    sql`select ${measureColumns} from ${measureTables}
        where a.person_id = ${permit.person} and a.id::text = ${id}`,
  )
  return row && withoutNulls<Measure>(row)
}

type Kept = Pick<
  NewMeasure,
  'instrument' | 'episodeId' | 'answeredBy' | 'answeredVia' | 'answeredOn' | 'words'
> & {
  readonly packId?: string
  readonly result?: Result
  readonly id: string
  readonly version: string
  readonly answers: Answers
  readonly scores: readonly Score[]
  readonly by: string
  readonly at: Date
}

/** Writes a set of answers and its scores down. @returns false when its id is known already; then nothing was written. */
export async function insertMeasure(db: Db, permit: Permit<'whole'>, measure: Kept): Promise<boolean> {
  const { result } = measure
  const touched = await run(
    db,
    sql`insert into assessment.assessment (id, person_id, episode_id, instrument, version, answered_by, answered_via,
          answered_on, words, pack_id, profile, value_set, form_version, obtained_from, recorded_by, recorded_at)
        values (${measure.id}, ${permit.person}, ${measure.episodeId}, ${measure.instrument}, ${measure.version},
          ${measure.answeredBy}, ${measure.answeredVia}, ${measure.answeredOn}, ${measure.words?.trim() || null},
          ${measure.packId ?? null}, ${result?.profile ?? null}, ${result?.valueSet ?? null}, ${result?.formVersion ?? null},
          ${result?.obtainedFrom ?? null}, ${measure.by}, ${measure.at})
        on conflict (id) do nothing`,
  )
  if (touched === 0) return false
  const answers = Object.entries(measure.answers)
  const values = answers.map(([, answer]) => (typeof answer === 'number' ? answer : null))
  const whyNone = answers.map(([, answer]) => (typeof answer === 'number' ? null : answer))
  await run(
    db,
    sql`insert into assessment.answer (assessment_id, person_id, item, value, why_none)
        select ${measure.id}, ${permit.person}, w.item, w.value, w.why_none
        from unnest(${answers.map(([item]) => item)}::text[], ${values}::integer[], ${whyNone}::text[])
          w (item, value, why_none)`,
  )
  for (const score of measure.scores) {
    await run(
      db,
      sql`insert into assessment.score (assessment_id, person_id, scale, value, why_none, prorated, scoring_version)
          values (${measure.id}, ${permit.person}, ${score.scale}, ${score.value ?? null}, ${score.whyNone ?? null},
            ${score.prorated ?? null}, ${score.scoringVersion})`,
    )
  }
  return true
}

/** Strikes a set of answers: it stays to be read and counts no more. @returns false when there is none that stands. */
export async function strikeMeasure(
  db: Db,
  permit: Permit<'whole'>,
  strike: { readonly id: string; readonly reason: string; readonly by: string; readonly at: Date },
): Promise<boolean> {
  const touched = await run(
    db,
    sql`update assessment.assessment set struck_at = ${strike.at}, struck_by = ${strike.by},
          struck_reason = ${strike.reason}
        where id::text = ${strike.id} and person_id = ${permit.person} and struck_at is null`,
  )
  return touched === 1
}

/** What each programme can ask here: what needs a licence that the site has not is left out, and so never due. */
export async function schedulesHere(db: Db, library: Library): Promise<ReadonlyMap<string, Schedule>> {
  const all = await schedulesOf(db)
  return new Map([...all].map(([programmeId, schedule]) => [programmeId, schedulable(schedule, library)]))
}

/** What each programme asks and when, by the programme's id: its newest template's own part, or what ships. */
export async function schedulesOf(db: Db): Promise<ReadonlyMap<string, Schedule>> {
  const rows = await many<{
    programmeId: string
    kind: keyof typeof schedules
    measures: Schedule | null
  }>(
    db,
    sql`select distinct on (programme_id) programme_id as "programmeId", template ->> 'kind' as kind,
          template -> 'measures' as measures
        from organisations.programme_version order by programme_id, version desc`,
  )
  return new Map(rows.map(({ programmeId, kind, measures }) => [programmeId, measures ?? schedules[kind]]))
}
