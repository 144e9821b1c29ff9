import { holm, type Interval, normalBelow } from '#statistics'
import { choicesOf } from './choices.ts'
import { type Followed, rateRatio } from './effect.ts'
import type { FurtherOutcome } from './further-types.ts'
import type { OutcomeName } from './outcomes.data.ts'

/** Fewer events than this in either group give no ratio. */
const leastEvents = 10

/**
 * Every further outcome a study chose, compared in the way of its question: the ratio with its own 95% interval, and whether
 * it differs once it is allowed for that there are several.
 *
 * @returns one line for each, in the order they were chosen; one whose source is not in the records says so.
 * @source evaluation design 2.13: Holm over the further outcomes; a P value from the interval on the scale of logarithms
 *   (Altman and Bland, BMJ 2011;343:d2304).
 */
export function furtherOutcomesOf(followed: Followed): readonly FurtherOutcome[] {
  const lines = choicesOf(followed.protocol).further.map((outcome) => lineOf(followed, outcome))
  const asked = lines.flatMap(({ ratio }) => (ratio ? [ratio] : []))
  const adjusted = holm(asked.map(pValueOf))
  let at = 0
  return lines.map((line) => (line.ratio ? { ...line, adjustedP: adjusted[at++] ?? 1 } : line))
}

function lineOf(followed: Followed, outcome: OutcomeName): FurtherOutcome {
  const { outcomes, helped } = followed
  const counts = outcome === 'deaths' ? Float64Array.from(outcomes.died) : outcomes.others[outcome]
  if (!counts) return { outcome, whyNone: 'not in the records' }
  const events = (from: number, to: number) => counts.subarray(from, to).reduce((sum, one) => sum + one, 0)
  if (Math.min(events(0, helped), events(helped, counts.length)) < leastEvents)
    return { outcome, whyNone: 'too few' }
  return {
    outcome,
    helpedRate: rateOf(followed, counts, 0, helped),
    matchedRate: rateOf(followed, counts, helped, counts.length),
    ratio: rateRatio(followed, true, counts),
  }
}

function rateOf({ weights, outcomes }: Followed, counts: Float64Array, from: number, to: number): number {
  let [events, years] = [0, 0]
  for (let row = from; row < to; row++) {
    events += (weights[row] ?? 0) * (counts[row] ?? 0)
    years += ((weights[row] ?? 0) * (outcomes.days[row] ?? 0)) / 365.25
  }
  return events / years
}

/** The two-sided P value of a ratio from its 95% interval. */
function pValueOf({ value, low, high }: Interval): number {
  const error = (Math.log(high) - Math.log(low)) / (2 * 1.959963984540054)
  return 2 * normalBelow(-Math.abs(Math.log(value)) / error)
}
