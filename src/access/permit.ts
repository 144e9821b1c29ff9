import { one, type Sql, sql } from '#database'
import type { Activity } from '#organisations'
import type { PersonId } from '#people'
import { notForYou, Refused, sayWhy } from './refused.ts'
import type { ListPermit, Part, Permit, Purpose, StaffCaller, SystemCaller, Tie, Visit } from './types.ts'

/** The ties that open each part, strongest first. Break-glass opens the whole: it is for an emergency. */
const tiesFor: Readonly<Record<Part, readonly Tie[]>> = {
  whole: ['episode', 'registered', 'cover', 'closed episode', 'self-claimed', 'break-glass'],
  'emergency summary': [
    'episode',
    'registered',
    'cover',
    'closed episode',
    'self-claimed',
    'listed',
    'break-glass',
  ],
  referral: ['episode', 'registered', 'cover', 'referral', 'closed episode', 'self-claimed', 'break-glass'],
}

export type Ask<P extends Part> = {
  readonly may: Activity
  readonly part: P
  readonly purpose: Purpose
  /** What they are about to do, as the access log will say it: "read the care plan". */
  readonly verb: string
}

const mayDo = (caller: StaffCaller | SystemCaller, activity: Activity): boolean =>
  caller.kind === 'system' || caller.activities.has(activity)

/**
 * Leave to open one person: an activity of the role, a tie to the person, a purpose. Made once a request by the route
 * and handed down. Its log row is written in this transaction, and the rows open for this transaction only.
 *
 * @throws Refused, the same for a person who does not exist and one the caller has no tie to; and where the record is
 *   marked and the caller has not said why in this sign-in.
 */
export async function permit<P extends Part>(
  visit: Visit,
  person: PersonId,
  ask: Ask<P>,
): Promise<Permit<P>> {
  const attempt = { person, purpose: ask.purpose, verb: ask.verb }
  if (!isReference(person) || !mayDo(visit.caller, ask.may)) throw notForYou(attempt)
  const row = await one<{ tie: Tie | 'reason needed' | null }>(
    visit.db,
    sql`select access.open_person(${person}, ${ask.purpose}, ${ask.verb}, ${tiesFor[ask.part]}) as tie`,
  )
  if (row?.tie === 'reason needed') throw sayWhy(person)
  if (!row?.tie) throw notForYou(attempt)
  return { person, part: ask.part, tie: row.tie } as Permit<P>
}

/** Whether a text can be a row's reference at all. */
export const isReference = (text: string): boolean =>
  /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)

export type AskList = Omit<Ask<Part>, 'part'> & {
  /**
   * Whose list: everybody registered here, everybody this team has, or those of `ids` the caller is tied to; with
   * 'listed' also those whose emergency summary this place may see.
   */
  readonly circle: 'practice' | 'team' | 'tied' | 'listed'
  readonly ids?: readonly PersonId[]
}

/**
 * Leave to open a list of people, logged by its content. Ids outside the circle are left out, not refused.
 *
 * @throws Refused when the role may not do this at all.
 */
export async function permitList(visit: Visit, ask: AskList): Promise<ListPermit> {
  if (!mayDo(visit.caller, ask.may)) throw notForYou()
  const row = await one<{ people: PersonId[] | null }>(
    visit.db,
    sql`select access.open_list(${ask.circle}, ${ask.ids ?? null}::uuid[], ${ask.purpose}, ${ask.verb}) as people`,
  )
  if (!row?.people) throw notForYou()
  return { people: row.people } as unknown as ListPermit
}

/**
 * Leave to open a list that a room's own definer function chose, opened and logged.
 *
 * @param opened the call: `co_ordination.open_day(…)`. It answers with the people it opened, or null when it refuses.
 *   What else it answers with comes back beside them; its type is the caller's claim, proved by the room's tests.
 * @throws Refused when the role may not do this at all, or the function refused.
 */
export async function permitOpened<Beside extends object = object>(
  visit: Visit,
  activity: Activity,
  opened: Sql,
): Promise<ListPermit & Beside> {
  if (!mayDo(visit.caller, activity)) throw notForYou()
  const row = await one<{ people: PersonId[] | null }>(
    visit.db,
    sql`select * from ${opened} as opened (people)`,
  )
  if (!row?.people) throw notForYou()
  return row as unknown as ListPermit & Beside
}

/** Leave that takes no person: loading, counting, administering. @throws Refused when the role does not have it. */
export function require(visit: Visit, activity: Activity): void {
  if (!mayDo(visit.caller, activity)) {
    throw new Refused('not for you', 'Your role does not do this. Ask your team lead or administrator.')
  }
}
