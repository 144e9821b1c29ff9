import type { LondonDate } from '#calendar'
import { type Db, many, one, run, sql } from '#database'
import type { Programme } from '#organisations'
import type { PersonId } from '#people'
import type { CurrentLoad } from '#population'
import type { Counted } from './counts-store.ts'
import type { ListPart } from './cut.ts'
import { addFlagCounts, type FlagCount } from './flags/group-store.ts'
import type { FlagKey } from './flags/types.ts'
import { addGroups, type GroupCount } from './group-store.ts'
import type { TargetKey } from './model/targets.data.ts'

export type NotToList = { readonly personId: PersonId; readonly reason: 'objected' | 'with us' }

/** Who is not to be listed for a programme, whatever their rank. An objection is said last, so that it holds. */
export const notToList = (db: Db, programmeId: string): Promise<readonly NotToList[]> =>
  many(
    db,
    sql`select person_id as "personId", reason from case_finding.not_to_list(${programmeId})
        order by reason = 'objected'`,
  )

/** Those deferred or declined, and the day from which an emergency admission brings them back. */
export const watchedFor = (
  db: Db,
  programmeId: string,
): Promise<readonly { readonly personId: PersonId; readonly since: LondonDate }[]> =>
  many(db, sql`select person_id as "personId", since from case_finding.watched(${programmeId})`)

/** How many people of each practice, by its code, object to being looked for. */
export async function objectingByPractice(db: Db): Promise<ReadonlyMap<string, number>> {
  const rows = await many<{ code: string; people: number }>(
    db,
    sql`select practice_code as code, people from case_finding.objecting()`,
  )
  return new Map(rows.map(({ code, people }) => [code, people]))
}

/** The risk each of them had on the list they were judged from, where that list was by a model of the same target. */
export async function risksWhenJudged(
  db: Db,
  programmeId: string,
  target: TargetKey,
): Promise<ReadonlyMap<string, number>> {
  const rows = await many<{ personId: string; risk: number }>(
    db,
    sql`select person_id as "personId", risk from case_finding.risk_when_judged_of(${programmeId}, ${target})`,
  )
  return new Map(rows.map(({ personId, risk }) => [personId, risk]))
}

/** Whether this load has been ranked by this version of the programme, by the rule or by a model. */
export async function hasRun(
  db: Db,
  programme: Programme,
  load: CurrentLoad,
  modelId?: string,
): Promise<boolean> {
  const row = await one<{ found: boolean }>(
    db,
    sql`select exists (select from case_finding.run where programme_id = ${programme.id}
          and programme_version = ${programme.version} and load_id = ${load.id} and index_on = ${load.indexOn}
          and percent = ${programme.template.targetPercent}
          and model_id is not distinct from ${modelId ?? null}::uuid) as found`,
  )
  return row?.found ?? false
}

/** Somebody counted; of a run by a model also with their number and the strongest reasons. */
export type Ranked = Counted & {
  readonly risk?: number
  readonly usualIn100?: number
  readonly told?: { readonly up: readonly string[]; readonly down: readonly string[] }
  readonly isRiskRising?: boolean
  readonly flags?: readonly FlagKey[]
}

export type NewRun = {
  readonly id: string
  readonly programme: Programme
  readonly load: CurrentLoad
  readonly considered: number
  readonly mean: number
  readonly variance: number
  readonly cut: number
  readonly parts: readonly ListPart[]
  readonly groups: readonly GroupCount[]
  readonly flagCounts: readonly FlagCount[]
  readonly listed: readonly Ranked[]
  readonly returned: readonly Ranked[]
  /** By pseudonym, as text in JSON. */
  readonly evidence: Iterable<readonly [string, string]>
  readonly rankedAt: Date
  /** Of a run by a model. */
  readonly modelId?: string
}

