import { drawSvg, heightOf } from './drawing.ts'
import { type Element, elementsIn, findElement, hasClass, wordsIn } from './html-tree.ts'
import { bodyWidth, content, fontOf, makeRoom, sheet, tagged, type Writing } from './sheet.ts'
import { table } from './table.ts'
import { paragraph, runsOf, tidied, writeRuns } from './words.ts'

/** A px of a drawing in points: its words are then as large as those about it. */
const scale = 0.7

/** A chart: its name, what its shapes mean, the drawing with its description read instead, and its table. */
export function figure(writing: Writing, element: Element): void {
  const { pdf } = writing
  const svg = findElement(element.children, (one) => hasClass(one, 'kw-chart__drawing'))
  const name = findElement(element.children, ({ tag }) => tag === 'figcaption')
  const height = svg ? heightOf(svg) * scale : 0
  if (name)
    paragraph(writing, 'P', name, { size: 10.5, isBold: true, before: 6, after: 3, keep: height + 30 })
  const legend = findElement(element.children, (one) => hasClass(one, 'kw-legend'))
  if (svg && legend) legendLine(writing, legend)
  if (svg) {
    makeRoom(writing, height)
    const { y } = pdf
    const alt = `${wordsOfDescription(svg)}. The figures are in the table that follows.`
    tagged(
      writing,
      'Figure',
      (inner) => content(inner, () => drawSvg(pdf, svg, { x: sheet.left, y, width: bodyWidth, scale })),
      { alt },
    )
    pdf.y = y + height + 6
  }
  for (const child of elementsIn(element))
    if (child.tag === 'p') paragraph(writing, 'P', child, { size: 10, after: 4 })
  const inWords = findElement(element.children, (one) => hasClass(one, 'kw-chart__in-words'))
  for (const item of inWords ? elementsIn(inWords) : [])
    paragraph(writing, 'P', item, { size: 9.5, after: 2 })
  const figures = findElement(element.children, ({ tag }) => tag === 'table')
  if (figures) table(writing, figures)
}

const wordsOfDescription = ({ children }: Element): string => {
  const desc = findElement(children, ({ tag }) => tag === 'desc')
  return desc ? desc.children.map(wordsIn).join(' ').replace(/\.$/, '') : ''
}

function legendLine(writing: Writing, legend: Element): void {
  const { pdf } = writing
  let x: number = sheet.left
  const { y } = pdf
  const size = 9
  for (const item of elementsIn(legend)) {
    const sample = elementsIn(item).find(({ tag }) => tag === 'svg')
    const runs = tidied(item.children.flatMap((child) => (child === sample ? [] : runsOf(child))))
    const sampleWidth = sample ? Number(sample.attributes.width ?? 0) * scale : 0
    pdf.font(fontOf()).fontSize(size)
    const width = pdf.widthOfString(runs.map(({ words }) => words).join('')) + 4
    tagged(writing, 'P', (inner) =>
      content(inner, () => {
        if (sample) drawSvg(pdf, sample, { x, y: y - 1, width: sampleWidth, scale })
        writeRuns(pdf, runs, { x: x + sampleWidth + 4, y, width }, { size })
      }),
    )
    x += sampleWidth + width + 22
  }
  pdf.y = y + size + 8
}
