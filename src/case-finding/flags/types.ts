import type { LondonDate } from '#calendar'

/**
 * What help could change, as the records have it. Nothing here is part of a rank or a number, and nobody is left out by it. What
 * could not be looked at, for its source is not linked, is absent, and is never taken for none.
 */
export type Flags = {
  /** Emergency admissions with a main diagnosis best cared for outside hospital, the newest first. */
  readonly acsc?: readonly { readonly on: LondonDate; readonly condition: string }[]
  /** Keys of careGaps, and the last day it was recorded, if ever. */
  readonly gaps?: readonly { readonly key: string; readonly lastOn: LondonDate | null }[]
  /** Keys of careGaps that nobody of the practice has a record for: it may be coded otherwise. */
  readonly gapsNotKnown?: readonly string[]
  readonly endOfLife?: readonly { readonly on: LondonDate; readonly by: 'register' | 'record' }[]
}

/** A flag somebody may have. */
export type FlagKey = 'acsc' | 'gap' | 'end of life'
