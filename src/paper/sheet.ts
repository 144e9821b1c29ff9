import { fileURLToPath } from 'node:url'
import PDFDocument from 'pdfkit'
import { writable } from './letters.ts'

/** A4 upright, in points. */
export const sheet = { left: 48, right: 48, top: 62, bottom: 58, width: 595.28, height: 841.89 } as const
export const bodyWidth = sheet.width - sheet.left - sheet.right

export const ink = '#212b32'
export const secondInk = '#4c6272'
export const ruleInk = '#aeb7bd'

const fonts = {
  Plain: fileURLToPath(new URL('./fonts/KeyworkerSans-Regular.ttf', import.meta.url)),
  Bold: fileURLToPath(new URL('./fonts/KeyworkerSans-Bold.ttf', import.meta.url)),
} as const

/** The name of the font in which words stand. */
export const fontOf = (isBold = false): keyof typeof fonts => (isBold ? 'Bold' : 'Plain')

/** A PDF being written, and the part of its structure that is being added to. */
export type Writing = { readonly pdf: PDFKit.PDFDocument; readonly parent: PDFKit.PDFStructureElement }

/** What a document says of itself. */
export type About = {
  readonly title: string
  /** At the foot of every page, before its number. */
  readonly foot: string
  /** Across the top of every page; empty where there is none. */
  readonly banner: string
  readonly writtenAt: Date
}

/** An empty tagged document in British English. */
export function openSheet({ title, writtenAt }: About): Writing {
  const pdf = new PDFDocument({
    size: 'A4',
    margins: { top: sheet.top, bottom: sheet.bottom, left: sheet.left, right: sheet.right },
    pdfVersion: '1.7',
    tagged: true,
    lang: 'en-GB',
    displayTitle: true,
    bufferPages: true,
    // Otherwise one of its own is put beside ours.
    font: '',
    info: { Title: writable(title), Author: 'Keyworker', CreationDate: writtenAt, ModDate: writtenAt },
  })
  for (const [name, file] of Object.entries(fonts)) pdf.registerFont(name, file)
  const parent = pdf.struct('Document')
  pdf.addStructure(parent)
  return { pdf, parent }
}

/** Adds a part to the structure and writes into it; the part ends with the work. */
export function tagged(
  { pdf, parent }: Writing,
  kind: string,
  work: (inner: Writing) => void,
  options: PDFKit.Mixins.StructureElementOptions & { readonly scope?: 'Column' | 'Row' } = {},
): void {
  const part = pdf.struct(kind, options)
  parent.add(part)
  work({ pdf, parent: part })
  part.end()
}

/** Writes content into the part that is open: what is drawn is what is read for it. */
export const content = ({ parent }: Writing, draw: () => void): void => {
  parent.add(draw)
}

/** Draws what is not read aloud: rules, bars, page numbers. */
export function artifact(
  { pdf }: Pick<Writing, 'pdf'>,
  draw: () => void,
  type: 'Layout' | 'Pagination' = 'Layout',
): void {
  pdf.markContent('Artifact', { type })
  draw()
  pdf.endMarkedContent()
}

/** Goes on to a new page where this much does not fit on the one that is open. @returns whether it did. */
export function makeRoom({ pdf }: Writing, height: number): boolean {
  if (pdf.y + height <= sheet.height - sheet.bottom || pdf.y <= sheet.top + 1) return false
  pdf.addPage()
  return true
}

/** Puts the banner and the number on every page, and closes the document. */
export async function closeSheet({ pdf, parent }: Writing, about: About): Promise<Buffer> {
  parent.end()
  const { start, count } = pdf.bufferedPageRange()
  for (let page = start; page < start + count; page++) {
    pdf.switchToPage(page)
    artifact({ pdf }, () => pageEdges(pdf, about, `Page ${page - start + 1} of ${count}`), 'Pagination')
  }
  const parts: Buffer[] = []
  pdf.on('data', (part: Buffer) => parts.push(part))
  const ended = new Promise<void>((done) => pdf.on('end', done))
  pdf.end()
  await ended
  return Buffer.concat(parts)
}

function pageEdges(pdf: PDFKit.PDFDocument, { banner, foot }: About, number: string): void {
  // Below the margin pdfkit would begin another page.
  pdf.page.margins.bottom = 0
  const foots = { width: bodyWidth, lineBreak: false }
  if (banner !== '') {
    pdf.rect(0, 0, sheet.width, 26).fill('#ffeb3b')
    pdf.font(fontOf(true)).fontSize(9).fillColor(ink).text(writable(banner), sheet.left, 9, foots)
  }
  const y = sheet.height - 34
  pdf
    .moveTo(sheet.left, y - 8)
    .lineTo(sheet.width - sheet.right, y - 8)
    .lineWidth(0.5)
    .stroke(ruleInk)
  pdf.font(fontOf()).fontSize(8.5).fillColor(secondInk).text(writable(foot), sheet.left, y, foots)
  pdf.text(number, sheet.width - sheet.right - pdf.widthOfString(number), y, { lineBreak: false })
}
