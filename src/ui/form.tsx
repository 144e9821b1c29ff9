import { Button as NhsButton } from 'nhsuk-react-components'
import { type ReactNode, useContext } from 'react'
import { FormContext, usePage } from './context.ts'
import type { QuickKey } from './quick-keys.data.ts'
import type { Problem, Typed } from './types.ts'

/**
 * A form that changes something. It carries the session's csrf token, and keeps what was typed when
 * the answer is 422.
 *
 * @param personToken the person the page was opened for; a save from a page left open in another tab
 *   must still be about that person.
 */
export function PostForm(props: {
  readonly action: string
  readonly personToken?: string
  readonly problems?: readonly Problem[]
  readonly typed?: Typed
  /** "row" keeps the parts beside one another. */
  readonly layout?: 'block' | 'row'
  /** Whether a file is among the fields: only then is one sent, and only to a route that takes it. */
  readonly takesFile?: boolean
  readonly children: ReactNode
}) {
  const { csrfToken } = usePage()
  const page = useContext(FormContext)
  const form = { problems: props.problems ?? page.problems, typed: props.typed ?? page.typed }
  return (
    <form
      method="post"
      action={props.action}
      encType={props.takesFile ? 'multipart/form-data' : undefined}
      className={props.layout === 'row' ? 'kw-form kw-form--row' : 'kw-form'}
      noValidate
    >
      <HiddenFields fields={{ _csrf: csrfToken, ...(props.personToken && { _person: props.personToken }) }} />
      <FormContext value={form}>{props.children}</FormContext>
    </form>
  )
}

/** Facts a form sends without showing them. Never a secret and never a decision. */
export function HiddenFields({ fields }: { readonly fields: Readonly<Record<string, string>> }) {
  return Object.entries(fields).map(([name, value]) => (
    <input key={name} type="hidden" name={name} value={value} />
  ))
}

/**
 * A button that says what will happen, or with href a link that looks like one.
 *
 * @param about the person or thing, read out after the visible words, so that no two buttons on a
 *   page have the same spoken name.
 */
export function Button(props: {
  readonly children: ReactNode
  /** main: green, one a page or row. link: looks like a link and still posts. */
  readonly kind?: 'main' | 'secondary' | 'link'
  readonly isSmall?: boolean
  readonly href?: string
  readonly name?: string
  readonly value?: string
  readonly about?: string
  readonly quickKey?: QuickKey
}) {
  const { kind = 'main', isSmall, href, name, value, about, quickKey } = props
  const words = (
    <>
      {props.children}
      {about && <span className="nhsuk-u-visually-hidden"> {about}</span>}
    </>
  )
  const key = quickKey && { 'data-key': quickKey, 'aria-keyshortcuts': `Alt+Shift+${quickKey}` }
  if (kind === 'link') {
    return (
      <button className="kw-button-link" type="submit" name={name} value={value} {...key}>
        {words}
      </button>
    )
  }
  const look = { secondary: kind === 'secondary', small: isSmall }
  if (href) {
    // A list has three in every row: the same element without the component's state takes half as long to draw.
    const className = [
      'nhsuk-button',
      look.secondary && 'nhsuk-button--secondary',
      isSmall && 'nhsuk-button--small',
    ]
    return (
      <a className={className.filter(Boolean).join(' ')} href={href} {...asButton} {...key}>
        {words}
      </a>
    )
  }
  return (
    <NhsButton name={name} value={value} preventDoubleClick {...look} {...key}>
      {words}
    </NhsButton>
  )
}

const asButton = { 'data-module': 'nhsuk-button', role: 'button', draggable: false } as const

/** Buttons and links that stand together; under one another on a telephone. */
export function ButtonRow({ children }: { readonly children: ReactNode }) {
  return <div className="kw-buttons">{children}</div>
}
