import { randomStream } from '#statistics'
import { slopeOf } from './calibration.ts'
import { orderOf } from './curve.ts'
import { peopleAt } from './cuts.ts'
import { withPercentiles } from './estimates.ts'
import type { Estimate } from './report-types.ts'

export type Promotion = {
  readonly isPromoted: boolean
  /** The challenger's PPV at the cut less the model's. */
  readonly ppvDifference: Estimate
  readonly slope: Estimate
  readonly reason: string
}

type Rivals = {
  readonly outcome: Uint8Array
  readonly model: Float64Array
  readonly challenger: Float64Array
  /** The site's cut. */
  readonly percent: number
  readonly seed?: number
}

const resamples = 1000

/**
 * Whether a challenger takes the model's place: on later rows its PPV at the site's cut is better, with a paired
 * bootstrap interval above 0, and its calibration slope is 0.9 to 1.1.
 *
 * Each of 1,000 resamples counts a row as often for the one as for the other, by a Poisson draw of mean 1, and goes
 * down each list until the cut is full.
 *
 * @source risk design 5.2, 2; Hanley and MacGibbon 2006 (Poisson bootstrap).
 */
export function mayPromote({ outcome, model, challenger, percent, seed = 1 }: Rivals): Promotion {
  const people = peopleAt(percent, outcome.length)
  const ranked = [topOf(model, people), topOf(challenger, people)] as const
  const difference = ppvIn(ranked[1], outcome, people) - ppvIn(ranked[0], outcome, people)
  const stream = randomStream(seed)
  const either = Int32Array.from(new Set([...ranked[0], ...ranked[1]])).sort()
  const times = new Uint8Array(outcome.length)
  const draws = Array.from({ length: resamples }, () => {
    for (const row of either) times[row] = Math.min(255, stream.poisson(1))
    return ppvIn(ranked[1], outcome, people, times) - ppvIn(ranked[0], outcome, people, times)
  })
  const ppvDifference = withPercentiles(difference, draws, 'paired bootstrap, 1,000')
  const slope = slopeOf(challenger, outcome)
  const isBetter = (ppvDifference.low ?? 0) > 0
  const isCalibrated = slope.value >= 0.9 && slope.value <= 1.1
  return {
    isPromoted: isBetter && isCalibrated,
    ppvDifference,
    slope,
    reason: isBetter
      ? isCalibrated
        ? 'Its list holds more people with the outcome, and its risks are as bold as they should be.'
        : 'Its list holds more people with the outcome, but its calibration slope is outside 0.9 to 1.1.'
      : 'Its list does not clearly hold more people with the outcome.',
  }
}

/** From the highest risk down, far enough for a resample to fill the cut. */
function topOf(risk: Float64Array, people: number): Int32Array {
  const enough = Math.min(risk.length, Math.ceil(people + 10 * Math.sqrt(people) + 100))
  return orderOf(risk)
    .subarray(risk.length - enough)
    .reverse()
}

function ppvIn(top: Int32Array, outcome: Uint8Array, people: number, times?: Uint8Array): number {
  let [listed, events] = [0, 0]
  for (const row of top) {
    const taken = Math.min(times?.[row] ?? 1, people - listed)
    listed += taken
    events += taken * (outcome[row] ?? 0)
    if (listed === people) break
  }
  return events / listed
}
