import { describe, expect, it } from 'vitest'
import { readDate } from '#calendar'
import { pdfOf } from '#paper'
import { everyAnswer, programmeNamed } from '../../test/answers.ts'
import { plainFurniture } from '../../test/asking.ts'
import { readPdf } from '../../test/pdf.ts'
import { drawingStyles, wordStyles } from '../paper/drawing-styles.data.ts'
import { elementsIn, findElement, isSeen, type Node, treeOf } from '../paper/html-tree.ts'
import { everyLetter } from '../paper/letters.ts'
import { onePage } from './one-page.tsx'
import type { Answered } from './pages.tsx'
import { reportPage } from './report.tsx'
import type { Answer } from './types.ts'

const ranAt = new Date('2026-04-01T01:10:00Z')
const dataTo = readDate('2026-03-31')
const chosenWith = (answer: Answer): Answered => ({
  programme: programmeNamed('quayside', 'Quayside care co-ordination'),
  result: dataTo && {
    id: 'answer',
    programmeId: 'quayside',
    protocolVersion: 1,
    lockedAt: ranAt,
    ranAt,
    dataTo,
    answer,
    service: {
      reach: [
        { of: 'Everybody', group: 'Everybody', inNeed: 1236, joined: 412 },
        { of: 'Sex', group: 'Women', inNeed: 636, joined: 208 },
        { of: 'Sex', group: 'Men', inNeed: 600, joined: 204 },
      ],
      contacts: 2100,
      timed: 1600,
      minutes: 61_000,
      unitCosts: [{ item: 'staff hour', pounds: 42, priceYear: 2025, source: 'Finance, for this test' }],
      measures: [{ measure: 'HbA1c', practice: 'Z00001', isHelped: true, people: 63, recorded: 50, met: 31 }],
    },
  },
})
const pageOf = (answer: Answer, furniture = plainFurniture) =>
  reportPage({ furniture, chosen: chosenWith(answer) })
const about = { title: 'Quayside: report', foot: 'Quayside. Report', writtenAt: ranAt }

const numbersIn = (words: string) => new Set(words.match(/\d+(?:[.,]\d+)*/g) ?? [])
/** The words of each piece apart, so that numbers of neighbouring cells do not run together. */
const piecesIn = (node: Node): readonly string[] =>
  typeof node === 'string'
    ? [node]
    : node.children.flatMap((child) => (typeof child === 'string' || isSeen(child) ? piecesIn(child) : []))
const mainOf = (html: string): Node => findElement(treeOf(html), ({ tag }) => tag === 'main') ?? ''
// The list of files to take away is not on paper.
const download = /^Table .* \(CSV\)$/

