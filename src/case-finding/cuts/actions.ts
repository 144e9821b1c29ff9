import { type Outcome, require, type StaffVisit, type Visit } from '#access'
import { londonDate } from '#calendar'
import type { Db } from '#database'
import type { Programme } from '#organisations'
import { currentRun } from '../store.ts'
import type { Run } from '../types.ts'
import { asksByPlaces, cutsOf, isSamePlaces, reachOf, readCut } from './rules.ts'
import { addCut, addFreePlaces, freePlaces, ranksAskedTo, ranksByWeightedList, valueIn } from './store.ts'
import type { ChosenCut, Cut, Places, Reach } from './types.ts'

const whole: Cut = { way: 'all' }

/** How far a run is asked now, by the cut that holds. @param practiceId of this practice’s part alone. */
export async function reachNow(
  db: Db,
  run: Run,
  chosen: ChosenCut | undefined,
  practiceId: string,
): Promise<Reach> {
  const cut = chosen?.cut ?? whole
  if (cut.way === 'all') return { cut }
  const [reach] = await reachesBy(db, run.programmeId, run, [cut], practiceId)
  return reach ?? { cut }
}

/** How far a run would be asked by each of some cuts, in their order. Who waits is asked of the record once. */
export async function reachesBy(
  db: Db,
  programmeId: string,
  run: Run,
  cuts: readonly Cut[],
  practiceId?: string,
): Promise<readonly Reach[]> {
  const free = await freePlaces(db, programmeId)
  const asks = cuts.map((cut) => asksByPlaces(cut, free) ?? 0)
  const isAsked = asks.some((count) => count > 0)
  const ranks = isAsked ? await ranksAskedTo(db, programmeId, run.id, asks) : []
  const reaches: Reach[] = []
  for (const [at, cut] of cuts.entries()) {
    const own =
      cut.way === 'weighted' ? await ranksByWeightedList(db, run.id, cut.percent, practiceId) : undefined
    reaches.push(reachOf(cut, run, free, ranks[at], own))
  }
  return reaches
}

/**
 * Chooses how far down a programme's list people are asked, from the next page on. Nobody is taken off the list by it.
 *
 * @param form.seen the number of the cut on the page it was chosen from, 0 for none.
 */
export async function chooseCut(
  visit: StaffVisit,
  programme: Programme,
  form: { readonly code: string; readonly seen: number },
): Promise<Outcome<{ readonly cut: Cut }>> {
  require(visit, 'run programmes')
  const { db, caller, now } = visit
  const run = await currentRun(db, programme.id)
  const read = run
    ? readCut(form.code, cutsOf(run, await freePlaces(db, programme.id)))
    : { problem: { field: 'cut', message: 'There is no list yet' } }
  if ('problem' in read) return { ok: false, problems: [read.problem] }
  const { cut } = read
  const row = { programmeId: programme.id, seen: form.seen, cut, by: caller.staffId, at: now }
  if (!(await addCut(db, row))) {
    const message = 'Somebody chose first. Read what they chose, then choose again'
    return { ok: false, problems: [{ field: 'cut', message }] }
  }
  const facts = { programmeId: programme.id, way: cut.way, value: valueIn(cut) }
  await visit.note({ what: 'cut chosen', about: `programme ${programme.id}`, facts })
  return { ok: true, value: { cut } }
}

/**
 * Is told how many places of a programme are free and how many more are expected, by whoever has the places: a list
 * may be cut by either.
 *
 * @param places whole numbers of 0 or more. The same again on the same day is not written again.
 */
export async function tellFreePlaces(visit: Visit, programmeId: string, places: Places): Promise<void> {
  const known = await freePlaces(visit.db, programmeId)
  if (known && isSamePlaces(known, places) && londonDate(known.countedAt) === visit.today) return
  await addFreePlaces(visit.db, programmeId, { ...places, countedAt: visit.now })
}
