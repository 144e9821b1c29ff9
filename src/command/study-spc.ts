import { resolve } from 'node:path'
import { readDate } from '#calendar'
import {
  assuranceOf,
  type Chart,
  gChart,
  pChart,
  problemsWithRebase,
  type Rebase,
  tChart,
  uChart,
  variationOf,
  xmrChart,
} from '#statistics'
import { sayShare } from './progress.ts'
import { mistake, readTable, type TableRead } from './study-table.ts'
import { aligned, figure, needed, numberIn, oneOf } from './study-words.ts'
import type { Answered, Asked } from './types.ts'

export const spcUsage =
  'study spc --file F --value COL [--of COL] [--at COL] [--by COL] [--chart xmr|p|u|p-prime|u-prime|g|t] [--better up|down|neither] [--target N] [--floor N] [--baseline N] [--run 7] [--skip-ties] [--rebase AT --decided-on DATE --decided-by WHO --reason TEXT]'

const charts = ['xmr', 'p', 'u', 'p-prime', 'u-prime', 'g', 't'] as const
type Kind = (typeof charts)[number]

type Series = {
  readonly name: string | null
  readonly at: readonly string[]
  readonly values: readonly number[]
  readonly sizes: readonly number[]
}

/** A measure over time with limits and signals, for one series or many. */
export async function studySpc({ options, flags }: Asked): Promise<Answered> {
  const kind = oneOf(options, 'chart', charts, 'xmr')
  const better = oneOf(options, 'better', ['up', 'down', 'neither'], 'neither')
  const target = options.target === undefined ? undefined : numberIn(options, 'target', -1e300, 1e300)
  const all = await seriesFrom(options, kind)
  const drawing = drawingFrom(options, flags, kind)
  const series = all.map((one, done) => {
    if (done % 1000 === 999) sayShare('drawing', done / all.length)
    const rebase = rebaseFrom(options, one, drawing)
    const chart = drawing(one, rebase ? [rebase.at] : [])
    return {
      name: one.name,
      segments: chart.segments,
      ...variationOf(chart, better),
      assurance: target === undefined ? null : assuranceOf(chart, target, better),
      rebase,
      points: chart.points.map((point, i) => ({ at: one.at[i] ?? String(i + 1), ...point })),
    }
  })
  const json = { chart: kind, better, target: target ?? null, series }
  return { code: 0, json, text: series.map((one) => textOf(one, series.length > 20)).join('\n\n') }
}

async function seriesFrom(options: Asked['options'], kind: Kind): Promise<readonly Series[]> {
  const [value, { of, at, by }] = [needed(options, 'value'), options]
  const needsSize = ['p', 'u', 'p-prime', 'u-prime'].includes(kind)
  if (needsSize !== (of !== undefined))
    throw mistake(
      needsSize
        ? `A ${kind} chart needs --of: the column that says of how many.`
        : 'Only p and u charts take --of.',
    )
  const table = await readTable(resolve(needed(options, 'file')), [
    ...[value, of].flatMap((name) => (name ? [{ name, kind: 'number' as const }] : [])),
    ...[at, by].flatMap((name) => (name ? [{ name, kind: 'words' as const }] : [])),
  ])
  const rowsOf = new Map<string, number[]>()
  const names = by ? table.words(by) : undefined
  for (let row = 0; row < table.rows; row++) {
    const name = names?.[row] ?? ''
    const rows = rowsOf.get(name)
    if (rows) rows.push(row)
    else rowsOf.set(name, [row])
  }
  const inOrder = [...rowsOf].sort(([a], [b]) => (a < b ? -1 : 1))
  return inOrder.map(([name, rows]) => oneSeries(table, by ? name : null, rows, { value, of, at }))
}

