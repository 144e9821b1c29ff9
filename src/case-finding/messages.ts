import { dateWords, type LondonDate } from '#calendar'
import { lotWords, whyWords } from './list-facts.ts'
import type { Candidate } from './list-rules.ts'
import { isToJudge, reasonWords } from './rules.ts'
import type { Run } from './types.ts'

const headingsFor = (number: string) => [
  'nhs_number',
  'family_name',
  'given_name',
  'date_of_birth',
  'sex',
  'rank',
  number,
  'emergency_admissions_365_days',
  'ae_visits_365_days',
  'conditions_recorded',
  'why',
  'drawn_by_lot',
  'standing',
  'decision_reason',
  'decided_by',
]

/**
 * A cell of CSV. One that a spreadsheet would take for a formula is given an apostrophe, and quotes are doubled.
 *
 * @source OWASP, CSV injection: cells that begin with = + - @, tab or carriage return.
 */
export function csvCell(value: string | number | undefined): string {
  const text = value === undefined ? '' : String(value)
  const plain = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\n\r]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain
}

/**
 * The list as CSV, in the order and with the filters it was seen with. Its first lines say what it is, of what day, for
 * whom and why, and what must be known of it; then come the headings.
 */
export function listAsCsv(
  candidates: readonly Candidate[],
  list: {
    readonly run?: Run
    /** What must be known of it: how it was put in order and cut, drawn by lot, held out. */
    readonly facts: readonly string[]
    readonly today: LondonDate
    readonly isSynthetic: boolean
    readonly by: string
    readonly purpose: string
    readonly filters: string
    /** The heading of the number of a model in use. */
    readonly number: string
  },
): string {
  const { run, facts, today, isSynthetic, by, purpose, filters, number } = list
  const about = [
    ...(isSynthetic ? ['SYNTHETIC: made-up people, not evidence about any real service'] : []),
    `Re-identified list${run ? ` of ${dateWords(run.indexOn)}` : ''}`,
    filters,
    `${by}, ${dateWords(today)}, for ${purpose}. Delete after use. Somebody may have died or objected since: open the record before you ring`,
  ]
  const lines = [
    [about.join('. ')],
    ...facts.map((fact) => [fact]),
    headingsFor(number),
    ...candidates.map((candidate) => cellsOf(candidate, today)),
  ]
  return `\ufeff${lines.map((cells) => cells.map(csvCell).join(',')).join('\r\n')}\r\n`
}

function cellsOf(candidate: Candidate, today: LondonDate): readonly (string | number | undefined)[] {
  const { person, suggestion, standing, inForce } = candidate
  const isDecided = !isToJudge(standing)
  return [
    person.nhsNumber,
    person.familyName,
    person.givenName,
    person.bornOn,
    person.sex,
    suggestion?.rank,
    suggestion?.risk === undefined ? undefined : Math.round(100 * suggestion.risk),
    suggestion?.emergencyAdmissions,
    suggestion?.aeVisits,
    suggestion?.conditions.length,
    whyWords(candidate, today),
    lotWords(suggestion?.lot),
    standing.tab,
    isDecided && inForce ? reasonWords(inForce.decision, inForce.reason) : undefined,
    isDecided ? inForce?.judgedByName : undefined,
  ]
}
