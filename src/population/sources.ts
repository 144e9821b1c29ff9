import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { addDays, type LondonDate, londonDate, readDate } from '#calendar'
import { fileNames } from './columns.data.ts'
import { stop } from './stopped.ts'
import type { FileName, Source } from './types.ts'

const day = z.string().transform((text, reading) => {
  const on = readDate(text.slice(0, 10))
  if (!on) reading.addIssue('a date like 2026-03-31')
  return on ?? z.NEVER
})

const sourceShape = z.object({
  supplier: z.string().min(1).max(200),
  covers_from: day.nullish(),
  covers_to: day,
  extracted_at: day.nullish(),
  synthetic: z.boolean().default(false),
  legal_basis: z.string().max(500).default('not stated'),
})

const mappingShape = z.record(
  z.string(),
  z.strictObject({
    file: z.string().optional(),
    columns: z.record(z.string(), z.union([z.string(), z.array(z.string())])).default({}),
    codes: z.record(z.string(), z.record(z.string(), z.string())).default({}),
    dates: z.enum(['YYYY-MM-DD', 'DD/MM/YYYY', 'YYYYMMDD']).default('YYYY-MM-DD'),
  }),
)

/** How one file's own headings, codes and dates are read as the extract's. */
export type FileMapping = z.infer<typeof mappingShape>[string]
export type Mapping = Readonly<Partial<Record<FileName, FileMapping>>>

export type Sources = { readonly isSynthetic: boolean; readonly of: ReadonlyMap<FileName, Source> }

async function readJson(folder: string, name: string): Promise<unknown> {
  const text = await readFile(join(folder, name), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (text === undefined) return undefined
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    return stop(`${name} is not JSON. Open it in a text editor and check its commas and quotation marks.`)
  }
}

const fileOf = (key: string): FileName | undefined =>
  fileNames.find((name) => name === key.replace(/\.(csv|parquet)$/i, ''))

const firstProblem = (name: string, error: z.ZodError): never => {
  const issue = error.issues[0]
  return stop(`${name}, ${issue?.path.join(' ') || 'its beginning'}: ${issue?.message ?? 'cannot be read'}.`)
}

/**
 * Who sent each file and which days it covers.
 *
 * @param asked what the command line said: it decides for a folder whose `sources.json` is absent.
 * @returns synthetic only if every file says so, or there is no `sources.json` and the asker says so.
 */
export async function readSources(
  folder: string,
  files: readonly FileName[],
  asked: { readonly isSynthetic?: boolean; readonly coveredTo?: LondonDate; readonly now: Date },
): Promise<Sources> {
  const json = await readJson(folder, 'sources.json')
  if (json === undefined) return statedSources(files, asked)
  const shape = z.record(z.string(), sourceShape).safeParse(json)
  if (!shape.success) return firstProblem('sources.json', shape.error)
  const of = new Map<FileName, Source>()
  for (const [key, said] of Object.entries(shape.data)) {
    const file = fileOf(key)
    if (!file) return stop(`sources.json speaks of ${key}, which is not a file of an extract.`)
    of.set(file, sourceOf(file, said, asked.now))
  }
  const missing = files.find((file) => !of.has(file))
  if (missing)
    return stop(`sources.json says nothing of ${missing}. Add its supplier, covers_from and covers_to.`)
  const said = files.map(
    (file) => shape.data[file] ?? shape.data[`${file}.csv`] ?? shape.data[`${file}.parquet`],
  )
  const isSynthetic = said.every((source) => source?.synthetic)
  // Real or made up is for life: where the two disagree, neither is guessed.
  if (asked.isSynthetic && !isSynthetic)
    return stop(
      'sources.json does not say "synthetic": true of every file, and --synthetic does. Correct the one that is wrong.',
    )
  return { isSynthetic, of }
}

/** How far from now made-up people may be ahead. */
const furthestAheadDays = 3653

function sourceOf(file: FileName, said: z.infer<typeof sourceShape>, now: Date): Source {
  const coversTo = said.covers_to
  const coversFrom = said.covers_from ?? undefined
  // A made-up town lives on past the wall clock: its load moves the installation's day.
  if (!said.synthetic && coversTo > addDays(londonDate(now), 1))
    return stop(`sources.json says ${file} covers up to ${coversTo}, which has not come yet.`)
  // Made-up people bring the day with them, and it is never moved back: a slip of the year would end every later load.
  if (coversTo > addDays(londonDate(now), furthestAheadDays))
    return stop(
      `sources.json says ${file} covers up to ${coversTo}, more than 10 years from now. Correct the year.`,
    )
  if (said.extracted_at && said.extracted_at > addDays(londonDate(now), furthestAheadDays))
    return stop(
      `sources.json says ${file} was extracted on ${said.extracted_at}, more than 10 years from now. Correct the year.`,
    )
  if (coversFrom && coversFrom > coversTo)
    return stop(
      `sources.json says ${file} covers from ${coversFrom} to ${coversTo}: the first day is after the last.`,
    )
  return {
    file,
    supplier: said.supplier,
    coversFrom,
    coversTo,
    extractedOn: said.extracted_at ?? addDays(coversTo, 1),
    legalBasis: said.legal_basis,
  }
}

function statedSources(
  files: readonly FileName[],
  asked: { readonly isSynthetic?: boolean; readonly coveredTo?: LondonDate; readonly now: Date },
): Sources {
  const { coveredTo } = asked
  if (!coveredTo)
    return stop(
      'There is no sources.json. Write one that says for each file its supplier, covers_from and covers_to, or say --covered-to DATE.',
    )
  const of = new Map(
    files.map((file) => [
      file,
      {
        file,
        supplier: 'not stated',
        coversTo: coveredTo,
        extractedOn: addDays(coveredTo, 1),
        legalBasis: 'not stated',
      },
    ]),
  )
  return { isSynthetic: asked.isSynthetic ?? false, of }
}

/** How local headings and codes are read, from `mapping.json`; empty where there is none. */
export async function readMapping(folder: string): Promise<Mapping> {
  const json = await readJson(folder, 'mapping.json')
  if (json === undefined) return {}
  const shape = mappingShape.safeParse(json)
  if (!shape.success) return firstProblem('mapping.json', shape.error)
  const wrong = Object.keys(shape.data).find((key) => !fileOf(key))
  if (wrong) return stop(`mapping.json speaks of ${wrong}, which is not a file of an extract.`)
  return Object.fromEntries(Object.entries(shape.data).map(([key, value]) => [fileOf(key), value]))
}
