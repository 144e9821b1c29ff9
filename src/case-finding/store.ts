import type { ListPermit, Permit } from '#access'
import type { LondonDate } from '#calendar'
import { type Db, many, one, run, sql, withoutNulls } from '#database'
import type { PersonId } from '#people'
import type { Evidence } from './evidence-store.ts'
import { unusableAfterDays } from './list-age.ts'
import type { Judgement, Run, Suggestion } from './types.ts'

const judgementColumns = sql`
  j.id, j.person_id as "personId", j.n, j.decision, j.reason, j.words, j.show_again_on as "showAgainOn",
  j.run_id as "runId", r.index_on as "runIndexOn",
  coalesce((select array_agg(s ->> 'source') from jsonb_array_elements(r.sources) s), '{}') as "runSources",
  j.practice_id as "practiceId", j.risk, j.seconds_open as "secondsOpen", j.judged_by as "judgedById", t.name as "judgedByName", j.judged_at as "judgedAt"`
const judgementTables = sql`case_finding.judgement j
  left join case_finding.run r on r.id = j.run_id
  join organisations.staff t on t.id = j.judged_by`

/** A row as the database gives it. */
export type Nullable<T> = { readonly [Key in keyof T]: T[Key] | null }

/** A row without its empty columns: an absent fact is undefined everywhere upstairs. */
export const known = <T extends object>(row: Nullable<T>): T => withoutNulls<T>(row)

/** Everything ever judged of the permitted person for a programme, oldest first. */
export async function judgementsOf(
  db: Db,
  permit: Permit<'whole'>,
  programmeId: string,
): Promise<readonly Judgement[]> {
  const rows = await many<Nullable<Judgement>>(
    db,
    sql`select ${judgementColumns} from ${judgementTables}
        where j.person_id = ${permit.person} and j.programme_id = ${programmeId} order by j.n`,
  )
  return rows.map((row) => known<Judgement>(row))
}

/** The newest judgement of the permitted person for a programme, taken back or not. */
export const newestJudgement = async (
  db: Db,
  permit: Permit<'whole'>,
  programmeId: string,
): Promise<Judgement | undefined> => (await judgementsOf(db, permit, programmeId)).at(-1)

/** Everything ever judged of the people of a permitted list for a programme, oldest first. */
export async function judgementsIn(
  db: Db,
  permit: ListPermit,
  programmeId: string,
): Promise<readonly Judgement[]> {
  const rows = await many<Nullable<Judgement>>(
    db,
    sql`select ${judgementColumns} from ${judgementTables}
        where j.person_id = any (${permit.people}) and j.programme_id = ${programmeId} order by j.person_id, j.n`,
  )
  return rows.map((row) => known<Judgement>(row))
}

/** The runs of a programme that may be read: the rule's, and those of the model in use while its numbers may be. */
const isReadNow = (programmeId: string) => sql`r.programme_id = ${programmeId} and (r.model_id is null
  or r.index_on >= organisations.today() - ${unusableAfterDays}::integer and r.model_id = (select s.model_id from case_finding.model_switch s where s.switched_off_at is null))`
const newestFirst = sql`(select l.n from population.load l where l.id = r.load_id) desc, (r.model_id is not null) desc, r.n desc`

/**
 * Keeps a judgement as the next after `n` of the permitted person.
 *
 * @returns false when somebody judged first; then nothing was kept.
 */
