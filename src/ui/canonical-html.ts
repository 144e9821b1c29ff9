/**
 * HTML as a list of lines that can be compared: a tag or a text a line, attributes sorted, white space
 * collapsed. What differs without meaning is taken away: our own classes, classes of spacing, the names of ids (kept is
 * which refers to which), sizes of labels, and headings inside labels (our pages bring their own h1).
 */
export function canonicalHtml(html: string): readonly string[] {
  const tokens = [...html.matchAll(/<(\/?)([a-z0-9]+)((?:\s+[^\s=>/]+(?:="[^"]*")?)*)\s*\/?>|([^<]+)/gi)]
  const ids = referredIds(html)
  return tokens.flatMap(([, closing, tag, attributes, text]) => {
    if (text !== undefined) {
      const words = decoded(text).replace(/\s+/g, ' ').trim()
      return words ? [words] : []
    }
    if (!tag || /^(h1|br|path)$/i.test(tag)) return []
    return closing ? [`</${tag}>`] : [`<${tag}${canonicalAttributes(attributes ?? '', ids)}>`]
  })
}

const references = /(?:for|aria-describedby|aria-controls|data-aria-controls|aria-labelledby)="([^"]*)"/g

/** Every id that something on the page refers to, in the order of first mention. */
function referredIds(html: string): readonly string[] {
  const mentioned = [...html.matchAll(references)].flatMap((match) => (match[1] ?? '').split(' '))
  return [...new Set(mentioned)]
}

function canonicalAttributes(attributes: string, ids: readonly string[]): string {
  const all = [...attributes.matchAll(/([^\s=]+)(?:="([^"]*)")?/g)].map(([, name = '', value = '']) => {
    const key = name.toLowerCase()
    if (key === 'class') return [key, classes(value)] as const
    if (/^(id|for|aria-describedby|data-aria-controls)$/.test(key))
      return [key, numbered(value, ids)] as const
    // A box of a date is named for its field; which box it is, is the last word.
    if (key === 'name') return [key, value.match(/(day|month|year)\]?$/)?.[1] ?? value] as const
    return [key, decoded(value)] as const
  })
  return all
    .filter(
      ([key, value]) =>
        !(
          ownAttributes.test(key) ||
          (key === 'role' && tableRoles.test(value)) ||
          ((key === 'id' || key === 'class') && !value)
        ),
    )
    .map(([key, value]) => ` ${key}="${value}"`)
    .sort()
    .join('')
}

/** Said again in our tables because a telephone's style sheet takes the native roles away. */
const tableRoles = /^(table|rowgroup|row|columnheader|rowheader|cell)$/
const ownAttributes = /^(data-label|data-prevent-double-click|data-key|aria-keyshortcuts|novalidate|rows)$/

const numbered = (value: string, ids: readonly string[]) =>
  value
    .split(' ')
    .map((id) => (ids.includes(id) ? `#${ids.indexOf(id)}` : ''))
    .join(' ')
    .trim()

const classes = (value: string) =>
  value
    .split(/\s+/)
    .filter((name) => name && !/^kw-|^nhsuk-u-(?!visually)|__legend--|-label--|__caption--/.test(name))
    .sort()
    .join(' ')

const entities: Readonly<Record<string, string>> = {
  '&#39;': "'",
  '&#x27;': "'",
  '&quot;': '"',
  '&lt;': '<',
  '&gt;': '>',
  '&ctdot;': '⋯',
  '&amp;': '&',
}
const decoded = (text: string) =>
  text.replace(/&(?:#39|#x27|quot|lt|gt|ctdot|amp);/g, (entity) => entities[entity] ?? '')
