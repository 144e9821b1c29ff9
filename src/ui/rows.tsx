import type { ReactNode } from 'react'

/** A list people work down, most pressing first. Its rows are Rows. */
export function RowList({ children, label }: { readonly children: ReactNode; readonly label?: string }) {
  return (
    <ul className="kw-rows" aria-label={label}>
      {children}
    </ul>
  )
}

/** One row of work: who, what and why, its clock in words, and one obvious act. */
export function Row(props: {
  readonly who?: ReactNode
  readonly what: ReactNode
  readonly why?: ReactNode
  readonly clock?: ReactNode
  readonly act?: ReactNode
  /** The row that is open beside the list. */
  readonly isCurrent?: boolean
}) {
  const { who, what, why, clock, act, isCurrent } = props
  return (
    <li
      className={`kw-row${who ? '' : ' kw-row--no-one'}${who || clock ? '' : ' kw-row--no-clock'}`}
      aria-current={isCurrent ? 'true' : undefined}
    >
      {who && <div className="kw-row__who">{who}</div>}
      <div className="kw-row__what">
        {what}
        {why && <div className="kw-second">{why}</div>}
      </div>
      {clock && <div className="kw-row__clock">{clock}</div>}
      {act && <div className="kw-row__act">{act}</div>}
    </li>
  )
}

/**
 * What is done with a row where nothing presses: a link, so that the one row that presses stands out among many.
 *
 * @param about the person or thing, read out after the visible words.
 */
export function RowLink(props: {
  readonly href: string
  readonly about: string
  readonly children: ReactNode
}) {
  const { href, about, children } = props
  return (
    <a className="kw-row__link" href={href}>
      {children}
      <span className="nhsuk-u-visually-hidden"> {about}</span>
    </a>
  )
}

export type ColumnHead = {
  readonly head: string
  /** The label before the value on a telephone, where the heading is too long for one. */
  readonly label?: string
  readonly isNumber?: boolean
  /** narrow: as wide as its words on one line. middle and wide: a fifth and two fifths of the table. */
  readonly width?: 'narrow' | 'middle' | 'wide'
  /** The heading is for screen readers only: a column of buttons or ticks. */
  readonly isHeadHidden?: boolean
}

export type Column<Of> = ColumnHead & { readonly cell: (row: Of) => ReactNode }

const mostFigures = 5

/** A few columns of numbers find room on a telephone as they are; as blocks they would fill five screens. */
const isFigures = ([, ...rest]: readonly ColumnHead[]) =>
  rest.length > 0 &&
  rest.length < mostFigures &&
  rest.every(({ isNumber, isHeadHidden }) => isNumber && !isHeadHidden)

/**
 * Facts in columns. The first cell of a row names it; on a telephone each row becomes a block with the
 * labels before the values, but for a table of up to 5 columns that are all numbers.
 *
 * @param keyOf what tells one row from another, and the row's place in the address (#key) to come back to.
 */
export function DataTable<Of>(props: TableProps<Of>) {
  const { caption, isCaptionHidden, columns, rows, keyOf, isCurrent, density = 'dense' } = props
  const captionClass = isCaptionHidden ? 'nhsuk-u-visually-hidden' : 'nhsuk-table__caption kw-table__caption'
  return (
    <table
      className={`nhsuk-table kw-table kw-table--${density}${isFigures(columns) ? ' kw-table--figures' : ''}`}
      {...role('table')}
    >
      <caption className={captionClass}>{caption}</caption>
      <TableHead columns={columns} />
      <tbody className="nhsuk-table__body" {...role('rowgroup')}>
        {rows.map((row) => (
          <tr
            key={keyOf(row)}
            id={keyOf(row)}
            className="nhsuk-table__row"
            aria-current={isCurrent?.(row) ? 'true' : undefined}
            {...role('row')}
          >
            {columns.map((column, index) => (
              <Cell key={column.head} column={column} row={row} isFirst={index === 0} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

type TableProps<Of> = {
  readonly caption: string
  readonly isCaptionHidden?: boolean
  readonly columns: readonly Column<Of>[]
  readonly rows: readonly Of[]
  readonly keyOf: (row: Of) => string
  readonly isCurrent?: (row: Of) => boolean
  /** dense: about 34 px a row. list: rows of several lines, people to work through. */
  readonly density?: 'dense' | 'list'
}

export function TableHead({ columns }: { readonly columns: readonly ColumnHead[] }) {
  return (
    <thead className="nhsuk-table__head" {...role('rowgroup')}>
      <tr className="nhsuk-table__row" {...role('row')}>
        {columns.map((column) => (
          <th
            key={column.head}
            scope="col"
            className={classOf(column, 'nhsuk-table__header')}
            {...role('columnheader')}
          >
            {column.isHeadHidden ? (
              <span className="nhsuk-u-visually-hidden">{column.head}</span>
            ) : (
              column.head
            )}
          </th>
        ))}
      </tr>
    </thead>
  )
}

function Cell<Of>({ column, row, isFirst }: { column: Column<Of>; row: Of; isFirst: boolean }) {
  if (isFirst) {
    return (
      <th scope="row" className={classOf(column, 'nhsuk-table__header')} {...role('rowheader')}>
        {column.cell(row)}
      </th>
    )
  }
  return (
    <td
      className={classOf(column, 'nhsuk-table__cell')}
      data-label={column.isHeadHidden ? undefined : (column.label ?? column.head)}
      {...role('cell')}
    >
      {column.cell(row)}
    </td>
  )
}

/**
 * Says again what the element is: display: block, which makes blocks of the rows on a telephone, takes the
 * native roles away.
 */
export const role = (name: 'table' | 'rowgroup' | 'row' | 'columnheader' | 'rowheader' | 'cell') => ({
  role: name,
})

export function classOf(column: ColumnHead, base: string): string {
  const number = column.isNumber ? ` ${base}--numeric` : ''
  const width = column.width ? ` kw-table__column--${column.width}` : ''
  return base + number + width
}
