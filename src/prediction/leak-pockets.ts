import { edgesOf } from './bins.ts'
import { wilson } from './estimates.ts'
import type { Leak } from './report-types.ts'
import type { Column } from './types.ts'

/** People with like values. */
type Pocket = { readonly people: number; readonly events: number }

export type Tabulated = Pocket & {
  /** Missing first, then the values in order. */
  readonly bins: readonly Pocket[]
  readonly lowest: Pocket
  readonly highest: Pocket
  /** Of the column alone, from the bins, and its standard error were there nothing in it. */
  readonly auc: number
  readonly error: number
}

/** Rows the edges are taken from; every row is then counted. */
const rowsForEdges = 20_000

/** Counts people and events by value. */
export function tabulate(column: Column, outcome: Uint8Array): Tabulated {
  const step = Math.max(1, Math.floor(column.length / rowsForEdges))
  const edges = edgesOf(column.filter((_: number, i: number) => i % step === 0))
  const people = new Float64Array(edges.length + 2)
  const events = new Float64Array(edges.length + 2)
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (let i = 0; i < column.length; i++) {
    const value = column[i] ?? Number.NaN
    const bin = Number.isNaN(value) ? 0 : 1 + binAmong(edges, value)
    people[bin] = (people[bin] ?? 0) + 1
    events[bin] = (events[bin] ?? 0) + (outcome[i] ?? 0)
    if (value < low) low = value
    if (value > high) high = value
  }
  const bins = Array.from(people, (count, bin) => ({ people: count, events: events[bin] ?? 0 }))
  const all = summed(bins)
  return {
    ...all,
    bins,
    lowest: at(column, outcome, low),
    highest: at(column, outcome, high),
    ...aucFrom(bins, all),
  }
}

function binAmong(edges: Float64Array, value: number): number {
  let [low, high] = [0, edges.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (value <= (edges[middle] ?? 0)) high = middle
    else low = middle + 1
  }
  return low
}

function at(column: Column, outcome: Uint8Array, value: number): Pocket {
  let [people, events] = [0, 0]
  for (let i = 0; i < column.length; i++) {
    if (column[i] !== value) continue
    people++
    events += outcome[i] ?? 0
  }
  return { people, events }
}

const summed = (pockets: readonly Pocket[]): Pocket => ({
  people: pockets.reduce((sum, { people }) => sum + people, 0),
  events: pockets.reduce((sum, { events }) => sum + events, 0),
})

function aucFrom(bins: readonly Pocket[], { people, events }: Pocket) {
  const others = people - events
  let [below, sum] = [0, 0]
  for (const bin of bins) {
    const own = bin.people - bin.events
    sum += bin.events * (below + own / 2)
    below += own
  }
  return { auc: sum / (events * others), error: Math.sqrt((people + 1) / (12 * events * others)) }
}

/** From here on a pocket is believed to be made of the outcome itself. */
const ppvTooGood = 0.9

/**
 * What the best published model's whole list reaches is more than one column's values may: people on it are 50 times
 * as likely to have the outcome, by odds, and it holds 1 in 20 of all who do. More of them than not must have it: of a
 * very rare outcome a good column can be worth as much.
 *
 * @source SPARRA v4 (risk design 1.1): PPV 0.844 at a rate of 0.0974, with sensitivity 0.043.
 */
const oddsTooGood = 50
const sensitivityTooGood = 0.05

/**
 * How much likelier, by odds, than their nearest neighbours: what was written after an outcome begins at some value, a risk
 * that records foretell rises value by value. Of a million people the few with most of anything are nearly all admitted,
 * and so are nearly as many of the next few.
 *
 * @source Measured on a made-up town of 1,000,000: of the 69 with most A&E visits in a year 97% are admitted in the next.
 */
const oddsOverNeighbours = 2

/** Values looked at, and those beside them on each side, the nearest first. */
type Candidate = { readonly pocket: Pocket; readonly besides: readonly (readonly Pocket[])[] }

/** Values that belong almost only to people with the outcome: a code written after it, a fact of its day. */
export function pocketsOf(name: string, tabulated: Tabulated): Leak | undefined {
  const found = candidatesOf(tabulated).find(
    ({ pocket, besides }) => isTooGood(pocket, tabulated) && besides.every((side) => standsOut(pocket, side)),
  )
  if (!found) return undefined
  const { people, events } = found.pocket
  const counted = (number: number) => number.toLocaleString('en-GB')
  const share = ((100 * events) / people).toFixed(0)
  const reason = `${name}: of ${counted(people)} rows with some of its values ${counted(events)} (${share}%) have the outcome. Such values are written after it, or on its day.`
  return { column: name, kind: 'after the outcome', reason }
}

function candidatesOf({ bins, lowest, highest }: Tabulated): readonly Candidate[] {
  const [missing = none, ...values] = bins
  const downwards = values.toReversed()
  const without = ([end = none, ...rest]: readonly Pocket[], own: Pocket) => [
    { people: end.people - own.people, events: end.events - own.events },
    ...rest,
  ]
  return [
    { pocket: lowest, besides: [without(values, lowest)] },
    { pocket: highest, besides: [without(downwards, highest)] },
    { pocket: missing, besides: [[summed(values)]] },
    ...values.flatMap((value, bin) => {
      const [above, below] = [values.slice(bin + 1), downwards.slice(values.length - bin)]
      return [
        { pocket: value, besides: [above, below].filter((side) => side.length > 0) },
        { pocket: summed([value, ...above]), besides: [below] },
        { pocket: summed([value, ...below]), besides: [above] },
      ]
    }),
  ]
}

const none: Pocket = { people: 0, events: 0 }

/** Whether a pocket is far likelier than as many people beside it. */
function standsOut(pocket: Pocket, beside: readonly Pocket[]): boolean {
  let near = none
  for (const next of beside) {
    if (near.people >= pocket.people) break
    near = summed([near, next])
  }
  const least = wilson(pocket.events, pocket.people).low ?? 0
  const most = wilson(near.events, near.people).high ?? 1
  return least * (1 - most) >= oddsOverNeighbours * most * (1 - least)
}

function isTooGood({ people, events }: Pocket, all: Pocket): boolean {
  if (people === 0 || people === all.people || all.events > all.people / 2) return false
  const least = wilson(events, people).low ?? 0
  const odds = (least / (1 - least)) * ((all.people - all.events) / all.events)
  const isMost = least >= 0.5 && events >= sensitivityTooGood * all.events
  return least >= ppvTooGood || (odds >= oddsTooGood && isMost)
}
