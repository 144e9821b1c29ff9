import { type Element, hasClass, isSeen, type Node } from './html-tree.ts'
import { writable } from './letters.ts'
import { bodyWidth, content, fontOf, ink, makeRoom, sheet, tagged, type Writing } from './sheet.ts'

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
  // Lines of their own, in a cell, stay lines of their own.
  const line = { words: '\n', isBold }
  return isLine.has(node.tag) ? [line, ...inner, line] : inner
}

const isLine = new Set(['div', 'p', 'li'])

/** Joins runs, with one blank between words, one end of a line between lines, and neither at the ends. */
export function tidied(runs: readonly Run[]): readonly Run[] {
  let before = '\n'
  const kept = runs.flatMap(({ words, isBold }) => {
    if (words === '\n') {
      if (before === '\n') return []
      before = '\n'
      return [{ words, isBold }]
    }
    const text = before === 'words' ? words : words.replace(/^ +/, '')
    if (text === '') return []
    before = text.endsWith(' ') ? ' ' : 'words'
    return [{ words: text, isBold }]
  })
  const ended = kept.map((run, at) =>
    kept[at + 1]?.words === '\n' ? { ...run, words: run.words.trimEnd() || run.words } : run,
  )
  const last = ended.at(-1)
  if (!last) return []
  const words = last.words.trimEnd()
  return words === '' ? tidied(ended.slice(0, -1)) : [...ended.slice(0, -1), { ...last, words }]
}

/** Runs parted where a line ends. */
function linesOf(runs: readonly Run[]): readonly (readonly Run[])[] {
  const lines: Run[][] = [[]]
  for (const run of runs)
    if (run.words === '\n') lines.push([])
    else lines.at(-1)?.push(run)
  return lines
}

const joined = (line: readonly Run[]) => line.map(({ words }) => words).join('')
const lineGap = 1.5

/** How high some words are in a width, in points; a line with bold words is taken to be all bold, which is wider. */
export function heightOfRuns(
  pdf: PDFKit.PDFDocument,
  runs: readonly Run[],
  { width, size }: { readonly width: number; readonly size: number },
): number {
  if (runs.length === 0) return size * 1.2
  return linesOf(runs).reduce((all, line) => {
    pdf.font(fontOf(line.some(({ isBold }) => isBold))).fontSize(size)
    return all + pdf.heightOfString(joined(line), { width, lineGap })
  }, 0)
}

type Place = {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly align?: 'left' | 'right'
}

/** Writes runs one after another in a width, line by line. */
export function writeRuns(
  pdf: PDFKit.PDFDocument,
  runs: readonly Run[],
  at: Place,
  { size, colour = ink }: WordStyle,
): void {
  let { y } = at
  for (const line of linesOf(runs)) {
    pdf.fontSize(size).fillColor(colour)
    writeLine(pdf, line, { ...at, y })
    y += heightOfRuns(pdf, line, { width: at.width, size })
  }
}

function writeLine(
  pdf: PDFKit.PDFDocument,
  line: readonly Run[],
  { x, y, width, align = 'left' }: Place,
): void {
  // A line of several fonts can only be set from the left.
  const set = align === 'right' ? [{ words: joined(line), isBold: line.some(({ isBold }) => isBold) }] : line
  set.forEach(({ words, isBold }, i) => {
    const options = { width, align, lineGap, continued: i < set.length - 1 }
    pdf.font(fontOf(isBold))
    if (i === 0) pdf.text(words, x, y, options)
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
