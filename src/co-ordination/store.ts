import type { Part, Permit } from '#access'
import { type Db, many, one, run, sql, withoutNulls } from '#database'
import type { EnrolmentRow } from './messages.ts'
import type { Contact, Holder, NewContact, NewTask, Task, TaskState, Turn } from './types.ts'

const contactColumns = sql`
  c.id, c.kind, m.name as "madeByName", c.happened_at as "happenedAt", c.minutes, c.words,
  c.next_words as "nextWords", c.next_on as "nextOn", c.recorded_at as "recordedAt", c.struck_at as "struckAt",
  s.name as "struckByName", c.struck_reason as "struckReason"`
const contactTables = sql`co_ordination.contact c join organisations.staff m on m.id = c.made_by
  left join organisations.staff s on s.id = c.struck_by`

/** The permitted person's contacts, the newest first, struck ones among them. */
export async function contactsOf(db: Db, permit: Permit<'whole'>, atMost = 500): Promise<readonly Contact[]> {
  const rows = await many(
    db,
    sql`select ${contactColumns} from ${contactTables} where c.person_id = ${permit.person}
        order by c.happened_at desc, c.id desc limit ${atMost}`,
  )
  return rows.map((row) => withoutNulls<Contact>(row))
}

export async function contactOf(db: Db, permit: Permit<'whole'>, id: string): Promise<Contact | undefined> {
  const row = await one(
    db,
    sql`select ${contactColumns} from ${contactTables} where c.person_id = ${permit.person} and c.id::text = ${id}`,
  )
  return row && withoutNulls<Contact>(row)
}

/** Writes a contact down. @returns false when its id is known already; then nothing was written. */
export async function insertContact(
  db: Db,
  permit: Permit<'whole'>,
  contact: NewContact & {
    readonly id: string
    readonly happenedAt: Date
    readonly episodeId?: string
    readonly madeBy: string
    readonly at: Date
  },
): Promise<boolean> {
  const touched = await run(
    db,
    sql`insert into co_ordination.contact (id, person_id, episode_id, kind, made_by, happened_at, minutes, words,
          next_words, next_on, recorded_by, recorded_at)
        values (${contact.id}, ${permit.person}, ${contact.episodeId ?? null}, ${contact.kind}, ${contact.madeBy},
          ${contact.happenedAt}, ${contact.minutes ?? null}, ${contact.words.trim()},
          ${contact.nextWords?.trim() || null}, ${contact.nextOn ?? null}, ${contact.madeBy}, ${contact.at})
        on conflict (id) do nothing`,
  )
  return touched === 1
}

/** Strikes a contact: it stays, and counts no more. @returns false when there is none here that still stands. */
export async function strikeContact(
  db: Db,
  permit: Permit<'whole'>,
  strike: { readonly id: string; readonly reason: string; readonly by: string; readonly at: Date },
): Promise<boolean> {
  const touched = await run(
    db,
    sql`update co_ordination.contact set struck_at = ${strike.at}, struck_by = ${strike.by},
          struck_reason = ${strike.reason}
        where id = ${strike.id} and person_id = ${permit.person} and struck_at is null`,
  )
  return touched === 1
}

const taskColumns = sql`
  k.id, k.person_id as "personId", k.what, k.why, k.is_urgent as "isUrgent", k.is_promise as "isPromise", k.turn,
  u.state, u.owner_id as "ownerId", u.team_id as "teamId", coalesce(s.name, o.name) as "holderName",
  u.due_on as "dueOn", u.due_at as "dueAt", u.waiting_for as "waitingFor", u.recorded_at as since`
const taskTables = sql`co_ordination.task k
  join co_ordination.task_turn u on u.task_id = k.id and u.n = k.turn
  left join organisations.staff s on s.id = u.owner_id
  left join organisations.organisation o on o.id = u.team_id`

/** Every open task of the people given, whose rows a permit has opened: urgent ones first, then by due day. */
export async function openTasks(db: Db, people: readonly string[]): Promise<readonly Task[]> {
  const rows = await many(
    db,
    sql`select ${taskColumns} from ${taskTables}
        where u.person_id = any (${people}) and u.state in ('to do', 'waiting')
        order by k.is_urgent desc, u.due_on, u.due_at nulls last, k.recorded_at`,
  )
  return rows.map((row) => withoutNulls<Task>(row))
}

/** The permitted person's open tasks that a team holds, or somebody who worked there and does not work at another. */
export async function tasksLeftAt(
  db: Db,
  permit: Permit<'whole'>,
  teamId: string,
  otherTeamId: string,
): Promise<readonly Task[]> {
  const rows = await many(
    db,
    sql`select ${taskColumns} from ${taskTables}
        where u.person_id = ${permit.person} and u.state in ('to do', 'waiting')
          and (u.team_id = ${teamId} or (not organisations.works_at(u.owner_id, ${otherTeamId}) and exists (
            select from organisations.post p where p.staff_id = u.owner_id and p.organisation_id = ${teamId})))
        order by k.recorded_at, k.id`,
  )
  return rows.map((row) => withoutNulls<Task>(row))
}

