import type { Answer as Sent, StaffVisit } from '#access'
import { dateWords } from '#calendar'
import { installation } from '#organisations'
import { pdfOf } from '#paper'
import type { Answered } from './pages.tsx'

/** One of this room’s pages as a PDF, named by what it is, its programme, and that it is made up where it is. */
export async function paperOf(
  visit: StaffVisit,
  page: {
    readonly html: string
    readonly chosen: Answered
    readonly kind: 'report' | 'one-page'
    readonly words: string
  },
): Promise<Sent> {
  const { programme, result } = page.chosen
  const { name } = programme.template
  const records = result ? `records to ${dateWords(result.dataTo)}` : 'no answer yet'
  const { kind } = await installation(visit.db)
  const body = await pdfOf(page.html, {
    title: `${name}: ${page.words.toLowerCase()}`,
    foot: `${name}. ${page.words}, ${records}`,
    writtenAt: visit.now,
  })
  const synthetic = kind === 'synthetic' ? 'SYNTHETIC-' : ''
  return {
    kind: 'file',
    name: `${synthetic}${programme.key}-${page.kind}.pdf`,
    contentType: 'application/pdf',
    body,
  }
}
