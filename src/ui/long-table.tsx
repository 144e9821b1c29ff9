import { asHtml, type Html, html } from './html.ts'
import { postIn, sendIn } from './post-in.ts'
import { type ColumnHead, classOf, role, TableHead } from './rows.tsx'
import type { TagColour } from './types.ts'

export type LongColumn<Of> = ColumnHead & { readonly cell: (row: Of) => Html }

/**
 * A table of people to work through, up to hundreds of rows: the same table as DataTable, its rows written as text.
 *
 * @param keyOf what tells one row from another, and the row's place in the address (#key) to come back to.
 */
export function LongTable<Of>(props: {
  /** Read out, not shown. */
  readonly caption: string
  readonly columns: readonly LongColumn<Of>[]
  readonly rows: readonly Of[]
  readonly keyOf: (row: Of) => string
}) {
  const { caption, columns, rows, keyOf } = props
  const cells = columns.map((column, at) => cellOf(column, at === 0))
  const written = rows.map(
    (row) =>
      html`<tr id="${keyOf(row)}" class="nhsuk-table__row" role="row">${cells.map((cell) => cell(row))}</tr>`,
  )
  return (
    <table className="nhsuk-table kw-table kw-table--list" {...role('table')}>
      <caption className="nhsuk-u-visually-hidden">{caption}</caption>
      <TableHead columns={columns} />
      <tbody
        className="nhsuk-table__body"
        {...role('rowgroup')}
        // biome-ignore lint/security/noDangerouslySetInnerHtml: html escaped every value in it
        dangerouslySetInnerHTML={asHtml(html`${written}`)}
      />
    </table>
  )
}

function cellOf<Of>(column: LongColumn<Of>, isFirst: boolean): (row: Of) => Html {
  if (isFirst) {
    const name = classOf(column, 'nhsuk-table__header')
    return (row) => html`<th scope="row" class="${name}" role="rowheader">${column.cell(row)}</th>`
  }
  const name = classOf(column, 'nhsuk-table__cell')
  const label = column.isHeadHidden ? undefined : html` data-label="${column.label ?? column.head}"`
  return (row) => html`<td class="${name}"${label} role="cell">${column.cell(row)}</td>`
}

/** Words of a second line in a row of a long table. */
export const secondIn = (words: string | Html): Html => html`<div class="kw-second">${words}</div>`

/** A Tag in a row of a long table. */
export const tagIn = (colour: TagColour, words: string): Html =>
  html`<strong class="nhsuk-tag nhsuk-tag--${colour}">${words}</strong>`

const aboutIn = (about: string): Html => html`<span class="nhsuk-u-visually-hidden"> ${about}</span>`

/** A small Button that is a link, in a row of a long table. @param about as of Button. */
export const linkButtonIn = (href: string, words: string, about: string): Html =>
  html`<a class="nhsuk-button nhsuk-button--secondary nhsuk-button--small" href="${href}" data-module="nhsuk-button" role="button" draggable="false">${words}${aboutIn(about)}</a>`

/** A PostForm of one button that looks like a link, in a row of a long table. */
export function formIn(props: {
  readonly action: string
  /** What it sends: with them the session's csrf token, and the person the page was opened for. */
  readonly fields: { readonly _csrf: string; readonly _person: string } & Readonly<Record<string, string>>
  readonly words: string
  readonly about: string
}): Html {
  const { action, fields, words, about } = props
  return postIn({ action, fields }, sendIn(words, aboutIn(about)))
}
