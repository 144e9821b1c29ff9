import { type ListPermit, permitOpened, type StaffVisit } from '#access'
import { type Db, many, run, sql } from '#database'
import type { CaseManagerHere } from './hand-over-rules.ts'

/** The case managers of the caller's place with how many open episodes each is named for. Counts, never whose. */
export const caseManagersHere = (db: Db): Promise<readonly CaseManagerHere[]> =>
  many(
    db,
    sql`select staff_id as "staffId", name, held, is_here as "isHere" from co_ordination.case_managers_here()`,
  )

/** Opens everybody of the caller's place of whom a colleague holds something; `asks` are those whose record asks why. */
export const openCaseload = (
  visit: StaffVisit,
  staffId: string,
): Promise<ListPermit & { readonly asks: readonly string[] }> =>
  permitOpened(
    visit,
    'accept referrals',
    sql`co_ordination.open_caseload(${staffId}, 'direct care', 'read what a colleague holds')`,
  )

/** A hand-over that was kept: who, whose, why, how many. */
export type HandedOver = {
  readonly id: string
  readonly fromName: string
  readonly reason: string
  readonly episodes: number
  readonly tasks: number
  readonly actions: number
  readonly madeByName: string
  readonly madeAt: Date
}

/** The hand-overs of a place, the newest first. */
export const handOversAt = (db: Db, organisationId: string): Promise<readonly HandedOver[]> =>
  many(
    db,
    sql`select h.id, f.name as "fromName", h.reason, h.episodes, h.tasks, h.actions, m.name as "madeByName",
               h.made_at as "madeAt"
        from co_ordination.hand_over h join organisations.staff f on f.id = h.from_id
        join organisations.staff m on m.id = h.made_by
        where h.organisation_id = ${organisationId} order by h.made_at desc, h.id desc limit 50`,
  )

/** Keeps that a caseload was handed over. */
export async function addHandOver(
  db: Db,
  handOver: {
    readonly id: string
    readonly organisationId: string
    readonly fromId: string
    readonly reason: string
    readonly episodes: number
    readonly tasks: number
    readonly actions: number
    readonly by: string
    readonly at: Date
  },
): Promise<void> {
  const { id, organisationId, fromId, reason, episodes, tasks, actions, by, at } = handOver
  await run(
    db,
    sql`insert into co_ordination.hand_over
          (id, organisation_id, from_id, reason, episodes, tasks, actions, made_by, made_at)
        values (${id}, ${organisationId}, ${fromId}, ${reason}, ${episodes}, ${tasks}, ${actions}, ${by}, ${at})`,
  )
}
