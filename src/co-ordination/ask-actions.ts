import {
  actorOf,
  changedMeanwhile,
  notForYou,
  type Outcome,
  type Part,
  type Permit,
  permit,
  type Visit,
} from '#access'
import { addDays } from '#calendar'
import type { Task as Job } from '#jobs'
import { aboutPerson } from '#people'
import { addTask } from './actions.ts'
import { followUp, kindOf, problemsWithAsk, problemsWithAskTurn } from './ask-rules.ts'
import { asksOf, brokerPlaces, insertAsk, turnAskRow } from './ask-store.ts'
import type { Ask, AskTurn, NewAsk } from './ask-types.ts'
import { isSameAsk } from './kept-already.ts'

/**
 * Asks for a volunteer for the permitted person, who said yes to it. The same form sent twice is one ask; sent again with other
 * words it is a problem, because the first was kept.
 *
 * @returns whether it was kept already.
 */
export async function askForHelp(
  visit: Visit,
  leave: Permit<'whole'>,
  ask: NewAsk,
): Promise<Outcome<{ readonly wasKept: boolean }>> {
  const places = (await brokerPlaces(visit.db)).map(({ id }) => id)
  const problems = problemsWithAsk(ask, visit.today, places)
  const { wantedBy } = ask
  const kind = kindOf(ask.kind)
  if (problems.length > 0 || !wantedBy || !kind) return { ok: false, problems }
  const by = actorOf(visit)
  if (!(await insertAsk(visit.db, leave, { ...ask, wantedBy, by, at: visit.now })))
    return asBefore(
      (await asksOf(visit.db, leave)).find(({ id }) => id === ask.id),
      ask,
    )
  await visit.note({
    what: 'help asked for',
    person: leave.person,
    about: `ask ${ask.id}`,
    facts: { askId: ask.id, kind, wantedBy },
  })
  return { ok: true, value: { wasKept: false } }
}

function asBefore(kept: Ask | undefined, typed: NewAsk): Outcome<{ readonly wasKept: boolean }> {
  if (!kept) throw notForYou()
  if (isSameAsk(kept, typed)) return { ok: true, value: { wasKept: true } }
  const message =
    'Volunteers are asked already from this form, with other words. Take that back, or save this as another'
  return { ok: false, problems: [{ field: 'what', message }] }
}

/** The ask of the permitted person. @throws Refused when there is none, or it is with another place than the one named. */
export async function askOf(
  visit: Visit,
  leave: Permit<Part>,
  askId: string,
  organisationId?: string,
): Promise<Ask> {
  const ask = (await asksOf(visit.db, leave)).find(({ id }) => id === askId)
  if (!ask || (organisationId && ask.organisationId !== organisationId)) throw notForYou()
  return ask
}

/**
 * Writes down what became of an ask. What the team has to do about it stands in somebody's day a moment later: promised
 * here and done by the program, because a broker may open no plan and give nobody a task.
 *
 * @throws Refused when somebody turned it first.
 */
export async function turnAsk(visit: Visit, leave: Permit<Part>, ask: Ask, turn: AskTurn): Promise<Outcome> {
  if (ask.turn !== turn.turn) throw turnedFirst()
  const problems = problemsWithAskTurn(ask, turn, visit.today)
  if (problems.length > 0) return { ok: false, problems }
  if (!(await turnAskRow(visit.db, leave, ask.id, { ...turn, by: actorOf(visit), at: visit.now })))
    throw turnedFirst()
  await visit.note({
    what: 'help answered',
    person: leave.person,
    about: `ask ${ask.id}`,
    facts: { askId: ask.id, turn: turn.turn + 1, state: turn.state },
  })
  await visit.later(tellTask, { personId: leave.person, askId: ask.id, turn: turn.turn + 1 })
  return { ok: true, value: undefined }
}

const turnedFirst = () =>
  changedMeanwhile('Somebody answered this meanwhile. Open it again to see how it stands.')

const tellTask = 'tell the team what volunteers answered'

/** Gives the case manager, or whoever asked where there is none, what there is to do about the answer. */
const tellTheTeam: Job = (workshop, { personId, askId, turn }) =>
  workshop.inVisit(async (visit) => {
    const asked = { may: 'do tasks', part: 'whole', purpose: 'direct care' } as const
    const leave = await permit(visit, String(personId), { ...asked, verb: 'say what volunteers answered' })
    const ask = await askOf(visit, leave, String(askId))
    // Told by a later turn, or told before: a promise may be kept twice.
    if (ask.turn !== turn) return
    const about = await aboutPerson(visit, leave)
    const todo = followUp(ask, about.called)
    if (!todo || about.person.diedOn) return
    const outcome = await addTask(visit, leave, {
      id: ask.id.slice(0, 24) + String(turn).padStart(12, '0'),
      what: todo.what,
      why: ask.words,
      holder: { staffId: about.lead?.ownerId ?? ask.askedById },
      dueOn: addDays(visit.today, todo.inDays),
      addedById: ask.askedById,
    })
    if (!outcome.ok) throw new Error('the team could not be told what volunteers answered')
  })

export const askTasks: Readonly<Record<string, Job>> = { [tellTask]: tellTheTeam }
