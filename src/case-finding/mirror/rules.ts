import { poissonRateInterval } from '#statistics'
import type { MirrorGroup } from './types.ts'

const fewestExpected = 10
const confidence = 0.99

/**
 * Whether a group is served less than its records would have it: the whole 99% interval of served against expected is
 * under 1. 99% and not 95%, for some 25 groups are looked at in each run.
 *
 * @returns false where fewer than 10 are expected: too few to tell.
 * @source Indirect standardisation; exact Poisson interval, #statistics.
 */
export function isMissed({ served, expected }: Pick<MirrorGroup, 'served' | 'expected'>): boolean {
  return expected >= fewestExpected && poissonRateInterval(served, expected, confidence).high < 1
}

/** How many more of a group would be served if it were served like the others: whole people, 1 or more. */
export const shortBy = ({ served, expected }: Pick<MirrorGroup, 'served' | 'expected'>): number =>
  Math.max(1, Math.round(expected - served))
