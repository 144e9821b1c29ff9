import { purpose } from '../purposes.data.ts'

/** The SQL of a draw for a purpose: above 0, below 1, the same for ever for a key and a counter. */
export const u = (of: keyof typeof purpose | number, counter: number | string = 0, key = 'k'): string =>
  `u(${key}, ${typeof of === 'number' ? of : purpose[of]}, ${counter})`

/** A value by steps: [below, value] pairs, then the last value. */
export const bySteps = (
  x: string,
  steps: readonly (readonly [number | string, number | string])[],
  last: number | string,
) =>
  steps.length === 0
    ? String(last)
    : `(case ${steps.map(([below, value]) => `when ${x} < ${below} then ${value}`).join(' ')} else ${last} end)`

/** A choice by weight: `values` with weights adding to anything, chosen by a draw. */
export function byWeight(x: string, choices: readonly (readonly [string | number, number])[]): string {
  const total = choices.reduce((sum, [, weight]) => sum + weight, 0)
  let before = 0
  const steps = choices.slice(0, -1).map(([value, weight]) => {
    before += weight
    return [before / total, value] as const
  })
  return bySteps(x, steps, choices.at(-1)?.[0] ?? 'null')
}

export const text = (value: string | null): string =>
  value === null ? 'null' : `'${value.replaceAll("'", "''")}'`
export const list = (values: readonly string[]): string => `[${values.map(text).join(', ')}]`

/** A VALUES list of rows; strings are quoted, null is null. */
export const values = (rows: readonly (readonly (string | number | boolean | null)[])[]): string =>
  rows.map((row) => `(${row.map(literal).join(', ')})`).join(', ')

/** A number with a point is written as a DOUBLE: DuckDB would take it for a DECIMAL and overflow in a product. */
const literal = (v: string | number | boolean | null): string => {
  if (typeof v === 'string') return text(v)
  if (typeof v === 'number' && !Number.isInteger(v)) return String(v).includes('e') ? String(v) : `${v}e0`
  return String(v)
}

/** Columns of a table of numbers, by name and type: read many times faster than a VALUES list of as many. */
export const numbers = (
  columns: Readonly<Record<string, { of: 'int' | 'double'; numbers: readonly number[] }>>,
) =>
  Object.entries(columns)
    .map(([name, { of, numbers }]) => `unnest('[${numbers.join(', ')}]'::${of}[]) as ${name}`)
    .join(', ')

/** One element of a fixed list by a draw. */
export const pick = (from: readonly string[], draw: string): string =>
  `${list(from)}[1 + floor(${draw} * ${from.length})::int]`
