import { riskAt } from './scoring.ts'
import { columnOf } from './table.ts'
import { type TermSource, termValue } from './terms.ts'
import type { Explanation, Model, Reading, RidgeModel, Table, Term, TreeNode, TreesModel } from './types.ts'

/**
 * Why one row's risk is what it is.
 *
 * Ridge: (value - reference) times the coefficients, exactly, each product shared by its two columns; `base` is the
 * log-odds of the reference. Trees: path-dependent TreeSHAP, exactly; `base` is the mean over the training rows and no
 * reference is used. A recalibration by intercept and slope is inside; isotonic steps change `risk` alone.
 *
 * @param reference one value a column of the table, in its order (a person of this age and sex); unless given, every
 *   term of the model at its training mean. Trees refuse one.
 * @throws RangeError if the table lacks a column or trees are given a reference: the caller's mistake.
 * @source Lundberg and others, Nature Machine Intelligence 2020;2:56 (TreeSHAP, path-dependent).
 */
export const explain = (model: Model, table: Table, row: number, reference?: Float64Array): Explanation =>
  explainer(model, table)(row, reference)

/** The same for row after row of one table: what does not depend on the row is looked up once. */
export function explainer(
  model: Model,
  table: Table,
): (row: number, reference?: Float64Array) => Explanation {
  const names = model.kind === 'trees' ? model.names : model.readings.map(({ name }) => name)
  const columns = names.map((name) => columnOf(table, name))
  const places = names.map((name) => table.names.indexOf(name))
  const terms = model.kind === 'trees' ? [] : termsIn(model)
  const { intercept, slope } = model.recalibration ?? { intercept: 0, slope: 1 }
  return (row, reference) => {
    if (model.kind === 'trees' && reference) throw new RangeError('trees explain against their training rows')
    const values = columns.map((column) => column[row] ?? Number.NaN)
    const parts = new Float64Array(names.length)
    const against = reference && places.map((place) => reference[place] ?? Number.NaN)
    const bare =
      model.kind === 'trees'
        ? treesParts(model, values, parts)
        : ridgeParts(model.intercept, terms, { values, against, parts })
    const base = intercept + slope * bare
    const scaled = parts.map((part) => slope * part)
    const logOdds = scaled.reduce((sum, part) => sum + part, base)
    return { base, parts: scaled, names, logOdds, risk: riskAt(logOdds, model.recalibration) }
  }
}

/** A term with the places of its columns among the values of a row. */
type PlacedTerm = Pick<Term, 'part' | 'mean'> & {
  readonly slope: number
  readonly own: readonly number[]
  readonly readings: readonly Reading[]
  readonly centres: TermSource['centres']
}

function termsIn(model: RidgeModel): readonly PlacedTerm[] {
  const places = new Map(model.readings.map(({ name }, j) => [name, j]))
  return model.terms.flatMap(({ part, mean, spread, coefficient, from }) => {
    if (spread === 0) return []
    const own = from.map((name) => places.get(name) ?? -1)
    const readings = own.flatMap((place) => model.readings[place] ?? [])
    const centres = from.map((name) => centreOf(model, name))
    return [{ part, mean, slope: coefficient / spread, own, readings, centres }]
  })
}

type RowParts = {
  readonly values: readonly number[]
  readonly against: readonly number[] | undefined
  readonly parts: Float64Array
}

function ridgeParts(
  intercept: number,
  terms: readonly PlacedTerm[],
  { values, against, parts }: RowParts,
): number {
  let base = intercept
  for (const term of terms) {
    const { mean, slope, own } = term
    const from = against ? valueIn(term, against) : mean
    base += slope * (from - mean)
    const by = (slope * (valueIn(term, values) - from)) / own.length
    for (const place of own) parts[place] = (parts[place] ?? 0) + by
  }
  return base
}

const valueIn = ({ part, readings, own, centres }: PlacedTerm, values: readonly number[]) =>
  termValue(
    part,
    readings,
    own.map((place) => values[place] ?? Number.NaN),
    centres,
  )

function centreOf({ terms }: RidgeModel, name: string): readonly [number, number] {
  const term = terms.find(({ part, from }) => part === 'value' && from[0] === name)
  return [term?.mean ?? 0, term && term.spread > 0 ? 1 / term.spread : 0]
}

function treesParts({ base, trees }: TreesModel, values: readonly number[], parts: Float64Array): number {
  let mean = base
  for (const tree of trees) mean += addTree(tree, values, parts)
  return mean
}

/** A column met on the way to a leaf: does the row go on, and what share of the training rows does. */
type Met = { readonly column: number; readonly follows: number; readonly share: number }

/** Adds the tree's part of each column; returns its mean over the training rows. */
function addTree(tree: readonly TreeNode[], values: readonly number[], parts: Float64Array): number {
  let mean = 0
  const walk = (at: number, path: readonly Met[]) => {
    const node = tree[at]
    if (!node) return
    if (node.column < 0) {
      mean += addLeaf(node.value, path, parts)
      return
    }
    const value = values[node.column] ?? Number.NaN
    const isLeft = Number.isNaN(value) ? node.missingLeft : value <= node.threshold
    const share = (child: number) => (tree[child]?.cover ?? 0) / node.cover
    walk(node.left, met(path, { column: node.column, follows: isLeft ? 1 : 0, share: share(node.left) }))
    walk(node.right, met(path, { column: node.column, follows: isLeft ? 0 : 1, share: share(node.right) }))
  }
  walk(0, [])
  return mean
}

/** A column met twice on one way counts as one: it must follow both times. */
function met(path: readonly Met[], next: Met): readonly Met[] {
  const before = path.find(({ column }) => column === next.column)
  if (!before) return [...path, next]
  const both = { ...next, follows: before.follows * next.follows, share: before.share * next.share }
  return path.map((one) => (one === before ? both : one))
}

/**
 * The Shapley values of one leaf. What it gives with a set of columns known is its value times, for each known column,
 * whether the row follows, and for each other the share that does: so the sum over all sets is one over their sizes.
 */
function addLeaf(value: number, path: readonly Met[], parts: Float64Array): number {
  for (const own of path) {
    let bySize = [1]
    for (const other of path) {
      if (other === own) continue
      const longer = bySize.map((part, size) => part * other.share + (bySize[size - 1] ?? 0) * other.follows)
      bySize = [...longer, (bySize.at(-1) ?? 0) * other.follows]
    }
    const sum = bySize.reduce((total, part, size) => total + part * weightOf(size, path.length), 0)
    parts[own.column] = (parts[own.column] ?? 0) + value * (own.follows - own.share) * sum
  }
  return path.reduce((product, { share }) => product * share, value)
}

/** size! (all - size - 1)! / all! */
function weightOf(size: number, all: number): number {
  let ways = all
  for (let i = 1; i <= size; i++) ways = (ways * (all - i)) / i
  return 1 / ways
}