describe('the report as a PDF', () => {
  it.each(everyAnswer.map((answer, at) => [`${at}: ${answer.kind}`, answer] as const))(
    'holds every number of its page: answer %s',
    async (_, answer) => {
      const html = pageOf(answer)
      const said = numbersIn(readPdf(await pdfOf(html, about)).words)
      const shown = piecesIn(mainOf(html)).filter((piece) => !download.test(piece))
      const missing = [...numbersIn(shown.join(' '))].filter((one) => !said.has(one))
      expect(missing).toEqual([])
      expect(said.size).toBeGreaterThan(20)
    },
  )

  it('says what it is: language, title, headings, tables with cells of heading, drawings with descriptions', async () => {
    const { structure } = readPdf(await pdfOf(pageOf(everyAnswer[5] as Answer), about))
    for (const part of ['/Lang (en-GB)', '/DisplayDocTitle true', '/Marked true'])
      expect(structure).toContain(part)
    for (const kind of [
      'H1',
      'H2',
      'P',
      'L',
      'LI',
      'LBody',
      'Table',
      'Caption',
      'THead',
      'TBody',
      'TR',
      'TH',
      'TD',
      'Figure',
    ])
      expect(structure).toMatch(new RegExp(`/S /${kind}\\b`))
    expect(structure).toMatch(/\/Scope \/Column/)
    expect(structure).toMatch(/\/Scope \/Row/)
    expect(structure).toContain('(Quayside: report)')
    expect(structure.match(/\/S \/H1\b/g)).toHaveLength(1)
    expect(structure.match(/\/S \/Figure\b/g)?.length).toBe(structure.match(/\/Alt \(/g)?.length)
  })

  it('says SYNTHETIC on every page where people are made up, and nowhere where they are not', async () => {
    const { words, pages } = readPdf(await pdfOf(pageOf(everyAnswer[5] as Answer), about))
    expect(pages).toBeGreaterThan(3)
    expect(words.match(/SYNTHETIC/g)).toHaveLength(pages)
    for (let page = 1; page <= pages; page++) expect(words).toContain(`Page ${page} of ${pages}`)
    const real = { ...plainFurniture, synthetic: false }
    expect(readPdf(await pdfOf(pageOf(everyAnswer[5] as Answer, real), about)).words).not.toContain(
      'SYNTHETIC',
    )
  })

  it('draws nothing in black because a chart has a class that paper does not know', () => {
    const known = new Set([...drawingStyles, ...wordStyles].map(([name]) => name))
    const unknown = new Set<string>()
    const look = (node: Node, inherited: readonly string[]) => {
      if (typeof node === 'string') return
      const own = [...inherited, ...(node.attributes.class ?? '').split(' ')]
      if (['line', 'rect', 'circle', 'path'].includes(node.tag) && !own.some((name) => known.has(name)))
        unknown.add(own.join(' '))
      for (const child of elementsIn(node)) look(child, own)
    }
    for (const answer of everyAnswer) {
      const main = mainOf(pageOf(answer))
      if (typeof main !== 'string') look(main, [])
    }
    expect([...unknown]).toEqual([])
  })

  it('the page for a board is one too: one sheet, or two where it has an answer to draw', async () => {
    for (const answer of everyAnswer) {
      const html = onePage({ furniture: plainFurniture, chosen: chosenWith(answer) })
      const { words, pages } = readPdf(await pdfOf(html, about))
      expect(words).toContain('Did it help?')
      expect(pages).toBeLessThanOrEqual(answer.kind === 'answered' ? 2 : 1)
    }
  })

  it('spells the names of Welsh, Polish, Turkish and Romanian people as they do', async () => {
    const html = onePage({ furniture: plainFurniture, chosen: chosenWith(everyAnswer[5] as Answer) })
    for (const name of [
      'Tŷ Gŵyr',
      'Łucja Wrześniewska-Żak',
      'Işıl Gülşen',
      'Ștefan Băț',
      'Žofie Dvořáková',
      'Νίκη',
    ])
      expect(readPdf(await pdfOf(html.replaceAll('Quayside', name), about)).words).toContain(
        `${name} care co-ordination`,
      )
  })

  it('has a glyph for every letter it writes, and puts both of its fonts into the file', async () => {
    const html = onePage({ furniture: plainFurniture, chosen: chosenWith(everyAnswer[5] as Answer) })
    const letters = [...everyLetter()].filter((letter) => !'<&"'.includes(letter) && letter.trim() !== '')
    // A heading is bold; the same words stand in a cell that is not.
    const { words, structure, missing } = readPdf(
      await pdfOf(html.replaceAll('Quayside', letters.join(' ')), about),
    )
    expect(missing).toBe(0)
    expect(words).toContain('ŵ')
    expect(structure.match(/\/BaseFont \/[A-Z]{6}\+KeyworkerSans/g)?.length).toBeGreaterThanOrEqual(2)
    expect(structure.match(/\/FontFile2 /g)).toHaveLength(2)
    expect(structure).not.toContain('Helvetica')
  })

  it('a letter of neither font is a question mark or loses its mark, and is never left out', async () => {
    const html = onePage({ furniture: plainFurniture, chosen: chosenWith(everyAnswer[5] as Answer) })
    expect(readPdf(await pdfOf(html.replaceAll('Quayside', '漢 ḿ̈'), about)).words).toContain('?')
  })
})
