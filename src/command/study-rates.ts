import { resolve } from 'node:path'
import {
  clusterRobustCovariance,
  directlyStandardised,
  fitNegativeBinomial,
  type Interval,
  matrixOf,
  poissonRateInterval,
  rateRatioInterval,
  ratioOf,
} from '#statistics'
import { mistake, readTable, type TableRead } from './study-table.ts'
import { aligned, estimate, figure, listed, needed, numberIn, withLimits } from './study-words.ts'
import type { Answered, Asked } from './types.ts'

export const ratesUsage =
  'study rates --file F --events COL [--exposure COL] [--by COL] [--reference NAME] [--per 1000] [--band COL --standard COL] [--covariates a,b] [--cluster COL] [--id COL]'

const exact = 'exact Poisson limits (Garwood 1936)'

/** Rates by group with exact limits, ratios to one group, and a model if covariates are named. */
export async function studyRates({ options }: Asked): Promise<Answered> {
  const per = numberIn(options, 'per', 1e-9, 1e12, 1000)
  const events = needed(options, 'events')
  const { exposure, by, band, standard, cluster } = options
  if ((band === undefined) !== (standard === undefined)) throw mistake('Give --band and --standard together.')
  const covariates = listed(options, 'covariates')
  const table = await readTable(
    resolve(needed(options, 'file')),
    [
      { name: events, kind: 'number' },
      ...[exposure, standard].flatMap((name) => (name ? [{ name, kind: 'number' as const }] : [])),
      ...[by, band, cluster].flatMap((name) => (name ? [{ name, kind: 'words' as const }] : [])),
      ...covariates.map((name) => ({ name, kind: 'number' as const, mustVary: true })),
    ],
    options.id,
  )
  const counted = countsOf(table, events, exposure)
  const groupOf = by ? table.words(by) : undefined
  const groups = groupsOf(counted, groupOf)
  const reference = options.reference ?? groups[0]?.group ?? ''
  const base = groups.find(({ group }) => group === reference)
  if (!base) throw mistake(`There is no group called ${reference} in ${by ?? 'the table'}.`)
  const lineOf = (group: Sum) => ({
    ...group,
    rate: estimate(scaled(poissonRateInterval(group.events, group.exposure), per), exact),
    ratio: group === base ? null : ratioTo(base, group),
    standardised:
      band && standard ? standardisedOf(table, counted, groupOf, group.group, { band, standard, per }) : null,
  })
  const json = {
    rows: table.rows,
    leftOut: table.leftOut,
    per,
    reference: by ? reference : null,
    groups: groups.map(lineOf),
    model: covariates.length > 0 ? modelOf(table, counted, covariates, cluster) : null,
  }
  return { code: 0, json, text: textOf(json) }
}

type Counted = { readonly events: Float64Array; readonly exposure: Float64Array }

function countsOf(table: TableRead, events: string, exposure: string | undefined): Counted {
  const counts = table.numbers(events)
  if (counts.some((count) => count < 0 || !Number.isInteger(count)))
    throw mistake(`The column ${events} must hold whole numbers of 0 or more.`)
  const time = exposure ? table.numbers(exposure) : new Float64Array(table.rows).fill(1)
  if (time.some((value) => !(value > 0)))
    throw mistake(`The column ${exposure} must be above 0 in every row.`)
  return { events: counts, exposure: time }
}

const scaled = ({ value, low, high }: Interval, per: number) => ({
  value: value * per,
  low: low * per,
  high: high * per,
})

type Sum = { group: string; people: number; events: number; exposure: number }

const ratioTo = (base: Sum, { events, exposure }: Sum) =>
  estimate(
    rateRatioInterval([events, exposure], [base.events, base.exposure]),
    'exact, given the sum of both counts',
  )

function groupsOf({ events, exposure }: Counted, groupOf: readonly string[] | undefined) {
  const sums = new Map<string, Sum>()
  events.forEach((count, row) => {
    const group = groupOf?.[row] ?? 'all'
    const sum = sums.get(group) ?? { group, people: 0, events: 0, exposure: 0 }
    sum.people++
    sum.events += count
    sum.exposure += exposure[row] ?? 0
    sums.set(group, sum)
  })
  return [...sums.values()].sort((a, b) => (a.group < b.group ? -1 : 1))
}

