import { normalQuantile, solveIncreasing } from './distributions.ts'

/** What the power to see a fall in a rate depends on. */
export type RateDesign = {
  /** Matched controls for each person enrolled. */
  readonly controlsEach: number
  /** Follow-up of each person, in the time unit of the rate. */
  readonly years: number
  /** Events a person-year expected without the service. */
  readonly baseRate: number
  /** How much more than Poisson the counts vary: variance = mean + overdispersion × mean². */
  readonly overdispersion: number
  /** 80 unless said. */
  readonly powerPercent?: number
  /** Two-sided error allowed: 0.05 unless said. */
  readonly alpha?: number
  /** Variance multiplied by this: 1 + (cluster size - 1) × intracluster correlation, for practices. */
  readonly designEffect?: number
}

const reach = ({ powerPercent = 80, alpha = 0.05 }: RateDesign) =>
  normalQuantile(1 - alpha / 2) + normalQuantile(powerPercent / 100)

/** The variance of the log rate ratio for one person enrolled: divide by how many there are. */
function varianceEach(ratio: number, design: RateDesign): number {
  const { controlsEach, years, baseRate, overdispersion: d, designEffect = 1 } = design
  const enrolled = 1 / (baseRate * years * ratio) + d
  const controls = (1 / (baseRate * years) + d) / controlsEach
  return (enrolled + controls) * designEffect
}

/**
 * The smallest fall that so many people can show, as a rate ratio below 1.
 *
 * @source Zhu and Lakkis, Statistics in Medicine 2014;33:376, for negative binomial rates; evaluation design, 2.12.
 */
export function detectableRatio(enrolled: number, design: RateDesign): number {
  if (enrolled <= 0) return 0
  // Worked out once: each quantile is a search of its own, and this is asked some 400 times.
  const z = reach(design)
  const excess = (ratio: number) => Math.log(ratio) + z * Math.sqrt(varianceEach(ratio, design) / enrolled)
  const lowest = lowestOf(excess)
  return excess(lowest) > 0 ? 0 : solveIncreasing(excess, 0, lowest, 1)
}

/** The excess falls and then rises as the ratio grows from 0 to 1; this is where it turns. */
function lowestOf(excess: (ratio: number) => number): number {
  let [low, high] = [1e-9, 1]
  for (let step = 0; step < 200; step++) {
    const [a, b] = [low + (high - low) / 3, high - (high - low) / 3]
    if (excess(a) < excess(b)) high = b
    else low = a
  }
  return (low + high) / 2
}

/** How many people must be enrolled to show a given rate ratio other than 1, rounded up. */
export function enrolledNeeded(ratio: number, design: RateDesign): number {
  return Math.ceil((reach(design) ** 2 * varianceEach(ratio, design)) / Math.log(ratio) ** 2)
}
