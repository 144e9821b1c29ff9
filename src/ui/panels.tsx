import { Details as NhsDetails, Tag as NhsTag } from 'nhsuk-react-components'
import type { ReactNode } from 'react'
import { asHtml, html } from './html.ts'
import { placesIn } from './places.ts'
import type { TabLink, TagColour } from './types.ts'

/** A word or three in a box. The colour repeats what the words say; screens.md 4.3 has the whole vocabulary. */
export function Tag({ colour, children }: { readonly colour: TagColour; readonly children: ReactNode }) {
  return <NhsTag modifier={colour}>{children}</NhsTag>
}

export type PanelKind =
  | 'matters'
  | 'worse'
  | 'decision'
  | 'caution'
  | 'verdict-good'
  | 'verdict-bad'
  | 'verdict-small'
  | 'withheld'
  | 'neutral'

/** A box whose heading says what its coloured rule repeats. */
export function Panel(props: {
  readonly kind: PanelKind
  readonly heading: ReactNode
  readonly headingLevel?: 2 | 3
  /** A smaller heading, at the level the page's outline needs. */
  readonly isSmall?: boolean
  readonly id?: string
  readonly children?: ReactNode
}) {
  const Heading = props.headingLevel === 3 ? 'h3' : 'h2'
  return (
    <section className={`kw-panel kw-panel--${props.kind}`} id={props.id}>
      <Heading className={props.isSmall ? 'kw-panel__heading kw-panel__heading--small' : 'kw-panel__heading'}>
        {props.heading}
      </Heading>
      {props.children}
    </section>
  )
}

/** What a person said, in their words. */
export function Quote({ children, from }: { readonly children: ReactNode; readonly from?: ReactNode }) {
  return (
    <>
      <blockquote className="kw-quote">{children}</blockquote>
      {from && <p className="kw-second">{from}</p>}
    </>
  )
}

/** A part of the page under a ruled heading, with how many where that helps. */
export function Section(props: {
  readonly heading: ReactNode
  readonly count?: number
  /** Beside the heading. */
  readonly acts?: ReactNode
  readonly isRuled?: boolean
  readonly id?: string
  readonly children: ReactNode
}) {
  return (
    <section className="kw-section" id={props.id}>
      <div
        className={props.isRuled === false ? 'kw-section__head' : 'kw-section__head kw-section__head--ruled'}
      >
        <h2>
          {props.heading}
          {props.count !== undefined && ` (${props.count.toLocaleString('en-GB')})`}
        </h2>
        {props.acts && <div className="kw-section__acts">{props.acts}</div>}
      </div>
      {props.children}
    </section>
  )
}

/** The page's main column and one beside it; one column on a telephone, in reading order. */
export function Columns(props: {
  readonly main: ReactNode
  readonly side: ReactNode
  /** side: 340 px. narrow: 270 px, My day. board: 310 px. half: both alike. queue: the list stands on the left. */
  readonly split?: 'side' | 'narrow' | 'board' | 'half' | 'queue'
}) {
  return (
    <div className={`kw-columns kw-columns--${props.split ?? 'side'}`}>
      <div className="kw-columns__main">{props.main}</div>
      <div className="kw-columns__side">{props.side}</div>
    </div>
  )
}

/** Facts as label and value. An absent value is never left blank: say what is missing. */
export function SummaryList({
  rows,
}: {
  readonly rows: readonly { readonly label: string; readonly value: ReactNode }[]
}) {
  return (
    <dl className="nhsuk-summary-list">
      {rows.map(({ label, value }) => (
        <div className="nhsuk-summary-list__row" key={label}>
          <dt className="nhsuk-summary-list__key">{label}</dt>
          <dd className="nhsuk-summary-list__value">{value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** Something that opens when asked for. On paper it is left out where nobody opened it, unless that would hide people. */
export function Details(props: {
  readonly summary: ReactNode
  readonly isOpen?: boolean
  readonly opensOnPaper?: boolean
  readonly id?: string
  readonly children: ReactNode
}) {
  return (
    <NhsDetails
      open={props.isOpen}
      id={props.id}
      className={props.opensOnPaper ? 'kw-opens-on-paper' : undefined}
    >
      <NhsDetails.Summary>{props.summary}</NhsDetails.Summary>
      <NhsDetails.Text>{props.children}</NhsDetails.Text>
    </NhsDetails>
  )
}

/** Pages about one thing, as links. */
export function Tabs({ tabs, label }: { readonly tabs: readonly TabLink[]; readonly label: string }) {
  const written = html`<ul>${placesIn(tabs)}</ul>`
  // biome-ignore lint/security/noDangerouslySetInnerHtml: html escaped every value in it
  return <nav className="kw-tabs" aria-label={label} dangerouslySetInnerHTML={asHtml(written)} />
}

/** How far something has come: each step, and in words whether it is done. */
export function Steps({
  steps,
}: {
  readonly steps: readonly {
    readonly words: ReactNode
    readonly state: 'done' | 'now' | 'to do'
    readonly note?: ReactNode
  }[]
}) {
  return (
    <ol className="kw-steps">
      {steps.map((step, index) => (
        <li
          // biome-ignore lint/suspicious/noArrayIndexKey: rendered once, never reordered
          key={index}
          className={`kw-steps__step kw-steps__step--${step.state.replace(' ', '-')}`}
          aria-current={step.state === 'now' ? 'step' : undefined}
        >
          <span className="kw-steps__words">{step.words}</span>{' '}
          <span className="kw-second">{step.note ?? wordsOfState[step.state]}</span>
        </li>
      ))}
    </ol>
  )
}

const wordsOfState = { done: 'Done', now: 'Now', 'to do': 'Not started' }

/** What happened, newest first: when, what, and who or where. */
export function Timeline({
  items,
}: {
  readonly items: readonly { readonly when: string; readonly what: ReactNode; readonly by?: ReactNode }[]
}) {
  return (
    <ul className="kw-timeline">
      {items.map(({ when, what, by }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rendered once, never reordered
        <li key={index}>
          <b>{when}</b> {what} {by && <span className="kw-second">{by}</span>}
        </li>
      ))}
    </ul>
  )
}

/** Says that there is nothing here, and the next thing to do. */
export function EmptyState({ says, children }: { readonly says: string; readonly children?: ReactNode }) {
  return (
    <div className="kw-empty">
      <p className="kw-empty__says">{says}</p>
      {children}
    </div>
  )
}

/** Where one stands in a piece of work: person 1 of 12, who is here, the ways to skip or leave. */
export function StatusStrip({ parts }: { readonly parts: readonly ReactNode[] }) {
  return (
    <div className="kw-status">
      {parts.map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rendered once, never reordered
        <div key={index}>{part}</div>
      ))}
    </div>
  )
}
