import type { ReactNode } from 'react'
import { usePage } from './context.ts'

/**
 * One side of A4 in black and white: the emergency summary and other papers that travel. Printing a
 * page that holds one prints the sheet alone.
 *
 * @param state said above everything else: "NOT CHECKED SINCE 2 AUGUST 2026", "DRAFT, not approved".
 * @param isLarge for somebody to take home: large print, over as many sides as it takes.
 * @param supersededOn the day a newer version replaced this one; SUPERSEDED is drawn across the sheet.
 */
export function DocumentPage(props: {
  readonly heading: string
  readonly state?: string
  readonly supersededOn?: string
  readonly isLarge?: boolean
  readonly foot: ReactNode
  readonly children: ReactNode
}) {
  const { synthetic } = usePage()
  const superseded = props.supersededOn ? ' kw-sheet--superseded' : ''
  return (
    <article className={`kw-sheet${superseded}${props.isLarge ? ' kw-sheet--large' : ''}`}>
      <header className="kw-sheet__head">
        <h1>{props.heading}</h1>
        {synthetic && <p className="kw-sheet__synthetic">SYNTHETIC. Not a real person.</p>}
      </header>
      {props.supersededOn && <p className="kw-sheet__state">SUPERSEDED on {props.supersededOn}</p>}
      {props.state && <p className="kw-sheet__state">{props.state}</p>}
      {props.children}
      <footer className="kw-sheet__foot">{props.foot}</footer>
    </article>
  )
}

/** A part of a sheet under a black bar; half parts stand two beside one another. */
export function DocumentPart(props: {
  readonly heading: string
  readonly isHalf?: boolean
  readonly children: ReactNode
}) {
  return (
    <section className={props.isHalf ? 'kw-sheet__part kw-sheet__part--half' : 'kw-sheet__part'}>
      <h2>{props.heading}</h2>
      {props.children}
    </section>
  )
}

/** A framed box: who, and (thick) what can kill in the next minute. */
export function DocumentBox(props: { readonly isThick?: boolean; readonly children: ReactNode }) {
  return (
    <div className={props.isThick ? 'kw-sheet__box kw-sheet__box--thick' : 'kw-sheet__box'}>
      {props.children}
    </div>
  )
}

/** Prints the page. Absent where there is no script: the browser's own Print does the same. */
export function PrintButton({ children }: { readonly children: string }) {
  return (
    <button
      className="nhsuk-button nhsuk-button--secondary nhsuk-button--small"
      type="button"
      data-print
      hidden
    >
      {children}
    </button>
  )
}
