import {
  type Bootstrapped,
  biasCorrectedInterval,
  bootstrap,
  type Interval,
  percentileInterval,
} from '#statistics'
import type { Followed } from './effect.ts'
import type { CostItem, CostPlane, Differences, Quadrant, UnitCost } from './service-types.ts'

const draws = 1000

const counted: Readonly<Partial<Record<CostItem, string>>> = {
  'night in hospital': 'nights',
  'A&E visit': 'attendances',
  'outpatient visit': 'outpatients',
  'GP contact': 'gpContacts',
  'community contact': 'communityContacts',
  'prescribed item': 'prescribedItems',
}

/**
 * How many fewer or more, helped against matched: emergency admissions for 1,000 people a year, and pounds of
 * everything that has both a count and a price, a person a year. Whole matched sets are drawn again.
 *
 * @source evaluation design 2.6 (3) and 2.10: percentile for admissions, bias-corrected and accelerated for costs;
 *   never a median or a logarithm of a cost. 1,000 draws, seed 1.
 */
export function differencesOf(followed: Followed, unitCosts: readonly UnitCost[]): Differences {
  const { outcomes } = followed
  const priced = unitCosts.flatMap(({ item, pounds }) => {
    const counts = outcomes.others[counted[item] ?? '']
    return counts ? [{ item, pounds, counts }] : []
  })
  const costs = outcomes.events.map((_, row) =>
    priced.reduce((sum, { pounds, counts }) => sum + pounds * (counts[row] ?? 0), 0),
  )
  const quantities = [outcomes.events, costs]
  const all = bootstrap({ clusters: followed.helped, times: draws, seed: 1 }, (timesDrawn) =>
    quantities.map((amounts) => differenceOf(followed, amounts, timesDrawn)),
  )
  return {
    admissions: scaled(percentileInterval(all, 0), 1000),
    ...(priced.length > 0 ? { pounds: costInterval(all), plane: planeOf(all) } : {}),
    costed: priced.map(({ item }) => item),
  }
}

function costInterval(all: Bootstrapped): Interval {
  const { value, low, high } = biasCorrectedInterval(all, 1)
  return Number.isFinite(low) && Number.isFinite(high)
    ? { value, low, high }
    : scaled(percentileInterval(all, 1), 1)
}

const drawn = 200

/** @source evaluation design 2.10: the share of draws in each quadrant, on the plane of cost and effect. */
function planeOf({ draws: [admissions = new Float64Array(), pounds] }: Bootstrapped): CostPlane {
  const known = Array.from(admissions, (difference, draw): readonly [number, number] => [
    difference * 1000,
    pounds?.[draw] ?? Number.NaN,
  ]).filter((draw) => draw.every(Number.isFinite))
  const share = (quadrant: Quadrant) =>
    (100 * known.filter((draw) => quadrantOf(draw) === quadrant).length) / Math.max(1, known.length)
  return {
    draws: known.slice(0, drawn),
    shares: {
      'fewer, less': share('fewer, less'),
      'fewer, more': share('fewer, more'),
      'more, less': share('more, less'),
      'more, more': share('more, more'),
    },
  }
}

const quadrantOf = ([admissions, pounds]: readonly [number, number]): Quadrant =>
  `${admissions < 0 ? 'fewer' : 'more'}, ${pounds < 0 ? 'less' : 'more'}`

const scaled = ({ value, low, high }: Interval, by: number): Interval => ({
  value: value * by,
  low: low * by,
  high: high * by,
})

function differenceOf(
  { sets, weights, helped, outcomes }: Followed,
  amounts: Float64Array,
  timesDrawn: Float64Array,
): number {
  let [own, ownYears, matched, matchedYears] = [0, 0, 0, 0]
  for (let row = 0; row < amounts.length; row++) {
    const weight = (weights[row] ?? 0) * (timesDrawn[sets[row] ?? 0] ?? 0)
    if (weight === 0) continue
    const years = (outcomes.days[row] ?? 0) / 365.25
    if (row < helped) {
      own += weight * (amounts[row] ?? 0)
      ownYears += weight * years
    } else {
      matched += weight * (amounts[row] ?? 0)
      matchedYears += weight * years
    }
  }
  return own / ownYears - matched / matchedYears
}
