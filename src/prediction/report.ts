import type { Judged, Report } from './report-types.ts'

/**
 * The measures of a validation report, each with its interval.
 *
 * @throws RangeError when lengths differ, a risk is not in 0 to 1, or the outcome never varies: the caller's mistake.
 * @source risk design 5.4; TRIPOD+AI; Van Calster and others 2024 (STRATOS TG6).
 */
export function validate(judged: Judged): Report {
  throw new Error(`not built: ${judged}`)
}
