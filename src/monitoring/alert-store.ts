import { createHash } from 'node:crypto'
import { newId, type Part, type Permit } from '#access'
import { type Db, many, one, run, sql, withoutNulls } from '#database'
import type {
  AlertState,
  AlertTurn,
  Delivery,
  GivenAlert,
  KitAlert,
  RefusedRow,
  SentAlert,
  WaitReason,
} from './types.ts'

/** Keeps what is known of a file before its alerts. */
export async function insertDelivery(
  db: Db,
  delivery: {
    readonly id: string
    readonly organisationId: string
    readonly read: number
    readonly refused: readonly RefusedRow[]
    readonly by?: string
    readonly at: Date
  },
): Promise<void> {
  await run(
    db,
    sql`insert into monitoring.delivery (id, organisation_id, read, known, refused, by, recorded_at)
        values (${delivery.id}, ${delivery.organisationId}, ${delivery.read}, 0, ${JSON.stringify(delivery.refused)},
          ${delivery.by ?? null}, ${delivery.at})`,
  )
}

const contentOf = ({ serial, happenedAsWritten, level, words }: SentAlert): string =>
  createHash('sha256').update([serial, happenedAsWritten, level, words].join('\n')).digest('hex')

/** Keeps an alert as it came. @returns false where this very message came before; then nothing was written. */
export async function insertAlert(
  db: Db,
  alert: SentAlert,
  taken: { readonly deliveryId: string; readonly at: Date },
): Promise<boolean> {
  const row = await one<{ isNew: boolean }>(
    db,
    sql`select monitoring.keep_alert(${newId()}, ${taken.deliveryId}, ${JSON.stringify(alert)}, ${contentOf(alert)},
          ${taken.at}) as "isNew"`,
  )
  return row?.isNew ?? false
}

/** Says of a file how many of its rows had come before. */
export const countKnown = (db: Db, deliveryId: string, known: number): Promise<number> =>
  run(db, sql`update monitoring.delivery set known = ${known} where id = ${deliveryId}`)

/** What became of a file, as its alerts stand now. Undefined where the caller’s place took in no such file. */
export async function deliveryOf(db: Db, id: string): Promise<Delivery | undefined> {
  const row = await one(
    db,
    sql`select d.id, d.read, d.known, d.refused, d.recorded_at as at, b.waiting, b.given, b.settled
        from monitoring.delivery d cross join lateral monitoring.became_of(d.id) b where d.id::text = ${id}`,
  )
  return row && withoutNulls<Delivery>(row)
}

export const alertColumns = sql`a.id, a.organisation_id as "organisationId", a.product, a.serial, a.message_id as "messageId",
  coalesce(t.happened_at, a.happened_at) as "happenedAt", a.happened_as_written as "happenedAsWritten", a.level, a.words,
  a.turn, t.state, t.reason, a.recorded_at as "arrivedAt", t.recorded_at as since`
export const alertTables = sql`monitoring.alert a join monitoring.alert_turn t on t.alert_id = a.id and t.n = a.turn`

/** Alerts that wait to be asked whose they are: new ones, and those somebody put right. The oldest first. */
export const alertsToAsk = async (db: Db): Promise<readonly string[]> =>
  (
    await many<{ id: string }>(
      db,
      sql`select a.id from ${alertTables} where a.settled_at is null and t.state in ('arrived', 'ask again')
          order by a.recorded_at, a.line, a.id`,
    )
  ).map(({ id }) => id)

/** One alert that names nobody now: it waits, or somebody said whose it is not. */
export async function alertById(db: Db, id: string): Promise<KitAlert | undefined> {
  const row = await one(db, sql`select ${alertColumns} from ${alertTables} where a.id::text = ${id}`)
  return row && withoutNulls<KitAlert>(row)
}

/** Who held a piece of kit at an instant, by the loans as they are now. */
export type Held = {
  readonly kitId?: string
  readonly organisationId?: string
  readonly kind?: string
  readonly loanId?: string
  readonly personId?: string
  readonly firstLentAt?: Date
  readonly isOfOtherProduct: boolean
  readonly isOtherWords: boolean
  /** Who put it right, where somebody did. */
  readonly askedById?: string
}

/** What is known of whose an alert is. Only the program may ask. */
export async function heldAt(db: Db, alert: KitAlert): Promise<Held> {
  const row = await one(
    db,
    sql`select h.kit_id as "kitId", h.organisation_id as "organisationId", h.kind, h.loan_id as "loanId",
          h.person_id as "personId", h.first_lent_at as "firstLentAt",
          h.is_of_other_product as "isOfOtherProduct", t.by as "askedById",
          a.is_other_words and t.by is null as "isOtherWords"
        from ${alertTables} cross join lateral monitoring.holder_at(a.product_key, a.serial_key,
          ${alert.happenedAt ?? null}) h
        where a.id = ${alert.id}`,
  )
  return withoutNulls<Held>(row ?? { isOfOtherProduct: false, isOtherWords: false })
}

