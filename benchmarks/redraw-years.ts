// Both years of a made-up town as a model reads them: columns drawn up, what happened, the true risk and the groups of the report.
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import type { Workshop } from '#jobs'
import { type CurrentLoad, withStore } from '#population'
import type { Sample, Table } from '#prediction'
import type { FeatureTable } from '../src/case-finding/model/feature-store.ts'
import { outcomeOf, subgroupsOf } from '../src/case-finding/model/judging.ts'
import { modelTable, recipeFor } from '../src/case-finding/model/model-table.ts'
import { readYears, sampleOf } from '../src/case-finding/model/training-years.ts'
import { withCrew } from '../src/prediction/crew.ts'
import { drawUp, sourcesOf } from '../src/prediction/design.ts'
import { newColumn } from '../src/prediction/table.ts'
import { fillTerm } from '../src/prediction/terms.ts'
import { sourcesIn } from './town-store.ts'

/** One year: standardised columns in one order for both years, and everything known of its people. */
export type Year = {
  readonly table: Table
  readonly outcome: Uint8Array
  readonly truth: Float64Array
  /** The practice's place among those of the year trained on; -1 where it was not there. */
  readonly practice: Int32Array
  readonly groupings: readonly {
    readonly by: string
    readonly names: readonly string[]
    readonly codes: Int32Array
  }[]
  /** People of the year who have no true risk, and are not in it. */
  readonly without: number
}

export type Years = { readonly trained: Year; readonly tested: Year; readonly practices: readonly string[] }

const nobody = { times: 1, isHeldOut: new Map<string, boolean>() }

/** Reads both years of the town in `folder` (benchmarks/million-model.ts lays it there), with the truth of each. */
export async function readTown(folder: string): Promise<Years> {
  const [town, store] = [join(folder, 'town'), join(folder, 'data', 'store')]
  const load = { indexOn: '2026-04-01', sources: sourcesIn(town) } as unknown as CurrentLoad
  const workshop = {
    folder,
    say: async (words: string) => console.error(words),
    inVisit: async () => ({ train: nobody, test: nobody }),
  } as unknown as Workshop
  const years = await withStore(store, (open) => readYears(open, load, workshop))
  if ('refused' in years) throw new Error(years.refused)
  const { sample, names } = sampleOf(years)
  const drawn = await withCrew({}, sample.table.rows * names.length, (crew) =>
    drawUp(crew, sample, recipeFor(names)),
  )
  const terms = drawn.terms.map((term) => ({ ...term, coefficient: 0 }))
  const kept = terms.flatMap(({ spread }, at) => (spread > 0 ? [at] : []))
  const tableOfYear = (table: Table): Table => {
    const sources = sourcesOf({ readings: drawn.readings, terms } as never, table)
    const columns = kept.map((at) => {
      const [source, term] = [sources[at], terms[at]]
      const column = newColumn(table.rows, 'single')
      if (!source || !term) return column
      fillTerm(source, column, 0, table.rows)
      for (let i = 0; i < column.length; i++) column[i] = ((column[i] ?? 0) - term.mean) / term.spread
      return column
    })
    return { rows: table.rows, names: kept.map((at) => `${terms[at]?.name}`), columns }
  }
  const practices = sample.groupNames ?? []
  const who = await truths(town, store)
  const trained = tableOfYear(sample.table)
  const tested = tableOfYear(modelTable(years.test, years.used, names))
  return {
    trained: withTruth(trained, years.train, who(12), practices),
    tested: withTruth(tested, years.test, who(16), practices),
    practices,
  }
}

/** The year without those who have no true risk: somebody who was not yet, or no longer, in the town that day. */
function withTruth(
  table: Table,
  read: FeatureTable,
  truth: ReadonlyMap<number, number>,
  practices: readonly string[],
): Year {
  const place = new Map(practices.map((code, at) => [code, at]))
  const rows = read.people.flatMap(({ person }, row) => (truth.has(person) ? [row] : []))
  const people = rows.flatMap((row) => read.people[row] ?? [])
  const columns = new Map([['age', Float64Array.from(rows, (row) => read.columns.get('age')?.[row] ?? 0)]])
  const some = { people, columns }
  return {
    table: {
      ...table,
      rows: rows.length,
      columns: table.columns.map((column) => {
        const copy = newColumn(rows.length, 'single')
        for (const [at, row] of rows.entries()) copy[at] = column[row] ?? 0
        return copy
      }),
    },
    outcome: outcomeOf(some),
    truth: Float64Array.from(people, ({ person }) => truth.get(person) ?? 0),
    practice: Int32Array.from(people, ({ practiceCode }) => place.get(practiceCode) ?? -1),
    groupings: subgroupsOf(some).map(({ by, names, codes }) => ({ by, names, codes })),
    without: read.people.length - rows.length,
  }
}

/** The true risks by person of the store, at the first day of a quarter. */
async function truths(town: string, store: string) {
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  const read = async (quarter: number) => {
    const rows = await connection.runAndReadAll(
      `select w.person::int as person, r.true_risk from '${store}-who.parquet' w
         join '${town}-truth/risk-q${quarter}.parquet' r on r.nhs_number::bigint = w.nhs`,
    )
    const [persons = [], risks = []] = rows.getColumns()
    return new Map(persons.map((person, at) => [Number(person), Number(risks[at])]))
  }
  const of = new Map([
    [12, await read(12)],
    [16, await read(16)],
  ])
  connection.closeSync()
  instance.closeSync()
  return (quarter: number) => of.get(quarter) ?? new Map<number, number>()
}

/** The year as a sample of `fitRidge`. */
export const sampleFrom = ({ table, outcome, practice }: Year, practices: readonly string[]): Sample => ({
  table,
  outcome,
  groups: practice,
  groupNames: practices,
})
