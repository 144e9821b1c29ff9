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
    <li className={who ? 'kw-row' : 'kw-row kw-row--no-one'} aria-current={isCurrent ? 'true' : undefined}>
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

export type Column = {
  readonly head: string
  readonly isNumber?: boolean
  /** How wide the column wants to be, against the others. */
  readonly width?: 'narrow' | 'wide'
  /** The heading is for screen readers only: a column of buttons or ticks. */
  readonly isHeadHidden?: boolean
}

/**
 * Facts in columns. The first cell of a row names it; on a telephone each row becomes a block with the
 * labels before the values.
 */
export function DataTable(props: {
  readonly caption: string
  readonly isCaptionHidden?: boolean
  readonly columns: readonly Column[]
  readonly rows: readonly {
    readonly id: string
    readonly cells: readonly ReactNode[]
    readonly isCurrent?: boolean
  }[]
  /** dense: about 34 px a row. list: rows of several lines, people to work through. */
  readonly density?: 'dense' | 'list'
}) {
  const { caption, isCaptionHidden, columns, rows, density = 'dense' } = props
  return (
    // The roles stay when the telephone's style sheet makes blocks of the rows.
    // biome-ignore-start lint/a11y/noRedundantRoles: display: block takes the native roles away
    // biome-ignore-start lint/a11y/useSemanticElements: they are the semantic elements
    <table className={`nhsuk-table kw-table kw-table--${density}`} role="table">
      <caption
        className={isCaptionHidden ? 'nhsuk-u-visually-hidden' : 'nhsuk-table__caption kw-table__caption'}
      >
        {caption}
      </caption>
      <thead className="nhsuk-table__head" role="rowgroup">
        <tr role="row">
          {columns.map((column) => (
            <th
              key={column.head}
              scope="col"
              role="columnheader"
              className={classOf(column, 'nhsuk-table__header')}
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
      <tbody className="nhsuk-table__body" role="rowgroup">
        {rows.map((row) => (
          <tr
            key={row.id}
            role="row"
            className="nhsuk-table__row"
            id={row.id}
            aria-current={row.isCurrent ? 'true' : undefined}
          >
            {columns.map((column, index) =>
              index === 0 ? (
                <th
                  key={column.head}
                  scope="row"
                  role="rowheader"
                  className={classOf(column, 'nhsuk-table__cell')}
                >
                  {row.cells[index]}
                </th>
              ) : (
                <td
                  key={column.head}
                  role="cell"
                  className={classOf(column, 'nhsuk-table__cell')}
                  data-label={column.isHeadHidden ? undefined : column.head}
                >
                  {row.cells[index]}
                </td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
    // biome-ignore-end lint/a11y/useSemanticElements: they are the semantic elements
    // biome-ignore-end lint/a11y/noRedundantRoles: display: block takes the native roles away
  )
}

function classOf(column: Column, base: string): string {
  const number = column.isNumber ? ` ${base}--numeric` : ''
  const width = column.width ? ` kw-table__column--${column.width}` : ''
  return base + number + width
}
