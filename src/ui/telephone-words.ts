const numberLike = /\b0\d{2,4} \d{3,4} ?\d{3,4}\b/g
const keepsItsSpaces = /^<(?:textarea|title|script|option)\b/

/**
 * A page whose telephone numbers are never broken over two lines, also in the middle of a sentence somebody wrote.
 *
 * @param html a whole page as `renderPage` draws it, where "<" outside a tag is always escaped. What a form holds, and so would
 *   send back, is left as it is.
 * @source Design of screens, 4.4: "telephone: never broken over two lines".
 */
export const withWholeNumbers = (html: string): string =>
  html.replace(numberLike, (number, at: number) => {
    const opened = html.lastIndexOf('<', at)
    const isInTag = opened > html.lastIndexOf('>', at)
    const isKept = isInTag || keepsItsSpaces.test(html.slice(opened, opened + 10))
    return isKept ? number : number.replaceAll(' ', '\u00a0')
  })

/**
 * A number as it is read out: the six figures at its end in threes, "01632 960 408". Its own spaces stay; a number written
 * without any is left as it is, for where its code ends is not known.
 */
export const inThrees = (number: string): string => number.replace(/^(\D?\d+ )(\d{3})(\d{3})$/, '$1$2 $3')

/** A telephone number as the address of a link. */
export const toDial = (number: string): string => `tel:${number.replace(/[^+\d]/g, '')}`
