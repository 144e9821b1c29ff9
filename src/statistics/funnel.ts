import { binomial, countAt, type Discrete, poisson } from './discrete.ts'
import { normalQuantile } from './distributions.ts'
import { quantileOfSorted } from './quantiles.ts'

/** One unit of a funnel: hits of so many people (a share), or events seen against events expected (a ratio). */
export type FunnelUnit = { readonly events: number; readonly of: number }

export type FunnelOptions = {
  readonly kind: 'share' | 'ratio'
  /** The line to compare with; the overall share, or 1 for a ratio, unless given. */
  readonly target?: number
  /** What to do where units vary more than chance: widen by a factor, add a spread of their own, or nothing. */
  readonly overdispersion?: 'multiply' | 'add' | 'none'
}

/** A pair of limits at one size, as shares or ratios. */
export type FunnelLimits = { readonly low: number; readonly high: number }

export type FunnelPoint = {
  readonly value: number
  readonly limits95: FunnelLimits
  readonly limits998: FunnelLimits
  /** Standard errors from the target, after any allowance for overdispersion. */
  readonly distance: number
  readonly place: 'as expected' | 'outside 95%' | 'outside 99.8%'
}

export type Funnel = {
  readonly target: number
  /** The mean square of the winsorised distances: about 1 where chance explains all. */
  readonly phi: number
  /** The variance between units on the scale of the square root's arcsine (share) or the logarithm (ratio). */
  readonly tauSquared: number
  /** phi is above 1 + 2 × sqrt(2 / units), so the limits were widened as asked. */
  readonly isOverdispersed: boolean
  readonly points: readonly FunnelPoint[]
  /** Limits at any size, for drawing. */
  readonly limitsAt: (of: number, confidence: number) => FunnelLimits
}

/**
 * Compares units with a target, with limits that narrow as they grow. It says nothing of ranks.
 *
 * Without overdispersion the limits are exact and interpolated; with it they are normal, on the natural scale when
 * multiplied, and on that of the arcsine of the square root (share) or the logarithm (ratio) when a spread is added.
 *
 * @throws RangeError for no units, a size of 0 or below, or more hits than people: the caller's mistake.
 * @source Spiegelhalter, Statistics in Medicine 2005;24:1185 (funnels) and Quality and Safety in Health Care
 *   2005;14:347 (overdispersion); 10% winsorised, type-7 quantiles; evaluation design, 2.9.
 */
export function funnelOf(units: readonly FunnelUnit[], options: FunnelOptions): Funnel {
  checkUnits(units, options.kind)
  const { kind, overdispersion = 'none' } = options
  const total = (key: keyof FunnelUnit) => units.reduce((sum, unit) => sum + unit[key], 0)
  const target = options.target ?? (kind === 'share' ? total('events') / total('of') : 1)
  const scale = kind === 'share' ? shareScale : ratioScale
  const phi = meanSquare(units.map((unit) => scale.distance(unit, target)))
  const isOverdispersed = phi > 1 + 2 * Math.sqrt(2 / units.length)
  const tauSquared = spreadBetween(units, target, scale)
  const widened = isOverdispersed ? overdispersion : 'none'
  const limitsAt = (of: number, confidence: number) =>
    limitsOf(scale, target, of, confidence, { widened, phi, tauSquared })
  const points = units.map((unit) => pointOf(unit, scale, target, limitsAt, { widened, phi, tauSquared }))
  return { target, phi, tauSquared, isOverdispersed, points, limitsAt }
}

function checkUnits(units: readonly FunnelUnit[], kind: FunnelOptions['kind']): void {
  const isWrong = ({ events, of }: FunnelUnit) =>
    !(of > 0) || !(events >= 0) || (kind === 'share' && events > of)
  if (units.length === 0 || units.some(isWrong))
    throw new RangeError('a funnel needs units, each with a size above 0 and events that fit in it')
}

/** How shares and ratios differ in a funnel. */
type Scale = {
  readonly counts: (of: number, target: number) => Discrete
  readonly errorAt: (of: number, target: number) => number
  readonly distance: (unit: FunnelUnit, target: number) => number
  readonly ceiling: number
  /** The scale on which a spread between units is added. */
  readonly forward: (value: number) => number
  readonly back: (value: number) => number
  readonly forwardError: (of: number, target: number) => number
}

