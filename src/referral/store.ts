import type { Permit } from '#access'
import type { LondonDate } from '#calendar'
import { type Db, many, one, run, sql } from '#database'
import type { Referral } from './types.ts'

/** How many open episodes each worker of some teams holds in a programme. Counts, never whose. */
export const caseloads = (
  db: Db,
  programmeId: string,
  teamIds: readonly string[],
): Promise<readonly { readonly teamId: string; readonly ownerId: string; readonly held: number }[]> =>
  many(
    db,
    sql`select team_id as "teamId", owner_id as "ownerId", held
        from referral.caseloads(${programmeId}, ${teamIds}::uuid[])`,
  )

/** How many of a programme's episodes closed after a day and not later than today, and when its first one opened. */
export const closingsOf = (
  db: Db,
  programmeId: string,
  after: LondonDate,
): Promise<{ readonly closings: number; readonly firstOpenedOn: LondonDate | null } | undefined> =>
  one(
    db,
    sql`select closings, first_opened_on as "firstOpenedOn" from referral.closings_of(${programmeId}, ${after})`,
  )

/** Keeps a referral and, in the same breath, the answer that opened an episode; how soon is kept before it. */
export async function addAccepted(
  db: Db,
  permit: Permit<'whole'>,
  referral: {
    readonly id: string
    readonly stepId: string
    readonly programmeId: string
    readonly teamId: string
    readonly source: Referral['source']
    readonly reason: string
    readonly words?: string
    readonly episodeId: string
    readonly by: string
    readonly at: Date
  },
): Promise<void> {
  await run(
    db,
    sql`insert into referral.referral (id, person_id, programme_id, team_id, source, reason, words, referred_by, received_at)
        values (${referral.id}, ${permit.person}, ${referral.programmeId}, ${referral.teamId}, ${referral.source},
                ${referral.reason}, ${referral.words ?? null}, ${referral.by}, ${referral.at})`,
  )
  await run(
    db,
    sql`insert into referral.step (id, referral_id, person_id, kind, answer, reason, episode_id, how_soon_n, at,
          recorded_by)
        values (${referral.stepId}, ${referral.id}, ${permit.person}, 'decided', 'accepted', ${referral.reason},
                ${referral.episodeId}, 1, ${referral.at}, ${referral.by})`,
  )
}

/** Keeps that an accepted referral was taken back. */
export async function addTakenBack(
  db: Db,
  permit: Permit<'whole'>,
  step: { readonly id: string; readonly referralId: string; readonly by: string; readonly at: Date },
): Promise<void> {
  await run(
    db,
    sql`insert into referral.step (id, referral_id, person_id, kind, reason, at, recorded_by)
        values (${step.id}, ${step.referralId}, ${permit.person}, 'taken back', 'undone', ${step.at}, ${step.by})`,
  )
}

/** Every referral of the permitted person, newest first. */
export async function referralsOf(db: Db, permit: Permit<'whole'>): Promise<readonly Referral[]> {
  return many(
    db,
    sql`select f.id, f.person_id as "personId", f.programme_id as "programmeId", o.name as "teamName", f.source,
          f.reason, f.words, t.name as "referredByName", f.received_at as "receivedAt", s.episode_id as "episodeId",
          exists (select from referral.step b where b.referral_id = f.id and b.kind = 'taken back') as "isTakenBack"
        from referral.referral f
        join organisations.organisation o on o.id = f.team_id
        join organisations.staff t on t.id = f.referred_by
        left join referral.step s on s.referral_id = f.id and s.kind = 'decided'
        where f.person_id = ${permit.person} order by f.received_at desc`,
  )
}
