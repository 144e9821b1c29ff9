import { randomBytes } from 'node:crypto'
import { newId, type Outcome, require, type StaffVisit } from '#access'
import type { Programme } from '#organisations'
import { problemsWithApproval } from '../approval.ts'
import { standingOf } from '../rules.ts'
import { currentRun } from '../store.ts'
import type { Run } from '../types.ts'
import { inTurn } from './draw.ts'
import { isRecent, type LotForm, partLine, readLotForm } from './rules.ts'
import { keepLot, lineOf, lotsOf, turnsOf } from './store.ts'
import type { Band, InLine, Lot, Parted } from './types.ts'

const may = 'approve lots'

/** What stands before a draw of a programme's list. */
export type Waiting = {
  readonly run: Run
  readonly line: readonly InLine[]
  /** Every draw of the programme, newest first. */
  readonly lots: readonly Lot[]
  /** Of those drawn lately, how many are not judged yet: they hold their places. */
  readonly drawnAndWaiting: number
}

/** Everybody of a run still to judge, in all practices, by pseudonym and in its order. */
export async function lineToJudge(
  visit: StaffVisit,
  programme: Programme,
  run: Run,
): Promise<readonly InLine[]> {
  const rows = await lineOf(visit.db, programme.id, run.id)
  return rows.flatMap(({ history, isWithUs, practiceId, suggestion }) => {
    const standing = standingOf(
      { history, suggestion, run, hasOpenEpisode: isWithUs, practiceId },
      visit.today,
    )
    const { pseudonym, rank, emergencyAdmissions, aeVisits, conditions, risk, isReturned } = suggestion
    const one = {
      ...{ pseudonym, rank, emergencyAdmissions, aeVisits, isReturned },
      conditions: conditions.length,
    }
    return standing.tab === 'to judge' ? [{ ...one, ...(risk !== undefined && { risk }) }] : []
  })
}

/** What stands before a draw of a programme's list. Undefined without a list. */
export async function waitingIn(visit: StaffVisit, programme: Programme): Promise<Waiting | undefined> {
  require(visit, may)
  const run = await currentRun(visit.db, programme.id)
  if (!run) return undefined
  const line = await lineToJudge(visit, programme, run)
  const lots = await lotsOf(visit.db, programme.id)
  const inLine = new Set(line.map(({ pseudonym }) => pseudonym))
  let drawnAndWaiting = 0
  for (const { id } of lots.filter((lot) => isRecent(lot, visit.today))) {
    const turns = await turnsOf(visit.db, id)
    drawnAndWaiting += turns.filter(({ pseudonym, isDrawn }) => isDrawn && inLine.has(pseudonym)).length
  }
  return { run, line, lots, drawnAndWaiting }
}

/** What a draw would be, before anybody is drawn. */
export type Planned = { readonly places: number; readonly band: Band; readonly parted: Parted }

/** Works out what a draw would mean, or what to put right. */
export function planLots(waiting: Waiting, form: LotForm): Outcome<Planned> {
  const read = readLotForm(form, waiting.run.modelId !== undefined)
  if ('problems' in read) return { ok: false, problems: read.problems }
  if (waiting.drawnAndWaiting > 0) {
    return mistake(
      `${waiting.drawnAndWaiting.toLocaleString('en-GB')} of those drawn in the last 35 days are not judged yet, and hold their places. Draw again once they are`,
    )
  }
  const parted = partLine(waiting.line, read.places, read.band)
  if ('nothing' in parted) return mistake(parted.nothing)
  return { ok: true, value: { ...read, parted } }
}

const mistake = (message: string) => ({ ok: false, problems: [{ field: 'places', message }] }) as const

/**
 * Draws near ties by lot for the places there are, in the caller's name, and keeps the draw for good. Nobody is hidden
 * or refused by it: those not drawn stay on the list, and may be accepted with a reason.
 *
 * @param form.seen how many of this programme's draws the page knew of, so that nobody draws twice unawares.
 */
export async function drawLots(
  visit: StaffVisit,
  programme: Programme,
  form: LotForm & { readonly reason: string; readonly isApproved: boolean; readonly seen: number },
): Promise<Outcome<{ readonly lotId: string; readonly drawn: number }>> {
  require(visit, may)
  const waiting = await waitingIn(visit, programme)
  if (!waiting) return mistake('There is no list yet')
  const plan = planLots(waiting, form)
  const approval = problemsWithApproval(form, { asked: 'why near ties are drawn', act: 'this draw' })
  if (!plan.ok || approval.length > 0) {
    return { ok: false, problems: [...(plan.ok ? [] : plan.problems), ...approval] }
  }
  const { parted, places, band } = plan.value
  const seed = randomBytes(16).toString('hex')
  const lotId = newId()
  const isKept = await keepLot(
    visit.db,
    {
      ...{
        id: lotId,
        programmeId: programme.id,
        n: form.seen + 1,
        runId: waiting.run.id,
        places,
        band,
        seed,
      },
      ...{ drawnOn: visit.today, at: visit.now, reason: form.reason.trim(), inLine: waiting.line.length },
      ...{ beforeBand: parted.before.length, inDraw: parted.inDraw.length, drawn: parted.toDraw },
    },
    inTurn(parted.inDraw, seed),
  )
  if (!isKept)
    return mistake('Somebody drew near ties of this programme first. Read that draw before another')
  const facts = { lotId, programmeId: programme.id }
  await visit.note({ what: 'lots drawn', about: `lot ${lotId}`, facts })
  return { ok: true, value: { lotId, drawn: parted.toDraw } }
}