/** One task of the permitted person. */
export async function taskOf(db: Db, permit: Permit<'whole'>, id: string): Promise<Task | undefined> {
  const row = await one(
    db,
    sql`select ${taskColumns} from ${taskTables} where k.person_id = ${permit.person} and k.id::text = ${id}`,
  )
  return row && withoutNulls<Task>(row)
}

/** The hands a task went through, the newest first. */
export async function turnsOf(db: Db, permit: Permit<'whole'>, taskId: string): Promise<readonly Turn[]> {
  const rows = await many(
    db,
    sql`select u.n, u.state, coalesce(s.name, o.name) as "holderName", u.due_on as "dueOn",
               u.waiting_for as "waitingFor", u.words, b.name as "byName", u.recorded_at as at
        from co_ordination.task_turn u
        left join organisations.staff s on s.id = u.owner_id
        left join organisations.organisation o on o.id = u.team_id
        join organisations.staff b on b.id = u.by
        where u.person_id = ${permit.person} and u.task_id::text = ${taskId} order by u.n desc`,
  )
  return rows.map((row) => withoutNulls<Turn>(row))
}

type TurnRow = {
  readonly taskId: string
  readonly n: number
  readonly state: TaskState
  readonly holder: Holder
  readonly dueOn: string
  readonly dueAt?: Date
  readonly waitingFor?: string
  readonly words?: string
  readonly by: string
  readonly at: Date
}

/** Adds a task with its first turn. @returns false when its id is known already; then nothing was written. */
export async function insertTask(
  db: Db,
  permit: Permit<'whole'>,
  task: NewTask & { readonly id: string; readonly by: string; readonly at: Date },
): Promise<boolean> {
  const touched = await run(
    db,
    sql`insert into co_ordination.task (id, person_id, what, why, is_urgent, is_promise, turn, added_by, recorded_at)
        values (${task.id}, ${permit.person}, ${task.what.trim()}, ${task.why?.trim() || null},
          ${task.isUrgent ?? false}, ${task.isPromise ?? false}, 1, ${task.by}, ${task.at})
        on conflict (id) do nothing`,
  )
  if (touched === 0) return false
  await insertTurn(db, permit, { ...task, taskId: task.id, n: 1, state: 'to do' })
  return true
}

/** Gives a task its next turn. @returns false when somebody else turned it first; then nothing was changed. */
export async function addTurn(db: Db, permit: Permit<'whole'>, turn: TurnRow): Promise<boolean> {
  const touched = await run(
    db,
    sql`update co_ordination.task set turn = ${turn.n}
        where id = ${turn.taskId} and person_id = ${permit.person} and turn = ${turn.n - 1}`,
  )
  if (touched === 0) return false
  await insertTurn(db, permit, turn)
  return true
}

async function insertTurn(db: Db, permit: Permit<Part>, turn: TurnRow): Promise<void> {
  const { holder } = turn
  await run(
    db,
    sql`insert into co_ordination.task_turn (task_id, n, person_id, state, owner_id, team_id, due_on, due_at,
          waiting_for, words, by, recorded_at)
        values (${turn.taskId}, ${turn.n}, ${permit.person}, ${turn.state},
          ${'staffId' in holder ? holder.staffId : null}, ${'teamId' in holder ? holder.teamId : null},
          ${turn.dueOn}, ${turn.dueAt ?? null}, ${turn.waitingFor?.trim() || null}, ${turn.words?.trim() || null},
          ${turn.by}, ${turn.at})`,
  )
}

/** What was said of each contact that stands and what each task asks, by what the journal calls them. */
export const contactAndTaskWords = (
  db: Db,
  permit: Permit<'whole'>,
): Promise<readonly { readonly about: string; readonly words: string }[]> =>
  many(
    db,
    sql`select 'contact ' || c.id as about, c.words from co_ordination.contact c
        where c.person_id = ${permit.person} and c.struck_at is null
        union all
        select 'task ' || k.id, k.what from co_ordination.task k where k.person_id = ${permit.person}`,
  )

/** Every contact that stands, with the time its episode was open. Only the program may ask. */
export const enrolmentRows = (db: Db): Promise<readonly EnrolmentRow[]> =>
  many(
    db,
    sql`select nhs_number as "nhsNumber", enrolled_on as "enrolledOn", ended_on as "endedOn",
               contact_on as "contactOn" from co_ordination.enrolment()`,
  )
