import { resolve } from 'node:path'
import type { Visit } from '#access'
import { readDate } from '#calendar'
import { exportEnrolment } from '#co-ordination'
import { type PaperKind, writePaper } from '#evaluation'
import { installation } from '#organisations'
import { deathSentences, type LoadReport, loadExtract } from '#population'
import { openFurniture } from '../furniture.ts'
import { tasks } from '../pathway.ts'
import { runningIn } from '../running.ts'
import { withWorkshop } from './record-verbs.ts'
import { type Answered, type Asked, refused, type Verb, wrongUsage } from './types.ts'

const loadUsage = 'load DIR [--synthetic] [--covered-to DATE] [--data FOLDER]'
const exportUsage = 'export enrolment|report|board-page FILE [--programme KEY] [--data FOLDER]'

export const extractVerbs: Readonly<Record<string, Verb>> = {
  load: {
    usage: loadUsage,
    options: { synthetic: 'flag', 'covered-to': 'text' },
    run: async ({ words, options, flags, settings }) => {
      const [folder] = words
      const coveredTo = options['covered-to'] ? readDate(options['covered-to']) : undefined
      if (!folder || (options['covered-to'] && !coveredTo)) return wrongUsage(loadUsage)
      return await withWorkshop(settings, 'load', async (workshop) => {
        const outcome = await loadExtract(workshop, {
          folder: resolve(folder),
          isSynthetic: flags.has('synthetic'),
          coveredTo,
        })
        if (!outcome.ok) return refused(outcome.problems.map(({ message }) => message).join(' '))
        await tasks.rank?.(workshop, {})
        const next = nextWords(outcome.value.kind, settings.folder, await runningIn(settings.folder))
        return { code: 0, json: outcome.value, text: `${loadWords(outcome.value)}\n\n${next}` }
      })
    },
  },
  rank: {
    usage: 'rank [--data FOLDER]',
    options: {},
    run: async ({ settings }) =>
      await withWorkshop(settings, 'rank', async (workshop) => {
        await tasks.rank?.(workshop, {})
        return {
          code: 0,
          json: { ranked: true },
          text: 'Every programme’s list is ranked from the current load.',
        }
      }),
  },
  export: {
    usage: exportUsage,
    options: { programme: 'text' },
    run: async (asked) => {
      const [what, file] = asked.words
      const kind = what && papers[what]
      if (!file) return wrongUsage(exportUsage)
      if (kind) return await exportPaper(asked, kind, resolve(file))
      if (what !== 'enrolment' || asked.options.programme) return wrongUsage(exportUsage)
      return await withWorkshop(asked.settings, 'export enrolment', async (workshop) => {
        const contacts = await exportEnrolment(workshop, resolve(file))
        return {
          code: 0,
          json: { file: resolve(file), contacts },
          text: `${contacts} contacts in ${resolve(file)}.`,
        }
      })
    },
  },
}

const papers: Readonly<Record<string, PaperKind>> = { report: 'report', 'board-page': 'one-page' }

async function exportPaper({ options, settings }: Asked, kind: PaperKind, file: string): Promise<Answered> {
  return await withWorkshop(settings, `export ${kind}`, async (workshop) => {
    const furniture = async (visit: Visit) => openFurniture(await installation(visit.db), new Date())
    const written = await writePaper(workshop, { kind, key: options.programme, file, furniture })
    if ('refused' in written) return refused(written.refused)
    const { programme, bytes } = written
    return {
      code: 0,
      json: { file, programme, bytes },
      text: `${programme}: ${number(Math.ceil(bytes / 1000))} KB in ${file}.`,
    }
  })
}

const number = (count: number) => count.toLocaleString('en-GB')

/** What a load says of itself: each file's rows, what of bundles is not used, and why rows were refused and where to look for them. */
export function loadWords(
  report: Pick<LoadReport, 'files' | 'reasons' | 'read' | 'taken' | 'refused' | 'bundles'> &
    Partial<Pick<LoadReport, 'people'>>,
): string {
  const files = report.files.map(
    ({ file, read, taken, refused: not }) =>
      `  ${file.padEnd(24)} ${number(read).padStart(12)} read ${number(taken).padStart(12)} taken ${number(not).padStart(8)} refused`,
  )
  const sum = `${number(report.read)} rows read, ${number(report.taken)} taken, ${number(report.refused)} refused.`
  return [
    ...files,
    sum,
    ...deathSentences(report.people?.deaths ?? {}, number),
    ...bundleWords(report),
    ...emptyWords(report),
    ...report.reasons.map(reasonWords),
  ].join('\n')
}

function bundleWords({ bundles }: Pick<LoadReport, 'bundles'>): readonly string[] {
  if (!bundles) return []
  const { resources, used, refused: not, notUsed } = bundles
  const kinds = Object.entries(notUsed).sort(([, one], [, other]) => other - one)
  const first = kinds.slice(0, 5).map(([what, count]) => `${what} ${number(count)}`)
  const others = kinds.length > 5 ? ` and ${kinds.length - 5} other kinds` : ''
  const names = first.length > 0 ? ` Not used: ${first.join(', ')}${others}.` : ''
  return [`${number(resources)} FHIR resources: ${number(used)} used, ${number(not)} refused.${names}`]
}

// Nobody in a file somebody sends is nothing for everybody, which an export that failed would say too.
const emptyWords = ({ files, bundles }: Pick<LoadReport, 'files' | 'bundles'>): readonly string[] =>
  bundles
    ? []
    : files
        .filter(({ read }) => read === 0)
        .map(
          ({ file }) =>
            `  ${file} has a heading and no rows, so nobody counts as having any. If they were only not sent, leave the file out.`,
        )

/** What to do now that it is loaded. @param address where the program runs on this folder, if it does. */
export function nextWords(kind: 'synthetic' | 'real', folder: string, address: string | undefined): string {
  const open = address ? `open ${address}` : `start it with: npm start -- --data ${folder}`
  return kind === 'synthetic'
    ? `Every list is ranked. Now ${open} and choose to be a GP: the list of that practice waits.`
    : `Every list is ranked. Now ${open} and sign in${address ? '' : ' with the one-time password it prints'}. Until somebody can work down a list, the page for choosing a post says what is left to do, step by step.`
}

function reasonWords({ file, column, reason, rows, firstLines }: LoadReport['reasons'][number]): string {
  const lines = `line${firstLines.length > 1 ? 's' : ''} ${firstLines.map(number).join(', ')}`
  const others = rows > firstLines.length ? ` and ${number(rows - firstLines.length)} more` : ''
  return `  ${file}, ${lines}${others}: ${column ? `${column}, ` : ''}${reason}`
}
