import { fitGlm, type GlmFit, matrixOf } from '#statistics'
import type { Cell } from './count-store.ts'
import type { FunnelUnitFound } from './types.ts'

export type Outcome = 'admissions' | 'attendances'

/** What is allowed for: those in care were chosen for their admissions, so theirs of the year before are too. */
export type Allowance = 'who they are' | 'who they are and their last year'

/** A rate of something for people alike in what is allowed for, learned from everybody registered here. */
export type Learned = { readonly fit: GlmFit; readonly outcome: Outcome; readonly allowance: Allowance }

/**
 * Learns how often something happens to people of an age, sex, deprivation, number of conditions and care-home place
 * (and, where asked, admissions of the year before): a Poisson model with the years looked at as its offset.
 *
 * @param cells of everybody registered: people alike stand in one cell.
 * @returns undefined where fewer than 50 events are known, or the model does not settle: then nothing is compared.
 * @source Indirect standardisation by a model of the whole population, as English hospital mortality indicators do.
 */
export function learnRates(
  cells: readonly Cell[],
  outcome: Outcome,
  allowance: Allowance,
): Learned | undefined {
  const merged = mergeCells(cells, allowance)
  const events = merged.reduce((sum, cell) => sum + cell[outcome], 0)
  if (events < 50 || merged.length < 40) return undefined
  const fit = fitGlm('poisson', {
    x: matrixOf(merged.map((cell) => rowOf(cell, allowance))),
    y: Float64Array.from(merged, (cell) => cell[outcome]),
    offset: Float64Array.from(merged, ({ years }) => Math.log(years)),
  })
  return fit.converged ? { fit, outcome, allowance } : undefined
}

/** Intercept, age bands, sex, deprivation, conditions, care home; where asked, admissions of the year before. */
const rowOf = (cell: Cell, allowance: Allowance): readonly number[] => [
  1,
  ...[1, 2, 3, 4].map((band) => (cell.age === band ? 1 : 0)),
  cell.woman,
  (cell.deprivation - 5.5) / 4.5,
  cell.conditions / 3,
  (cell.conditions / 3) ** 2,
  cell.careHome,
  ...(allowance === 'who they are' ? [] : [1, 2, 3, 4].map((count) => (cell.before === count ? 1 : 0))),
]

// One cell for people alike, whichever practice: a model of a million people is then one of a few thousand rows.
function mergeCells(cells: readonly Cell[], allowance: Allowance): readonly Cell[] {
  const merged = new Map<string, Cell>()
  for (const cell of cells) {
    const key = rowOf(cell, allowance).join(' ')
    const known = merged.get(key)
    merged.set(
      key,
      known
        ? {
            ...known,
            people: known.people + cell.people,
            years: known.years + cell.years,
            admissions: known.admissions + cell.admissions,
            attendances: known.attendances + cell.attendances,
          }
        : cell,
    )
  }
  return [...merged.values()]
}

/**
 * What each place had beside what its people would lead one to expect, by name. The expected are scaled so that all
 * places together have what they had: 1 is the average of those compared.
 */
export function unitsOf(
  cells: readonly Cell[],
  { fit, outcome, allowance }: Learned,
  nameOf: (place: string) => { readonly id: string; readonly name: string } | undefined,
): readonly FunnelUnitFound[] {
  const found = new Map<string, { people: number; observed: number; expected: number }>()
  for (const cell of cells) {
    const rate = Math.exp(
      rowOf(cell, allowance).reduce((sum, value, at) => sum + value * (fit.coefficients[at] ?? 0), 0),
    )
    const unit = found.get(cell.place) ?? { people: 0, observed: 0, expected: 0 }
    found.set(cell.place, {
      people: unit.people + cell.people,
      observed: unit.observed + cell[outcome],
      expected: unit.expected + rate * cell.years,
    })
  }
  const all = [...found.values()]
  const scale =
    all.reduce((sum, { observed }) => sum + observed, 0) /
    all.reduce((sum, { expected }) => sum + expected, 0)
  return [...found]
    .flatMap(([place, unit]) => {
      const named = nameOf(place)
      return named
        ? [{ placeId: named.id, name: named.name, ...unit, expected: rounded(unit.expected * (scale || 1)) }]
        : []
    })
    .sort((a, b) => a.name.localeCompare(b.name))
}

// Sums of fractions differ in their last places from night to night; equal nights are to be equal.
const rounded = (value: number) => Math.round(value * 1e6) / 1e6
