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
function fillTerm(source: TermSource, into: Column, from: number, rows: number): void {
  const [reading, other] = source.readings
  const [column, otherColumn] = source.columns
  if (!reading || !column) return
  if (source.part === 'missing')
    for (let i = 0; i < rows; i++) into[i] = Number.isNaN(column[from + i] ?? 0) ? 1 : 0
  else if (source.part === 'product' && other && otherColumn)
    for (let i = 0; i < rows; i++)
      into[i] =
        centred(source, 0, readValue(reading, column[from + i] ?? 0)) *
        centred(source, 1, readValue(other, otherColumn[from + i] ?? 0))
  else if (source.part === 'value')
    for (let i = 0; i < rows; i++) into[i] = readValue(reading, column[from + i] ?? 0)
  else
    for (let i = 0; i < rows; i++)
      into[i] = bend(reading, readValue(reading, column[from + i] ?? 0), source.part === 'bend 1' ? 0 : 1)
}

const centred = ({ centres }: TermSource, which: 0 | 1, value: number) =>
  (value - (centres[which]?.[0] ?? 0)) * (centres[which]?.[1] ?? 0)

/** A column's value as the model reads it: missing filled, capped, a count on the logarithmic scale. */
function readValue({ fill, cap, treatment }: Reading, raw: number): number {
  const known = Number.isNaN(raw) ? fill : raw
  const value = cap !== null && known > cap ? cap : known
  return treatment === 'count' ? Math.log1p(Math.max(value, 0)) : value
}

/**
 * The bends of a restricted cubic spline of 4 knots: straight beyond the outer knots.
 *
 * @source Harrell, Regression Modeling Strategies, 2.4.5, scaled by the square of the knots' span.
 */
function bend({ knots: [t1 = 0, t2 = 0, t3 = 0, t4 = 0] }: Reading, x: number, which: 0 | 1): number {
  const knot = which === 0 ? t1 : t2
  const cubed = (value: number) => (value > 0 ? value ** 3 : 0)
  const inner =
    cubed(x - knot) - (cubed(x - t3) * (t4 - knot)) / (t4 - t3) + (cubed(x - t4) * (t3 - knot)) / (t4 - t3)
  return inner / (t4 - t1) ** 2
}
