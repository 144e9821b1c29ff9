import { normalQuantile, solveIncreasing } from './distributions.ts'

/** Two groups of people compared once. */
export type TwoGroups = {
  /** People in the first group, and how many in the second for each of them. */
  readonly people: number
  readonly otherEach: number
  /** 80 unless said. */
  readonly powerPercent?: number
  /** Two-sided error allowed: 0.05 unless said. */
  readonly alpha?: number
  /** 1 + (cluster size - 1) × intracluster correlation, for practices. */
  readonly designEffect?: number
}

const reachOf = ({ powerPercent = 80, alpha = 0.05 }: TwoGroups) =>
  normalQuantile(1 - alpha / 2) + normalQuantile(powerPercent / 100)

/**
 * The smallest difference in a mean that two groups can show, in the unit of the spread.
 *
 * @param spread the standard deviation within a group.
 * @param correlation of the outcome with its own baseline when that is adjusted for: 0 when it is not.
 * @source Normal theory: (z + z) × sd × sqrt((1 - r²)(1/n + 1/qn)); Borm and others, Journal of Clinical
 *   Epidemiology 2007;60:1234 for the adjusted form.
 */
export function detectableDifference(spread: number, groups: TwoGroups, correlation = 0): number {
  const { people, otherEach, designEffect = 1 } = groups
  const variance = (1 - correlation ** 2) * (1 / people + 1 / (people * otherEach)) * designEffect
  return reachOf(groups) * spread * Math.sqrt(variance)
}

/**
 * The share nearest below another that two groups can tell apart from it.
 *
 * @param otherShare of the second group, strictly between 0 and 1.
 * @returns 0 when not even none at all could be told apart.
 * @source Fleiss, Statistical Methods for Rates and Proportions, without continuity correction: the spread under
 *   no difference for the error, under the difference for the power.
 */
export function detectableShare(otherShare: number, groups: TwoGroups): number {
  const { people, otherEach: q, powerPercent = 80, alpha = 0.05, designEffect = 1 } = groups
  const [zAlpha, zPower] = [normalQuantile(1 - alpha / 2), normalQuantile(powerPercent / 100)]
  const shortfall = (share: number) => {
    const pooled = (share + q * otherShare) / (1 + q)
    const none = Math.sqrt(pooled * (1 - pooled) * (1 + 1 / q))
    const some = Math.sqrt(share * (1 - share) + (otherShare * (1 - otherShare)) / q)
    return share - otherShare + (zAlpha * none + zPower * some) * Math.sqrt(designEffect / people)
  }
  return shortfall(0) > 0 ? 0 : solveIncreasing(shortfall, 0, 0, otherShare)
}
