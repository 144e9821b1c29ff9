import type { SystemCaller, Visit } from '#access'
import { type LondonDate, londonDate } from '#calendar'
import type { Workshop } from '#jobs'
import { installation } from '#organisations'
import type { Sources } from './sources.ts'

/** The day a load is taken on, by which the age of an answer is told. */
export const loadDay = async (
  workshop: Workshop,
  { isSynthetic }: Sources,
  indexOn: LondonDate,
): Promise<LondonDate> =>
  (await workshop.inVisit((visit) => dayFrom(visit, isSynthetic, indexOn))) ?? londonDate(new Date())

/**
 * The day of the installation once the load is taken, and so the day it is taken on: made-up people bring theirs with
 * them, and it is never moved back. None where people are real.
 */
export async function dayFrom(
  visit: Visit<SystemCaller>,
  isSynthetic: boolean,
  indexOn: LondonDate,
): Promise<LondonDate | undefined> {
  if (!isSynthetic) return undefined
  const { dayOn } = await installation(visit.db)
  return dayOn && dayOn > indexOn ? dayOn : indexOn
}