function standardisedOf(
  table: TableRead,
  { events, exposure }: Counted,
  groupOf: readonly string[] | undefined,
  group: string,
  { band, standard, per }: { band: string; standard: string; per: number },
) {
  const sizes = table.numbers(standard)
  const bands = new Map<string, { events: number; exposure: number; standard: number }>()
  table.words(band).forEach((name, row) => {
    const sum = bands.get(name) ?? { events: 0, exposure: 0, standard: sizes[row] ?? 0 }
    if (sum.standard !== sizes[row])
      throw mistake(`The standard of one band must be the same in every row of ${standard}.`)
    if (!groupOf || groupOf[row] === group) {
      sum.events += events[row] ?? 0
      sum.exposure += exposure[row] ?? 0
    }
    bands.set(name, sum)
  })
  const all = [...bands.values()]
  if (all.some(({ exposure: time }) => time === 0))
    throw mistake(`Nobody of ${group} is in one of the bands of ${band}: widen the bands.`)
  return estimate(scaled(directlyStandardised(all), per), 'directly standardised (Dobson and others 1991)')
}

function modelOf(
  table: TableRead,
  { events, exposure }: Counted,
  covariates: readonly string[],
  cluster: string | undefined,
) {
  if (table.rows <= covariates.length + 2)
    throw mistake(`${table.rows} rows are too few for ${covariates.length} covariates.`)
  const columns = covariates.map((name) => table.numbers(name))
  const rows = {
    x: matrixOf(Array.from(events, (_, row) => [1, ...columns.map((values) => values[row] ?? 0)])),
    y: events,
    offset: exposure.map(Math.log),
  }
  const found = fitNegativeBinomial(rows)
  if (found.fit.separated || !found.converged)
    throw mistake('The model does not settle: a covariate tells events from none without error.')
  const known = new Map<string, number>()
  const names = cluster ? table.words(cluster) : Array.from(events, (_, row) => String(row))
  const numbers = Int32Array.from(names, (name) => {
    const own = known.get(name) ?? known.size
    known.set(name, own)
    return own
  })
  if (known.size < 2)
    throw mistake(`The column ${cluster} has 1 cluster: at least 2 are needed for a spread.`)
  const covariance = clusterRobustCovariance(found.fit, rows, numbers)
  const method = `${found.isPoisson ? 'Poisson' : 'negative binomial'}, errors by ${cluster ?? 'row'}`
  return {
    theta: Number.isFinite(found.theta) ? found.theta : null,
    isPoisson: found.isPoisson,
    repeats: found.fit.ridged,
    ratios: covariates.map((name, j) => ({
      name,
      ...estimate(ratioOf(found.fit, covariance, j + 1), method),
    })),
  }
}

type Shown = {
  readonly per: number
  readonly groups: readonly {
    readonly group: string
    readonly events: number
    readonly exposure: number
    readonly rate: Interval
    readonly ratio: Interval | null
    readonly standardised: Interval | null
  }[]
  readonly model: {
    readonly isPoisson: boolean
    readonly ratios: readonly ({ readonly name: string } & Interval)[]
  } | null
}

function textOf({ per, groups, model }: Shown): string {
  const rows = groups.map(({ group, events, exposure, rate, ratio, standardised }) => [
    group,
    figure(events),
    figure(exposure),
    withLimits(rate),
    ratio ? withLimits(ratio) : '–',
    standardised ? withLimits(standardised) : '–',
  ])
  return [
    aligned(['group', 'events', 'exposure', `rate per ${figure(per)}`, 'ratio', 'standardised'], rows),
    ...(model
      ? [
          model.isPoisson
            ? 'The counts vary no more than chance: the model is Poisson.'
            : 'Negative binomial model:',
          aligned(
            ['covariate', 'rate ratio'],
            model.ratios.map((ratio) => [ratio.name, withLimits(ratio)]),
          ),
        ]
      : []),
  ].join('\n')
}
