import { type DrawingStyle, drawingStyles, hatch, wordStyles } from './drawing-styles.data.ts'
import { type Element, elementsIn, wordsIn } from './html-tree.ts'
import { fontOf } from './sheet.ts'

/** Where a drawing is drawn: widths in percent are of `width`. */
type Frame = {
  readonly pdf: PDFKit.PDFDocument
  readonly width: number
  readonly inherited: readonly string[]
}

/** How tall a drawing is, in its own px. */
export const heightOf = ({ attributes }: Element): number => Number(attributes.height ?? 0)

/**
 * Draws one of our own charts as lines and shapes, at its place on the page and in its colours.
 *
 * @param at its upper left corner and the width it has, in points; a px of the drawing is `scale` points.
 */
export function drawSvg(
  pdf: PDFKit.PDFDocument,
  svg: Element,
  at: { readonly x: number; readonly y: number; readonly width: number; readonly scale: number },
): void {
  pdf.save().translate(at.x, at.y).scale(at.scale)
  for (const child of elementsIn(svg)) draw(child, { pdf, width: at.width / at.scale, inherited: [] })
  pdf.restore()
}

function draw(element: Element, frame: Frame): void {
  const within = { ...frame, inherited: [...frame.inherited, ...classesOf(element)] }
  const { pdf } = frame
  pdf.save()
  if (element.tag === 'svg') pdf.translate(size(element, 'x', frame), size(element, 'y', frame))
  const [, shiftX, shiftY] =
    /translate\((-?[\d.]+)[ ,]+(-?[\d.]+)\)/.exec(element.attributes.transform ?? '') ?? []
  if (shiftX && shiftY) pdf.translate(Number(shiftX), Number(shiftY))
  if (element.tag === 'text') drawText(element, within)
  else if (shapes[element.tag]) drawShape(element, within)
  else for (const child of elementsIn(element)) draw(child, within)
  pdf.restore()
}

const classesOf = ({ attributes }: Element) => (attributes.class ?? '').split(' ').filter(Boolean)

/** A length of an element: in percent of the frame, or in px. */
function size({ attributes }: Element, name: string, { width }: Frame): number {
  const value = attributes[name] ?? '0'
  return value.endsWith('%') ? (Number.parseFloat(value) / 100) * width : Number.parseFloat(value)
}

const shapes: Readonly<Record<string, (element: Element, frame: Frame) => void>> = {
  line: (one, frame) =>
    frame.pdf
      .moveTo(size(one, 'x1', frame), size(one, 'y1', frame))
      .lineTo(size(one, 'x2', frame), size(one, 'y2', frame)),
  rect: (one, frame) =>
    frame.pdf.rect(
      size(one, 'x', frame),
      size(one, 'y', frame),
      size(one, 'width', frame),
      size(one, 'height', frame),
    ),
  circle: (one, frame) =>
    frame.pdf.circle(size(one, 'cx', frame), size(one, 'cy', frame), size(one, 'r', frame)),
  path: (one, frame) => frame.pdf.path(one.attributes.d ?? ''),
}

function styleOf(from: typeof drawingStyles, classes: readonly string[]): DrawingStyle {
  const own = from.filter(([name]) => classes.includes(name)).map(([, style]) => style)
  return Object.assign({}, ...own)
}

function drawShape(element: Element, frame: Frame): void {
  const { pdf, inherited } = frame
  const { fill, stroke, strokeWidth = 1, dash = [], opacity = 1 } = styleOf(drawingStyles, inherited)
  if (fill === 'hatch') hatched(element, frame)
  shapes[element.tag]?.(element, frame)
  const inside =
    fill === 'none' || fill === 'hatch' || element.tag === 'line'
      ? undefined
      : (fill ?? (stroke ? undefined : '#212b32'))
  if (stroke) pdf.lineWidth(strokeWidth).strokeColor(stroke)
  if (stroke && dash.length > 0) pdf.dash(dash[0] ?? 1, { space: dash[1] ?? 1 })
  if (inside) pdf.fillColor(inside, opacity)
  if (inside && stroke) pdf.fillAndStroke(inside, stroke)
  else if (inside) pdf.fill()
  else if (stroke) pdf.stroke()
}

/** Slanted lines over a grey ground, inside a bar: seen without colour. */
function hatched(element: Element, frame: Frame): void {
  const { pdf } = frame
  const [x, y, width, height] = ['x', 'y', 'width', 'height'].map((name) => size(element, name, frame))
  if (x === undefined || y === undefined || width === undefined || height === undefined) return
  pdf.save().rect(x, y, width, height).clip().rect(x, y, width, height).fill(hatch.paper)
  for (let at = x - height; at < x + width; at += 11) pdf.moveTo(at, y + height).lineTo(at + height, y)
  pdf.lineWidth(3.5).stroke(hatch.line).restore()
}

function drawText(element: Element, frame: Frame): void {
  const { pdf, inherited } = frame
  const style = { ...styleOf(drawingStyles, inherited), ...styleOf(wordStyles, inherited) }
  const words = wordsIn(element)
  pdf.font(fontOf(style.isBold)).fontSize(style.fontSize ?? 15)
  const wide = pdf.widthOfString(words)
  const anchor = element.attributes['text-anchor']
  const x = size(element, 'x', frame) - (anchor === 'middle' ? wide / 2 : anchor === 'end' ? wide : 0)
  // Words over what was drawn before have a ground of their own, as they have a halo on a screen.
  const y = size(element, 'y', frame)
  if (inherited.includes('kw-chart__on-draws')) pdf.rect(x - 3, y - 13, wide + 6, 17).fill('#ffffff')
  pdf.fillColor(style.fill ?? '#212b32').text(words, x, y, { lineBreak: false, baseline: 'alphabetic' })
}
