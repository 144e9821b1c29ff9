import { bendOf } from './readings.ts'
import type { Column, Reading, Term } from './types.ts'

/** A term and the readings and columns it is made of, ready to be worked out for any row. */
export type TermSource = {
  readonly part: Term['part']
  readonly readings: readonly Reading[]
  readonly columns: readonly Column[]
  /** Of a product: mean and 1 / spread of each factor. */
  readonly centres: readonly (readonly [number, number])[]
}

/** Fills one new column a term, for a fit. */
export type FillTerms = {
  readonly kind: 'fill terms'
  readonly sources: readonly TermSource[]
  readonly into: readonly Column[]
}

/** Adds every term up, block by block, for scoring. */
export type TermScores = {
  readonly kind: 'term scores'
  readonly rows: number
  readonly blockRows: number
  readonly sources: readonly TermSource[]
  readonly means: Float64Array
  /** Coefficient / spread. */
  readonly slopes: Float64Array
  readonly intercept: number
  readonly logOdds: Float64Array
}

export function fillTermColumn({ sources, into }: FillTerms, part: number): void {
  const [source, column] = [sources[part], into[part]]
  if (source && column) fillTerm(source, column, 0, column.length)
}

export function termScores(work: TermScores, block: number): void {
  const from = block * work.blockRows
  const rows = Math.min(work.rows, from + work.blockRows) - from
  const logOdds = work.logOdds.subarray(from, from + rows).fill(work.intercept)
  const values = new Float64Array(rows)
  for (let j = 0; j < work.sources.length; j++) {
    const source = work.sources[j]
    const slope = work.slopes[j] ?? 0
    const mean = work.means[j] ?? 0
    if (!source || slope === 0) continue
    fillTerm(source, values, from, rows)
    for (let i = 0; i < rows; i++) logOdds[i] = (logOdds[i] ?? 0) + slope * ((values[i] ?? 0) - mean)
  }
}

/** Works a term out for rows from `from` on. */
export function fillTerm(source: TermSource, into: Column, from: number, rows: number): void {
  const { part, readings, centres } = source
  const [column, other] = source.columns
  const [reading] = readings
  if (!column || !reading) return
  if (part === 'value') for (let i = 0; i < rows; i++) into[i] = readValue(reading, column[from + i] ?? 0)
  else
    for (let i = 0; i < rows; i++)
      into[i] = termValue(part, readings, [column[from + i] ?? 0, other?.[from + i] ?? 0], centres)
}

/** One term of one row, from the raw values of its one or two columns. */
export function termValue(
  part: Term['part'],
  [reading, other]: readonly Reading[],
  [raw = Number.NaN, otherRaw = Number.NaN]: readonly number[],
  [centre, otherCentre]: TermSource['centres'],
): number {
  if (part === 'missing') return Number.isNaN(raw) ? 1 : 0
  if (!reading) return 0
  const value = readValue(reading, raw)
  if (part === 'value') return value
  if (part === 'bend 1') return bendOf(reading.knots, value, 0)
  if (part === 'bend 2') return bendOf(reading.knots, value, 1)
  return other ? centred(value, centre) * centred(readValue(other, otherRaw), otherCentre) : 0
}

const centred = (value: number, centre: readonly [number, number] | undefined) =>
  (value - (centre?.[0] ?? 0)) * (centre?.[1] ?? 0)

/** A column's value as the model reads it: missing filled, capped, a count on the logarithmic scale. */
function readValue({ fill, cap, treatment }: Reading, raw: number): number {
  const known = Number.isNaN(raw) ? fill : raw
  const value = cap !== null && known > cap ? cap : known
  return treatment === 'count' ? Math.log1p(Math.max(value, 0)) : value
}
