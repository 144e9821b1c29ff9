import { newId, type Permit, permit, type SystemCaller, type Visit } from '#access'
import { dateWords, londonDate, timeWords } from '#calendar'
import { addTask, type Holder } from '#co-ordination'
import type { Task as Job, Workshop } from '#jobs'
import { type AboutPerson, aboutPerson, type Episode, isUnconfirmed } from '#people'
import { lookAgainTask } from './actions.ts'
import { giveTask } from './alert-actions.ts'
import {
  alertById,
  alertsToAsk,
  givenElsewhere,
  type Held,
  heldAt,
  takeTurn,
  waitingFor,
  writeTurn,
} from './alert-store.ts'
import { whoseIsIt } from './rules.ts'
import { holdStill, sharesAHouse } from './store.ts'
import type { KitAlert } from './types.ts'

const asked = { may: 'do tasks', part: 'whole', purpose: 'direct care' } as const

/**
 * Gives every alert that was just taken in, or put right, to the case manager of whoever had the kit when it happened, or
 * parks it with the reason. One transaction an alert: one that cannot be given holds up no other, and none is given twice.
 */
export const giveAlerts: Job = async (workshop) => {
  const failed: unknown[] = []
  for (const id of await workshop.inVisit((visit) => alertsToAsk(visit.db)))
    await workshop.inVisit((visit) => giveOne(visit, id)).catch((error: unknown) => failed.push(error))
  // It is tried again, and stands on the list of its place meanwhile.
  if (failed.length > 0) throw failed[0]
}

async function giveOne(visit: Visit<SystemCaller>, id: string): Promise<void> {
  const alert = await alertById(visit.db, id)
  if (!alert || (alert.state !== 'arrived' && alert.state !== 'ask again')) return
  await holdStill(visit.db, alert)
  const held = await heldAt(visit.db, alert)
  const whose = whoseNow(alert, held)
  const next = {
    ...{ alertId: id, from: alert.turn, happenedAt: alert.happenedAt, at: visit.now },
    ...(held.askedById && { by: held.askedById }),
  }
  if (whose !== 'the holder’s') {
    if (await takeTurn(visit.db, { ...next, state: 'parked' }))
      await writeTurn(visit.db, { ...next, state: 'parked', reason: whose })
    return
  }
  if (!(await takeTurn(visit.db, { ...next, state: 'given' }))) return
  const leave = await permit(visit, held.personId ?? '', { ...asked, verb: 'give an alert of kit' })
  const taskId = await addAlertTask(visit, leave, alert, held)
  const given = { personId: leave.person, loanId: held.loanId, taskId }
  await writeTurn(visit.db, { ...next, ...given, state: 'given' })
  const facts = { alertId: id, taskId }
  await visit.note({ what: 'kit alert given', person: leave.person, about: `task ${taskId}`, facts })
}

const whoseNow = ({ happenedAt, arrivedAt }: KitAlert, held: Held) =>
  whoseIsIt({
    ...{ happenedAt, arrivedAt, firstLentAt: held.firstLentAt },
    ...{ isOtherWords: held.isOtherWords, isOfOtherProduct: held.isOfOtherProduct },
    ...{ isKnownKit: held.kitId !== undefined, hasHolder: held.personId !== undefined },
  })

async function addAlertTask(
  visit: Visit,
  leave: Permit<'whole'>,
  alert: KitAlert,
  held: Held,
): Promise<string> {
  const about = await aboutPerson(visit, leave)
  const { holder, addedById } = whoAnswers(about, held.organisationId ?? alert.organisationId)
  const isShared = await sharesAHouse(visit.db, leave)
  const outcome = await addTask(visit, leave, {
    ...{ id: newId(), holder, addedById, dueOn: visit.today },
    // Somebody who has died is rung by nobody: a clinician looks, today, and an episode may close over it. Of whom that is not
    // confirmed, an alert may mean that they are alive.
    isUrgent: !hasDied(about.person),
    what: whatToDo(alert, about),
    why: whyWords(alert, held, isShared),
  })
  if (!outcome.ok) throw new Error('an alert of kit could not be given to anybody')
  return outcome.value.taskId
}

/** The case manager, and with them whoever covers; their team where they have left; whose kit it is after an episode. */
function whoAnswers(
  { lead, person, episodes }: Pick<AboutPerson, 'lead' | 'person' | 'episodes'>,
  placeOfKit: string,
): { readonly holder: Holder; readonly addedById: string } {
  // Kit is lent in an episode only, so there is one, open or closed.
  const addedById = (lead ?? episodes[0])?.ownerId ?? ''
  if (!lead) return { holder: { teamId: placeOfKit }, addedById }
  const isTeams = lead.ownerHasLeft || hasDied(person)
  return { holder: isTeams ? { teamId: lead.teamId } : { staffId: lead.ownerId }, addedById }
}

