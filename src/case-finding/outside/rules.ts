import { addDays, type LondonDate } from '#calendar'
import type { OutsideFacts, OutsideValue } from './types.ts'

/** What our own models are made for: only of a risk of the same can it be asked whether 20 in 100 means 20. */
export const ourOutcome = 'emergency admission, 12 months'

/** Whether a score says how likely the very thing is that we look at. */
export const saysHowLikely = ({ scale, outcome }: Pick<OutsideFacts, 'scale' | 'outcome'>): boolean =>
  scale === 'risk' && outcome === ourOutcome

/** What kind of number it is, in words. */
export function kindWords({ scale, outcome }: Pick<OutsideFacts, 'scale' | 'outcome'>): string {
  const kind = scale === 'risk' ? 'A risk from 0 to 1' : scale === 'points' ? 'Points' : 'Scale not stated'
  return outcome ? `${kind}, made for ${outcome}` : `${kind}, made for something that is not stated`
}

/** The first list's day on which a score can be held against what came: a whole year after it was given. */
export const testableFrom = (firstOn: LondonDate): LondonDate => addDays(firstOn, 366)

/**
 * Values in order on a scale from 0 to 1. A risk stays as it is; points keep their order and say nothing of how likely.
 *
 * @returns undefined where all are alike: then they put nobody before anybody.
 */
export function asShares(values: Float64Array, isRisk: boolean): Float64Array | undefined {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const value of values) {
    least = Math.min(least, value)
    most = Math.max(most, value)
  }
  if (!(most > least)) return undefined
  return isRisk ? values : values.map((value) => 0.01 + (0.98 * (value - least)) / (most - least))
}

/** How a value of somebody is told, as it came: no more digits than it has use of. */
export const valueWords = ({ value, scale }: Pick<OutsideValue, 'value' | 'scale'>): string =>
  scale === 'risk' ? value.toFixed(2) : String(Number(value.toPrecision(4)))
