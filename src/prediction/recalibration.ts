import { inTheLargeOf, lineFit } from './calibration.ts'
import { orderOf } from './curve.ts'
import { eventsOf } from './fit-ridge.ts'
import { logOddsOf } from './scoring.ts'
import type { Model, Recalibration, Sample } from './types.ts'

const eventsForSteps = 1000

/**
 * Brings a model to a later year: intercept alone, intercept and slope, or an isotonic curve on top of both.
 *
 * @returns the model with its recalibration, an earlier one replaced.
 * @throws RangeError for an isotonic curve on 1,000 events or fewer, or an outcome that never varies: the caller's
 *   mistake.
 * @source risk design 5.2, 3; Cox 1958; Zadrozny and Elkan, KDD 2002 (isotonic).
 */
export async function recalibrate<M extends Model>(
  model: M,
  sample: Sample,
  how: 'intercept' | 'slope' | 'isotonic',
): Promise<M> {
  const events = eventsOf(sample)
  if (how === 'isotonic' && events <= eventsForSteps)
    throw new RangeError(`${events} events: an isotonic curve needs more than 1,000`)
  const bare = await logOddsOf({ ...model, recalibration: undefined }, sample.table)
  const straight = straightened(bare, sample.outcome, how === 'intercept')
  if (how !== 'isotonic') return { ...model, recalibration: straight }
  const risk = bare.map((line) => riskFrom(straight.intercept + straight.slope * line))
  return { ...model, recalibration: { ...straight, steps: stepsOf(risk, sample.outcome) } }
}

const riskFrom = (line: number) => 1 / (1 + Math.exp(-line))

function straightened(bare: Float64Array, outcome: Uint8Array, keepsSlope: boolean): Recalibration {
  const risk = bare.map(riskFrom)
  if (keepsSlope) return { intercept: inTheLargeOf(risk, outcome).value, slope: 1 }
  const fit = lineFit(risk, outcome)
  if (!fit) throw new RangeError('the risks are all alike: there is no slope to find')
  return { intercept: fit.coefficients[0] ?? 0, slope: fit.coefficients[1] ?? 1 }
}

/** Pools neighbours that go down until the observed shares only rise; a step a pool, at its mean risk. */
function stepsOf(risk: Float64Array, outcome: Uint8Array): NonNullable<Recalibration['steps']> {
  const pools: { people: number; events: number; risk: number }[] = []
  for (const row of orderOf(risk)) {
    let pool = { people: 1, events: outcome[row] ?? 0, risk: risk[row] ?? 0 }
    for (
      let last = pools.at(-1);
      last && last.events * pool.people >= pool.events * last.people;
      last = pools.at(-1)
    ) {
      pools.pop()
      pool = {
        people: pool.people + last.people,
        events: pool.events + last.events,
        risk: pool.risk + last.risk,
      }
    }
    pools.push(pool)
  }
  return {
    from: pools.map((pool) => pool.risk / pool.people),
    to: pools.map(({ events, people }) => events / people),
  }
}
