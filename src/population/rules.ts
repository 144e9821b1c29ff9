import { addDays, type LondonDate } from '#calendar'
import type { FileCount, FileName, RefusedReason, RefusedRow, Source } from './types.ts'

/**
 * Files that say nothing of how far the records reach: lists as they stand, and what others worked out of records, which must
 * not hold a list's day back.
 */
const undated: readonly FileName[] = [
  'practices',
  'addresses',
  'objections',
  'allergies',
  'outside_scores',
  'unit_costs',
]

/** Every source linked once a load stands: its own first, then those of the load before that it did not send again. */
export const linkedSources = (sent: readonly Source[], before: readonly Source[] = []): readonly Source[] => [
  ...sent,
  ...before.filter(
    (old) => !sent.some(({ file, supplier }) => file === old.file && supplier === old.supplier),
  ),
]

type Covering = readonly Pick<Source, 'file' | 'coversTo'>[]

function lastDay(sources: Covering, which: 'earliest' | 'latest'): LondonDate {
  const days = sources.filter(({ file }) => !undated.includes(file)).map(({ coversTo }) => coversTo)
  const day = days.sort().at(which === 'earliest' ? 0 : -1)
  if (!day) throw new RangeError('an extract has at least people')
  return day
}

/** The day a list speaks of: the day after the earliest "covered to" of the linked sources, of which people is one. */
export const indexDate = (sources: Covering): LondonDate => addDays(lastDay(sources, 'earliest'), 1)

/** The last day any source covers. */
export const coveredTo = (sources: Covering): LondonDate => lastDay(sources, 'latest')

/** Whether so much of a file was refused that what is left would mislead: more than half, of 20 rows or all of them. */
export const isMostlyRefused = (count: Pick<FileCount, 'read' | 'refused'>): boolean =>
  count.refused > 0 && (count.refused === count.read || (count.read >= 20 && count.refused * 2 > count.read))

/** Refused rows by file, column and reason, the most first, each with its first five lines. */
export function reasonsOf(rows: readonly RefusedRow[]): readonly RefusedReason[] {
  const by = new Map<
    string,
    { file: string; column?: string; reason: string; rows: number; firstLines: number[] }
  >()
  for (const { file, line, column, reason } of rows) {
    const key = `${file}|${column}|${reason}`
    const known = by.get(key) ?? { file, column, reason, rows: 0, firstLines: [] }
    known.rows++
    if (known.firstLines.length < 5) known.firstLines.push(line)
    by.set(key, known)
  }
  return [...by.values()].sort((a, b) => b.rows - a.rows || a.file.localeCompare(b.file))
}

/**
 * The physical line of a row that is the n-th line when lines that carry no taken row are left out.
 *
 * @param skipped those lines, in order, without repeats.
 */
export function lineAmong(skipped: readonly number[], line: number): number {
  let low = 0
  let high = skipped.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((skipped[middle] ?? 0) - (middle + 1) < line) low = middle + 1
    else high = middle
  }
  return line + low
}

const sourceWords: Readonly<Record<string, string>> = {
  people: 'Practice lists',
  inpatient: 'Hospital stays',
  emergency_department: 'A&E attendances',
  outpatient: 'Outpatient appointments',
  gp_contacts: 'GP contacts',
  conditions: 'Conditions',
  prescriptions: 'Prescriptions',
  measurements: 'Measurements',
  urgent_contacts: '111, 999 and out of hours',
  social_care: 'Social care',
  community_contacts: 'Community contacts',
}

/** How fresh each kind of source is, the oldest first: "Hospital stays to 31 March 2026". */
export function freshnessSentences(
  sources: readonly Source[],
  words: (on: LondonDate) => string,
): readonly string[] {
  const by = new Map<LondonDate, string[]>()
  for (const { file, coversTo } of sources) {
    const said = sourceWords[file]
    if (said) by.set(coversTo, [...(by.get(coversTo) ?? []), said])
  }
  if (by.size === 1) return [...by.keys()].map((on) => `All sources to ${words(on)}`)
  return [...by]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([on, said]) => `${said.join(', ')} to ${words(on)}`)
}

/** A cell that a spreadsheet cannot take for a formula. */
export function csvCell(value: string | number | null | undefined): string {
  const text = String(value ?? '')
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\n\r]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
