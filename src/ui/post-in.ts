import { type Html, html } from './html.ts'

/** A PostForm written as text. @param fields what it sends unseen, the session's csrf token first. */
export function postIn(
  form: {
    readonly action: string
    readonly fields: { readonly _csrf: string } & Readonly<Record<string, string>>
    /** "row" keeps the parts beside one another. */
    readonly layout?: 'row'
  },
  contents: Html,
): Html {
  const hidden = Object.entries(form.fields).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}"/>`,
  )
  const classes = form.layout === 'row' ? 'kw-form kw-form--row' : 'kw-form'
  return html`<form class="${classes}" noValidate="" action="${form.action}" method="post">${hidden}${contents}</form>`
}

/** A button that looks like a link and sends its form. @param about as of Button. */
export const sendIn = (words: string, about?: Html): Html =>
  html`<button class="kw-button-link" type="submit">${words}${about}</button>`
