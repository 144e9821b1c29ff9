import { addDays, dateWords, daysBetween, type LondonDate } from '#calendar'

/**
 * How long an answer of the national opt-out service is relied on, in days.
 *
 * @source Design safety-security 1.7: checked against the service by NHS number, the check's time kept, the answer expired
 *   (7 days is our setting), checked again before each disclosure run.
 */
export const reliedOnDays = 7

/** Whether a kind of objection is the national data opt-out, however a sender writes it. */
export const isNationalOptOut = (kind: string): boolean =>
  /^\s*(national (data )?opt[- ]?out|ndo|ndoo|ndop)\s*$/i.test(kind)

/** When the service was last asked, as the files say, and by what name the answers came. */
export type NationalCheck = { readonly kind: string; readonly checkedOn: LondonDate }

/**
 * Why a load cannot be taken because of the age of the service's answers; undefined where they are young enough, none ever
 * came, or the controller has signed that they do not bear on this use.
 *
 * @param loadOn the day of the load. @param rules what is signed, by kind of objection.
 */
export function tooOldToRelyOn(
  check: NationalCheck | undefined,
  loadOn: LondonDate,
  rules: ReadonlyMap<string, string>,
): string | undefined {
  if (!check || rules.get(check.kind) === 'include') return undefined
  const days = daysBetween(check.checkedOn, loadOn)
  if (days <= reliedOnDays) return undefined
  return `objections: the national data opt-out was last checked on ${dateWords(check.checkedOn)}, ${days} days before this load. An answer is relied on for ${reliedOnDays} days, for who has opted out since is not known. Check everybody with the national service again, and send its answers with the time of the check in checked_at. Nothing was loaded.`
}

/** The first and the last day an answer may have been given on to be relied on: none of it lies ahead. */
export const reliedOnWithin = (
  loadOn: LondonDate,
): { readonly from: LondonDate; readonly to: LondonDate } => ({
  from: addDays(loadOn, -reliedOnDays),
  // A service's clock may be a few hours ahead of ours.
  to: addDays(loadOn, 1),
})

/** What somebody is left out for whose answer is too old, or has no time: they may have opted out, whatever it says. */
export const tooOldWords = (kind: string): string => `${kind}, answer older than ${reliedOnDays} days`
