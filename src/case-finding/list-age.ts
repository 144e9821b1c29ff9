import { daysBetween, type LondonDate } from '#calendar'

const oldAfterDays = 35

/** A number of somebody may be read for 90 days after the list's day. @source Design safety-security 1.7. */
export const unusableAfterDays = 90

/** Whether numbers of a list are too old to be read; then the rule's list of the same day is. */
export const areNumbersTooOld = (indexOn: LondonDate, today: LondonDate): boolean =>
  daysBetween(indexOn, today) > unusableAfterDays

/** A list older than 35 days says so. */
export const isOldList = (indexOn: LondonDate, today: LondonDate): boolean =>
  daysBetween(indexOn, today) > oldAfterDays
