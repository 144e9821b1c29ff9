import { describe, expect, it } from 'vitest'
import { readDate } from '#calendar'
import { pdfOf } from '#paper'
import { everyAnswer } from '../../test/answers.ts'
import { plainFurniture } from '../../test/asking.ts'
import { readPdf } from '../../test/pdf.ts'
import { drawingStyles, wordStyles } from '../paper/drawing-styles.data.ts'
import { elementsIn, findElement, isSeen, type Node, treeOf } from '../paper/html-tree.ts'
import { onePage } from './one-page.tsx'
import type { Answered } from './pages.tsx'
import { reportPage } from './report.tsx'
import type { Answer } from './types.ts'

const ranAt = new Date('2026-04-01T01:10:00Z')
const dataTo = readDate('2026-03-31')
const chosenWith = (answer: Answer): Answered => ({
  programme: {
    id: 'quayside',
    key: 'quayside',
    version: 1,
    template: {
      name: 'Quayside care co-ordination',
      kind: 'case management',
      targetPercent: 5,
      fromAge: 18,
      caseload: { limit: 50, unit: 'worker' },
      reviewEveryDays: { offered: 14, active: 28, monitoring: 91 },
      teams: ['TEAM1'],
      declineForMonths: 12,
    },
  },
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

  it('the page for a board is one too, with a letter the fonts do not have written plainly', async () => {
    const html = onePage({ furniture: plainFurniture, chosen: chosenWith(everyAnswer[5] as Answer) })
    const { words } = readPdf(await pdfOf(html.replaceAll('Quayside', 'Tŷ Gŵyr'), about))
    expect(words).toContain('Ty Gwyr care co-ordination')
    expect(words).toContain('Did it help?')
  })
})
