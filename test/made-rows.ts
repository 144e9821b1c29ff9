import type { Sample, Table } from '#prediction'
import { tableOf } from '#prediction'
import { randomStream } from '#statistics'

/** SYNTHETIC people: two measurements, a skewed count, two flags and days since; 20 practices. Risk by a known sum. */
export function madeRows(rows: number, seed: number, more: { readonly strength?: number } = {}): Sample {
  const stream = randomStream(seed)
  const names = ['age', 'haemoglobin', 'admissions', 'diabetes', 'care_home', 'days_since_contact'] as const
  const columns = Object.fromEntries(names.map((name) => [name, new Float64Array(rows)]))
  const outcome = new Uint8Array(rows)
  const groups = new Int32Array(rows)
  const { strength = 1 } = more
  for (let i = 0; i < rows; i++) {
    const age = 18 + Math.floor(75 * stream.uniform())
    const admissions = Math.floor(Math.exp(1.4 * stream.normal()) * 0.7)
    const row = {
      age,
      haemoglobin: stream.uniform() < 0.2 ? Number.NaN : 130 + 14 * stream.normal(),
      admissions,
      diabetes: stream.uniform() < 0.1 ? 1 : 0,
      care_home: stream.uniform() < 0.02 + (age > 80 ? 0.1 : 0) ? 1 : 0,
      days_since_contact: Math.floor(400 * stream.uniform() ** 2),
    }
    for (const name of names) columns[name]?.fill(row[name], i, i + 1)
    const line = -3 + 0.02 * (age - 55) + 0.8 * Math.log1p(admissions) + 0.5 * row.diabetes + row.care_home
    outcome[i] = stream.uniform() < 1 / (1 + Math.exp(-(strength * (line + 2.6) - 2.6))) ? 1 : 0
    groups[i] = Math.floor(20 * stream.uniform())
  }
  return { table: tableOf(columns), outcome, groups }
}

/** The same rows without the columns named. */
export function without(sample: Sample, ...left: readonly string[]): Sample {
  const kept = sample.table.names.filter((name) => !left.includes(name))
  return { ...sample, table: only(sample.table, kept) }
}

const only = (table: Table, names: readonly string[]): Table => ({
  rows: table.rows,
  names,
  columns: names.flatMap((name) => table.columns[table.names.indexOf(name)] ?? []),
})

/** The same rows with one more column. */
export function withColumn(
  sample: Sample,
  name: string,
  valueAt: (row: number, happened: number) => number,
): Sample {
  const { table, outcome } = sample
  const column = Float64Array.from(outcome, (happened, row) => valueAt(row, happened))
  return {
    ...sample,
    table: { rows: table.rows, names: [...table.names, name], columns: [...table.columns, column] },
  }
}