const shareScale: Scale = {
  counts: binomial,
  errorAt: (of, target) => Math.sqrt((target * (1 - target)) / of),
  distance: ({ events, of }, target) => (events / of - target) / Math.sqrt((target * (1 - target)) / of),
  ceiling: 1,
  forward: (value) => Math.asin(Math.sqrt(value)),
  back: (value) => Math.sin(Math.min(Math.max(value, 0), Math.PI / 2)) ** 2,
  forwardError: (of) => 1 / (2 * Math.sqrt(of)),
}

const ratioScale: Scale = {
  counts: (of, target) => poisson(of * target),
  errorAt: (of, target) => Math.sqrt(target / of),
  distance: ({ events, of }, target) => (events / of - target) / Math.sqrt(target / of),
  ceiling: Number.POSITIVE_INFINITY,
  // A unit with no events has no logarithm: half an event stands for none.
  forward: Math.log,
  back: Math.exp,
  forwardError: (of, target) => 1 / Math.sqrt(of * target),
}

const forwardOf = ({ events, of }: FunnelUnit, scale: Scale) =>
  scale.forward((scale === ratioScale && events === 0 ? 0.5 : events) / of)

/** The mean square after the lowest and highest tenth are brought in to their quantiles. */
function meanSquare(distances: readonly number[]): number {
  const kept = winsorised(distances)
  return kept.reduce((sum, z) => sum + z * z, 0) / kept.length
}

function winsorised(values: readonly number[]): readonly number[] {
  const sorted = Float64Array.from(values).sort()
  const [low, high] = [quantileOfSorted(sorted, 0.1), quantileOfSorted(sorted, 0.9)]
  return values.map((value) => Math.min(high, Math.max(low, value)))
}

/** @source DerSimonian and Laird 1986, with phi from winsorised distances on the same scale. */
function spreadBetween(units: readonly FunnelUnit[], target: number, scale: Scale): number {
  const n = units.length
  const phi = meanSquare(
    units.map(
      (unit) => (forwardOf(unit, scale) - scale.forward(target)) / scale.forwardError(unit.of, target),
    ),
  )
  const weights = units.map(({ of }) => 1 / scale.forwardError(of, target) ** 2)
  const sum = weights.reduce((total, w) => total + w, 0)
  const squares = weights.reduce((total, w) => total + w * w, 0)
  return n < 2 ? 0 : Math.max(0, (n * phi - (n - 1)) / (sum - squares / sum))
}

type Widening = {
  readonly widened: 'multiply' | 'add' | 'none'
  readonly phi: number
  readonly tauSquared: number
}

function limitsOf(
  scale: Scale,
  target: number,
  of: number,
  confidence: number,
  { widened, phi, tauSquared }: Widening,
): FunnelLimits {
  const clip = (value: number) => Math.min(scale.ceiling, Math.max(0, value))
  const tail = (1 - confidence) / 2
  if (widened === 'none') {
    const counts = scale.counts(of, target)
    return { low: clip(exactLimit(counts, tail) / of), high: clip(exactLimit(counts, 1 - tail) / of) }
  }
  const z = normalQuantile(1 - tail)
  if (widened === 'multiply') {
    const reach = z * Math.sqrt(phi) * scale.errorAt(of, target)
    return { low: clip(target - reach), high: clip(target + reach) }
  }
  const reach = z * Math.sqrt(scale.forwardError(of, target) ** 2 + tauSquared)
  const centre = scale.forward(target)
  return { low: clip(scale.back(centre - reach)), high: clip(scale.back(centre + reach)) }
}

/** A count's limit, moved between whole numbers in proportion to the share it oversteps. */
function exactLimit(counts: Discrete, share: number): number {
  const count = countAt(counts, share)
  return count - (counts.upTo(count) - share) / counts.at(count)
}

function pointOf(
  unit: FunnelUnit,
  scale: Scale,
  target: number,
  limitsAt: Funnel['limitsAt'],
  { widened, phi, tauSquared }: Widening,
): FunnelPoint {
  const value = unit.events / unit.of
  const [limits95, limits998] = [limitsAt(unit.of, 0.95), limitsAt(unit.of, 0.998)]
  const isOutside = ({ low, high }: FunnelLimits) => value < low || value > high
  const added = Math.sqrt(scale.forwardError(unit.of, target) ** 2 + tauSquared)
  const distance =
    widened === 'add'
      ? (forwardOf(unit, scale) - scale.forward(target)) / added
      : scale.distance(unit, target) / (widened === 'multiply' ? Math.sqrt(phi) : 1)
  const place = isOutside(limits998) ? 'outside 99.8%' : isOutside(limits95) ? 'outside 95%' : 'as expected'
  return { value, limits95, limits998, distance, place }
}
