import { type Element, hasClass, isSeen, type Node } from './html-tree.ts'
import { writable } from './letters.ts'
import { bodyWidth, content, ink, makeRoom, sheet, tagged, type Writing } from './sheet.ts'

/** Some words that are written alike. */
type Run = { readonly words: string; readonly isBold: boolean }

export type WordStyle = {
  readonly size: number
  readonly colour?: string
  readonly isBold?: boolean
  readonly before?: number
  readonly after?: number
}

/** The words of something in the order of reading, with which are bold. */
export function runsOf(node: Node, isBold = false): readonly Run[] {
  if (typeof node === 'string') return [{ words: writable(node.replaceAll(/\s+/g, ' ')), isBold }]
  if (!isSeen(node)) return []
  const bold = isBold || node.tag === 'b' || node.tag === 'strong' || node.tag === 'th'
  const inner = node.children.flatMap((child) => runsOf(child, bold))
  // Lines of their own in a cell are parted by a blank where they are put together.
  return node.tag === 'div' || node.tag === 'p' || node.tag === 'li'
    ? [...inner, { words: ' ', isBold }]
    : inner
}

const fontOf = (isBold: boolean) => (isBold ? 'Helvetica-Bold' : 'Helvetica')

/** Joins runs, with one blank between words and none at the ends. */
export function tidied(runs: readonly Run[]): readonly Run[] {
  let isAfterBlank = true
  const kept = runs.flatMap(({ words, isBold }) => {
    const text = isAfterBlank ? words.replace(/^ +/, '') : words
    if (text === '') return []
    isAfterBlank = text.endsWith(' ')
    return [{ words: text, isBold }]
  })
  const last = kept.at(-1)
  if (!last) return []
  const ended = last.words.trimEnd()
  return ended === '' ? kept.slice(0, -1) : [...kept.slice(0, -1), { ...last, words: ended }]
}

/** How high some words are in a width, in points; bold words are taken as wide as they are. */
export function heightOfRuns(
  pdf: PDFKit.PDFDocument,
  runs: readonly Run[],
  { width, size }: { readonly width: number; readonly size: number },
): number {
  if (runs.length === 0) return size * 1.2
  const isMostlyBold = runs.some(({ isBold }) => isBold)
  pdf.font(fontOf(isMostlyBold)).fontSize(size)
  return pdf.heightOfString(runs.map(({ words }) => words).join(''), { width, lineGap: 1.5 })
}

/** Writes runs one after another in a width. */
export function writeRuns(
  pdf: PDFKit.PDFDocument,
  runs: readonly Run[],
  at: { readonly x: number; readonly y: number; readonly width: number; readonly align?: 'left' | 'right' },
  { size, colour = ink }: WordStyle,
): void {
  pdf.fontSize(size).fillColor(colour)
  // A line of several fonts can only be set from the left.
  const lined =
    at.align === 'right'
      ? [{ words: runs.map(({ words }) => words).join(''), isBold: runs.some(({ isBold }) => isBold) }]
      : runs
  lined.forEach(({ words, isBold }, i) => {
    const options = {
      width: at.width,
      align: at.align ?? 'left',
      lineGap: 1.5,
      continued: i < lined.length - 1,
    }
    pdf.font(fontOf(isBold))
    if (i === 0) pdf.text(words, at.x, at.y, options)
    else pdf.text(words, options)
  })
}

/** A paragraph or heading as a part of its own. @param keep how much must fit on the page below it. */
export function paragraph(
  writing: Writing,
  kind: string,
  node: Node,
  style: WordStyle & { readonly keep?: number; readonly indent?: number },
): void {
  const { pdf } = writing
  const runs = tidied(runsOf(node, style.isBold))
  if (runs.length === 0) return
  const [x, width] = [sheet.left + (style.indent ?? 0), bodyWidth - (style.indent ?? 0)]
  const height = heightOfRuns(pdf, runs, { width, size: style.size })
  if (!makeRoom(writing, height + (style.before ?? 0) + (style.keep ?? 0))) pdf.y += style.before ?? 0
  const { y } = pdf
  tagged(writing, kind, (inner) => content(inner, () => writeRuns(pdf, runs, { x, y, width }, style)))
  pdf.y = y + height + (style.after ?? 0)
}

/** Whether an element is one of our small second lines. */
export const isSecond = (element: Element): boolean => hasClass(element, 'kw-second')
