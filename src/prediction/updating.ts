import { lineAt } from './calibration.ts'
import { recalibrate } from './recalibration.ts'
import { riskAt, riskOf } from './scoring.ts'
import type { Model, Recalibration, Sample } from './types.ts'

/** What bringing a model to a later year came to. */
export type Update = {
  readonly how: 'as it was' | 'intercept' | 'slope'
  readonly people: number
  readonly events: number
  readonly intercept: number
  readonly slope: number
}

const fewestEvents = 100
/** The 95th centiles of chi-square with 2 and with 1 degrees of freedom. */
const [chanceOfBoth, chanceOfOne] = [5.991464547107979, 3.841458820694124]

/**
 * Brings a model to a later year by no more than that year asks for: as it was where intercept and slope together are no
 * better than chance; else the intercept alone, unless the slope adds to it beyond chance. The order of people stays.
 *
 * An earlier recalibration is replaced. A slope of 0 or less is no update: then the model is left as it was.
 *
 * @returns the model as it is to be used. Under 100 events it is left as it was.
 * @source Closed testing procedure: Vergouwe and others, Statistics in Medicine 2017;36:4529 (without its refit); fewest events:
 *   Vergouwe and others, Journal of Clinical Epidemiology 2005;58:475.
 */
export async function broughtTo<M extends Model>(
  model: M,
  sample: Sample,
): Promise<{ readonly model: M; readonly update: Update }> {
  const { outcome } = sample
  const events = outcome.reduce((sum, happened) => sum + happened, 0)
  const done = (how: Update['how'], made: M) => ({
    model: made,
    update: {
      how,
      ...{ people: outcome.length, events },
      intercept: made.recalibration?.intercept ?? 0,
      slope: made.recalibration?.slope ?? 1,
    },
  })
  const bare: M = { ...model, recalibration: undefined }
  if (events < fewestEvents || events === outcome.length) return done('as it was', bare)
  const [shifted, turned] = [
    await recalibrate(bare, sample, 'intercept'),
    await recalibrate(bare, sample, 'slope'),
  ]
  const surprise = async (one: M) => surpriseOf(await riskOf(one, sample.table), outcome)
  const [was, byIntercept, byBoth] = [await surprise(bare), await surprise(shifted), await surprise(turned)]
  if (was - byBoth <= chanceOfBoth || (turned.recalibration?.slope ?? 0) <= 0) return done('as it was', bare)
  return byIntercept - byBoth <= chanceOfOne ? done('intercept', shifted) : done('slope', turned)
}

/** Minus twice the log-likelihood. */
function surpriseOf(risk: Float64Array, outcome: Uint8Array): number {
  let sum = 0
  for (let row = 0; row < risk.length; row++) {
    const said = Math.min(1 - 1e-12, Math.max(1e-12, risk[row] ?? 0))
    sum -= 2 * Math.log(outcome[row] === 1 ? said : 1 - said)
  }
  return sum
}

/** What a risk told before a recalibration becomes by it. */
export const afterwards = (risk: number, { intercept, slope }: Recalibration): number =>
  riskAt(intercept + slope * lineAt(risk), undefined)
