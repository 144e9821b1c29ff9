import { type ExtractFile, extractFileNames, extractFiles } from './files.data.ts'
import { addDays, type Making } from './making.ts'

export type Source = {
  readonly supplier: string
  readonly covers_from: string
  readonly covers_to: string
  readonly extracted_at: string
  readonly synthetic: true
  readonly legal_basis: string
}

/** What `sources.json` says of each file: who sent it, what days it covers, that it is synthetic. */
export function sourcesOf(making: Making, until: string): Record<ExtractFile, Source> {
  const entries = extractFileNames.map((file) => {
    const { supplier, years } = extractFiles[file]
    const days = years >= 100 ? 120 * 365.25 : years === 3 ? 1095 : making.cutDay
    return [
      file,
      {
        supplier,
        covers_from:
          years >= 100 ? addDays(making.startOn, -Math.round(days)) : addDays(until, 1 - Math.round(days)),
        covers_to: until,
        extracted_at: `${addDays(until, 1)}T05:00:00Z`,
        synthetic: true,
        legal_basis: 'none needed: SYNTHETIC, every person is invented',
      },
    ] as const
  })
  return Object.fromEntries(entries) as Record<ExtractFile, Source>
}
