import { inflateSync } from 'node:zlib'

/** What a PDF says, page parts in the order they were written, and what its structure is made of. */
export function readPdf(pdf: Buffer): {
  readonly words: string
  readonly structure: string
  readonly pages: number
  /** Glyphs of the font’s own box for a letter it does not have. */
  readonly missing: number
} {
  const raw = pdf.toString('latin1')
  const objects = new Map(
    [...raw.matchAll(/(?:^|\n)(\d+) 0 obj\n([\s\S]*?)\nendobj/g)].map(([, n = '', body = '']) => [n, body]),
  )
  const letters = lettersOf(objects)
  let missing = 0
  const words = [...objects.values()].flatMap((body) => {
    let font = new Map<string, string>()
    const written = /\/(F\d+) [\d.]+ Tf|\[((?:<[0-9a-f]*>|\s|-?[\d.]+)*)\]\s*TJ/gi
    return [...streamOf(body).matchAll(written)].flatMap(([, name, pieces]) => {
      if (name) font = letters.get(name) ?? font
      if (pieces === undefined) return []
      const glyphs = [...pieces.matchAll(/<([0-9a-f]*)>/gi)].flatMap(
        ([, hex = '']) => hex.match(/.{4}/g) ?? [],
      )
      missing += glyphs.filter((glyph) => glyph === '0000').length
      return glyphs.map((glyph) => font.get(glyph.toLowerCase()) ?? '').join('')
    })
  })
  const structure = raw.replaceAll(/stream\r?\n[\s\S]*?endstream/g, '')
  return {
    words: words.join('\n'),
    structure,
    pages: (structure.match(/\/Type \/Page\b/g) ?? []).length,
    missing,
  }
}

function streamOf(body: string): string {
  const [, stream = ''] = /stream\r?\n([\s\S]*?)\r?\nendstream/.exec(body) ?? []
  try {
    return inflateSync(Buffer.from(stream, 'latin1')).toString('latin1')
  } catch {
    return stream
  }
}

/** For each font of the document, by its name on a page, which letters its glyphs are. */
function lettersOf(objects: ReadonlyMap<string, string>): ReadonlyMap<string, Map<string, string>> {
  const names = [...objects.values()].flatMap((body) => [...body.matchAll(/\/(F\d+) (\d+) 0 R/g)])
  return new Map(
    names.map(([, name = '', font = '']) => {
      const [, at = ''] = /\/ToUnicode (\d+) 0 R/.exec(objects.get(font) ?? '') ?? []
      const ranges = streamOf(objects.get(at) ?? '').matchAll(/<([0-9a-f]{4})> <[0-9a-f]{4}> \[([^\]]*)\]/gi)
      const glyphs = [...ranges].flatMap(([, from = '', held = '']) =>
        [...held.matchAll(/<([0-9a-f ]*)>/gi)].map(([, hex = ''], i): [string, string] => [
          (Number.parseInt(from, 16) + i).toString(16).padStart(4, '0'),
          Buffer.from(hex.replaceAll(' ', ''), 'hex').swap16().toString('utf16le'),
        ]),
      )
      return [name, new Map(glyphs)]
    }),
  )
}
