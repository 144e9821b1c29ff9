/** One element of a page of ours, with what is in it. */
export type Element = {
  readonly tag: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly Node[]
}
export type Node = Element | string

const voids = new Set(['meta', 'link', 'img', 'input', 'br', 'hr'])
const parts =
  /<!--[\s\S]*?-->|<!doctype[^>]*>|<(\/?)([a-zA-Z][\w-]*)((?:\s+[\w:-]+(?:="[^"]*")?)*)\s*(\/?)>|([^<]+)/gi

type Open = { readonly tag: string; readonly attributes: Element['attributes']; readonly children: Node[] }

/**
 * Reads a page that this program drew: every element closed, every attribute between double quotes.
 *
 * @returns its outermost elements.
 * @throws Error where an element is closed that is not open: the page was not drawn by us.
 */
export function treeOf(html: string): readonly Node[] {
  const open: Open[] = [{ tag: '', attributes: {}, children: [] }]
  for (const [, slash, name, attributes, closed, text] of html.matchAll(parts)) {
    const here = open.at(-1)
    if (!here) throw new Error('paper: more was closed than was open')
    if (text !== undefined) here.children.push(plainText(text))
    else if (name && slash) closeIt(open, name)
    else if (name) {
      const element = { tag: name.toLowerCase(), attributes: attributesIn(attributes ?? ''), children: [] }
      if (closed || voids.has(element.tag)) here.children.push(element)
      else open.push(element)
    }
  }
  if (open.length !== 1) throw new Error(`paper: ${open.at(-1)?.tag} was never closed`)
  return open[0]?.children ?? []
}

function closeIt(open: Open[], name: string): void {
  const closing = open.pop()
  const parent = open.at(-1)
  if (!closing || !parent || closing.tag !== name.toLowerCase())
    throw new Error(`paper: ${name} was closed while ${closing?.tag} was open`)
  parent.children.push(closing)
}

const attributesIn = (text: string): Element['attributes'] =>
  Object.fromEntries(
    [...text.matchAll(/([\w:-]+)(?:="([^"]*)")?/g)].map(([, name, value]) => [
      name ?? '',
      plainText(value ?? ''),
    ]),
  )

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ' }

const plainText = (text: string): string =>
  text
    .replaceAll(/&#x([0-9a-f]+);/gi, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)))
    .replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replaceAll(/&(amp|lt|gt|quot|nbsp);/g, (_, name: string) => entities[name] ?? '')

/** The words of something, as they are read: blanks are one blank. */
export const wordsIn = (node: Node): string => textIn(node).replaceAll(/\s+/g, ' ').trim()

const textIn = (node: Node): string =>
  typeof node === 'string' ? node : isSeen(node) ? node.children.map(textIn).join('') : ''

const unseen = new Set(['script', 'style', 'button', 'form', 'nav', 'title', 'desc', 'pattern', 'template'])

/** Whether something is read on paper: no button, nothing hidden, nothing that is only for a screen. */
export function isSeen({ tag, attributes }: Element): boolean {
  const classes = (attributes.class ?? '').split(' ')
  return !unseen.has(tag) && attributes.hidden === undefined && !classes.some((name) => notOnPaper.has(name))
}

const notOnPaper = new Set([
  'nhsuk-u-visually-hidden',
  'kw-stamp',
  'kw-paper-stamp',
  'kw-bar__words--long',
  'kw-chart__said',
  'kw-not-on-paper',
])

/** The first element of a kind, searched in reading order. */
export function findElement(nodes: readonly Node[], is: (one: Element) => boolean): Element | undefined {
  for (const node of nodes) {
    if (typeof node === 'string') continue
    const found = is(node) ? node : findElement(node.children, is)
    if (found) return found
  }
  return undefined
}

/** Whether an element has a class. */
export const hasClass = ({ attributes }: Element, name: string): boolean =>
  (attributes.class ?? '').split(' ').includes(name)

/** The elements in something that are seen. */
export const elementsIn = ({ children }: Element): readonly Element[] =>
  children.flatMap((child) => (typeof child === 'string' || !isSeen(child) ? [] : [child]))
