import { Pagination } from 'nhsuk-react-components'
import { Children, type ReactNode } from 'react'
import { Button } from './form.tsx'
import { asHtml, type Html, html } from './html.ts'
import type { Link } from './types.ts'

const grouped = (count: number) => count.toLocaleString('en-GB')

/** The few views of a list that people use, each with its count; the one in force is filled. */
export function Chips(props: { readonly label?: string; readonly chips: readonly Chip[] }) {
  const { label = 'Show', chips } = props
  const written = html`<span class="kw-chips__label" aria-hidden="true">${label}</span><ul>${chips.map(chipIn)}</ul>`
  // biome-ignore lint/security/noDangerouslySetInnerHtml: html escaped every value in it
  return <nav className="kw-chips" aria-label={label} dangerouslySetInnerHTML={asHtml(written)} />
}

type Chip = {
  readonly href: string
  readonly words: string
  readonly count?: number
  readonly isCurrent: boolean
}

function chipIn({ href, words, count, isCurrent }: Chip): Html {
  const current = isCurrent && html` aria-current="true"`
  const counted = count !== undefined && ` (${grouped(count)})`
  return html`<li><a class="kw-chip" href="${href}"${current}>${words}${counted}</a></li>`
}

/** So many fields and a button fill the first screen of a telephone. */
const fewestThatFold = 3

/**
 * Choices that narrow a list, as a plain form whose answer is an address. Nothing that names a person
 * belongs in it, because the address is kept and shared.
 *
 * On a telephone the fields fold behind a line that says how many are on, where there are so many that they would
 * fill the first screen; the list comes first there. No script is needed for it.
 *
 * @param inForce each filter now in force, with the address of the list without it. A bar that never has any
 *   narrows no list: it is the page's question, and does not fold.
 */
export function FilterBar(props: {
  readonly action: string
  readonly label: string
  /** Facts of the address that the form must not lose. */
  readonly keep?: Readonly<Record<string, string>>
  readonly inForce?: readonly Link[]
  readonly children: ReactNode
}) {
  const { action, label, keep = {}, inForce = [] } = props
  const folds = props.inForce !== undefined && Children.toArray(props.children).length >= fewestThatFold
  const form = (
    <form action={action} method="get" className="kw-filter__form">
      {Object.entries(keep).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {props.children}
      <Button kind="secondary" isSmall>
        Apply
      </Button>
    </form>
  )
  return (
    <search className="kw-filter" aria-label={label}>
      {folds ? (
        <details className="kw-filter__fold">
          <summary>Filters{inForce.length > 0 && `, ${inForce.length} on`}</summary>
          {form}
        </details>
      ) : (
        form
      )}
      {inForce.length > 0 && (
        <ul className="kw-filter__in-force" aria-label="Filters in force">
          {inForce.map(({ href, words }) => (
            <li key={href}>
              <a className="kw-chip kw-chip--off" href={href}>
                <span className="nhsuk-u-visually-hidden">Take off </span>
                {words}
                <span aria-hidden="true"> ×</span>
              </a>
            </li>
          ))}
        </ul>
      )}
    </search>
  )
}

/** How many in all, how many shown, in what order: "Showing 1 to 7 of 28, highest risk first". */
export function CountLine(props: {
  readonly from: number
  readonly to: number
  readonly total: number
  readonly orderedBy: string
  readonly children?: ReactNode
}) {
  const { from, to, total, orderedBy } = props
  return (
    <div className="kw-count">
      <p>
        {total === 0 ? (
          <>Showing none</>
        ) : (
          <>
            Showing{' '}
            <b>
              {grouped(from)} to {grouped(to)}
            </b>{' '}
            of <b>{grouped(total)}</b>, {orderedBy}
          </>
        )}
      </p>
      {props.children && <div className="kw-count__acts">{props.children}</div>}
    </div>
  )
}

export const rowsAPage = 50
const rowsAtOnce = 500

/**
 * Pages of 50 with numbers, and all on one page up to 500.
 *
 * @param hrefFor the address of a page, numbered from 1, or of the whole list.
 */
export function Paging(props: {
  readonly page: number | 'all'
  readonly total: number
  readonly hrefFor: (page: number | 'all') => string
}) {
  const { page, total, hrefFor } = props
  const pages = Math.ceil(total / rowsAPage)
  if (pages <= 1) return null
  const showAll =
    total > rowsAtOnce ? (
      <p className="kw-second">More than 500. Narrow the list to see it on one page.</p>
    ) : page === 'all' ? (
      <p>
        <a href={hrefFor(1)}>Show 50 a page</a>
      </p>
    ) : (
      <p>
        <a href={hrefFor('all')}>Show all {grouped(total)}</a>
      </p>
    )
  return (
    <div className="kw-paging">
      {page !== 'all' && <NumberedPages page={page} pages={pages} hrefFor={hrefFor} />}
      {showAll}
    </div>
  )
}

/** The numbers of pages, as NHS.UK frontend draws them. */
export function NumberedPages(props: {
  readonly page: number
  readonly pages: number
  readonly hrefFor: (page: number) => string
}) {
  const { page, pages, hrefFor } = props
  // What the library lets a link to a page take says nothing of an address.
  const to = (number: number) => ({ href: hrefFor(number) })
  const numbers = numbersAround(page, pages).map((number) =>
    number === 'gap' ? gap : numberIn(number, hrefFor(number), number === page),
  )
  return (
    // biome-ignore lint/a11y/noRedundantRoles: the design system says so
    <nav className="nhsuk-pagination nhsuk-pagination--numbered" role="navigation" aria-label="Pagination">
      {page > 1 && <Pagination.Link {...to(page - 1)} previous />}
      {/* biome-ignore lint/security/noDangerouslySetInnerHtml: html escaped every value in it */}
      <ul className="nhsuk-pagination__list" dangerouslySetInnerHTML={asHtml(html`${numbers}`)} />
      {page < pages && <Pagination.Link {...to(page + 1)} next />}
    </nav>
  )
}

// As an entity: one letter that is not of Western Europe makes the whole page twice as large in memory.
const gap = html`<li class="nhsuk-pagination__item nhsuk-pagination__item--ellipsis">&#8943;</li>`

function numberIn(number: number, href: string, isCurrent: boolean): Html {
  const classes = isCurrent
    ? 'nhsuk-pagination__item nhsuk-pagination__item--current'
    : 'nhsuk-pagination__item'
  const current = isCurrent && html` aria-current="page"`
  return html`<li class="${classes}"><a class="nhsuk-pagination__link" href="${href}" aria-label="Page ${number}"${current}>${number}</a></li>`
}

/** The first, the last, and the current page with its neighbours; a gap where two or more are left out. */
export function numbersAround(page: number, pages: number): readonly (number | 'gap')[] {
  const wanted = new Set([1, pages, page - 1, page, page + 1])
  if (page <= 4) wanted.add(2).add(3)
  if (page >= pages - 3) wanted.add(pages - 1).add(pages - 2)
  const shown = [...wanted].filter((number) => number >= 1 && number <= pages).sort((a, b) => a - b)
  return shown.flatMap((number, index) => {
    const before = shown[index - 1] ?? 0
    if (number - before === 2) return [number - 1, number]
    return number - before > 2 ? ['gap' as const, number] : [number]
  })
}
