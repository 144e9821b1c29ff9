import type { Interval } from '#statistics'
import { mistake } from './study-table.ts'

type Options = Readonly<Record<string, string | undefined>>

/** An option that must be there. */
export function needed(options: Options, name: string): string {
  const given = options[name]
  if (!given) throw mistake(`Give --${name}.`)
  return given
}

/** An option that is a number within bounds; what it is without one. */
export function numberIn(
  options: Options,
  name: string,
  least: number,
  most: number,
  without?: number,
): number {
  const given = options[name]
  if (given === undefined && without !== undefined) return without
  const value = Number(given)
  if (given === undefined || given.trim() === '' || !(value >= least && value <= most))
    throw mistake(
      `Give --${name} as a number from ${least} to ${most === Number.POSITIVE_INFINITY ? 'any size' : most}.`,
    )
  return value
}

/** An option that is one of some words. */
export function oneOf<Word extends string>(
  options: Options,
  name: string,
  words: readonly Word[],
  without: Word,
): Word {
  const given = options[name] ?? without
  const found = words.find((word) => word === given)
  if (!found) throw mistake(`Give --${name} as one of ${words.join(', ')}.`)
  return found
}

/** An option that lists columns, with commas between. */
export const listed = (options: Options, name: string): readonly string[] =>
  (options[name] ?? '')
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '')

/** A number for reading: 4 significant figures, thousands with commas. */
export function figure(value: number | null | undefined): string {
  if (value === null || value === undefined || Number.isNaN(value)) return '–'
  if (!Number.isFinite(value)) return value > 0 ? 'no limit' : 'no lower limit'
  const rounded = Number(value.toPrecision(Math.abs(value) >= 1000 ? 6 : 4))
  return Math.abs(rounded) >= 1e-4 || rounded === 0
    ? rounded.toLocaleString('en-GB', { maximumFractionDigits: 6 })
    : rounded.toExponential(2)
}

/** An estimate with its limits, for reading. */
export const withLimits = ({ value, low, high }: Interval) =>
  `${figure(value)} (${figure(low)} to ${figure(high)})`

/** An estimate as every verb gives it. */
export const estimate = ({ value, low, high }: Interval, method: string) => ({ value, low, high, method })

/** Rows under headings, columns aligned: the first to the left, the others to the right. */
export function aligned(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [headings, ...rows]
  const widths = headings.map((_, k) => Math.max(...all.map((row) => (row[k] ?? '').length)))
  return all
    .map((row) =>
      row
        .map((cell, k) => (k === 0 ? cell.padEnd(widths[k] ?? 0) : cell.padStart(widths[k] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