/** Keeps a run with its suggestions. @returns false when the same run is there already. */
export async function addRun(db: Db, list: NewRun): Promise<boolean> {
  const { programme, load, parts } = list
  const sum = (of: keyof Omit<ListPart, 'practiceCode'>) => parts.reduce((total, part) => total + part[of], 0)
  // A score of somebody else's is in no rank, so its coming or going is no news to whoever was judged.
  const sources = load.sources
    .filter(({ file }) => file !== 'outside_scores')
    .map(({ file, coversTo }) => ({ source: file, coveredTo: coversTo }))
  const touched = await run(
    db,
    sql`insert into case_finding.run (id, programme_id, programme_version, load_id, index_on, covered_to, sources,
          percent, from_age, considered, cut, listed, with_us, objected, returned, admissions_mean,
          admissions_variance, ranked_at, model_id)
        values (${list.id}, ${programme.id}, ${programme.version}, ${load.id}, ${load.indexOn}, ${load.coveredTo},
          ${JSON.stringify(sources)}, ${programme.template.targetPercent}, ${programme.template.fromAge},
          ${list.considered}, ${list.cut}, ${sum('listed')}, ${sum('withUs')}, ${sum('objected')},
          ${list.returned.length}, ${list.mean}, ${list.variance}, ${list.rankedAt},
          ${list.modelId ?? null})
        on conflict do nothing`,
  )
  if (touched === 0) return false
  await run(
    db,
    sql`insert into case_finding.run_practice (run_id, practice_code, considered, listed, with_us, objected,
          objecting)
        select ${list.id}::uuid, p."practiceCode", p.considered, p.listed, p."withUs", p.objected, p.objecting
        from jsonb_to_recordset(${JSON.stringify(parts)}) as p
          ("practiceCode" text, considered integer, listed integer, "withUs" integer, objected integer,
           objecting integer)`,
  )
  await addGroups(db, list.id, list.groups)
  await addFlagCounts(db, list.id, list.flagCounts)
  await addSuggestions(db, list.id, list.listed, false)
  await addSuggestions(db, list.id, list.returned, true)
  await addEvidence(db, list.id, list.evidence)
  return true
}

const rowsAtOnce = 5000
// A person's records are some thousands of letters.
const evidenceAtOnce = 1000

async function addSuggestions(
  db: Db,
  runId: string,
  people: readonly Ranked[],
  isReturned: boolean,
): Promise<void> {
  for (let from = 0; from < people.length; from += rowsAtOnce) {
    const part = JSON.stringify(people.slice(from, from + rowsAtOnce))
    await run(
      db,
      sql`insert into case_finding.suggestion (run_id, rank, pseudonym, practice_code, emergency_admissions, ae_visits,
            conditions, last_admission_on, is_care_home, lives_alone, is_returned, risk, usual_in_100, told, is_risk_rising,
            flags)
          select ${runId}::uuid, s.rank, s.pseudonym::uuid, s."practiceCode", s."emergencyAdmissions", s."aeVisits", s.conditions,
            s."lastAdmissionOn", s."isCareHome", s."livesAlone", ${isReturned}::boolean,
            s.risk, s."usualIn100", s.told, s."isRiskRising", s.flags
          from jsonb_to_recordset(${part}) as s (rank integer, pseudonym text, "practiceCode" text,
            "emergencyAdmissions" integer, "aeVisits" integer, conditions text[], "lastAdmissionOn" date,
            "isCareHome" boolean, "livesAlone" boolean, risk double precision,
            "usualIn100" integer, told jsonb, "isRiskRising" boolean, flags text[])`,
    )
  }
}

async function addEvidence(db: Db, runId: string, evidence: NewRun['evidence']): Promise<void> {
  let rows: string[] = []
  const add = () =>
    run(
      db,
      sql`insert into case_finding.evidence (run_id, pseudonym, records)
          select ${runId}::uuid, e.pseudonym, e.records
          from jsonb_to_recordset(${`[${rows.join(',')}]`}) as e (pseudonym uuid, records jsonb)`,
    )
  for (const [pseudonym, records] of evidence) {
    rows.push(`{"pseudonym":${JSON.stringify(pseudonym)},"records":${records}}`)
    if (rows.length < evidenceAtOnce) continue
    await add()
    rows = []
  }
  if (rows.length > 0) await add()
}
