import type { SampleSize } from './report-types.ts'
import type { Sample } from './types.ts'

const fewestEvents = 200
const eventsAParameter = 10

/**
 * Why these rows may not train a model, in sentences; empty when they may.
 *
 * @param parameters coefficients without the intercept; for trees, the columns.
 * @source risk design 5.2, 4: 200 events, and 10 a parameter. The rarer of outcome and none counts.
 */
export function refusals({ outcome }: Pick<Sample, 'outcome'>, parameters: number): readonly string[] {
  const happened = outcome.reduce((sum, value) => sum + value, 0)
  const events = Math.min(happened, outcome.length - happened)
  const few = `There are ${events.toLocaleString('en-GB')} events.`
  return [
    ...(events < fewestEvents ? [`${few} A model needs ${fewestEvents} at least.`] : []),
    ...(events < eventsAParameter * parameters
      ? [
          `${few} ${parameters} coefficients need ${(eventsAParameter * parameters).toLocaleString('en-GB')}, 10 each. Use fewer columns.`,
        ]
      : []),
  ]
}

/**
 * People needed to develop a model of a yes/no outcome: to shrink by no more than a tenth; to look no more than 0.05
 * better in R² than it is; to know the rate to 0.05.
 *
 * @param rate of the outcome, between 0 and 1. @param rSquared the Cox-Snell R² hoped for, above 0.
 * @source Riley and others, BMJ 2020;368:m441, criteria 3, 4 and 1 there.
 */
export function sampleSizeNeeded(rate: number, parameters: number, rSquared: number): SampleSize {
  const largest = 1 - (rate ** rate * (1 - rate) ** (1 - rate)) ** 2
  const forShrinkage = (by: number) => Math.ceil(parameters / ((by - 1) * Math.log(1 - rSquared / by)))
  const shrinkage = forShrinkage(0.9)
  const optimism = forShrinkage(rSquared / (rSquared + 0.05 * largest))
  const intercept = Math.ceil((1.959963984540054 / 0.05) ** 2 * rate * (1 - rate))
  const people = Math.max(shrinkage, optimism, intercept)
  return { shrinkage, optimism, intercept, people, events: Math.ceil(people * rate) }
}
