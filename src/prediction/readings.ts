import { columnOf } from './table.ts'
import type { Column, Reading, RidgeRecipe, Table, Treatment } from './types.ts'

/** Where the knots of a curve lie among the training values. @source Harrell, Regression Modeling Strategies, 2.4.6. */
const knotShares = [0.05, 0.35, 0.65, 0.95]

/**
 * How each column is read, from its training values.
 *
 * Plain: as a line, whatever it holds. Keyworker: as the recipe says, else a column of two values as a line, of whole
 * numbers from 0 as a count, of more than 20 values as a curve. A curve whose knots fall together is a line.
 *
 * @source risk design 5.2: log(1 + x) and a cap at the 99.5th centile; 4 knots.
 */
export function readingsOf(table: Table, recipe: RidgeRecipe): readonly Reading[] {
  return table.names.map((name) =>
    recipe.kind === 'plain'
      ? { name, treatment: 'line', cap: null, knots: [], fill: 0, hasMissing: false }
      : readingOf(name, columnOf(table, name), recipe.treatments?.[name]),
  )
}

function readingOf(name: string, column: Column, wanted: Treatment | undefined): Reading {
  const known = Float64Array.from(column)
    .filter((value) => !Number.isNaN(value))
    .sort()
  const fill = known.length === 0 ? 0 : centile(known, 0.5)
  const hasMissing = known.length < column.length
  const treatment = wanted ?? treatmentFor(known)
  const cap = treatment === 'line' || known.length === 0 ? null : centile(known, 0.995)
  const knots = treatment === 'curve' ? knotShares.map((share) => centile(known, share)) : []
  const isCurved = knots.every((knot, i) => i === 0 || knot > (knots[i - 1] ?? 0)) && knots.length > 0
  return treatment === 'curve' && !isCurved
    ? { name, treatment: 'line', cap, knots: [], fill, hasMissing }
    : { name, treatment, cap, knots, fill, hasMissing }
}

function treatmentFor(known: Float64Array): Treatment {
  let distinct = 0
  let areWhole = (known[0] ?? 0) >= 0
  for (let i = 0; i < known.length; i++) {
    if (i === 0 || known[i] !== known[i - 1]) distinct++
    if (areWhole && !Number.isInteger(known[i])) areWhole = false
  }
  if (distinct <= 2) return 'line'
  if (areWhole && (known[0] ?? 0) === 0) return 'count'
  return distinct > 20 ? 'curve' : 'line'
}

/** The value below which this share of values in order lies, straight between neighbours. */
export function centile(inOrder: Float64Array, share: number): number {
  const at = share * (inOrder.length - 1)
  const below = inOrder[Math.floor(at)] ?? Number.NaN
  return below + (at - Math.floor(at)) * ((inOrder[Math.ceil(at)] ?? below) - below)
}

/**
 * A bend of a restricted cubic spline of 4 knots: straight beyond the outer knots.
 *
 * @source Harrell, Regression Modeling Strategies, 2.4.5, scaled by the square of the knots' span.
 */
export function bendOf(knots: readonly number[], x: number, which: 0 | 1): number {
  const [t1 = 0, t2 = 0, t3 = 0, t4 = 0] = knots
  const knot = which === 0 ? t1 : t2
  const cubed = (value: number) => (value > 0 ? value ** 3 : 0)
  const third = (cubed(x - t3) * (t4 - knot)) / (t4 - t3)
  const fourth = (cubed(x - t4) * (t3 - knot)) / (t4 - t3)
  return (cubed(x - knot) - third + fourth) / (t4 - t1) ** 2
}
