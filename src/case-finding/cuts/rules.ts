import type { Standing } from '../rules.ts'
import type { InBrief, Run } from '../types.ts'
import type { Cut, FreePlaces, Places, Reach } from './types.ts'

type Problem = { readonly field: string; readonly message: string }

/** A cut as a sentence says it. */
export function cutWords(cut: Cut): string {
  switch (cut.way) {
    case 'all':
      return 'everybody'
    case 'percent':
      return `the first ${cut.percent} in 100 considered`
    case 'number':
      return `everybody whose number is ${cut.in100} in 100 or more`
    case 'places':
      return cut.perPlace === 1
        ? 'one person for each free place'
        : `${cut.perPlace} people for each free place`
    case 'places to come':
      return `${cut.perPlace === 1 ? 'one person' : `${cut.perPlace} people`} for each place free now or expected in the next 28 days`
    case 'weighted':
      return `in each practice as many people as ${cut.percent} in 100 of its weighted list`
  }
}

/** What an address and a form call a cut: "places-2". */
export function codeOf(cut: Cut): string {
  switch (cut.way) {
    case 'all':
      return 'all'
    case 'percent':
      return `percent-${cut.percent}`
    case 'number':
      return `number-${cut.in100}`
    case 'places':
      return `places-${cut.perPlace}`
    case 'places to come':
      return `places-to-come-${cut.perPlace}`
    case 'weighted':
      return `weighted-${cut.percent}`
  }
}

const shares = [0.8, 0.6, 0.4, 0.2] as const
// From moving into a care home, which happens to few, to attending A&E, which happens to many.
const numbers = [2, 5, 10, 15, 20, 25, 30, 40, 50, 60, 70, 80, 90] as const
const perPlaces = [1, 2, 3] as const
/** In 100 of a weighted list. @source Requirements R-007: 0.5 in 100 for a virtual ward; the others are ours. */
const weightedShares = [0.5, 1, 2] as const

/** Every cut there may be of a run: within what the run listed, and by number only where it has numbers. */
export function cutsOf(run: Pick<Run, 'percent' | 'modelId'>, free: FreePlaces | undefined): readonly Cut[] {
  const percent = Number(run.percent)
  return [
    { way: 'all' },
    ...shares.map((share): Cut => ({ way: 'percent', percent: Number((percent * share).toPrecision(2)) })),
    ...weightedShares.map((share): Cut => ({ way: 'weighted', percent: share })),
    ...(run.modelId ? numbers.map((in100): Cut => ({ way: 'number', in100 })) : []),
    ...(free ? perPlaces.map((perPlace): Cut => ({ way: 'places', perPlace })) : []),
    ...(free?.toCome?.expected?.more
      ? perPlaces.map((perPlace): Cut => ({ way: 'places to come', perPlace }))
      : []),
  ]
}

/** The cut a code names among those there may be, or what to put right. */
export function readCut(
  code: string,
  cuts: readonly Cut[],
): { readonly cut: Cut } | { readonly problem: Problem } {
  const cut = cuts.find((one) => codeOf(one) === code)
  return cut
    ? { cut }
    : { problem: { field: 'cut', message: 'Select how far down the list people are asked' } }
}

/**
 * How many people a cut asks, where it is by places; undefined where it is not, or nobody has counted them. Where too
 * few were closed for a forecast, a cut by what is to come asks for the places free now.
 */
export function asksByPlaces(cut: Cut, free: Places | undefined): number | undefined {
  if (!free) return undefined
  if (cut.way === 'places') return free.free * cut.perPlace
  return cut.way === 'places to come'
    ? (free.free + (free.toCome?.expected?.more ?? 0)) * cut.perPlace
    : undefined
}

/**
 * How far a cut reaches on a run.
 *
 * @param rankAskedTo the rank of the last of the people asked by free places; undefined when fewer wait.
 * @param ranks of a cut by weighted lists: each practice’s own first.
 */
export function reachOf(
  cut: Cut,
  run: Pick<Run, 'considered' | 'modelId'>,
  free: FreePlaces | undefined,
  rankAskedTo: number | undefined,
  ranks?: ReadonlySet<number>,
): Reach {
  const known = { cut, ...(free && { free }) }
  switch (cut.way) {
    case 'all':
      return known
    case 'percent':
      return { ...known, lastRank: Math.ceil((run.considered * cut.percent) / 100) }
    case 'weighted':
      return { ...known, ...(ranks && { ranks }) }
    case 'number':
      return run.modelId ? { ...known, fromIn100: cut.in100 } : known
    case 'places':
    case 'places to come': {
      const asks = asksByPlaces(cut, free)
      if (asks === undefined) return known
      return asks === 0
        ? { ...known, lastRank: 0 }
        : { ...known, ...(rankAskedTo !== undefined && { lastRank: rankAskedTo }) }
    }
  }
}

/** Whether two counts of places say the same. */
export const isSamePlaces = (one: Places, other: Places): boolean =>
  one.free === other.free &&
  one.capacity === other.capacity &&
  one.toCome?.by === other.toCome?.by &&
  one.toCome?.closings === other.toCome?.closings &&
  one.toCome?.closingsDays === other.toCome?.closingsDays &&
  (['more', 'low', 'high'] as const).every(
    (end) => one.toCome?.expected?.[end] === other.toCome?.expected?.[end],
  )

/** Whether a suggestion is within a reach. Whoever was drawn by lot or is shown again early is, wherever they stand. */
export function isWithin(
  suggestion: Pick<InBrief, 'rank' | 'risk' | 'isReturned' | 'lot'>,
  reach: Pick<Reach, 'lastRank' | 'fromIn100' | 'ranks'>,
): boolean {
  if (suggestion.isReturned || suggestion.lot?.isDrawn) return true
  if (reach.lastRank !== undefined && suggestion.rank > reach.lastRank) return false
  if (reach.ranks && !reach.ranks.has(suggestion.rank)) return false
  // By the number as the list shows it: whoever reads 40 is within a cut at 40.
  return reach.fromIn100 === undefined || Math.round(100 * (suggestion.risk ?? 0)) >= reach.fromIn100
}

/**
 * Where somebody to judge stands once the cut is known: asked, or below it. Nobody who was added by hand or is shown
 * again is put below it, and everybody below it can be read and judged all the same.
 */
export function cutStanding(standing: Standing, suggestion: InBrief | undefined, reach: Reach): Standing {
  if (standing.tab !== 'to judge' || standing.isAdded || standing.returned || !suggestion) return standing
  return isWithin(suggestion, reach) ? standing : { tab: 'below the cut' }
}

/** How many of a practice stand below the cut: to judge, and not asked. */
export const belowTheCut = (candidates: readonly { readonly standing: Standing }[]): number =>
  candidates.filter(({ standing }) => standing.tab === 'below the cut').length
