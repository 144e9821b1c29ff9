import { resolve } from 'node:path'
import {
  coxRobustCovariance,
  cumulativeIncidence,
  fitCox,
  hazardRatio,
  kaplanMeier,
  logRank,
  matrixOf,
  medianTime,
  proportionality,
  restrictedMean,
  restrictedMeanDifference,
} from '#statistics'
import { mistake, readTable, type TableRead } from './study-table.ts'
import { aligned, estimate, figure, listed, needed, numberIn, withLimits } from './study-words.ts'
import type { Answered, Asked } from './types.ts'

export const survivalUsage =
  'study survival --file F --time COL --event COL [--by COL] [--horizon T] [--competing] [--covariates a,b] [--strata COL] [--cluster COL] [--weights COL]'

const curveMethod = 'Kaplan-Meier, log(-log) limits'

/** How soon an event comes: by group, and by what may make it come sooner. */
export async function studySurvival({ options, flags }: Asked): Promise<Answered> {
  const isCompeting = flags.has('competing')
  const names = { time: needed(options, 'time'), event: needed(options, 'event'), ...options }
  const covariates = listed(options, 'covariates')
  const { by, strata, cluster, weights } = options
  const table = await readTable(resolve(needed(options, 'file')), [
    { name: names.time, kind: 'number' },
    { name: names.event, kind: isCompeting ? 'number' : 'yes or no' },
    ...[by, strata, cluster].flatMap((name) => (name ? [{ name, kind: 'words' as const }] : [])),
    ...(weights ? [{ name: weights, kind: 'number' as const }] : []),
    ...covariates.map((name) => ({ name, kind: 'number' as const, mustVary: true })),
  ])
  const people = peopleFrom(table, names.time, names.event, weights)
  const groups = groupsOf(people, by ? table.words(by) : undefined)
  const horizon = numberIn(options, 'horizon', 1e-12, 1e300, commonHorizon(groups))
  const json = {
    rows: table.rows,
    leftOut: table.leftOut,
    horizon,
    groups: groups.map((group) => summaryOf(group, horizon, isCompeting)),
    logRank: by && !isCompeting && !weights ? logRank(groups) : null,
    difference: by && groups.length === 2 && !isCompeting ? differenceOf(groups, horizon) : null,
    cox: covariates.length > 0 ? coxOf(table, people, covariates, { strata, cluster }) : null,
  }
  return { code: 0, json, text: textOf(json, isCompeting) }
}

type People = { readonly times: Float64Array; readonly events: Float64Array; readonly weights?: Float64Array }
type Group = People & { readonly group: string }

function peopleFrom(table: TableRead, time: string, event: string, weights: string | undefined): People {
  const [times, events] = [table.numbers(time), table.numbers(event)]
  if (times.some((value) => value < 0)) throw mistake(`The column ${time} must be 0 or more in every row.`)
  if (events.some((kind) => kind < 0 || !Number.isInteger(kind)))
    throw mistake(
      `The column ${event} must hold 0 for nobody's event, 1 for the event, 2 and more for what ends the matter.`,
    )
  if (!events.includes(1)) throw mistake(`Nobody has the event: ${event} is never 1.`)
  const own = weights ? table.numbers(weights) : undefined
  if (own?.some((weight) => !(weight > 0)))
    throw mistake(`The column ${weights} must be above 0 in every row.`)
  return own ? { times, events, weights: own } : { times, events }
}

function groupsOf(people: People, groupOf: readonly string[] | undefined): readonly Group[] {
  const names = groupOf ? [...new Set(groupOf)].sort() : ['all']
  if (groupOf && names.length < 2) throw mistake('There is only 1 group: leave out --by.')
  if (names.length > 100)
    throw mistake(`${names.length} groups are too many: give a column with at most 100.`)
  return names.map((group) => {
    const isOne = (_: number, row: number) => !groupOf || groupOf[row] === group
    return {
      group,
      times: people.times.filter(isOne),
      events: people.events.filter(isOne),
      ...(people.weights ? { weights: people.weights.filter(isOne) } : {}),
    }
  })
}

/** The longest time to which somebody of every group is followed. */
const commonHorizon = (groups: readonly Group[]) =>
  Math.min(...groups.map(({ times }) => times.reduce((most, time) => Math.max(most, time), 0)))

const eventsOnly = (group: Group) => ({ ...group, events: group.events.map((kind) => +(kind === 1)) })

