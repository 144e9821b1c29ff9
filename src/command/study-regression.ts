import { resolve } from 'node:path'
import { gammaPoissonFrom, meanOf, regressionToTheMean, scoreRegression } from '#statistics'
import { mistake, readTable } from './study-table.ts'
import { figure, needed, numberIn, oneOf } from './study-words.ts'
import type { Answered, Asked } from './types.ts'

export const regressionUsage =
  'study regression-to-the-mean --at-least N (--file F --count COL [--next COL] | --mean M --shape K) | --kind score --above N --mean M --spread S --correlation R [--measures 1]'

const any = Number.POSITIVE_INFINITY

/** What becomes, with nothing done, of people chosen because they were high. */
export async function studyRegression({ options }: Asked): Promise<Answered> {
  if (oneOf(options, 'kind', ['count', 'score'], 'count') === 'score') return scores(options)
  const atLeast = numberIn(options, 'at-least', 0, 100_000)
  const counts = options.file ? await countsFrom(options) : undefined
  const population = counts
    ? gammaPoissonFrom(counts.first)
    : { mean: numberIn(options, 'mean', 1e-9, any), shape: numberIn(options, 'shape', 1e-9, any) }
  if (population.mean === 0) throw mistake('Nobody has an event: nothing can fall.')
  const expected = regressionToTheMean(population, atLeast)
  if (!Number.isFinite(expected.before))
    throw mistake(`So few people have ${atLeast} or more that nothing can be said.`)
  const observed = counts?.next ? observedOf(counts.first, counts.next, atLeast) : null
  const text = [
    `People chosen because they had ${figure(atLeast)} or more go from ${figure(expected.before)} to ${figure(expected.after)} with nothing done: ${figure(expected.changePercent)}%.`,
    ...(observed
      ? [
          `The ${figure(observed.people)} chosen here went from ${figure(observed.before)} to ${figure(observed.after)}: ${figure(observed.changePercent)}%.`,
        ]
      : []),
  ]
  const json = {
    kind: 'count',
    population: { mean: population.mean, shape: Number.isFinite(population.shape) ? population.shape : null },
    atLeast,
    expected,
    observed,
    method: 'gamma-Poisson by moments (Robbins 1956)',
  }
  return { code: 0, json, text: text.join('\n') }
}

async function countsFrom(options: Asked['options']) {
  const [count, next] = [needed(options, 'count'), options.next]
  const table = await readTable(
    resolve(needed(options, 'file')),
    [count, next].flatMap((name) => (name ? [{ name, kind: 'number' as const }] : [])),
  )
  const first = table.numbers(count)
  if (first.some((value) => value < 0 || !Number.isInteger(value)))
    throw mistake(`The column ${count} must hold whole numbers of 0 or more.`)
  return { first, next: next ? table.numbers(next) : undefined }
}

function observedOf(first: Float64Array, next: Float64Array, atLeast: number) {
  const chosen = (values: Float64Array) => values.filter((_, row) => (first[row] ?? 0) >= atLeast)
  const [before, after] = [meanOf(chosen(first)), meanOf(chosen(next))]
  if (!Number.isFinite(before)) throw mistake(`Nobody has ${atLeast} or more.`)
  return { people: chosen(first).length, before, after, changePercent: 100 * (after / before - 1) }
}

function scores(options: Asked['options']): Answered {
  const population = {
    mean: numberIn(options, 'mean', -any, any),
    spread: numberIn(options, 'spread', 1e-12, any),
    correlation: numberIn(options, 'correlation', 0, 1),
  }
  const above = numberIn(options, 'above', -any, any)
  const expected = scoreRegression(population, above, numberIn(options, 'measures', 1, 1000, 1))
  const json = {
    kind: 'score',
    population,
    above,
    expected,
    method: 'normal theory (Barnett and others 2005)',
  }
  const text = `People chosen because their score was above ${figure(above)} go from ${figure(expected.before)} to ${figure(expected.after)} with nothing done. For counts this says too little.`
  return { code: 0, json, text }
}