export async function addJudgement(
  db: Db,
  permit: Permit<'whole'>,
  judgement: Pick<Judgement, 'id' | 'decision' | 'reason' | 'words' | 'showAgainOn' | 'judgedAt'> & {
    readonly programmeId: string
    readonly after: number
    readonly judgedBy: string
  },
): Promise<boolean> {
  const touched = await run(
    db,
    sql`insert into case_finding.judgement (person_id, programme_id, n, id, decision, reason, words, show_again_on,
          run_id, risk, practice_id, judged_by, judged_at, seconds_open)
        values (${permit.person}, ${judgement.programmeId}, ${judgement.after + 1}, ${judgement.id},
          ${judgement.decision}, ${judgement.reason}, ${judgement.words ?? null}, ${judgement.showAgainOn ?? null},
          (select r.id from case_finding.run r where ${isReadNow(judgement.programmeId)} order by ${newestFirst} limit 1),
          (select s.risk from case_finding.run r, lateral case_finding.of_open_person(r.id) o
             join case_finding.suggestion s on s.pseudonym = o.pseudonym
             where s.run_id = r.id and r.id = (select r.id from case_finding.run r
               where ${isReadNow(judgement.programmeId)} order by ${newestFirst} limit 1)),
          (select practice_id from people.registration where person_id = ${permit.person} and ended_at is null
             and during @> organisations.today()),
          ${judgement.judgedBy}, ${judgement.judgedAt}, case_finding.seconds_open(${permit.person}))
        on conflict (person_id, programme_id, n) do nothing`,
  )
  return touched === 1
}

const runColumns = sql`id, programme_id as "programmeId", index_on as "indexOn", covered_to as "coveredTo", sources,
  percent, from_age as "fromAge", considered, cut, listed, with_us as "withUs", objected,
  admissions_mean as "admissionsMean", admissions_variance as "admissionsVariance", ranked_at as "rankedAt", model_id as "modelId"`

/**
 * The run of a programme that is read now: of the newest load, by the model in use where there is one and its list is
 * made, else by the rule. A model taken out of use is not read at the next page, nor a number more than 90 days old.
 */
export async function currentRun(db: Db, programmeId: string): Promise<Run | undefined> {
  const row = await one<Nullable<Run>>(db, readNow(programmeId))
  return row ? known<Run>(row) : undefined
}

/** The question for it. */
export const readNow = (programmeId: string) =>
  sql`select ${runColumns} from case_finding.run r where ${isReadNow(programmeId)} order by ${newestFirst} limit 1`

/** One line of the list: who it is, and no more than the list shows. */
export type ListedPerson = {
  readonly id: PersonId
  readonly familyName: string
  readonly givenName: string
  readonly bornOn?: LondonDate
  readonly sex: string
  readonly nhsNumber?: string
  readonly diedOn?: LondonDate
}

/** Who the people of a permitted list are, as a line of a list shows them. */
export async function listedPeople(db: Db, permit: ListPermit): Promise<readonly ListedPerson[]> {
  const rows = await many<Nullable<ListedPerson>>(
    db,
    sql`select p.id, n.family as "familyName", n.given as "givenName", p.born_on as "bornOn", p.sex,
          i.value as "nhsNumber", p.died_on as "diedOn"
        from people.person p
        join people.name n on n.person_id = p.id and n.ended_at is null
        left join people.identifier i on i.person_id = p.id and i.system = 'nhs' and i.ended_at is null
        where p.id = any (${permit.people})`,
  )
  return rows.map((row) => known<ListedPerson>(row))
}

/** The suggestion of the permitted person in a run, with the dated records behind it. Undefined when not suggested. */
export async function suggestionOf(
  db: Db,
  permit: Permit<'whole'>,
  runId: string,
): Promise<{ readonly suggestion: Suggestion; readonly evidence?: Evidence } | undefined> {
  const row = await one<Nullable<Suggestion> & { readonly records: Evidence | null }>(
    db,
    sql`select s.rank,
          s.emergency_admissions as "emergencyAdmissions", s.ae_visits as "aeVisits", s.conditions,
          s.last_admission_on as "lastAdmissionOn", s.is_care_home as "isCareHome", s.lives_alone as "livesAlone",
          s.is_returned as "isReturned", s.risk, s.usual_in_100 as "usualIn100", s.told,
          s.is_risk_rising as "isRiskRising", s.flags, o.records,
          s.risk is not null and case_finding.is_held_out(o.pseudonym) as "isHeldOut"
        from case_finding.of_open_person(${runId}) o
        join case_finding.suggestion s on s.run_id = ${runId} and s.pseudonym = o.pseudonym
        where access.person() = ${permit.person}`,
  )
  if (!row) return undefined
  const { records, ...suggestion } = row
  return { suggestion: known<Suggestion>(suggestion), ...(records && { evidence: records }) }
}
