const text = Symbol('html')

/** HTML in which every value was escaped. Only `html` makes one: its key is in no form, file or row. */
export type Html = { readonly [text]: string }

type Value = string | number | Html | readonly Html[] | false | undefined

const special = /["'&<>]/
const entities: Readonly<Record<string, string>> = {
  '"': '&quot;',
  "'": '&#x27;',
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
}

/**
 * HTML as text, for the rows of a long list, and for header, tabs, chips, page numbers and foot: by way of React a list takes
 * twice as long.
 *
 * A value is escaped as React escapes it; write one only between tags or in an attribute within double quotes. A piece
 * of HTML, or several, is put in as it is; false and undefined are nothing.
 */
export function html(texts: TemplateStringsArray, ...values: readonly Value[]): Html {
  let all = texts[0] ?? ''
  for (let at = 0; at < values.length; at++) all += written(values[at]) + texts[at + 1]
  return { [text]: all }
}

/** What a piece of HTML is as text. */
export const htmlText = (piece: Html): string => piece[text]

/** A piece of HTML as an element of React takes it for what it holds (`dangerouslySetInnerHTML`): every value in it was escaped. */
export const asHtml = (piece: Html): { readonly __html: string } => ({ __html: piece[text] })

function written(value: Value): string {
  if (value === undefined || value === false) return ''
  if (typeof value !== 'object') return escaped(String(value))
  return text in value ? value[text] : value.map(htmlText).join('')
}

// Few values hold anything to escape: to ask first is faster than to replace.
const escaped = (words: string): string =>
  special.test(words) ? words.replace(/["'&<>]/g, (letter) => entities[letter] ?? '') : words
