import type { Estimate } from './report-types.ts'

export type Promotion = {
  readonly isPromoted: boolean
  /** The challenger's PPV at the cut less the model's. */
  readonly ppvDifference: Estimate
  readonly slope: Estimate
  readonly reason: string
}

/**
 * Whether a challenger takes the model's place: on later rows its PPV at the site's cut is better, with a paired
 * bootstrap interval above 0, and its calibration slope is 0.9 to 1.1.
 *
 * @source risk design 5.2, 2.
 */
export function mayPromote(judged: {
  readonly outcome: Uint8Array
  readonly model: Float64Array
  readonly challenger: Float64Array
  readonly percent: number
  readonly seed?: number
}): Promotion {
  throw new Error(`not built: ${judged}`)
}
