import { newId } from '#access'
import type { LondonDate } from '#calendar'
import { type Db, many, one, run, sql } from '#database'
import type { Cohort } from './choice-types.ts'
import type { MethodTrial } from './made-up-services.ts'
import type { Draft, DraftCheck, Study } from './study-types.ts'
import type { Plan, Protocol } from './types.ts'

/** What a study is locked with. */
export type Lock = {
  readonly programmeId: string
  readonly protocol: Protocol
  readonly sha256: string
  readonly lockedAt: Date
  /** Who locked it, and the draft that was locked; neither for the method that ships. */
  readonly lockedBy?: { readonly staffId: string; readonly draftId: string }
  readonly codeVersion: string
  readonly dataTo?: LondonDate
}

/**
 * The study of a programme by this protocol: written down once, before its first answer, and never changed.
 *
 * @returns its id. A protocol of another version is another study.
 * @throws Error if the same version was written down with other contents: the version was not raised.
 */
export async function lockStudy(db: Db, lock: Lock): Promise<string> {
  const { programmeId, protocol, sha256 } = lock
  await run(
    db,
    sql`insert into evaluation.study
          (id, programme_id, protocol_version, protocol, sha256, locked_at, locked_by, draft_id, code_version, data_to)
        values (${newId()}, ${programmeId}, ${protocol.version}, ${JSON.stringify(protocol)}, ${sha256},
                ${lock.lockedAt}, ${lock.lockedBy?.staffId ?? null}, ${lock.lockedBy?.draftId ?? null}, ${lock.codeVersion}, ${lock.dataTo ?? null})
        on conflict (programme_id, protocol_version) do nothing`,
  )
  const kept = await one<{ id: string; sha256: string }>(
    db,
    sql`select id, sha256 from evaluation.study
        where programme_id = ${programmeId} and protocol_version = ${protocol.version}`,
  )
  if (kept?.sha256 !== sha256)
    throw new Error(`study: protocol version ${protocol.version} was changed after it was locked`)
  return kept.id
}

/** A programme's studies, the one in force first. */
export const studiesOf = (db: Db, programmeId: string): Promise<readonly Study[]> =>
  many(
    db,
    sql`select s.id, s.protocol, s.sha256, s.locked_at as "lockedAt", w.name as "lockedByName",
               s.code_version as "codeVersion", s.data_to as "dataTo"
        from evaluation.study s left join organisations.staff w on w.id = s.locked_by
        where s.programme_id = ${programmeId} order by s.protocol_version desc`,
  )

export async function saveDraft(
  db: Db,
  draft: { readonly programmeId: string; readonly plan: Plan; readonly by: string; readonly at: Date },
): Promise<void> {
  await run(
    db,
    sql`insert into evaluation.draft (id, programme_id, plan, written_by, written_at)
        values (${newId()}, ${draft.programmeId}, ${JSON.stringify(draft.plan)}, ${draft.by}, ${draft.at})`,
  )
}

/** The newest draft that no lock has followed, with the newest check of it. */
export async function openDraft(db: Db, programmeId: string): Promise<Draft | undefined> {
  const draft = await one<Omit<Draft, 'check'>>(
    db,
    sql`select d.id, d.plan, w.name as "writtenByName", d.written_at as "writtenAt"
        from evaluation.draft d join organisations.staff w on w.id = d.written_by
        where d.n = (select max(n) from evaluation.draft where programme_id = ${programmeId})
          and not exists (select from evaluation.study s where s.draft_id = d.id)`,
  )
  if (!draft) return undefined
  const check = await one<{ ranAt: Date; found: DraftCheck }>(
    db,
    sql`select ran_at as "ranAt", found from evaluation.draft_check where draft_id = ${draft.id}
        order by ran_at desc limit 1`,
  )
  return { ...draft, check }
}

export async function saveDraftCheck(
  db: Db,
  check: {
    readonly draftId: string
    readonly loadId: string
    readonly ranAt: Date
    readonly found: DraftCheck
  },
): Promise<void> {
  await run(
    db,
    sql`insert into evaluation.draft_check (id, draft_id, load_id, ran_at, found)
        values (${newId()}, ${check.draftId}, ${check.loadId}, ${check.ranAt}, ${JSON.stringify(check.found)})`,
  )
}

/** Written before outcomes are read, so that nobody can say the groups were chosen by them. */
export async function saveOpening(
  db: Db,
  opening: {
    readonly studyId: string
    readonly loadId: string
    readonly openedAt: Date
    readonly matchedSha256: string
    readonly people: number
  },
): Promise<void> {
  await run(
    db,
    sql`insert into evaluation.opening (id, study_id, load_id, opened_at, matched_sha256, people)
        values (${newId()}, ${opening.studyId}, ${opening.loadId}, ${opening.openedAt}, ${opening.matchedSha256},
                ${opening.people})`,
  )
}

/** When a study's groups were first found alike, and its outcomes opened. */
export const firstOpening = (db: Db, studyId: string): Promise<{ readonly openedAt: Date } | undefined> =>
  one(
    db,
    sql`select opened_at as "openedAt" from evaluation.opening where study_id = ${studyId}
        order by opened_at limit 1`,
  )

export async function saveMethodTrial(
  db: Db,
  trial: MethodTrial & { readonly studyId: string; readonly loadId: string; readonly ranAt: Date },
): Promise<void> {
  await run(
    db,
    sql`insert into evaluation.method_trial (id, study_id, load_id, ran_at, services, withheld, said_effect)
        values (${newId()}, ${trial.studyId}, ${trial.loadId}, ${trial.ranAt}, ${trial.services}, ${trial.withheld},
                ${trial.saidEffect})`,
  )
}

/**
 * The newest trial of one version of a programme’s method on its own population; undefined before the first. A method
 * tried before it was changed says nothing of the one that answers.
 */
export const newestTrial = (
  db: Db,
  programmeId: string,
  version: number | undefined,
): Promise<(MethodTrial & { readonly ranAt: Date }) | undefined> =>
  one(
    db,
    sql`select t.services, t.withheld, t.said_effect as "saidEffect", t.ran_at as "ranAt"
        from evaluation.method_trial t join evaluation.study s on s.id = t.study_id
        where s.programme_id = ${programmeId} and s.protocol_version = ${version ?? 0}
        order by t.ran_at desc limit 1`,
  )

/** The cohorts of versions of a programme’s study by which anything was counted: a new one is held against them. */
export async function answeredCohorts(db: Db, programmeId: string): Promise<readonly Cohort[]> {
  const rows = await many<{ cohort: Cohort | null }>(
    db,
    sql`select distinct s.protocol -> 'plan' -> 'choices' -> 'cohort' as cohort from evaluation.study s
        where s.programme_id = ${programmeId} and exists (
          select from evaluation.result r where r.study_id = s.id and r.answer ->> 'kind' <> 'not ready')`,
  )
  return rows.map(({ cohort }) => cohort ?? {})
}
