import { addDays, daysBetween, type LondonDate } from '#calendar'
import { tellFreePlaces } from '#case-finding'
import type { Db } from '#database'
import type { Task } from '#jobs'
import { type Programme, type ProgrammeTemplate, programmes } from '#organisations'
import { closingsOf, type PossibleOwner, possibleOwners } from '#referral'

type Holding = Pick<PossibleOwner, 'staffId' | 'teamId' | 'held'>
type Limits = Pick<ProgrammeTemplate, 'caseload' | 'beds'>

const horizonDays = 28
const lookBackDays = 182
const fewestClosings = 6

/**
 * Counts each programme's free places, works out how many more are expected, and tells case-finding, which may not look
 * forward to the rooms that have them. A list may be cut by either.
 */
export const countFreePlaces: Task = async (workshop) => {
  await workshop.inVisit(async (visit) => {
    for (const programme of await programmes(visit.db)) {
      const owners = await possibleOwners(visit.db, programme)
      const places = placesOf(owners, programme.template)
      const past = await closingsLately(visit.db, programme, visit.today)
      const closing = closingsExpected(past)
      const expected = closing && placesExpected(owners, programme.template, closing)
      await tellFreePlaces(visit, programme.id, {
        ...places,
        toCome: { by: addDays(visit.today, horizonDays), ...past, ...(expected && { expected }) },
      })
    }
  })
}

/** How many of a programme's people were closed in the last 182 days, or since it began if that is less. */
async function closingsLately(db: Db, programme: Programme, today: LondonDate): Promise<Closings> {
  const found = await closingsOf(db, programme.id, addDays(today, -lookBackDays))
  const sinceItBegan = found?.firstOpenedOn ? daysBetween(found.firstOpenedOn, today) : lookBackDays
  return {
    closings: found?.closings ?? 0,
    closingsDays: Math.max(horizonDays, Math.min(lookBackDays, sinceItBegan)),
  }
}

/**
 * A programme's places: what its case managers, or its teams, may still take on by the caseload limit, and never more
 * than its beds leave. Somebody over the limit has no place, and takes none from another.
 *
 * Whoever is accepted has an episode with a named case manager from that moment, so they hold a place already, whether
 * or not anybody has seen them yet.
 */
export function placesOf(
  owners: readonly Holding[],
  { caseload, beds }: Limits,
): { readonly free: number; readonly capacity: number } {
  const held = new Map<string, number>()
  for (const owner of owners) {
    const key = { worker: owner.staffId, nurse: owner.staffId, team: owner.teamId, site: '' }[caseload.unit]
    held.set(key, (held.get(key) ?? 0) + owner.held)
  }
  const all = [...held.values()]
  const free = all.reduce((sum, count) => sum + Math.max(0, caseload.limit - count), 0)
  const capacity = caseload.limit * all.length
  if (beds === undefined) return { free, capacity }
  const taken = all.reduce((sum, count) => sum + count, 0)
  const most = Math.min(capacity, beds)
  return { free: Math.min(free, Math.max(0, beds - taken)), capacity: most }
}

/** How many were closed, in how many days. */
type Closings = { readonly closings: number; readonly closingsDays: number }

/** Whole numbers; 80 in 100 of such forecasts fall between low and high, both counted in. */
type Expected = { readonly more: number; readonly low: number; readonly high: number }

/**
 * How many people of a programme are expected to be closed in the next 28 days: as many in 28 days as lately. Nobody
 * records the day an episode is to end, so no planned day is counted.
 *
 * @returns undefined where fewer than 6 were closed: too few to say.
 * @source The count to come is Poisson at a rate that is itself only known from the closings so far. With Jeffreys'
 *   prior that is a negative binomial of shape closings + 1/2, and the limits are its 10% and 90% points (the prediction
 *   interval of Krishnamoorthy and Peng, J Stat Plan Inference 2011;141:1709, in its Bayesian form; cited from memory).
 *   The interval of the rate alone would be too narrow for a count. How often it is right is worked out exactly in the
 *   test.
 */
export function closingsExpected({ closings, closingsDays }: Closings): Expected | undefined {
  if (closings < fewestClosings) return undefined
  const periods = closingsDays / horizonDays
  return {
    more: Math.round(closings / periods),
    low: closingsAt(0.1, closings, periods),
    high: closingsAt(0.9, closings, periods),
  }
}

/** The smallest count with this share of the predictive distribution at or below it. */
function closingsAt(share: number, closings: number, periods: number): number {
  const shape = closings + 0.5
  let chance = (periods / (periods + 1)) ** shape
  let [count, upTo] = [0, chance]
  while (upTo < share) {
    chance *= (count + shape) / ((count + 1) * (periods + 1))
    count++
    upTo += chance
  }
  return count
}

/**
 * How many more places so many closings would leave, by the same rule that counts them today. Closings are shared out
 * by how many each holds: of somebody over the limit the first only bring them down to it.
 */
export function placesExpected(owners: readonly Holding[], limits: Limits, closing: Expected): Expected {
  const now = placesOf(owners, limits).free
  const held = owners.reduce((sum, owner) => sum + owner.held, 0)
  const moreWith = (closings: number) => {
    const share = held === 0 ? 0 : 1 - Math.min(1, closings / held)
    const after = owners.map((owner) => ({ ...owner, held: owner.held * share }))
    return Math.max(0, Math.round(placesOf(after, limits).free) - now)
  }
  return { more: moreWith(closing.more), low: moreWith(closing.low), high: moreWith(closing.high) }
}
