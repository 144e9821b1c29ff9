import { sharedBytes } from './blocks.ts'
import type { Crew } from './crew.ts'
import type { Design } from './newton.ts'
import { readingsOf } from './readings.ts'
import { columnOf, newColumn } from './table.ts'
import type { TermSource } from './terms.ts'
import type { Column, Reading, RidgeModel, RidgeRecipe, Sample, Table, Term } from './types.ts'

type BareTerm = Omit<Term, 'coefficient'>

export type Drawn = {
  readonly readings: readonly Reading[]
  readonly terms: readonly BareTerm[]
  readonly design: Design
}

/** Turns a table into the standardised columns of a ridge model; the columns themselves where they enter as they are. */
export async function drawUp(crew: Crew, sample: Sample, recipe: RidgeRecipe): Promise<Drawn> {
  const readings = readingsOf(sample.table, recipe)
  const firsts = await standardised(crew, sample.table, readings, readings.flatMap(termsOf), [])
  const products = (recipe.interactions ?? []).map(productOf)
  const all = await standardised(crew, sample.table, readings, products, firsts)
  const spreads = all.map(({ term }) => term.spread)
  return {
    readings,
    terms: all.map(({ term }) => term),
    design: {
      rows: sample.table.rows,
      columns: all.map(({ column }) => column),
      means: Float64Array.from(all, ({ term }) => term.mean),
      scales: Float64Array.from(spreads, (spread) => (spread > 0 ? 1 / spread : 0)),
      outcome: sharedBytes(sample.outcome),
    },
  }
}

const termsOf = ({ name, treatment, hasMissing }: Reading): readonly BareTerm[] => {
  const term = (part: Term['part']) => ({
    name: part === 'value' ? name : `${name}, ${part}`,
    from: [name],
    part,
    mean: 0,
    spread: 0,
  })
  return [
    term('value'),
    ...(treatment === 'curve' ? [term('bend 1'), term('bend 2')] : []),
    ...(hasMissing ? [term('missing')] : []),
  ]
}

const productOf = ([a, b]: readonly [string, string]): BareTerm => ({
  name: `${a} × ${b}`,
  from: [a, b],
  part: 'product',
  mean: 0,
  spread: 0,
})

type Standardised = { readonly term: BareTerm; readonly column: Column }

async function standardised(
  crew: Crew,
  table: Table,
  readings: readonly Reading[],
  terms: readonly BareTerm[],
  known: readonly Standardised[],
): Promise<readonly Standardised[]> {
  const sources = terms.map((term) =>
    sourceOf(
      term,
      table,
      readings,
      known.map(({ term: other }) => other),
    ),
  )
  const columns = terms.map((_, i) => asItIs(sources[i]) ?? newColumn(table.rows, 'single'))
  const made = columns.flatMap((column, i) => {
    const source = sources[i]
    return source && !asItIs(source) ? [{ column, source }] : []
  })
  await crew.run(
    { kind: 'fill terms', sources: made.map(({ source }) => source), into: made.map(({ column }) => column) },
    made.length,
  )
  return [
    ...known,
    ...terms.map((term, i) => ({
      term: { ...term, ...finiteSpread(term.name, columns[i]) },
      column: columns[i] ?? new Float64Array(),
    })),
  ]
}

/** The table's own column when the term is that: no copy is made. */
function asItIs(source: TermSource | undefined): Column | undefined {
  const [reading] = source?.readings ?? []
  const isBare =
    source?.part === 'value' && reading?.treatment === 'line' && reading.cap === null && !reading.hasMissing
  return isBare ? source.columns[0] : undefined
}

function finiteSpread(name: string, column: Column | undefined) {
  const found = spreadOf(column)
  if (!Number.isFinite(found.spread)) throw new RangeError(`column ${name} holds a value without end`)
  return found
}

function spreadOf(column: Column = new Float64Array()): { mean: number; spread: number } {
  let sum = 0
  for (let i = 0; i < column.length; i++) sum += column[i] ?? 0
  const mean = sum / column.length
  let squares = 0
  for (let i = 0; i < column.length; i++) squares += ((column[i] ?? 0) - mean) ** 2
  const spread = Math.sqrt(squares / column.length)
  // A constant's mean is off by rounding alone: its spread is rounding too.
  return { mean, spread: spread <= 1e-12 * Math.abs(mean) ? 0 : spread }
}

/**
 * What is needed to work a term out on any table.
 *
 * @throws RangeError if the table lacks one of its columns: the caller's mistake.
 */
export function sourceOf(
  term: Pick<Term, 'from' | 'part'>,
  table: Table,
  readings: readonly Reading[],
  terms: readonly BareTerm[],
): TermSource {
  const own = term.from.map((name) => {
    const reading = readings.find((one) => one.name === name)
    if (!reading) throw new RangeError(`the table has no column ${name}`)
    return reading
  })
  return {
    part: term.part,
    readings: own,
    columns: term.from.map((name) => columnOf(table, name)),
    centres: term.part === 'product' ? term.from.map((name) => centreOf(name, terms)) : [],
  }
}

function centreOf(name: string, terms: readonly BareTerm[]): readonly [number, number] {
  const term = terms.find(({ from, part }) => part === 'value' && from[0] === name)
  return [term?.mean ?? 0, term && term.spread > 0 ? 1 / term.spread : 0]
}

/** The sources of a fitted model's terms on a table. */
export const sourcesOf = (model: RidgeModel, table: Table): readonly TermSource[] =>
  model.terms.map((term) => sourceOf(term, table, model.readings, model.terms))