function oneSeries(
  table: TableRead,
  name: string | null,
  rows: readonly number[],
  { value, of, at }: { value: string; of: string | undefined; at: string | undefined },
): Series {
  const labels = at ? table.words(at) : undefined
  const label = (row: number) => labels?.[row] ?? ''
  const areNumbers = labels !== undefined && rows.every((row) => Number.isFinite(Number(label(row))))
  const before = (a: string, b: string) => (areNumbers ? Number(a) - Number(b) : a < b ? -1 : a > b ? 1 : 0)
  const sorted = labels ? [...rows].sort((a, b) => before(label(a), label(b))) : rows
  if (labels && sorted.some((row, i) => i > 0 && label(row) === label(sorted[i - 1] ?? -1)))
    throw mistake(
      `The column ${at} has the same value twice${name ? ' in one series' : ''}: give each point a time of its own.`,
    )
  const [values, sizes] = [table.numbers(value), of ? table.numbers(of) : undefined]
  return {
    name,
    at: sorted.map((row, i) => labels?.[row] ?? String(i + 1)),
    values: sorted.map((row) => values[row] ?? 0),
    sizes: sorted.map((row) => sizes?.[row] ?? 0),
  }
}

type Drawing = (series: Series, rebaseAt: readonly number[]) => Chart

function drawingFrom(options: Asked['options'], flags: Asked['flags'], kind: Kind): Drawing {
  const rules = { runLength: numberIn(options, 'run', 5, 9, 7), skipsTies: flags.has('skip-ties') }
  const floor = options.floor === undefined ? undefined : numberIn(options, 'floor', -1e300, 1e300)
  const baselinePoints = options.baseline === undefined ? undefined : numberIn(options, 'baseline', 2, 1e6)
  return ({ values, sizes }, rebaseAt) => {
    if (kind === 'xmr') return xmrChart(values, { ...rules, rebaseAt, floor, baselinePoints })
    if (kind === 'g' || kind === 't') {
      if (rebaseAt.length > 0) throw mistake('Limits begin anew on xmr, p and u charts only.')
      const isRight = kind === 'g' ? (v: number) => v >= 0 && Number.isInteger(v) : (v: number) => v > 0
      if (!values.every(isRight))
        throw mistake(
          kind === 'g' ? 'A g chart needs whole numbers of 0 or more.' : 'A t chart needs times above 0.',
        )
      return kind === 'g' ? gChart(values, rules) : tChart(values, rules)
    }
    const points = values.map((events, i) => ({ events, of: sizes[i] ?? 0 }))
    const isShare = kind.startsWith('p')
    if (points.some(({ events, of }) => !(of > 0) || !(events >= 0) || (isShare && events > of)))
      throw mistake('Every point needs --of above 0, and a value from 0 to it.')
    const how = { ...rules, rebaseAt, allowsForOverdispersion: kind.endsWith('prime') }
    return isShare ? pChart(points, how) : uChart(points, how)
  }
}

/** Only a named person's dated decision begins limits anew, and only where it may stand. */
function rebaseFrom(options: Asked['options'], series: Series, drawing: Drawing): Rebase | null {
  if (options.rebase === undefined) return null
  const decidedOn = readDate(options['decided-on'] ?? '')
  if (!decidedOn) throw mistake('Give --decided-on: the date of the decision, like 2026-04-01.')
  const at = series.at.indexOf(options.rebase)
  if (at < 0) throw mistake(`No point is at ${options.rebase}.`)
  const rebase = { at, decidedOn, decidedBy: options['decided-by'] ?? '', reason: options.reason ?? '' }
  const problems = problemsWithRebase(drawing(series, []), rebase)
  if (problems.length > 0) throw mistake(problems.join(' '))
  return rebase
}

type Shown = {
  readonly name: string | null
  readonly segments: Chart['segments']
  readonly variation: string
  readonly signals: readonly string[]
  readonly assurance: string | null
  readonly points: readonly ({ readonly at: string } & Chart['points'][number])[]
}

function textOf({ name, segments, variation, signals, assurance, points }: Shown, isShort: boolean): string {
  const last = points.at(-1)
  const marked = points.filter((point) => point.signals.length > 0)
  const head = [
    `${name === null ? '' : `${name}: `}mean ${figure(last?.mean)}, limits ${figure(last?.low)} to ${figure(last?.high)}${segments.at(-1)?.isProvisional ? ' (provisional: fewer than 13 points)' : ''}.`,
    `Now: ${variation}${signals.length > 0 ? ` (${signals.join(', ')})` : ''}.${assurance ? ` The target is ${assurance}.` : ''}`,
  ]
  if (isShort || marked.length === 0) return head.join('\n')
  const rows = marked.map((point) => [point.at, figure(point.value), point.signals.join(', ')])
  return [...head, aligned(['at', 'value', 'signals'], rows)].join('\n')
}
