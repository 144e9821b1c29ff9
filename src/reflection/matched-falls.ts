import type { StaffVisit } from '#access'
import { countsYearOfAdmissions, newestAnswer } from '#evaluation'
import type { Programme } from '#organisations'

/**
 * How far the emergency admissions of matched people of each programme fell by themselves, where last night’s study says
 * so: one that counted something else, or for less than a year, says nothing of these.
 */
export async function matchedFalls(
  visit: StaffVisit,
  all: readonly Programme[],
): Promise<ReadonlyMap<string, number>> {
  const falls = new Map<string, number>()
  for (const { id } of all) {
    const answer = await newestAnswer(visit.db, id)
    const isSame = answer && countsYearOfAdmissions(answer)
    if (answer?.kind === 'answered' && isSame) falls.set(id, answer.regression.controlChangePercent)
  }
  return falls
}