function summaryOf(group: Group, horizon: number, isCompeting: boolean) {
  const counted = {
    group: group.group,
    people: group.times.length,
    events: group.events.filter((kind) => kind === 1).length,
  }
  if (isCompeting) {
    const steps = cumulativeIncidence(
      { times: group.times, kinds: group.events, ...(group.weights ? { weights: group.weights } : {}) },
      1,
    )
    const last = steps.findLast((step) => step.time <= horizon)
    const at = { value: last?.incidence ?? 0, low: last?.low ?? 0, high: last?.high ?? 0 }
    return { ...counted, incidenceAtHorizon: estimate(at, 'Aalen-Johansen, log(-log) limits'), steps }
  }
  const steps = kaplanMeier(eventsOnly(group))
  const mean = restrictedMean(steps, horizon)
  return {
    ...counted,
    median: estimate(medianTime(steps), 'Brookmeyer and Crowley'),
    restrictedMean: {
      ...estimate(mean, 'area under the curve to the horizon'),
      standardError: mean.standardError,
    },
    method: curveMethod,
    steps,
  }
}

function differenceOf([first, second]: readonly Group[], horizon: number) {
  if (!first || !second) return null
  const mean = (group: Group) => restrictedMean(kaplanMeier(eventsOnly(group)), horizon)
  const found = restrictedMeanDifference(mean(second), mean(first))
  return { of: second.group, less: first.group, ...estimate(found, 'difference of restricted means') }
}

type Grouping = { readonly strata: string | undefined; readonly cluster: string | undefined }

function coxOf(
  table: TableRead,
  people: People,
  covariates: readonly string[],
  { strata, cluster }: Grouping,
) {
  if (table.rows <= covariates.length + 1)
    throw mistake(`${table.rows} rows are too few for ${covariates.length} covariates.`)
  const columns = covariates.map((name) => table.numbers(name))
  const rows = {
    times: people.times,
    events: people.events.map((kind) => +(kind === 1)),
    x: matrixOf(Array.from(people.times, (_, row) => columns.map((values) => values[row] ?? 0))),
    ...(people.weights ? { weights: people.weights } : {}),
    ...(strata ? { strata: numbersOf(table.words(strata)) } : {}),
  }
  const fit = fitCox(rows)
  if (fit.separated || !fit.converged)
    throw mistake(
      'The model does not settle: a covariate tells who has the event from who has not without error.',
    )
  const isRobust = cluster !== undefined || people.weights !== undefined
  const covariance = isRobust
    ? coxRobustCovariance(fit, rows, cluster ? numbersOf(table.words(cluster)) : undefined)
    : fit.covariance
  const constant = proportionality(fit, rows)
  const method = `Cox, Efron's ties${strata ? `, stratified by ${strata}` : ''}${cluster ? `, errors by ${cluster}` : isRobust ? ', robust errors' : ''}`
  return {
    repeats: fit.ridged,
    logLikelihood: fit.logLikelihood,
    terms: covariates.map((name, j) => ({
      name,
      hazardRatio: estimate(hazardRatio(fit, covariance, j), method),
      proportionality: constant[j] ?? null,
    })),
  }
}

function numbersOf(words: readonly string[]): Int32Array {
  const known = new Map<string, number>()
  return Int32Array.from(words, (word) => {
    const own = known.get(word) ?? known.size
    known.set(word, own)
    return own
  })
}

type Shown = {
  readonly horizon: number
  readonly groups: readonly ReturnType<typeof summaryOf>[]
  readonly logRank: { readonly p: number } | null
  readonly difference: ReturnType<typeof differenceOf>
  readonly cox: ReturnType<typeof coxOf> | null
}

function textOf({ horizon, groups, logRank: test, difference, cox }: Shown, isCompeting: boolean): string {
  const heads = isCompeting
    ? ['group', 'people', 'events', `share by ${figure(horizon)}`]
    : ['group', 'people', 'events', 'median', `mean up to ${figure(horizon)}`]
  const rows = groups.map((one) => [
    one.group,
    figure(one.people),
    figure(one.events),
    ...('incidenceAtHorizon' in one
      ? [withLimits(one.incidenceAtHorizon)]
      : [withLimits(one.median), withLimits(one.restrictedMean)]),
  ])
  const terms = (cox?.terms ?? []).map((term) => [
    term.name,
    withLimits(term.hazardRatio),
    (term.proportionality?.p ?? 1) < 0.05 ? 'changes over time: do not rely on one ratio' : '',
  ])
  return [
    aligned(heads, rows),
    ...(test ? [`Log-rank test: p = ${figure(test.p)}.`] : []),
    ...(difference
      ? [`${difference.of} less ${difference.less}: ${withLimits(difference)} up to ${figure(horizon)}.`]
      : []),
    ...(cox ? [aligned(['covariate', 'hazard ratio', ''], terms)] : []),
  ].join('\n')
}
