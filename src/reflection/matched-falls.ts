import type { StaffVisit } from '#access'
import { newestAnswer } from '#evaluation'
import type { Programme } from '#organisations'

/** How far the matched people of each programme fell by themselves, where last night's study says so. */
export async function matchedFalls(
  visit: StaffVisit,
  all: readonly Programme[],
): Promise<ReadonlyMap<string, number>> {
  const falls = new Map<string, number>()
  for (const { id } of all) {
    const answer = await newestAnswer(visit.db, id)
    if (answer?.kind === 'answered') falls.set(id, answer.regression.controlChangePercent)
  }
  return falls
}
