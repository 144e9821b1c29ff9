import { type Element, elementsIn, findElement, hasClass } from './html-tree.ts'
import {
  artifact,
  bodyWidth,
  content,
  fontOf,
  ink,
  makeRoom,
  ruleInk,
  sheet,
  tagged,
  type Writing,
} from './sheet.ts'
import { heightOfRuns, paragraph, runsOf, tidied, writeRuns } from './words.ts'

const size = 8.5
const gap = 8
const padding = 3.5

type Cell = { readonly runs: ReturnType<typeof tidied>; readonly isHead: boolean; readonly isNumber: boolean }
type Grid = {
  readonly heads: readonly Cell[]
  readonly rows: readonly (readonly Cell[])[]
  readonly widths: readonly number[]
}

/** A table with its caption, cells of heading, and its heads again on every page it runs on to. */
export function table(writing: Writing, element: Element): void {
  const grid = gridOf(writing.pdf, element)
  const caption = findElement(element.children, ({ tag }) => tag === 'caption')
  tagged(writing, 'Table', (inner) => {
    if (caption)
      paragraph(inner, 'Caption', caption, { size: 9.5, isBold: true, before: 4, after: 3, keep: 60 })
    if (grid.heads.length > 0) tagged(inner, 'THead', (head) => row(head, grid, grid.heads, 'Column'))
    tagged(inner, 'TBody', (body) => {
      for (const cells of grid.rows) {
        const isNew = makeRoom(body, heightOfRow(body, grid, cells))
        if (isNew && grid.heads.length > 0) artifact(body, () => cellsOf(body, grid, grid.heads))
        row(body, grid, cells, 'Row')
      }
    })
  })
  writing.pdf.y += 8
}

function gridOf(pdf: PDFKit.PDFDocument, element: Element): Grid {
  const all: Element[] = []
  collect(element, all)
  const isHeadRow = (tr: Element) => elementsIn(tr).every(({ tag }) => tag === 'th')
  const cells = (tr: Element) => elementsIn(tr).map(cellOf)
  const headRow = all.find(isHeadRow)
  const rows = all.filter((tr) => tr !== headRow).map(cells)
  const heads = headRow ? cells(headRow) : []
  return { heads, rows, widths: widthsOf(pdf, [heads, ...rows]) }
}

function collect(element: Element, into: Element[]): void {
  for (const child of elementsIn(element))
    if (child.tag === 'tr') into.push(child)
    else collect(child, into)
}

const cellOf = (element: Element): Cell => ({
  runs: tidied(runsOf(element)),
  isHead: element.tag === 'th',
  isNumber:
    hasClass(element, 'nhsuk-table__cell--numeric') || hasClass(element, 'nhsuk-table__header--numeric'),
})

/** Columns as wide as their words ask, made narrower together where the page is not wide enough. */
function widthsOf(pdf: PDFKit.PDFDocument, rows: readonly (readonly Cell[])[]): readonly number[] {
  const count = Math.max(0, ...rows.map((cells) => cells.length))
  const free = bodyWidth - gap * Math.max(0, count - 1)
  pdf.font(fontOf(true)).fontSize(size)
  const asked = Array.from({ length: count }, (_, at) => {
    const words = rows.flatMap((cells) => cells[at]?.runs.map((run) => run.words).join('') ?? [])
    const longest = (of: readonly string[]) => Math.max(0, ...of.map((one) => pdf.widthOfString(one)))
    return { least: longest(words.flatMap((one) => one.split(' '))) + 1, most: longest(words) + 1 }
  })
  const sum = (of: (one: { least: number; most: number }) => number) =>
    asked.reduce((all, one) => all + of(one), 0)
  const [least, most] = [sum((one) => one.least), sum((one) => one.most)]
  if (most <= free) return asked.map((one) => one.most + (free - most) / count)
  const share = Math.max(0, free - least) / Math.max(1, most - least)
  return asked.map((one) =>
    least > free ? (one.least / least) * free : one.least + (one.most - one.least) * share,
  )
}

const heightOfRow = ({ pdf }: Writing, { widths }: Grid, cells: readonly Cell[]) =>
  Math.max(0, ...cells.map(({ runs }, at) => heightOfRuns(pdf, runs, { width: widths[at] ?? 0, size }))) +
  padding * 2

function row(writing: Writing, grid: Grid, cells: readonly Cell[], scope: 'Column' | 'Row'): void {
  tagged(writing, 'TR', (inner) => cellsOf(inner, grid, cells, scope))
}

/** Draws a row at the pen and the rule under it. @param scope absent where it is drawn a second time, and not read again. */
function cellsOf(writing: Writing, grid: Grid, cells: readonly Cell[], scope?: 'Column' | 'Row'): void {
  const { pdf } = writing
  const [height, top] = [heightOfRow(writing, grid, cells), pdf.y]
  let x: number = sheet.left
  cells.forEach((cell, at) => {
    const width = grid.widths[at] ?? 0
    const place = {
      x,
      y: top + padding,
      width,
      align: cell.isNumber ? ('right' as const) : ('left' as const),
    }
    const draw = () => writeRuns(pdf, cell.runs, place, { size })
    if (!scope) draw()
    else if (cell.runs.length === 0)
      tagged(writing, cell.isHead ? 'TH' : 'TD', () => {}, cell.isHead ? { scope } : {})
    else
      tagged(
        writing,
        cell.isHead ? 'TH' : 'TD',
        (inner) => content(inner, draw),
        cell.isHead ? { scope } : {},
      )
    x += width + gap
  })
  const under = () =>
    pdf
      .moveTo(sheet.left, top + height)
      .lineTo(sheet.left + bodyWidth, top + height)
      .lineWidth(scope === 'Row' ? 0.5 : 1)
      .stroke(scope === 'Row' ? ruleInk : ink)
  if (scope) artifact(writing, under)
  else under()
  pdf.y = top + height
}
