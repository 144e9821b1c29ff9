import { newId } from '#access'
import type { LondonDate } from '#calendar'
import { type Db, many, run, sql } from '#database'
import type { LotAnswer } from './lot-types.ts'
import type { Service } from './service-types.ts'
import type { Answer } from './types.ts'

/** One night's answer for one programme, as it was given. */
export type Result = {
  readonly id: string
  readonly programmeId: string
  readonly protocolVersion: number
  readonly lockedAt: Date
  /** Undefined for the method that ships. */
  readonly lockedByName?: string
  readonly ranAt: Date
  readonly dataTo: LondonDate
  readonly answer: Answer
  /** Absent in answers from before it was kept. */
  readonly service?: Service
  /** Absent where nobody was drawn by lot long enough ago. */
  readonly lot?: LotAnswer
}

export async function saveResult(
  db: Db,
  result: Pick<Result, 'ranAt' | 'dataTo' | 'answer' | 'service' | 'lot'> & {
    readonly studyId: string
    readonly loadId: string
  },
): Promise<void> {
  await run(
    db,
    sql`insert into evaluation.result (id, study_id, load_id, ran_at, data_to, answer, service, lot)
        values (${newId()}, ${result.studyId}, ${result.loadId}, ${result.ranAt}, ${result.dataTo},
                ${JSON.stringify(result.answer)}, ${result.service ? JSON.stringify(result.service) : null},
                ${result.lot ? JSON.stringify(result.lot) : null})`,
  )
}

/** A programme's answers, newest first. */
export const resultsOf = (db: Db, programmeId: string, most: number): Promise<readonly Result[]> =>
  many(
    db,
    sql`select r.id, s.programme_id as "programmeId", s.protocol_version as "protocolVersion",
               s.locked_at as "lockedAt", w.name as "lockedByName", r.ran_at as "ranAt",
               r.data_to as "dataTo", r.answer, r.service, r.lot
        from evaluation.result r join evaluation.study s on s.id = r.study_id
          left join organisations.staff w on w.id = s.locked_by
        where s.programme_id = ${programmeId} order by r.ran_at desc, r.id desc limit ${most}`,
  )

/** A programme's newest answer, or undefined before the first. */
export const newestAnswer = async (db: Db, programmeId: string): Promise<Answer | undefined> =>
  (await resultsOf(db, programmeId, 1))[0]?.answer

/** Who joined, by pseudonym: for the program alone, and written in the access log. */
export const enrolments = (
  db: Db,
): Promise<
  readonly { readonly person: string; readonly programmeId: string; readonly openedOn: LondonDate }[]
> =>
  many(
    db,
    sql`select person, programme_id as "programmeId", opened_on as "openedOn" from evaluation.enrolments()
        order by programme_id, opened_on, person`,
  )

/**
 * Whom the list shown on each day suggested, by pseudonym. A day before a programme's first list is left out; a list
 * of nobody has one row with nobody. For the program alone, and written in the access log.
 */
export const listedOn = (
  db: Db,
  programmeId: string,
  days: readonly LondonDate[],
): Promise<readonly { readonly onDay: LondonDate; readonly person: string | null }[]> =>
  many(db, sql`select on_day as "onDay", person from evaluation.listed_on(${programmeId}, ${days}::date[])`)
