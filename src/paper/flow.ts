import { figure } from './figure.ts'
import { type Element, elementsIn, findElement, hasClass, type Node, wordsIn } from './html-tree.ts'
import { writable } from './letters.ts'
import {
  artifact,
  bodyWidth,
  content,
  fontOf,
  ink,
  makeRoom,
  secondInk,
  sheet,
  tagged,
  type Writing,
} from './sheet.ts'
import { table } from './table.ts'
import { heightOfRuns, isSecond, paragraph, runsOf, tidied, writeRuns } from './words.ts'

/** Writes one part of a page of ours as a part of the document, and the parts inside it in their order. */
export function write(writing: Writing, element: Element): void {
  const special = parts[element.tag]
  if (special) special(writing, element)
  else if (hasClass(element, 'kw-panel')) panel(writing, element)
  else inside(writing, element)
}

/** What stands in an element, in the order of reading; words that stand there bare are a paragraph. */
function inside(writing: Writing, { children }: Element): void {
  let bare: Node[] = []
  const flush = () => {
    if (bare.map(wordsIn).join('').trim() !== '')
      paragraph(writing, 'P', { tag: 'span', attributes: {}, children: bare }, { size: 10.5, after: 5 })
    bare = []
  }
  for (const child of children) {
    if (typeof child === 'string' || inline.has(child.tag)) bare.push(child)
    else {
      flush()
      const [seen] = elementsIn({ tag: '', attributes: {}, children: [child] })
      if (seen) write(writing, seen)
    }
  }
  flush()
}

const inline = new Set(['a', 'b', 'strong', 'em', 'span', 'br'])

const parts: Readonly<Record<string, (writing: Writing, element: Element) => void>> = {
  h1: (writing, element) =>
    paragraph(writing, 'H1', element, { size: 24, isBold: true, before: 2, after: 4 }),
  h2: (writing, element) => {
    writing.pdf.outline.addItem(writable(wordsIn(element)))
    paragraph(writing, 'H2', element, { size: 14.5, isBold: true, before: 14, after: 5, keep: 70 })
  },
  h3: (writing, element) =>
    paragraph(writing, 'H3', element, { size: 11.5, isBold: true, before: 8, after: 4, keep: 50 }),
  p: (writing, element) =>
    paragraph(
      writing,
      'P',
      element,
      hasClass(element, 'kw-lead')
        ? { size: 12, after: 8 }
        : isSecond(element) || hasClass(element, 'kw-heading__caption')
          ? { size: 9.5, colour: secondInk, after: 5 }
          : { size: 10.5, after: 5 },
    ),
  summary: () => {},
  details: (writing, element) => {
    const summary = findElement(element.children, ({ tag }) => tag === 'summary')
    if (summary)
      paragraph(writing, 'H3', summary, { size: 11.5, isBold: true, before: 8, after: 4, keep: 120 })
    inside(writing, element)
  },
  table,
  figure,
  dl: pairs,
  ul: (writing, element) => list(writing, element, () => '•'),
  ol: (writing, element) => list(writing, element, (at) => `${at + 1}.`),
}

/** A heading and lines with a bar down their left side. */
function panel(writing: Writing, element: Element): void {
  const { pdf } = writing
  makeRoom(writing, 90)
  const [page, top] = [pdf.bufferedPageRange().count, pdf.y]
  pdf.y += 6
  tagged(writing, 'Sect', (inner) => {
    for (const child of elementsIn(element))
      if (child.tag === 'h2' || child.tag === 'h3')
        paragraph(inner, child.tag.toUpperCase(), child, { size: 14.5, isBold: true, after: 5, indent: 14 })
      else paragraph(inner, 'P', child, { size: 10.5, after: 4, indent: 14 })
  })
  const bottom = pdf.y + 2
  if (pdf.bufferedPageRange().count === page)
    artifact(writing, () => pdf.rect(sheet.left, top, 4, bottom - top).fill(barOf(element)))
  pdf.y = bottom + 8
}

const barOf = (element: Element): string => {
  if (hasClass(element, 'kw-panel--verdict-good')) return '#007f3b'
  if (hasClass(element, 'kw-panel--verdict-bad')) return '#d5281b'
  return hasClass(element, 'kw-panel--caution') ? '#ffb81c' : '#768692'
}

/** Labels with what is said of each beside them. */
function pairs(writing: Writing, element: Element): void {
  const [labelWidth, size] = [150, 9.5]
  const { pdf } = writing
  tagged(writing, 'L', (all) => {
    for (const row of elementsIn(element)) {
      const [label, value] = elementsIn(row).map((one) => tidied(runsOf(one, one.tag === 'dt')))
      if (!label || !value) continue
      const width = bodyWidth - labelWidth - 12
      const height =
        Math.max(
          heightOfRuns(pdf, label, { width: labelWidth, size }),
          heightOfRuns(pdf, value, { width, size }),
        ) + 6
      makeRoom(all, height)
      const { y } = pdf
      tagged(all, 'LI', (item) => {
        tagged(item, 'Lbl', (inner) =>
          content(inner, () =>
            writeRuns(pdf, label, { x: sheet.left, y: y + 3, width: labelWidth }, { size }),
          ),
        )
        tagged(item, 'LBody', (inner) =>
          content(inner, () =>
            writeRuns(pdf, value, { x: sheet.left + labelWidth + 12, y: y + 3, width }, { size }),
          ),
        )
      })
      const end = y + height
      artifact(all, () =>
        pdf
          .moveTo(sheet.left, end)
          .lineTo(sheet.left + bodyWidth, end)
          .lineWidth(0.5)
          .stroke('#d8dde0'),
      )
      pdf.y = end
    }
  })
  pdf.y += 8
}

function list(writing: Writing, element: Element, markOf: (at: number) => string): void {
  const { pdf } = writing
  const size = 10.5
  tagged(writing, 'L', (all) => {
    elementsIn(element).forEach((item, at) => {
      const runs = tidied(runsOf(item))
      const width = bodyWidth - 16
      const height = heightOfRuns(pdf, runs, { width, size }) + 3
      makeRoom(all, height)
      const { y } = pdf
      tagged(all, 'LI', (one) => {
        tagged(one, 'Lbl', (inner) =>
          content(inner, () =>
            pdf
              .font(fontOf())
              .fontSize(size)
              .fillColor(ink)
              .text(markOf(at), sheet.left, y, { lineBreak: false }),
          ),
        )
        tagged(one, 'LBody', (inner) =>
          content(inner, () => writeRuns(pdf, runs, { x: sheet.left + 16, y, width }, { size })),
        )
      })
      pdf.y = y + height
    })
  })
  pdf.y += 4
}
