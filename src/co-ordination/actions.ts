import { actorOf, changedMeanwhile, newId, notForYou, type Outcome, type Permit, type Visit } from '#access'
import { type Episode, episodesOf, leadEpisode } from '#people'
import { isSameContact } from './kept-already.ts'
import { problemsWithContact, problemsWithTask, problemsWithTurn } from './rules.ts'
import { addTurn, contactOf, insertContact, insertTask, strikeContact, taskOf, turnsOf } from './store.ts'
import type { Contact, Holder, NewContact, NewTask, Task, TaskTurn } from './types.ts'

type KeptContact = { readonly contactId: string; readonly wasKept: boolean }

/**
 * Writes down a contact with the permitted person, in their open episode where there is one.
 *
 * What happens next becomes a task of whoever made the contact; a task it answers is done. The same form sent twice is
 * one contact; the same form sent again with other words is a problem, because the first was kept.
 *
 * @returns its id, and whether it was kept already.
 * @throws Refused when the task it answers has changed hands since the page was drawn.
 */
export async function recordContact(
  visit: Visit,
  permit: Permit<'whole'>,
  contact: NewContact,
): Promise<Outcome<KeptContact>> {
  const problems = problemsWithContact(contact, visit.now)
  if (problems.length > 0) return { ok: false, problems }
  const id = contact.id ?? newId()
  const madeBy = actorOf(visit, contact.madeById)
  const episode = episodeFor(visit, madeBy, await episodesOf(visit.db, permit))
  const happenedAt = contact.happenedAt ?? visit.now
  const isNew = await insertContact(visit.db, permit, {
    ...contact,
    id,
    happenedAt,
    episodeId: episode?.id,
    madeBy,
    at: visit.now,
  })
  if (!isNew) return asBefore(await contactOf(visit.db, permit, id), contact, visit.now)
  const { kind, minutes } = contact
  await visit.note({
    what: 'contact recorded',
    person: permit.person,
    about: `contact ${id}`,
    facts: { contactId: id, kind, minutes },
    happenedAt,
  })
  await followUp(visit, permit, contact, madeBy)
  return { ok: true, value: { contactId: id, wasKept: false } }
}

// In two programmes at once, a contact belongs to the one of whoever made it.
function episodeFor(visit: Visit, madeBy: string, episodes: readonly Episode[]): Episode | undefined {
  const open = episodes.filter((episode) => !episode.closedOn)
  const place = visit.caller.kind === 'staff' ? visit.caller.organisation.id : undefined
  return open.find(({ ownerId, teamId }) => ownerId === madeBy || teamId === place) ?? leadEpisode(open)
}

function asBefore(kept: Contact | undefined, typed: NewContact, now: Date): Outcome<KeptContact> {
  if (!kept) throw notForYou()
  if (isSameContact(kept, typed, now)) return { ok: true, value: { contactId: kept.id, wasKept: true } }
  const message = 'This contact is recorded already, with other words. Strike it, or save this as another'
  return { ok: false, problems: [{ field: 'words', message }] }
}

async function followUp(
  visit: Visit,
  permit: Permit<'whole'>,
  contact: NewContact,
  madeBy: string,
): Promise<void> {
  if (contact.answers) {
    const { taskId, turn } = contact.answers
    await turnTask(visit, permit, { taskId, turn, state: 'done', words: contact.words, byId: madeBy })
  }
  if (!contact.nextWords?.trim() || !contact.nextOn) return
  await addTask(visit, permit, {
    what: contact.nextWords,
    holder: { staffId: madeBy },
    dueOn: contact.nextOn,
    addedById: madeBy,
  })
}

/**
 * Strikes a contact that is wrong. It stays to be read, struck through, and counts no more.
 *
 * @throws Refused when the permitted person has no such contact, or it was struck before.
 */
export async function strike(
  visit: Visit,
  permit: Permit<'whole'>,
  contactId: string,
  reason: string,
): Promise<Outcome> {
  if (!reason.trim())
    return { ok: false, problems: [{ field: 'reason', message: 'Enter what is wrong with it' }] }
  const at = { id: contactId, reason: reason.trim(), by: actorOf(visit), at: visit.now }
  if (!(await strikeContact(visit.db, permit, at))) throw notForYou()
  await visit.note({
    what: 'contact struck',
    person: permit.person,
    about: `contact ${contactId}`,
    facts: { contactId },
  })
  return { ok: true, value: undefined }
}

/**
 * Adds a task for the permitted person. The same form sent twice is one task.
 *
 * @returns its id, and whether it was kept already: whoever typed something else then must be told.
 */
export async function addTask(
  visit: Visit,
  permit: Permit<'whole'>,
  task: NewTask,
): Promise<Outcome<{ readonly taskId: string; readonly wasKept: boolean }>> {
  const problems = problemsWithTask(task, visit.today)
  if (problems.length > 0) return { ok: false, problems }
  const taskId = task.id ?? newId()
  const by = actorOf(visit, task.addedById)
  const isNew = await insertTask(visit.db, permit, { ...task, id: taskId, by, at: visit.now })
  if (isNew) {
    const facts = { taskId, dueOn: task.dueOn, isUrgent: task.isUrgent ?? false }
    await visit.note({ what: 'task added', person: permit.person, about: `task ${taskId}`, facts })
  }
  return { ok: true, value: { taskId, wasKept: !isNew } }
}

/**
 * Turns a task: done, waiting, handed on, not needed. Each turn is kept; none is changed.
 *
 * @throws Refused when there is no such task of the permitted person, or somebody turned it first.
 */
export async function turnTask(visit: Visit, permit: Permit<'whole'>, turn: TaskTurn): Promise<Outcome> {
  const task = await taskOf(visit.db, permit, turn.taskId)
  if (!task) throw notForYou()
  if (task.turn !== turn.turn) throw await turnedFirst(visit, permit, task)
  const problems = problemsWithTurn(task, turn, visit.today)
  if (problems.length > 0) return { ok: false, problems }
  const by = actorOf(visit, turn.byId)
  const isMine = await addTurn(visit.db, permit, {
    taskId: task.id,
    n: task.turn + 1,
    state: turn.state,
    holder: turn.holder ?? holderOf(task),
    dueOn: turn.dueOn ?? task.dueOn,
    dueAt: turn.dueOn && turn.dueOn !== task.dueOn ? undefined : task.dueAt,
    waitingFor: turn.state === 'waiting' ? turn.waitingFor?.trim() || task.waitingFor : undefined,
    words: turn.words,
    by,
    at: visit.now,
  })
  if (!isMine) throw await turnedFirst(visit, permit, task)
  const facts = { taskId: task.id, turn: task.turn + 1, state: turn.state }
  await visit.note({ what: 'task turned', person: permit.person, about: `task ${task.id}`, facts })
  return { ok: true, value: undefined }
}

function holderOf(task: Task): Holder {
  if (task.ownerId) return { staffId: task.ownerId }
  if (task.teamId) return { teamId: task.teamId }
  throw new Error(`task ${task.id} is held by nobody`)
}

async function turnedFirst(visit: Visit, permit: Permit<'whole'>, task: Task): Promise<Error> {
  const [newest] = await turnsOf(visit.db, permit, task.id)
  const who = newest?.byName ?? 'Somebody'
  return changedMeanwhile(`${who} changed this task meanwhile. Open it again to see how it stands.`)
}
