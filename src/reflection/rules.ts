import type { Problem } from '#access'
import { type LondonDate, readDate } from '#calendar'
import {
  type Chart,
  type ChartPoint,
  gChart,
  pChart,
  problemsWithRebase,
  type Signal,
  uChart,
  type VariationFound,
  variationOf,
  xmrChart,
} from '#statistics'
import type { MonthMeasure } from './measures.data.ts'
import type { MonthCount } from './types.ts'

/** A measure's months on its chart; the chart has a point for each month that could be counted. */
export type Drawn = {
  readonly measure: MonthMeasure
  readonly months: readonly MonthCount[]
  readonly chart: Chart
}

/**
 * The chart of a measure: its kind is the measure's own, and limits begin anew only where a person said so.
 *
 * @param months oldest first. A month with nothing to be a share of is not drawn.
 * @param rebasedFrom first days of the months from which limits begin anew. A g chart takes none.
 */
export function drawnChart(
  measure: MonthMeasure,
  months: readonly MonthCount[],
  rebasedFrom: readonly LondonDate[],
): Drawn {
  const counted = months.filter(({ of }) => of > 0)
  const starts = rebasedFrom.map((from) => counted.findIndex(({ month }) => month >= from))
  const rebaseAt = [...new Set(starts)].filter((at) => at > 0).sort((a, b) => a - b)
  return { measure, months: counted, chart: chartOf(measure, counted, rebaseAt) }
}

function chartOf({ chart }: MonthMeasure, months: readonly MonthCount[], rebaseAt: readonly number[]): Chart {
  switch (chart) {
    case 'u′':
      return uChart(months, { rebaseAt, allowsForOverdispersion: true })
    case 'p′':
      return pChart(months, { rebaseAt, allowsForOverdispersion: true })
    case 'p':
      return pChart(months, { rebaseAt })
    case 'XmR':
      return xmrChart(
        months.map(({ events, of }) => events / of),
        { rebaseAt, floor: 0 },
      )
    case 'g':
      return gChart(months.map(({ events }) => events))
  }
}

/** The smallest count of people that may be told to somebody without a relationship to them. */
const fewest = 8

/** What may be shown to somebody who has nothing to do with these people. */
export type Shown =
  | { readonly by: 'month' | 'quarter'; readonly months: readonly MonthCount[] }
  | { readonly by: 'withheld' }

/**
 * The months as somebody without a relationship may see them: as they are where no count is from 1 to 7, else by
 * quarters, else not at all. Nothing is left out from among the rest: a gap could be had by subtraction.
 *
 * @source design README 9: "fewer than 8" and nothing that gives it away.
 */
export function shownToOthers(measure: MonthMeasure, months: readonly MonthCount[]): Shown {
  if (measure.chart === 'g') return { by: 'withheld' }
  const isSafe = (one: MonthCount) => countsIn(measure, one).every((count) => count <= 0 || count >= fewest)
  if (months.every(isSafe)) return { by: 'month', months }
  const quarters = byQuarter(months)
  return quarters.length > 0 && quarters.every(isSafe)
    ? { by: 'quarter', months: quarters }
    : { by: 'withheld' }
}

/** The counts of people or events in one month that somebody could be known by. */
function countsIn({ chart, key }: MonthMeasure, { events, of }: MonthCount): readonly number[] {
  if (chart === 'u′' || key === 'nights') return [events, of * 100]
  return chart === 'XmR' ? [of] : [events, of, of - events]
}

/** Whole quarters: the first and the last are left out where they lack a month. In between, a month that is not there had nothing. */
function byQuarter(months: readonly MonthCount[]): readonly MonthCount[] {
  const groups = new Map<LondonDate, MonthCount[]>()
  for (const one of months) {
    const first = quarterOf(one.month)
    groups.set(first, [...(groups.get(first) ?? []), one])
  }
  return [...groups]
    .filter(([, of], at) => of.length === 3 || (at > 0 && at < groups.size - 1))
    .map(([month, of]) => ({
      month,
      events: of.reduce((sum, { events }) => sum + events, 0),
      of: of.reduce((sum, one) => sum + one.of, 0),
    }))
}

