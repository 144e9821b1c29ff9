// Keeps what was read of a town, so that it is read once and drawn from many times.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Year, Years } from './redraw-years.ts'

type Told = {
  readonly rows: number
  readonly columns: readonly string[]
  readonly groupings: readonly { readonly by: string; readonly names: readonly string[] }[]
  readonly without: number
}

const bytesOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView) =>
  new Uint8Array(buffer, byteOffset, byteLength)

function keepYear(folder: string, { table, outcome, truth, practice, groupings, without }: Year): void {
  mkdirSync(folder, { recursive: true })
  const told: Told = {
    rows: table.rows,
    columns: table.names,
    groupings: groupings.map(({ by, names }) => ({ by, names })),
    without,
  }
  writeFileSync(join(folder, 'told.json'), JSON.stringify(told))
  const put = (name: string, values: ArrayBufferView) => writeFileSync(join(folder, name), bytesOf(values))
  for (const [at, column] of table.columns.entries()) put(`column-${at}`, column)
  for (const [at, { codes }] of groupings.entries()) put(`codes-${at}`, codes)
  put('outcome', outcome)
  put('truth', truth)
  put('practice', practice)
}

function takeYear(folder: string): Year {
  const told: Told = JSON.parse(readFileSync(join(folder, 'told.json'), 'utf8'))
  // In shared memory, where threads find it.
  const take = (name: string, each: number) => {
    const shared = new SharedArrayBuffer(told.rows * each)
    new Uint8Array(shared).set(readFileSync(join(folder, name)))
    return shared
  }
  return {
    table: {
      rows: told.rows,
      names: told.columns,
      columns: told.columns.map((_, at) => new Float32Array(take(`column-${at}`, 4))),
    },
    outcome: new Uint8Array(take('outcome', 1)),
    truth: new Float64Array(take('truth', 8)),
    practice: new Int32Array(take('practice', 4)),
    groupings: told.groupings.map((grouping, at) => ({
      ...grouping,
      codes: new Int32Array(take(`codes-${at}`, 4)),
    })),
    without: told.without,
  }
}

export function keepYears(folder: string, { trained, tested, practices }: Years): void {
  keepYear(join(folder, 'trained'), trained)
  keepYear(join(folder, 'tested'), tested)
  writeFileSync(join(folder, 'practices.json'), JSON.stringify(practices))
}

export const takeYears = (folder: string): Years => ({
  trained: takeYear(join(folder, 'trained')),
  tested: takeYear(join(folder, 'tested')),
  practices: JSON.parse(readFileSync(join(folder, 'practices.json'), 'utf8')),
})