type NewTurn = {
  readonly alertId: string
  /** The turn this one follows. */
  readonly from: number
  readonly state: AlertState
  readonly personId?: string
  readonly loanId?: string
  readonly taskId?: string
  readonly reason?: WaitReason
  readonly words?: string
  readonly happenedAt?: Date
  readonly by?: string
  readonly at: Date
}

const settles: readonly AlertState[] = ['given', 'not ours', 'stays']

/** Takes an alert on to its next turn, before what it leads to is written. @returns false when somebody was first. */
export async function takeTurn(
  db: Db,
  turn: Pick<NewTurn, 'alertId' | 'from' | 'state' | 'at'>,
): Promise<boolean> {
  const settledAt = settles.includes(turn.state) ? turn.at : null
  const touched = await run(
    db,
    sql`update monitoring.alert set turn = ${turn.from + 1}, settled_at = ${settledAt}
        where id = ${turn.alertId} and turn = ${turn.from}`,
  )
  return touched === 1
}

/** Writes the turn that was taken. */
export async function writeTurn(db: Db, turn: NewTurn): Promise<void> {
  await run(
    db,
    sql`insert into monitoring.alert_turn (alert_id, n, organisation_id, state, person_id, loan_id, task_id, reason, words, happened_at, by,
          recorded_at)
        values (${turn.alertId}, ${turn.from + 1},
          (select organisation_id from monitoring.alert where id = ${turn.alertId}), ${turn.state}, ${turn.personId ?? null}, ${turn.loanId ?? null},
          ${turn.taskId ?? null}, ${turn.reason ?? null}, ${turn.words?.trim() || null}, ${turn.happenedAt ?? null},
          ${turn.by ?? null}, ${turn.at})`,
  )
}

/** Alerts given to somebody who, by the kit’s dates as they are now, did not have it. Only the program may ask. */
export const givenElsewhere = (
  db: Db,
  kitId: string,
): Promise<readonly { readonly alertId: string; readonly turn: number; readonly personId: string }[]> =>
  many(
    db,
    sql`select alert_id as "alertId", turn, person_id as "personId" from monitoring.given_elsewhere(${kitId})`,
  )

/** What waits because nobody was known to have a piece of kit: asked again when its loans change. */
export const waitingFor = async (db: Db, kitId: string): Promise<readonly KitAlert[]> =>
  (
    await many(
      db,
      sql`select ${alertColumns} from ${alertTables}
            join monitoring.kit k on k.product_key = a.product_key and k.serial_key = a.serial_key
          where k.id = ${kitId} and a.settled_at is null and t.state = 'parked'
            and t.reason in ('unknown kit', 'other product', 'never lent', 'before it was lent',
              'after it was taken back')
          order by a.recorded_at, a.id`,
    )
  ).map((row) => withoutNulls<KitAlert>(row))

/** An alert that was given to the permitted person, by the task that answers it. */
export async function alertsGivenTo(db: Db, permit: Permit<Part>): Promise<readonly GivenAlert[]> {
  const rows = await many<GivenAlert>(
    db,
    sql`select a.id, a.product, a.serial, coalesce(t.happened_at, a.happened_at) as "happenedAt", a.level, a.words,
          t.task_id as "taskId", t.recorded_at as "givenAt", a.turn > t.n as "isLookedAtAgain"
        from monitoring.alert_turn t join monitoring.alert a on a.id = t.alert_id
        where t.person_id = ${permit.person} and t.state = 'given'
        order by "happenedAt" desc, a.id limit 50`,
  )
  return rows
}

/** How many alerts of the caller’s place wait, and since when. */
export async function waitingHere(db: Db): Promise<{ readonly waiting: number; readonly since?: Date }> {
  const row = await one<{ waiting: number; since: Date | null }>(
    db,
    sql`select waiting, since from monitoring.count_waiting()`,
  )
  return { waiting: row?.waiting ?? 0, ...(row?.since && { since: row.since }) }
}

/** The hands an alert went through, the newest first. Turns that name somebody who is not open are left out. */
export async function alertTurnsOf(db: Db, alertId: string): Promise<readonly AlertTurn[]> {
  const rows = await many(
    db,
    sql`select t.n, t.state, t.reason, t.words, t.happened_at as "happenedAt", s.name as "byName", t.recorded_at as at
        from monitoring.alert_turn t left join organisations.staff s on s.id = t.by
        where t.alert_id = ${alertId} order by t.n desc`,
  )
  return rows.map((row) => withoutNulls<AlertTurn>(row))
}

/** Where kit is lent: the places that have any, by code. */
export const lendingPlaces = (
  db: Db,
): Promise<readonly { readonly id: string; readonly code?: string; readonly name: string }[]> =>
  many(
    db,
    sql`select o.id, o.code, o.name from organisations.organisation o
        where exists (select from monitoring.kit k where k.organisation_id = o.id) order by o.name`,
  )
