import { rename, writeFile } from 'node:fs/promises'
import type { Answer as Sent, Visit } from '#access'
import { dateWords } from '#calendar'
import type { Workshop } from '#jobs'
import { installation } from '#organisations'
import { pdfOf } from '#paper'
import type { Furniture } from '#ui'
import { allPeopleSay, newestOfEach } from './newest.ts'
import { onePage } from './one-page.tsx'
import type { Answered } from './pages.tsx'
import { reportOf, reportPage } from './report.tsx'
import { staffSaid } from './staff-store.ts'

export type PaperKind = 'report' | 'one-page'

type PaperFile = Extract<Sent, { kind: 'file' }> & { readonly body: Buffer }
type Drawn = { readonly programme: string; readonly body: Buffer } | { readonly refused: string }

const words: Readonly<Record<PaperKind, string>> = { report: 'Report', 'one-page': 'One page for a board' }

/** The page for a board of one programme, as HTML: on a screen, and what its PDF is made of. */
export const onePageOf = async (visit: Visit, furniture: Furniture, chosen: Answered): Promise<string> =>
  onePage({
    furniture,
    chosen,
    value: await allPeopleSay(visit, chosen.programme.id),
    staff: await staffSaid(visit.db),
  })

const pageOf = async (visit: Visit, furniture: Furniture, chosen: Answered, kind: PaperKind) =>
  kind === 'report'
    ? reportPage({ ...(await reportOf(visit, chosen)), furniture })
    : onePageOf(visit, furniture, chosen)

/** One of this room’s pages as a PDF, named by what it is, its programme, and that it is made up where it is. */
export async function paperOf(
  visit: Visit,
  furniture: Furniture,
  chosen: Answered,
  kind: PaperKind,
): Promise<PaperFile> {
  const { programme, result } = chosen
  const { name } = programme.template
  const records = result ? `records to ${dateWords(result.dataTo)}` : 'no answer yet'
  const body = await pdfOf(await pageOf(visit, furniture, chosen, kind), {
    title: `${name}: ${words[kind].toLowerCase()}`,
    foot: `${name}. ${words[kind]}, ${records}`,
    writtenAt: visit.now,
  })
  const synthetic = (await installation(visit.db)).kind === 'synthetic' ? 'SYNTHETIC-' : ''
  return {
    kind: 'file',
    name: `${synthetic}${programme.key}-${kind}.pdf`,
    contentType: 'application/pdf',
    body,
  }
}

/** What was written, or why nothing was. */
export type PaperWritten =
  | { readonly programme: string; readonly bytes: number }
  | { readonly refused: string }

/**
 * Writes the report or the page for a board to a file: what the page of the same name says, small counts left out, and
 * withheld where the page withholds. The file is complete or is not there.
 *
 * @param asked.key which programme; may be left out where there is one.
 */
export async function writePaper(
  workshop: Pick<Workshop, 'inVisit'>,
  asked: {
    readonly kind: PaperKind
    readonly key?: string
    readonly file: string
    readonly furniture: (visit: Visit) => Promise<Furniture>
  },
): Promise<PaperWritten> {
  const drawn = await workshop.inVisit(async (visit): Promise<Drawn> => {
    const all = await newestOfEach(visit)
    const chosen =
      all.find(({ programme }) => programme.key === asked.key) ?? (asked.key ? undefined : only(all))
    if (!chosen) return { refused: whichOf(all) }
    const programme = chosen.programme.template.name
    if (!chosen.result)
      return {
        refused: `There is no answer for ${programme} yet. It is worked out every night, and after each load of records.`,
      }
    const { body } = await paperOf(visit, await asked.furniture(visit), chosen, asked.kind)
    return { programme, body }
  })
  if ('refused' in drawn) return drawn
  await writeFile(`${asked.file}.part`, drawn.body, { mode: 0o600 })
  await rename(`${asked.file}.part`, asked.file)
  return { programme: drawn.programme, bytes: drawn.body.length }
}

const only = (all: readonly Answered[]) => (all.length === 1 ? all[0] : undefined)

const whichOf = (all: readonly Answered[]): string =>
  all.length === 0
    ? 'There is no programme here yet.'
    : `Say which programme: ${all.map(({ programme }) => `--programme ${programme.key} (${programme.template.name})`).join(', ')}.`
