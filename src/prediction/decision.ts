import { netBenefitOf } from './cuts.ts'
import { parted } from './discrimination.ts'
import type { Judged, NetBenefit } from './report-types.ts'

const thresholds = Array.from({ length: 50 }, (_, i) => (i + 1) / 100)

/** Net benefit at thresholds of 1% to 50%: the model, everybody, and each comparing rule. Nobody is 0 throughout. */
export function decisionCurve({ risk, outcome, comparators = {} }: Judged): readonly NetBenefit[] {
  const [events, others] = parted(risk, outcome)
  const people = outcome.length
  const rules = Object.entries(comparators).map(
    ([name, lists]) => [name, ...listedBy(lists, outcome)] as const,
  )
  return thresholds.map((threshold) => ({
    threshold,
    model: netBenefitOf(people, atOrAbove(events, threshold), atOrAbove(others, threshold), threshold),
    everybody: netBenefitOf(people, events.length, others.length, threshold),
    comparators: Object.fromEntries(
      rules.map(([name, right, wrong]) => [name, netBenefitOf(people, right, wrong, threshold)]),
    ),
  }))
}

function listedBy(lists: Uint8Array, outcome: Uint8Array): readonly [number, number] {
  let [right, wrong] = [0, 0]
  for (let i = 0; i < outcome.length; i++) {
    if (lists[i] !== 1) continue
    if (outcome[i] === 1) right++
    else wrong++
  }
  return [right, wrong]
}

function atOrAbove(inOrder: Float64Array, threshold: number): number {
  let [low, high] = [0, inOrder.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((inOrder[middle] ?? 0) < threshold) low = middle + 1
    else high = middle
  }
  return inOrder.length - low
}
