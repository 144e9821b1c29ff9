import type { LondonDate } from '#calendar'
import { extractFiles, fileNames, ownIdentity } from './columns.data.ts'
import type { LoadRow } from './store.ts'
import type { FileCount } from './types.ts'

/** One file of one load, in numbers that can be compared with the load before. */
export type SourceQuality = {
  readonly load: LoadRow
  readonly file: string
  readonly supplier: string
  readonly read: number
  readonly refusedShare: number
  /** Of all cells with a code of a closed list, those that are empty or on no list; undefined where none has one. */
  readonly missingShare?: number
  readonly latestOn?: LondonDate
  readonly coversTo?: LondonDate
}

/**
 * Whether a column should hold a code of a closed list in every row. What a hospital's file says of somebody without an
 * NHS number (their sex) stands in few rows: with nothing there, nothing is missing.
 */
export function shouldHoldCode(file: string, column: string): boolean {
  const known = fileNames.find((name) => name === file)
  if (!known || (known !== 'people' && column in ownIdentity)) return false
  return extractFiles[known].columns[column]?.list !== undefined
}

/** How good each file of a load was. */
export const qualityOf = (load: LoadRow): readonly SourceQuality[] =>
  load.files.map((count) => {
    const supplier = count.reading?.supplier
    const source = load.sources.find(
      (one) => one.file === count.file && (!supplier || one.supplier === supplier),
    )
    return {
      load,
      file: count.file,
      supplier: supplier ?? source?.supplier ?? 'not stated',
      read: count.read,
      refusedShare: count.read === 0 ? 0 : count.refused / count.read,
      missingShare: missingShare(count),
      latestOn: count.reading?.latestOn,
      coversTo: source?.coversTo,
    }
  })

function missingShare({ file, read, reading, unknownCodes }: FileCount): number | undefined {
  const listed = reading?.columns.filter(({ column }) => shouldHoldCode(file, column)) ?? []
  if (listed.length === 0 || read === 0) return undefined
  const missing = listed.reduce((sum, { column, empty }) => sum + empty + (unknownCodes[column] ?? 0), 0)
  return Math.min(1, missing / (read * listed.length))
}

/** A share as so many in 100 rows, finer where there are few. */
export const inHundred = (share: number | undefined): string => {
  if (share === undefined) return 'no codes'
  if (share === 0) return '0'
  if (share < 0.0005) return 'under 0.05'
  return String(Number((share * 100).toPrecision(2)))
}

/**
 * What differs so much from the same file's load before that somebody should look: rows a fifth fewer or half as many
 * again, refused or missing 5 in 100 more. Ours: no published figure exists.
 */
export function worsened(now: SourceQuality, before: SourceQuality): readonly string[] {
  if (before.read < 100) return []
  const change = now.read / before.read
  const more = (a: number | undefined, b: number | undefined) => (a ?? 0) - (b ?? 0) > 0.05
  return [
    ...(change < 0.8 ? [`${Math.round((1 - change) * 100)} in 100 rows fewer`] : []),
    ...(change > 1.5 ? [`${Math.round((change - 1) * 100)} in 100 rows more`] : []),
    ...(more(now.refusedShare, before.refusedShare) ? ['more rows refused'] : []),
    ...(more(now.missingShare, before.missingShare) ? ['more codes missing'] : []),
    ...(now.latestOn && before.latestOn && now.latestOn < before.latestOn ? ['an earlier last day'] : []),
  ]
}
