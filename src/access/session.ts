import { createHash, randomBytes } from 'node:crypto'
import type { LondonDate } from '#calendar'
import { type Db, one, run, sql } from '#database'
import {
  type Activity,
  type Installation,
  type OrganisationKind,
  type Role,
  shippedRoles,
} from '#organisations'
import { newId } from './ids.ts'
import type { StaffCaller } from './types.ts'

type EnteredRow = {
  session_id: string
  csrf: string
  staff_id: string
  staff_name: string
  post_id: string
  role: string
  organisation_id: string
  organisation_name: string
  organisation_kind: OrganisationKind
  may_change_post: boolean
  has_word: boolean
  changes: readonly { readonly activity: Activity; readonly change: 'added' | 'taken away' }[]
  house_kind: Installation['kind'] | null
  house_name: string | null
  house_day: LondonDate | null
}

/**
 * Who the token's session belongs to, for this transaction.
 *
 * @returns undefined when there is no such session, it has ended, 15 idle minutes or 10 hours have passed, or the
 *   worker has left or no longer holds the post: a change of rights bites at the next request.
 */
export async function enter(db: Db, token: string): Promise<StaffCaller | undefined> {
  const row = await one<EnteredRow>(db, sql`select * from access.arrive(${token})`)
  if (!row) return undefined
  return {
    kind: 'staff',
    staffId: row.staff_id,
    name: row.staff_name,
    sessionId: row.session_id,
    csrf: row.csrf,
    postId: row.post_id,
    role: row.role,
    organisation: { id: row.organisation_id, name: row.organisation_name, kind: row.organisation_kind },
    activities: activitiesOf(row),
    mayChangePost: row.may_change_post,
    hasWord: row.has_word,
    house: {
      kind: row.house_kind ?? undefined,
      name: row.house_name ?? 'Keyworker',
      dayOn: row.house_day ?? undefined,
    },
  }
}

/** The program enters under the name of the work it does. Only the worker's sign-in may. */
export async function enterAsSystem(db: Db, name: string): Promise<void> {
  await run(db, sql`select access.enter_system(${name})`)
}

function activitiesOf({ role, changes }: EnteredRow): ReadonlySet<Activity> {
  const activities = new Set<Activity>(isShipped(role) ? shippedRoles[role] : [])
  for (const { activity, change } of changes) {
    if (change === 'added') activities.add(activity)
    else activities.delete(activity)
  }
  return activities
}

const isShipped = (role: string): role is Role => Object.hasOwn(shippedRoles, role)

/**
 * Begins a session for a post. The token is returned once and kept nowhere: the record has its hash.
 *
 * Must be called only after the caller has proved who they are.
 */
export async function beginSession(
  db: Db,
  post: { readonly staffId: string; readonly postId: string },
): Promise<{ readonly token: string }> {
  const token = randomBytes(32).toString('base64url')
  const hash = createHash('sha256').update(token).digest()
  await run(
    db,
    sql`select access.begin_session(${newId()}, ${hash}, ${randomBytes(24).toString('base64url')}, ${post.staffId},
        ${post.postId})`,
  )
  return { token }
}

/** Ends the session of a token. Of none: nothing happens. */
export async function endSession(db: Db, token: string): Promise<void> {
  await run(db, sql`select access.end_session(${token})`)
}

/** What the next page says once: "Contact recorded.", perhaps with a way to undo it. */
export type Said = {
  readonly words: string
  readonly undo?: { readonly action: string; readonly fields: Readonly<Record<string, string>> }
}

/** Leaves a word for this session's next page. */
export async function leaveWord(db: Db, said: Said): Promise<void> {
  await run(db, sql`select access.leave_word(${JSON.stringify(said)}::jsonb)`)
}

/** Takes the word left for this session; it is said once. */
export async function takeWord(db: Db): Promise<Said | undefined> {
  const row = await one<{ said: Said | null }>(db, sql`select access.take_word() as said`)
  return row?.said ?? undefined
}

/** Writes down that somebody was refused: in a transaction of its own, for the one refused was undone. */
export async function logRefusal(
  db: Db,
  token: string,
  attempt: { readonly person: string; readonly purpose: string; readonly verb: string },
): Promise<void> {
  const person = /^[0-9a-f-]{36}$/i.test(attempt.person) ? attempt.person : null
  await run(
    db,
    sql`select access.log_refusal(${token}, ${person}::uuid, ${attempt.purpose}, ${attempt.verb})`,
  )
}
