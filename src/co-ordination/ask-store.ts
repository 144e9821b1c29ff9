import { type ListPermit, type Part, type Permit, permitOpened, type StaffVisit } from '#access'
import type { LondonDate } from '#calendar'
import { type Db, many, one, run, sql, withoutNulls } from '#database'
import type { Ask, AskState, AskTurn, NewAsk } from './ask-types.ts'

/** What lets somebody answer for volunteers. */
export const mayArrangeHelp = 'arrange help'

/** Opens everybody the caller's place was asked to find a volunteer for. */
export const openAsks = (visit: StaffVisit): Promise<ListPermit> =>
  permitOpened(
    visit,
    mayArrangeHelp,
    sql`co_ordination.open_asks('direct care', 'read what volunteers are asked')`,
  )

/** Where volunteers can be asked for. */
export const brokerPlaces = (
  db: Db,
): Promise<readonly { readonly id: string; readonly name: string; readonly brokers: string }[]> =>
  many(db, sql`select id, name, brokers from co_ordination.broker_places()`)

const askColumns = sql`
  a.id, a.person_id as "personId", a.organisation_id as "organisationId", o.name as "organisationName", a.kind, a.what,
  a.to_know as "toKnow", a.wanted_by as "wantedBy", a.asked_by as "askedById", s.name as "askedByName", a.turn, t.state,
  t.volunteer, t.starts_on as "startsOn", t.reason, t.words, t.recorded_at as since`
const askTables = sql`co_ordination.ask a
  join co_ordination.ask_turn t on t.ask_id = a.id and t.n = a.turn
  join organisations.organisation o on o.id = a.organisation_id
  join organisations.staff s on s.id = a.asked_by`

/** What was asked for the permitted person, the newest first. */
export async function asksOf(db: Db, permit: Permit<Part>): Promise<readonly Ask[]> {
  const rows = await many(
    db,
    sql`select ${askColumns} from ${askTables} where a.person_id = ${permit.person}
        order by a.recorded_at desc, a.id`,
  )
  return rows.map((row) => withoutNulls<Ask>(row))
}

/** What a place was asked about the people given, the soonest wanted first; what is over for longer than shown, left out. */
export async function asksAt(
  db: Db,
  list: ListPermit,
  organisationId: string,
  overSince: Date,
): Promise<readonly Ask[]> {
  const rows = await many(
    db,
    sql`select ${askColumns} from ${askTables}
        where a.person_id = any (${list.people}) and a.organisation_id = ${organisationId} and t.state <> 'taken back'
          and (t.state not in ('declined', 'ended') or t.recorded_at > ${overSince})
        order by a.wanted_by, a.recorded_at, a.id`,
  )
  return rows.map((row) => withoutNulls<Ask>(row))
}

export type AskHand = {
  readonly state: AskState
  readonly volunteer?: string
  readonly startsOn?: LondonDate
  readonly reason?: string
  readonly words?: string
  readonly byName: string
  readonly at: Date
}

/** The hands an ask went through, the newest first. */
export async function askHandsOf(db: Db, permit: Permit<Part>, askId: string): Promise<readonly AskHand[]> {
  const rows = await many(
    db,
    sql`select t.state, t.volunteer, t.starts_on as "startsOn", t.reason, t.words, s.name as "byName",
               t.recorded_at as at
        from co_ordination.ask_turn t join organisations.staff s on s.id = t.by
        where t.person_id = ${permit.person} and t.ask_id::text = ${askId} order by t.n desc`,
  )
  return rows.map((row) => withoutNulls<AskHand>(row))
}

type By = { readonly by: string; readonly at: Date }

/** Keeps an ask with its first turn. @returns false when its id is known already; then nothing was written. */
export async function insertAsk(
  db: Db,
  permit: Permit<Part>,
  ask: NewAsk & By & { readonly wantedBy: LondonDate },
): Promise<boolean> {
  const touched = await run(
    db,
    sql`insert into co_ordination.ask
          (id, person_id, organisation_id, kind, what, to_know, wanted_by, turn, asked_by, recorded_at)
        values (${ask.id}, ${permit.person}, ${ask.organisationId}, ${ask.kind}, ${ask.what.trim()},
          ${ask.toKnow.trim() || null}, ${ask.wantedBy}, 1, ${ask.by}, ${ask.at})
        on conflict (id) do nothing`,
  )
  if (touched === 0) return false
  await insertTurn(db, permit, ask.id, { turn: 1, state: 'asked', by: ask.by, at: ask.at })
  return true
}

/** Gives an ask its next turn. @returns false when somebody else turned it first. */
export async function turnAskRow(
  db: Db,
  permit: Permit<Part>,
  askId: string,
  turn: AskTurn & By,
): Promise<boolean> {
  const isMine = await one(
    db,
    sql`update co_ordination.ask set turn = ${turn.turn + 1}
        where id = ${askId} and person_id = ${permit.person} and turn = ${turn.turn} returning id`,
  )
  if (!isMine) return false
  await insertTurn(db, permit, askId, { ...turn, turn: turn.turn + 1 })
  return true
}

async function insertTurn(db: Db, permit: Permit<Part>, askId: string, turn: AskTurn & By): Promise<void> {
  await run(
    db,
    sql`insert into co_ordination.ask_turn
          (ask_id, n, person_id, state, volunteer, starts_on, reason, words, by, recorded_at)
        values (${askId}, ${turn.turn}, ${permit.person}, ${turn.state}, ${turn.volunteer?.trim() || null},
          ${turn.startsOn ?? null}, ${turn.reason || null}, ${turn.words?.trim() || null}, ${turn.by}, ${turn.at})`,
  )
}
