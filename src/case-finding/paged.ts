import { rowsAPage } from '#ui'

/** A page of rows as a list shows it: which page it came to be, from which row to which, and the rows. */
type Paged<Row> = {
  readonly page: number | 'all'
  readonly from: number
  readonly to: number
  readonly shown: readonly Row[]
}

/** A list is shown whole up to so many rows. */
const rowsAtOnce = 500

/** Which page an address asks for: anything else than a page or all is the first. */
export const pageAsked = (asked: string): number | 'all' =>
  asked === 'all' ? 'all' : Math.max(1, Number.parseInt(asked, 10) || 1)

/**
 * The page of some rows that is asked for. Past the end it is the last: rows go away as a list is worked down, and whoever
 * comes back to a page that is no more must not find it empty.
 */
export function paged<Row>(rows: readonly Row[], asked: number | 'all'): Paged<Row> {
  if (asked === 'all' && rows.length <= rowsAtOnce)
    return { page: 'all', from: Math.min(1, rows.length), to: rows.length, shown: rows }
  const last = Math.max(1, Math.ceil(rows.length / rowsAPage))
  const page = asked === 'all' ? 1 : Math.min(asked, last)
  const before = (page - 1) * rowsAPage
  const shown = rows.slice(before, before + rowsAPage)
  return { page, from: shown.length > 0 ? before + 1 : 0, to: before + shown.length, shown }
}
