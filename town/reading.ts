import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Workbench } from './duckdb.ts'
import { type ExtractFile, extractFileNames, extractFiles } from './files.data.ts'
import { text } from './sql/words.ts'

/** Makes a view of each file of an extract, CSV or Parquet, in the types of the format. */
export async function openExtract(bench: Workbench, dir: string): Promise<void> {
  for (const file of extractFileNames)
    await bench.run(`create or replace view "${file}" as ${readFile(dir, file)}`)
}

function readFile(dir: string, file: ExtractFile): string {
  const columns = Object.entries(extractFiles[file].columns)
  const typed = columns.map(([name, type]) => `"${name}"::${type} as "${name}"`).join(', ')
  const parquet = join(dir, `${file}.parquet`)
  if (existsSync(parquet)) return `select ${typed} from read_parquet(${text(parquet)})`
  const csv = join(dir, `${file}.csv`)
  if (existsSync(csv)) return `select ${typed} from read_csv(${text(csv)}, header = true, all_varchar = true)`
  return `select ${columns.map(([name, type]) => `null::${type} as "${name}"`).join(', ')} where false`
}
