import { join } from 'node:path'
import type { LondonDate } from '#calendar'
import type { Workshop } from '#jobs'
import type { Bench } from './bench.ts'
import { quoted } from './duckdb-words.ts'
import type { NationalCheck } from './opt-out.ts'
import type { Fault } from './reading.ts'
import type { Mapping, Sources } from './sources.ts'
import type { Found } from './survey.ts'
import type {
  BundleCount,
  CurrentLoad,
  FileCount,
  FileName,
  FileReading,
  RefusedRow,
  Source,
} from './types.ts'

/** What reading one file gave: how many rows, what its faults mean, which lines carry no row. */
export type Read = {
  readonly rows: number
  readonly faults: readonly Fault[]
  readonly unknownCodes: Record<string, number>
  readonly skipped: readonly number[]
  /** The columns of the extract this file has. */
  readonly has: ReadonlySet<string>
  readonly reading: FileReading
}

/** One load under way: what it stands on, and what it has found so far. */
export type Loading = {
  readonly workshop: Workshop
  readonly bench: Bench
  readonly id: string
  readonly work: string
  readonly files: ReadonlyMap<FileName, Found>
  readonly sources: Sources
  readonly mapping: Mapping
  readonly before?: CurrentLoad
  /** The day of the load: of real people today, of made-up ones the installation's day once it is taken. */
  readonly loadOn: LondonDate
  /** When the national opt-out service was last asked, where it ever was. */
  nationalCheck?: NationalCheck
  /** Every source linked once this load stands: this load's own first, then what it leaves of the one before. */
  readonly linked: readonly Source[]
  readonly reads: Map<FileName, Read>
  readonly counts: FileCount[]
  readonly refused: RefusedRow[]
  readonly leftOut: Record<string, number>
  readonly bundles?: BundleCount
}

/** Where a file's typed rows lie while the load is under way. */
export const rawPath = (loading: Loading, file: FileName) => join(loading.work, 'raw', `${file}.parquet`)
export const rawSql = (loading: Loading, file: FileName) => `read_parquet(${quoted(rawPath(loading, file))})`
export const storePath = (loading: Loading, file: string) => join(loading.work, 'store', `${file}.parquet`)

export function sourceOf(loading: Loading, file: FileName): Source {
  const source = loading.sources.of.get(file)
  if (!source) throw new Error(`${file} has no source`)
  return source
}

export const supplierOf = (loading: Loading, file: FileName): string =>
  loading.sources.of.get(file)?.supplier ?? 'not stated'
