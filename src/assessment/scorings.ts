import { importedOnly } from './imported.data.ts'
import { instruments } from './instruments.data.ts'
import { scoreOnly } from './score-only.data.ts'
import type { Scoring } from './types.ts'

/** Everything that can have a score here, in the order pages list it: asked with our words, with a site’s, or written down. */
export const scorings: readonly Scoring[] = [...instruments, ...scoreOnly, ...importedOnly]

/** The scoring of a key; undefined for what never had one here. */
export const scoringOf = (key: string): Scoring | undefined => scorings.find((one) => one.key === key)

type OfScale = { readonly instrument: string; readonly scale: string }

const scaleOf = ({ instrument, scale }: OfScale) =>
  scoringOf(instrument)?.scales.find(({ key }) => key === scale)

/** A scale by name, with its instrument where its own words do not say it: "PHQ-9 total", "ONS4: Satisfied with life". */
export function scaleName(of: OfScale): string {
  const name = scoringOf(of.instrument)?.name ?? of.instrument
  const words = scaleOf(of)?.words ?? of.scale
  return words.startsWith(name) || words === name ? words : `${name}: ${words}`
}

/** A mean as a page says it: an index has 3 decimals, everything else 1. */
export const meanWords = (of: OfScale, mean: number): string =>
  mean.toFixed((scaleOf(of)?.highest ?? 0) <= 1 ? 3 : 1)
