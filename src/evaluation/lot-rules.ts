import { clusterRobustCovariance, fitGlm, type Interval, matrixOf, ratioOf } from '#statistics'
import type { InDraw, LotAnswer, LotArm } from './lot-types.ts'
import type { Outcomes } from './types.ts'

/** Fewer events than this in either arm give no ratio. */
const leastEvents = 10

/** Each person's first draw, the earliest first: a later one is not by chance alone, for it leaves out whoever was drawn. */
export function firstDraws(all: readonly InDraw[]): readonly InDraw[] {
  const seen = new Set<string>()
  const inTime = [...all].sort(
    (a, b) => compare(a.drawnOn, b.drawnOn) || compare(a.lotId, b.lotId) || compare(a.person, b.person),
  )
  return inTime.filter(({ person }) => {
    if (seen.has(person)) return false
    seen.add(person)
    return true
  })
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/**
 * Compares those drawn with those not drawn, as they were drawn (intention to treat): nobody changes sides by what
 * happened after, and nobody is followed less long for joining later. Each draw is compared within itself.
 *
 * @param rows one row a person. @param outcomes what happened to each after the draw, nobody's follow-up cut short by
 *   joining. @param joined 1 for whoever joined the programme since the draw.
 * @returns undefined where nobody was in a draw that had both sides.
 * @source Randomised comparison within draws: a log-linear rate with a level for each draw, errors that allow for
 *   people who differ (Huber 1967; White 1980). Draws without an event tell nothing and are left out of the ratio.
 */
export function lotAnswerOf(
  rows: readonly InDraw[],
  outcomes: Outcomes,
  joined: Uint8Array,
): LotAnswer | undefined {
  const both = new Set(lotsWith(rows, true).filter((lot) => lotsWith(rows, false).includes(lot)))
  const kept = [...rows.keys()].filter(
    (row) => both.has(rows[row]?.lotId ?? '') && (outcomes.days[row] ?? 0) > 0,
  )
  const days = kept.map((row) => rows[row]?.drawnOn ?? '').sort()
  const [firstOn, lastOn] = [rows[kept[0] ?? -1]?.drawnOn, rows[kept.at(-1) ?? -1]?.drawnOn]
  if (!firstOn || !lastOn || days.length === 0) return undefined
  const arm = (isDrawn: boolean) =>
    armOf(
      kept.filter((row) => rows[row]?.isDrawn === isDrawn),
      outcomes,
      joined,
    )
  const [drawn, notDrawn] = [arm(true), arm(false)]
  const told = { draws: both.size, firstOn, lastOn, drawn, notDrawn }
  if (Math.min(drawn.events, notDrawn.events) < leastEvents) return told
  const ratio = ratioWithin(rows, kept, outcomes)
  return ratio ? { ...told, ratio } : told
}

const lotsWith = (rows: readonly InDraw[], isDrawn: boolean): readonly string[] => [
  ...new Set(rows.filter((row) => row.isDrawn === isDrawn).map(({ lotId }) => lotId)),
]

function armOf(rows: readonly number[], outcomes: Outcomes, joined: Uint8Array): LotArm {
  const sum = (of: ArrayLike<number>) => rows.reduce((total, row) => total + (of[row] ?? 0), 0)
  return {
    people: rows.length,
    joined: sum(joined),
    events: sum(outcomes.events),
    years: sum(outcomes.days) / 365.25,
  }
}

function ratioWithin(
  rows: readonly InDraw[],
  kept: readonly number[],
  { events, days }: Outcomes,
): Interval | undefined {
  const eventful = new Set(kept.filter((row) => (events[row] ?? 0) > 0).map((row) => rows[row]?.lotId))
  const used = kept.filter((row) => eventful.has(rows[row]?.lotId))
  const [, ...others] = [...eventful]
  const input = {
    x: matrixOf(
      used.map((row) => [
        1,
        rows[row]?.isDrawn ? 1 : 0,
        ...others.map((lot) => (rows[row]?.lotId === lot ? 1 : 0)),
      ]),
    ),
    y: Float64Array.from(used, (row) => events[row] ?? 0),
    offset: Float64Array.from(used, (row) => Math.log((days[row] ?? 1) / 365.25)),
  }
  const fit = fitGlm('poisson', input)
  if (!fit.converged) return undefined
  const { value, low, high } = ratioOf(
    fit,
    clusterRobustCovariance(fit, input, Int32Array.from(used.keys())),
    1,
  )
  return { value, low, high }
}