const quarterOf = (month: LondonDate): LondonDate => {
  const first = String(Math.floor((Number(month.slice(5, 7)) - 1) / 3) * 3 + 1).padStart(2, '0')
  return readDate(`${month.slice(0, 4)}-${first}-01`) ?? month
}

/** What the last point says, for the icon and its words. */
export const variationIn = ({ chart, measure }: Drawn): VariationFound => variationOf(chart, measure.better)

const variationWords: Readonly<Record<VariationFound['variation'], string>> = {
  improvement: 'Better, by more than chance',
  concern: 'Worse, by more than chance',
  change: 'Changed, by more than chance',
  mixed: 'Signs both ways, by more than chance',
  'chance alone': 'Nothing but chance',
}

/** "Worse, by more than chance: above the limits." */
export function variationSaid(drawn: Drawn): string {
  const { variation, signals } = variationIn(drawn)
  const last = drawn.chart.points.at(-1)
  const said = last ? signals.map((signal) => signalWords(signal, last)) : []
  return said.length === 0 ? variationWords[variation] : `${variationWords[variation]}: ${said.join('; ')}`
}

/** A rule that a point breaks, in words: what it looks like, not what it is called. */
export function signalWords(signal: Signal, point: ChartPoint): string {
  const side = point.value > point.mean ? 'above' : 'below'
  return {
    'outside limits': `${side} the limits`,
    trend: `7 or more in a row ${point.trend === 'down' ? 'falling' : 'rising'}`,
    'near a limit': `2 of 3 close to the ${side === 'above' ? 'upper' : 'lower'} limit`,
    'run on one side': `7 or more in a row ${side} the average`,
  }[signal]
}

/** Whether a point's signals are for the better, for the worse, or merely a change. */
export function kindOf({ measure }: Drawn, point: ChartPoint): 'plain' | 'better' | 'worse' | 'change' {
  const [first] = point.signals
  if (!first) return 'plain'
  if (measure.better === 'neither') return 'change'
  const way = first === 'trend' ? point.trend : point.value > point.mean ? 'up' : 'down'
  return way === measure.better ? 'better' : 'worse'
}

/**
 * What stands against a decision that limits begin anew at a month.
 *
 * @source Making Data Count; evaluation design, 2.8: a known cause, a sustained signal, at least 12 points after. The
 *   signal is looked for on the chart as it stands, with those decisions that are in force.
 */
export function problemsWithRebasing(
  measure: MonthMeasure,
  months: readonly MonthCount[],
  asked: {
    readonly fromMonth: LondonDate | undefined
    readonly reason: string
    readonly inForce: readonly LondonDate[]
    readonly decidedOn: LondonDate
    readonly decidedBy: string
  },
): readonly Problem[] {
  const { fromMonth, reason, inForce, decidedOn, decidedBy } = asked
  const reasonProblems: readonly Problem[] = reason.trim()
    ? []
    : [{ field: 'reason', message: 'Enter what is known to have changed' }]
  if (measure.chart === 'g')
    return [{ field: 'from', message: 'This chart has no months: its limits cannot begin anew' }]
  if (!fromMonth) return [{ field: 'from', message: 'Select the month' }, ...reasonProblems]
  if (inForce.includes(fromMonth))
    return [{ field: 'from', message: 'The limits begin anew at this month already' }, ...reasonProblems]
  const drawn = drawnChart(measure, months, inForce)
  const at = drawn.months.findIndex(({ month }) => month === fromMonth)
  const found = problemsWithRebase(drawn.chart, { at, decidedOn, decidedBy, reason: 'given' })
  return [...found.map((message) => ({ field: 'from', message: withoutStop(message) })), ...reasonProblems]
}

const withoutStop = (message: string) => message.replace(/\.$/, '')
