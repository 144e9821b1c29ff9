import type { Problem } from '#access'
import type { LondonDate } from '#calendar'
import { binomialInterval, type Interval } from '#statistics'
import { type Audit, type Finding, findings, type NewAudit } from './audit-types.ts'

type Read<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly Problem[] }

const mostCharacters = 1000
const tooLong = (field: string, text: string): readonly Problem[] =>
  text.length > mostCharacters ? [{ field, message: 'Shorten this to 1,000 characters or fewer' }] : []

/** Reads what a new round is to be; everything wrong is said at once. */
export function readNewAudit(text: (field: string) => string, reAuditOf: string | undefined): Read<NewAudit> {
  const [question, criterion] = [text('question').trim(), text('criterion').trim()]
  const [standardPercent, sampleAsked] = [wholeNumber(text('standard')), wholeNumber(text('sample'))]
  const problems = [
    ...(question ? [] : [{ field: 'question', message: 'Enter what you want to know' }]),
    ...tooLong('question', question),
    ...(criterion ? [] : [{ field: 'criterion', message: 'Enter what ought to be found in each record' }]),
    ...tooLong('criterion', criterion),
    ...(standardPercent !== undefined && standardPercent >= 1 && standardPercent <= 100
      ? []
      : [{ field: 'standard', message: 'Enter in how many of 100 it ought to be met, from 1 to 100' }]),
    ...(sampleAsked !== undefined && sampleAsked >= 1 && sampleAsked <= 200
      ? []
      : [{ field: 'sample', message: 'Enter how many records to look at, from 1 to 200' }]),
  ]
  if (problems.length > 0 || standardPercent === undefined || sampleAsked === undefined)
    return { ok: false, problems }
  return { ok: true, value: { question, criterion, standardPercent, sampleAsked, reAuditOf } }
}

const wholeNumber = (text: string): number | undefined =>
  /^\d{1,4}$/.test(text.trim()) ? Number(text.trim()) : undefined

/** Reads a finding: one of three, and words where it is not met. */
export function readFinding(
  text: (field: string) => string,
): Read<{ readonly finding: Finding; readonly words: string }> {
  const finding = findings.find((one) => one === text('finding'))
  const words = text('words').trim()
  const problems = [
    ...(finding ? [] : [{ field: 'finding', message: 'Select what you found' }]),
    ...(finding === 'not met' && !words
      ? [{ field: 'words', message: 'Enter what was missing' }]
      : tooLong('words', words)),
  ]
  return finding && problems.length === 0 ? { ok: true, value: { finding, words } } : { ok: false, problems }
}

/** Reads what is changed because of a round. */
export function readChange(
  text: (field: string) => string,
  dueOn: LondonDate | undefined,
  owners: readonly { readonly id: string }[],
  today: LondonDate,
): Read<{ readonly words: string; readonly ownerId: string; readonly dueOn: LondonDate }> {
  const words = text('change').trim()
  const owner = owners.find(({ id }) => id === text('owner'))
  const problems = [
    ...(words ? [] : [{ field: 'change', message: 'Enter what will be changed' }]),
    ...tooLong('change', words),
    ...(owner ? [] : [{ field: 'owner', message: 'Select who will change it' }]),
    ...(dueOn && dueOn >= today
      ? []
      : [{ field: 'due', message: 'Enter by when, like 27 3 2026, today or later' }]),
  ]
  if (!owner || !dueOn || problems.length > 0) return { ok: false, problems }
  return { ok: true, value: { words, ownerId: owner.id, dueOn } }
}

/** Whether somebody has looked at every record of the sample. */
export const isFinished = ({ drawn, met, notMet, other }: Audit): boolean =>
  drawn > 0 && met + notMet + other === drawn

/** In how many of 100 it was met, with its exact interval; undefined before anything was found. */
export function shareMet({ met, notMet }: Pick<Audit, 'met' | 'notMet'>): Interval | undefined {
  if (met + notMet === 0) return undefined
  const { value, low, high } = binomialInterval(met, met + notMet)
  return { value: 100 * value, low: 100 * low, high: 100 * high }
}

/**
 * What a round came to, beside its standard: never more than its sample can say.
 *
 * @source Clopper and Pearson 1934: an exact interval of a share.
 */
export function resultSaid(audit: Audit): string {
  const share = shareMet(audit)
  if (!share) return 'Nothing has been found yet.'
  const counts = `Met in ${audit.met} of ${audit.met + audit.notMet} records: ${Math.round(share.value)} in 100 (95% interval ${Math.round(share.low)} to ${Math.round(share.high)}).`
  const standard = `The standard is ${audit.standardPercent} in 100:`
  if (share.high < audit.standardPercent) return `${counts} ${standard} it is not reached.`
  if (share.low >= audit.standardPercent) return `${counts} ${standard} it is reached.`
  return `${counts} ${standard} so few records cannot tell whether it is reached.`
}

/** What a re-audit says beside the round before: two samples differ by chance too. */
export function reAuditSaid(before: Audit, after: Audit): string | undefined {
  const [first, second] = [shareMet(before), shareMet(after)]
  if (!first || !second) return undefined
  const moved = `From ${Math.round(first.value)} to ${Math.round(second.value)} in 100.`
  return first.high < second.low || second.high < first.low
    ? `${moved} That is more than two samples differ by chance. What was worst when it was first looked at tends to come back by itself as well.`
    : `${moved} Two samples of this size can differ as much by chance.`
}
