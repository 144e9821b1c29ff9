import type { LondonDate } from '#calendar'
import { extractFiles } from './columns.data.ts'
import { named } from './duckdb-words.ts'
import { type Loading, type Read, rawSql, supplierOf } from './loading.ts'
import type { Where } from './reading.ts'
import type { Found } from './survey.ts'
import type { ColumnRead, FileName } from './types.ts'

/** Codes that fewer people have are counted and not shown: what was typed there may be about one of them. */
const fewestPeople = 8
const codesShown = 50

type Asked = {
  readonly found: Found
  readonly headings: readonly string[]
  readonly where: Where
  readonly listed: readonly string[]
}

/** Counts a file's typed rows: how many, how many have nothing in a column, and what was on no list of ours. */
export async function countRows(
  loading: Loading,
  file: FileName,
  { found, headings, where, listed }: Asked,
): Promise<Pick<Read, 'rows' | 'unknownCodes' | 'reading'>> {
  const { day } = extractFiles[file]
  const has = Object.keys(where)
  const mayBeEmpty = has.filter((column) => !extractFiles[file].columns[column]?.isAlwaysFilled)
  const unknown = listed.map((column) => `count(${named(`unknown ${column}`)})::int as ${named(column)}`)
  const filled = mayBeEmpty.map((column) => {
    const seen = listed.includes(column)
      ? `coalesce(${named(column)}, ${named(`unknown ${column}`)})`
      : named(column)
    return `count(${seen}) filter (where fault is null)::int as ${named(`filled ${column}`)}`
  })
  const [row] = await loading.bench.rows<Record<string, number>>(
    `select ${['count(*)::int as rows', 'count(*) filter (where fault is null)::int as "whole rows"', ...unknown, ...filled].join(', ')}
     from ${rawSql(loading, file)}`,
  )
  const counts = listed.map((column): [string, number] => [column, row?.[column] ?? 0])
  const unknownCodes = Object.fromEntries(counts.filter(([, rows]) => rows > 0))
  const columns: ColumnRead[] = []
  for (const column of has)
    columns.push({
      column,
      from: where[column] ?? [],
      how: howOf(loading, file, column, where[column] ?? []),
      empty: mayBeEmpty.includes(column) ? (row?.['whole rows'] ?? 0) - (row?.[`filled ${column}`] ?? 0) : 0,
      unknown: column in unknownCodes ? await unknownTexts(loading, file, column) : [],
    })
  const used = new Set(Object.values(where).flat())
  const latestOn = day ? await latestDay(loading, file, day) : undefined
  const unread = headings.filter((heading) => !used.has(heading))
  const reading = { name: found.name, supplier: supplierOf(loading, file), latestOn, columns, unread }
  return { rows: row?.rows ?? 0, unknownCodes, reading }
}

function howOf(
  { mapping }: Loading,
  file: FileName,
  column: string,
  from: readonly string[],
): ColumnRead['how'] {
  if (mapping[file]?.columns[column] !== undefined) return 'mapping.json'
  return from.length === 1 && from[0]?.trim().toLowerCase() === column ? 'our heading' : 'SUS heading'
}

const latestDay = async (loading: Loading, file: FileName, day: string): Promise<LondonDate | undefined> =>
  (
    await loading.bench.rows<{ latest: LondonDate | null }>(
      `select max(${named(day)})::date::varchar as latest from ${rawSql(loading, file)} where fault is null`,
    )
  )[0]?.latest ?? undefined

/** The codes of a column that are on no list, the most first, where enough people have one. */
const unknownTexts = (loading: Loading, file: FileName, column: string): Promise<ColumnRead['unknown']> => {
  const said = named(`unknown ${column}`)
  const whose = 'nhs_number' in extractFiles[file].columns ? 'count(distinct nhs_number)' : '0'
  return loading.bench.rows(
    `select ${said} as said, count(*)::int as rows from ${rawSql(loading, file)}
     where ${said} is not null and length(${said}) <= 24 group by ${said} having ${whose} >= ${fewestPeople}
     order by rows desc, said limit ${codesShown}`,
  )
}
