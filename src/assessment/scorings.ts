import { importedOnly } from './imported.data.ts'
import { instruments } from './instruments.data.ts'
import { scoreOnly } from './score-only.data.ts'
import type { Scoring } from './types.ts'

/** Everything that can have a score here, in the order pages list it: asked with our words, with a site’s, or written down. */
export const scorings: readonly Scoring[] = [...instruments, ...scoreOnly, ...importedOnly]

/** The scoring of a key; undefined for what never had one here. */
export const scoringOf = (key: string): Scoring | undefined => scorings.find((one) => one.key === key)
