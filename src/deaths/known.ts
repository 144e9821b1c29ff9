import type { Permit, StaffVisit } from '#access'
import { contactsOf } from '#co-ordination'
import { practiceThen } from './store.ts'

/** What helps whoever is to find out: who last was in touch, and the practice of that day. */
export type Known = {
  readonly lastContactAt?: Date
  readonly practice?: { readonly name: string; readonly telephone: string | null }
}

/** Reads it. A contact that was struck was none. */
export async function knownOf(visit: StaffVisit, leave: Permit<'whole'>): Promise<Known> {
  const last = (await contactsOf(visit.db, leave)).find(({ struckAt }) => !struckAt)
  return { lastContactAt: last?.happenedAt, practice: await practiceThen(visit.db, leave) }
}
