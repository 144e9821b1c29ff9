import type { Measure, Scale } from './types.ts'

/** How a scale has moved since it was first asked in this episode, by the same kind of answerer. */
export type Change = {
  readonly first: Measure
  readonly last: Measure
  readonly firstValue: number
  readonly lastValue: number
  /** Beyond what measuring twice seldom gives by itself; undefined where the instrument publishes no such size. */
  readonly isReliable?: boolean
  readonly direction: 'better' | 'worse' | 'same'
}

const valueIn = (measure: Measure, scale: Scale): number | undefined =>
  measure.scores.find((score) => score.scale === scale.key)?.value

/**
 * The newest value of a scale against the first of the same episode. Only a whole value is compared, and only answers of
 * the same kind: a carer's view is not the person's.
 *
 * @param measures of one instrument and one version, oldest first; struck ones left out.
 * @returns undefined with fewer than two values to compare.
 * @source Reliable change: Jacobson and Truax 1991; sizes are each scale's own data.
 */
export function changeOf(scale: Scale, measures: readonly Measure[]): Change | undefined {
  const last = measures.findLast((measure) => valueIn(measure, scale) !== undefined)
  const first = measures.find(
    (measure) =>
      valueIn(measure, scale) !== undefined &&
      measure.episodeId === last?.episodeId &&
      measure.version === last.version &&
      measure.answeredBy === last.answeredBy,
  )
  if (!last || !first || first === last) return undefined
  const firstValue = valueIn(first, scale) ?? 0
  const lastValue = valueIn(last, scale) ?? 0
  const moved = lastValue - firstValue
  const isUp = scale.higherIs === 'better' ? moved > 0 : moved < 0
  return {
    first,
    last,
    firstValue,
    lastValue,
    isReliable: scale.reliableChange === undefined ? undefined : Math.abs(moved) >= scale.reliableChange,
    direction: moved === 0 ? 'same' : isUp ? 'better' : 'worse',
  }
}
