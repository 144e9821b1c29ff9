import { createHash } from 'node:crypto'
import { createReadStream, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CurrentLoad, Store, StoreFile } from '#population'
import type { RecordFacts } from './availability.ts'
import { bands } from './bands.data.ts'
import { codeLists } from './code-lists.data.ts'
import { features } from './features.data.ts'
import type { DeficitCode } from './prepare-store.ts'

const storeFiles: readonly StoreFile[] = [
  'inpatient',
  'emergency_department',
  'outpatient',
  'gp_contacts',
  'prescriptions',
  'conditions',
  'measurements',
  'social_care',
]

/** What is known of a load's records: linked sources, how far back they go, and their code systems. */
export async function recordFacts(
  store: Store,
  load: CurrentLoad,
  hasDeficitList: boolean,
): Promise<RecordFacts> {
  const linked = storeFiles.filter((file) => store.has(file))
  const coversFrom = new Map(
    linked.map((file) => {
      const begins = load.sources.flatMap((source) =>
        source.file === file && source.coversFrom ? [source.coversFrom] : [],
      )
      return [file, begins.sort().at(-1)] as const
    }),
  )
  const codeSystems = new Map<StoreFile, ReadonlySet<string>>()
  for (const file of ['conditions', 'prescriptions'] as const) {
    if (!store.has(file)) continue
    const rows = await store.rows<{ system: string }>(`select distinct code_system as system from ${file}`)
    codeSystems.set(file, new Set(rows.map(({ system }) => system)))
  }
  return { coversFrom, codeSystems, hasDeficitList, careHomesFrom: store.careHomesFrom }
}

/**
 * The site's own list of frailty deficits, from `content/deficits.csv` of the data folder: deficit,system,code a line,
 * with a heading. Empty when there is no such file: none is shipped, for the published list is not ours to give.
 */
export function deficitList(dataFolder: string): readonly DeficitCode[] {
  let text: string
  try {
    text = readFileSync(join(dataFolder, 'content', 'deficits.csv'), 'utf8')
  } catch {
    return []
  }
  return text
    .split(/\r?\n/)
    .slice(1)
    .flatMap((line) => {
      const [deficit = '', system = '', code = ''] = line.split(',').map((cell) => cell.trim())
      return deficit && system && code ? [{ deficit, system, code }] : []
    })
}

/** The hash of a load's records, to the byte: a model says exactly what it was made from. */
export async function recordsHash(folder: string): Promise<string> {
  const hash = createHash('sha256')
  for (const name of readdirSync(folder)
    .filter((file) => file.endsWith('.parquet'))
    .sort()) {
    hash.update(name)
    for await (const chunk of createReadStream(join(folder, name))) hash.update(chunk)
  }
  return hash.digest('hex')
}

// Raised when a model is fitted in another way: the same records then give a new one.
const fittingVersion = 3

/** The hash of everything that says how a model is made: features, code lists, the statement, the way of fitting. */
export const featuresHash = (statement: string): string =>
  createHash('sha256')
    .update(JSON.stringify([features, codeLists, bands, statement, fittingVersion]))
    .digest('hex')
