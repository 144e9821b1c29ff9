import type { Estimate, Leak, Report, Subgroup } from '#prediction'
import { type Target, targets } from './targets.data.ts'

export type Verdict = 'good enough to suggest' | 'use the rule instead' | 'cannot tell' | 'do not use'

/** What the report says first, and why, in sentences. */
export type Judgement = { readonly verdict: Verdict; readonly reasons: readonly string[] }

const fewestAdmitted = 200

/**
 * The verdict on a model from how it did on a later year.
 *
 * @param better its PPV at the list's cut less the rule's on the same people, with a paired interval.
 * @source Screens design 7.12: slope 0.9 to 1.1, observed over expected 0.95 to 1.05, better than the rule with its
 *   interval, no leak. Which words go with what is fixed, so that nobody chooses them.
 */
export function verdictOn(
  report: Pick<Report, 'events' | 'calibrationSlope' | 'observedOverExpected'>,
  better: Estimate,
  leaks: readonly Leak[],
  { did }: Pick<Target, 'did'> = targets['emergency admission'],
): Judgement {
  if (leaks.length > 0) return { verdict: 'do not use', reasons: leaks.map(({ reason }) => reason) }
  if (report.events < fewestAdmitted) {
    return {
      verdict: 'cannot tell',
      reasons: [`Only ${report.events} people ${did} in the year it was tested on.`],
    }
  }
  const slope = report.calibrationSlope.value
  const ratio = report.observedOverExpected.value
  const reasons = [
    ...(slope >= 0.9 && slope <= 1.1 ? [] : [`Its slope is ${slope.toFixed(2)}: 0.90 to 1.10 is asked for.`]),
    ...(ratio >= 0.95 && ratio <= 1.05
      ? []
      : [`${(100 * ratio).toFixed(0)} ${did} for every 100 it expected: 95 to 105 is asked for.`]),
    ...((better.low ?? Number.NEGATIVE_INFINITY) > 0
      ? []
      : ['At the length of this list it is not shown to be better than counting emergency admissions.']),
  ]
  return { verdict: reasons.length > 0 ? 'use the rule instead' : 'good enough to suggest', reasons }
}

export type GroupVerdict =
  | 'Fair'
  | 'Fair, wide'
  | 'Says too little'
  | 'Says too much'
  | 'Cannot tell'
  | 'Not shown'

/**
 * Whether a model is fair to a group, from admitted against expected.
 *
 * @source Screens design 7.12.
 */
export function groupVerdict({ observedOverExpected }: Pick<Subgroup, 'observedOverExpected'>): GroupVerdict {
  if (!observedOverExpected) return 'Not shown'
  const { value, low, high } = observedOverExpected
  const [from, to] = [low ?? 0, high ?? Number.POSITIVE_INFINITY]
  if (value >= 0.9 && value <= 1.1) return from >= 0.85 && to <= 1.15 ? 'Fair' : 'Fair, wide'
  if (from <= 1 && to >= 1) return 'Cannot tell'
  return value > 1 ? 'Says too little' : 'Says too much'
}
