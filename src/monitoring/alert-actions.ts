import {
  changedMeanwhile,
  newId,
  notForYou,
  type Outcome,
  require,
  type StaffVisit,
  type Visit,
} from '#access'
import { isSwitchedOn } from '#organisations'
import { alertById, countKnown, insertAlert, insertDelivery, takeTurn, writeTurn } from './alert-store.ts'
import { readAlerts } from './messages.ts'
import { problemsWithSettling, type Settling, stateAfter } from './settling.ts'
import type { KitAlert } from './types.ts'

/** Whoever lends kit takes in what its product sends. */
export const mayTakeIn = 'record contacts'

/** Whose an alert is that nobody can be given is for those to say who agree plans with people. */
export const maySettle = 'write plans'

/** The name of the promised work that gives each alert to whoever had the kit. */
export const giveTask = 'give alerts of kit'

const off =
  'Alerts of kit are off. The clinical safety officer switches them on under Purposes, once they accept what they are meant for'

/**
 * Takes in a file of alerts, as a registered product wrote it, for a place. Each is kept as it came and asked a moment
 * later whose it is; what came before, word for word, is not taken twice.
 *
 * @param file what to call the file where something in it does not fit.
 * @returns the file’s reference, or the one sentence that says why nothing of it was taken. No sentence quotes a value.
 */
export async function takeInAlerts(
  visit: Visit,
  organisationId: string,
  file: { readonly called: string; readonly text: string },
): Promise<Outcome<{ readonly deliveryId: string }>> {
  require(visit, mayTakeIn)
  const stop = (message: string) => ({ ok: false, problems: [{ field: 'chosen', message }] }) as const
  if (!(await isSwitchedOn(visit.db, 'kit alerts'))) return stop(off)
  const read = readAlerts(file.text)
  if (!read.ok) return stop(`${file.called}, line ${read.line}: ${read.sentence}`)
  const deliveryId = newId()
  await insertDelivery(visit.db, {
    ...{ id: deliveryId, organisationId, at: visit.now },
    ...{ read: read.alerts.length + read.refused.length, refused: read.refused },
    ...(visit.caller.kind === 'staff' && { by: visit.caller.staffId }),
  })
  let known = 0
  for (const alert of read.alerts)
    if (!(await insertAlert(visit.db, alert, { deliveryId, at: visit.now }))) known++
  await countKnown(visit.db, deliveryId, known)
  await visit.note({
    what: 'kit alerts taken in',
    about: `delivery ${deliveryId}`,
    facts: { deliveryId, read: read.alerts.length + read.refused.length },
  })
  await visit.later(giveTask, {})
  return { ok: true, value: { deliveryId } }
}

/** An alert of the caller’s place that is with nobody. @throws Refused when there is none. */
export async function waitingAlert(visit: StaffVisit, id: string): Promise<KitAlert> {
  const alert = await alertById(visit.db, id)
  if (!alert || alert.organisationId !== visit.caller.organisation.id) throw notForYou()
  return alert
}

/**
 * Writes down what somebody decided of an alert that waits: ask again whose it is, not ours, or it stays where it was given.
 * Taking an answer back lets it wait again. Each answer is kept.
 *
 * @throws Refused when somebody answered first.
 */
export async function settleAlert(visit: StaffVisit, alert: KitAlert, settling: Settling): Promise<Outcome> {
  require(visit, maySettle)
  if (alert.turn !== settling.turn) throw answeredFirst()
  const problems = problemsWithSettling(alert, settling, visit.now)
  const state = stateAfter(alert, settling.answer)
  if (problems.length > 0 || !state) return { ok: false, problems }
  const turn = {
    ...{ alertId: alert.id, from: alert.turn, state, reason: alert.reason, words: settling.words },
    ...{ happenedAt: settling.happenedAt ?? alert.happenedAt, by: visit.caller.staffId, at: visit.now },
  }
  if (!(await takeTurn(visit.db, turn))) throw answeredFirst()
  await writeTurn(visit.db, turn)
  await visit.note({
    what: 'kit alert answered',
    about: `alert ${alert.id}`,
    facts: { alertId: alert.id, state },
  })
  if (state === 'ask again') await visit.later(giveTask, {})
  return { ok: true, value: undefined }
}

const answeredFirst = () =>
  changedMeanwhile('Somebody answered this alert meanwhile. Open it again to see how it stands.')