const atWords = (at: Date) => `${dateWords(londonDate(at))}, ${timeWords(at)}`

const shortened = (words: string) => (words.length > 300 ? `${words.slice(0, 300)}…` : words)

function whatToDo({ product, words }: KitAlert, { person, episodes }: AboutPerson): string {
  const said = `${product} says: “${shortened(words)}”`
  if (person.diedOn && !hasDied(person))
    return `${said}. They are recorded as died on ${dateWords(person.diedOn)}, and nobody has confirmed it: they may be alive. Ask their practice now`
  if (person.diedOn)
    return `${said}. They died on ${dateWords(person.diedOn)}: ring nobody because of this, look at it`
  const closed = lastClosed(episodes)
  return closed ? `${said}. Their episode closed on ${closed}` : said
}

const hasDied = (person: AboutPerson['person']) => person.diedOn !== undefined && !isUnconfirmed(person)

const lastClosed = (episodes: readonly Episode[]) => {
  const [newest] = episodes.some(({ closedOn }) => !closedOn) ? [] : episodes
  return newest?.closedOn && dateWords(newest.closedOn)
}

function whyWords(alert: KitAlert, held: Held, isShared: boolean): string {
  const happened = alert.happenedAt ? atWords(alert.happenedAt) : ''
  return [
    `An alert of ${alert.product}${alert.level ? `, which calls it “${alert.level}”` : ''}: its words, not judged here`,
    `It happened ${happened} and came ${atWords(alert.arrivedAt)}`,
    `They had this kit then: ${held.kind}, serial ${alert.serial}`,
    ...(isShared ? ['Somebody else at their address has kit too'] : []),
    'Ask whoever answers for name, date of birth and the serial on the kit first',
  ].join('. ')
}

/**
 * The loans of a piece of kit changed: what waited for it is asked again, and what was given by dates that hold no more is
 * moved by nobody. It waits for somebody’s answer, and whoever was given it has a task to look again.
 */
export const lookAgain: Job = async (workshop, { kitId }) => {
  const kit = String(kitId)
  for (const given of await workshop.inVisit(({ db }) => givenElsewhere(db, kit)))
    await workshop.inVisit((visit) => doubt(visit, given))
  for (const alert of await workshop.inVisit(({ db }) => waitingFor(db, kit))) await askAgain(workshop, alert)
  await giveAlerts(workshop, {})
}

const askAgain = (workshop: Workshop, alert: KitAlert) =>
  workshop.inVisit(async (visit) => {
    if (whoseNow(alert, await heldAt(visit.db, alert)) === alert.reason) return
    const turn = { alertId: alert.id, from: alert.turn, state: 'ask again', at: visit.now } as const
    if (await takeTurn(visit.db, turn)) await writeTurn(visit.db, { ...turn, happenedAt: alert.happenedAt })
  })

async function doubt(
  visit: Visit<SystemCaller>,
  given: { readonly alertId: string; readonly turn: number; readonly personId: string },
): Promise<void> {
  const { alertId, turn: from, personId } = given
  const state = 'in doubt'
  const leave = await permit(visit, personId, { ...asked, verb: 'say that an alert of kit is in doubt' })
  const alert = await alertById(visit.db, alertId)
  if (!alert || !(await takeTurn(visit.db, { alertId, from, state, at: visit.now }))) return
  await writeTurn(visit.db, {
    ...{ alertId, from, state, at: visit.now, happenedAt: alert.happenedAt },
    reason: 'dates corrected',
  })
  const about = await aboutPerson(visit, leave)
  const { holder, addedById } = whoAnswers(about, alert.organisationId)
  const outcome = await addTask(visit, leave, {
    ...{ id: newId(), holder, addedById, dueOn: visit.today },
    isUrgent: !hasDied(about.person),
    what: `Look again: an alert you were given may be of somebody else. ${alert.product} said: “${shortened(alert.words)}”`,
    why: `The dates of the kit, serial ${alert.serial}, were corrected. By them, they did not have it on ${alert.happenedAt ? atWords(alert.happenedAt) : 'that day'}. Nothing was moved: what you wrote stays, put right what was done because of it`,
  })
  if (!outcome.ok) throw new Error('nobody could be told that an alert is in doubt')
  const facts = { alertId }
  await visit.note({ what: 'kit alert in doubt', person: personId, about: `alert ${alertId}`, facts })
}

export const kitTasks: Readonly<Record<string, Job>> = { [giveTask]: giveAlerts, [lookAgainTask]: lookAgain }
