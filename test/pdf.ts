import { inflateSync } from 'node:zlib'

/** What a PDF says, page parts in the order they were written, and what its structure is made of. */
export function readPdf(pdf: Buffer): {
  readonly words: string
  readonly structure: string
  readonly pages: number
} {
  const raw = pdf.toString('latin1')
  const streams = [...raw.matchAll(/stream\r?\n([\s\S]*?)\r?\nendstream/g)].map(([, body = '']) => {
    try {
      return inflateSync(Buffer.from(body, 'latin1')).toString('latin1')
    } catch {
      return body
    }
  })
  // Every run of words is written as one array of pieces between square brackets.
  const words = streams.flatMap((stream) =>
    [...stream.matchAll(/\[((?:<[0-9a-f]*>|\s|-?[\d.]+)*)\]\s*TJ/gi)].map(([, pieces = '']) =>
      [...pieces.matchAll(/<([0-9a-f]*)>/gi)]
        .map(([, hex = '']) => Buffer.from(hex, 'hex').toString('latin1'))
        .join(''),
    ),
  )
  const structure = raw.replaceAll(/stream\r?\n[\s\S]*?endstream/g, '')
  return {
    words: new TextDecoder('windows-1252').decode(Buffer.from(words.join('\n'), 'latin1')),
    structure,
    pages: (structure.match(/\/Type \/Page\b/g) ?? []).length,
  }
}
