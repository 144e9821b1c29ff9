import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import {
  columnOf,
  type Estimate,
  findLeaks,
  fitRidge,
  fitTrees,
  identifiersAmong,
  type Leak,
  type Model,
  type Recipe,
  type Report,
  readTable,
  refusals,
  riskOf,
  type Sample,
  tooGood,
  validate,
} from '#prediction'
import { type Answered, type Asked, refused, type Verb, wrongUsage } from './types.ts'

const usage =
  'model fit --train F --test F --outcome COL [--ignore a,b] [--group COL] [--kind ridge|trees] [--recipe plain|keyworker] [--lambda 1] [--save DIR] [--accept-leak REASON]'

export const modelVerbs: Readonly<Record<string, Verb>> = {
  model: {
    usage,
    options: {
      train: 'text',
      test: 'text',
      outcome: 'text',
      ignore: 'text',
      group: 'text',
      kind: 'text',
      recipe: 'text',
      lambda: 'text',
      save: 'text',
      'accept-leak': 'text',
    },
    run: async (asked) => {
      const wish = wishFrom(asked)
      if (!wish) return wrongUsage(usage)
      try {
        return await fitAndJudge(wish)
      } catch (error) {
        // The room says a mistake of the user's as a RangeError in one sentence; everything else is our fault.
        if (error instanceof RangeError) return refused(sentenceOf(error.message))
        throw error
      }
    },
  },
}

type Wish = {
  readonly train: string
  readonly test: string
  readonly outcome: string
  readonly ignored: readonly string[]
  readonly group: string | undefined
  readonly recipe: Recipe
  readonly folder: string | undefined
  readonly acceptedLeak: string | undefined
}

function wishFrom({ words, options }: Asked): Wish | undefined {
  const { train, test, outcome, kind = 'ridge', recipe = 'plain' } = options
  const lambda = options.lambda === undefined ? undefined : Number(options.lambda)
  const acceptedLeak = options['accept-leak']?.trim()
  const isWhole = words[0] === 'fit' && words.length === 1 && train && test && outcome
  if (!isWhole || (lambda !== undefined && !(lambda >= 0)) || acceptedLeak === '') return undefined
  if ((kind !== 'ridge' && kind !== 'trees') || (recipe !== 'plain' && recipe !== 'keyworker'))
    return undefined
  return {
    train,
    test,
    outcome,
    ignored: (options.ignore ?? '').split(',').flatMap((name) => name.trim() || []),
    group: options.group,
    recipe: kind === 'trees' ? { kind } : { kind: recipe, lambda },
    folder: options.save,
    acceptedLeak,
  }
}

const sentenceOf = (words: string) =>
  `${words.charAt(0).toUpperCase()}${words.slice(1)}${words.endsWith('.') ? '' : '.'}`

async function fitAndJudge(wish: Wish): Promise<Answered> {
  const began = performance.now()
  const train = await readSample(wish, wish.train)
  const test = await readSample(wish, wish.test)
  const found = findLeaks(train.sample)
  if (found.length > 0 && !wish.acceptedLeak) return refusedFor(found)
  const holes = wish.recipe.kind === 'plain' ? withMissing(train.sample, test.sample) : []
  if (holes.length > 0) {
    const way = 'Use --recipe keyworker, or leave them out with --ignore.'
    return refused(`The plain recipe takes no missing values; these have some: ${holes.join(', ')}. ${way}`)
  }
  const few = refusals(train.sample, train.sample.table.names.length)
  if (few.length > 0) return refused(few.join(' '))
  const model = await fitted(train.sample, wish.recipe)
  const report = validate({
    risk: await riskOf(model, test.sample.table),
    outcome: test.sample.outcome,
    list: { percent: 5 },
  })
  const leaks = [...found, ...tooGood(report, model)]
  if (leaks.length > 0 && !wish.acceptedLeak) return refusedFor(leaks)
  const json = {
    ...figuresOf(model, report),
    leaks,
    acceptedLeak: leaks.length > 0 ? wish.acceptedLeak : null,
    leftOut: train.leftOut,
    identifiers: identifiersAmong(train.sample),
    seconds: Number(((performance.now() - began) / 1000).toFixed(2)),
    peakMb: Math.round(process.resourceUsage().maxRSS / 1024),
  }
  if (wish.folder) save(wish.folder, { model, report, summary: json })
  return { code: 0, json, text: wordsFor(json) }
}

const withMissing = (...samples: readonly Sample[]): readonly string[] => [
  ...new Set(
    samples.flatMap(({ table }) =>
      table.names.filter((_, j) => table.columns[j]?.some((value: number) => Number.isNaN(value))),
    ),
  ),
]

const fitted = async (sample: Sample, recipe: Recipe): Promise<Model> => {
  const onProgress = (shareDone: number, words: string) => {
    if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${Math.round(100 * shareDone)}% ${words}`)
  }
  const model =
    recipe.kind === 'trees'
      ? await fitTrees(sample, recipe, { onProgress })
      : await fitRidge(sample, recipe, { onProgress })
  if (process.stderr.isTTY) process.stderr.write('\n')
  return model
}

async function readSample(wish: Wish, file: string) {
  const { table, groups, groupNames, leftOut } = await readTable(resolve(file), wish.group)
  const stray = [wish.outcome, ...wish.ignored].find(
    (name) => !table.names.includes(name) && !leftOut.includes(name) && name !== wish.group,
  )
  if (stray !== undefined) throw new RangeError(`${file} has no column ${stray}`)
  if (leftOut.includes(wish.outcome))
    throw new RangeError(`the outcome ${wish.outcome} is not a column of 0 and 1`)
  const outcome = Uint8Array.from(columnOf(table, wish.outcome), (value, row) => {
    if (value !== 0 && value !== 1)
      throw new RangeError(`the outcome ${wish.outcome} is neither 0 nor 1 in row ${row + 1} of ${file}`)
    return value
  })
  const names = table.names.filter((name) => name !== wish.outcome && !wish.ignored.includes(name))
  const columns = names.map((name) => columnOf(table, name))
  const sample: Sample = { table: { rows: table.rows, names, columns }, outcome, groups, groupNames }
  return { sample, leftOut: leftOut.filter((name) => !wish.ignored.includes(name)) }
}

const refusedFor = (leaks: readonly Leak[]): Answered => {
  const way = 'Leave the column out with --ignore, or say why it is right with --accept-leak REASON.'
  const sentence = `${leaks.map(({ reason }) => reason).join(' ')} ${way}`
  return { code: 1, json: { refused: sentence, leaks }, text: sentence }
}

function figuresOf(model: Model, report: Report) {
  return {
    n: report.people,
    events: report.events,
    train: { n: model.fit.rows, events: model.fit.events },
    kind: model.kind,
    recipe: model.kind === 'ridge' ? model.recipe : null,
    lambda: model.kind === 'ridge' ? model.lambda : null,
    auc: report.auc,
    averagePrecision: report.averagePrecision,
    brier: report.brier,
    calibrationSlope: report.calibrationSlope,
    calibrationInTheLarge: report.calibrationInTheLarge,
    observedOverExpected: report.observedOverExpected,
    cuts: report.cuts.flatMap(({ percent, people, events, ppv, sensitivity }) =>
      percent === null ? [] : [{ percent, people, events, ppv, sensitivity }],
    ),
    intercept: model.kind === 'ridge' ? model.intercept : null,
    coefficients:
      model.kind === 'ridge'
        ? Object.fromEntries(model.terms.map(({ name, coefficient }) => [name, coefficient]))
        : null,
  }
}

function save(folder: string, files: Readonly<Record<string, object>>): void {
  mkdirSync(folder, { recursive: true })
  for (const [name, content] of Object.entries(files))
    writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(content)}\n`)
}

type Summary = ReturnType<typeof figuresOf> & {
  readonly seconds: number
  readonly peakMb: number
  readonly acceptedLeak: string | null | undefined
  readonly identifiers: readonly string[]
}

function wordsFor(json: Summary): string {
  const figure = ({ value, low, high }: Estimate) =>
    `${value.toFixed(4)} (${low?.toFixed(4) ?? 'unknown'} to ${high?.toFixed(4) ?? 'unknown'})`
  const cuts = json.cuts.map(
    ({ percent, people, events, ppv, sensitivity }) =>
      `  top ${percent}%: ${people} people, ${events} with the outcome, PPV ${figure(ppv)}, sensitivity ${figure(sensitivity)}`,
  )
  return [
    `Fitted to ${json.train.n} rows with ${json.train.events} events; judged on ${json.n} with ${json.events}.`,
    `AUC ${figure(json.auc)}`,
    `Brier score ${figure(json.brier)}`,
    `Calibration slope ${figure(json.calibrationSlope)}, in the large ${figure(json.calibrationInTheLarge)}`,
    `Observed over expected ${figure(json.observedOverExpected)}`,
    ...cuts,
    ...(json.acceptedLeak ? [`A possible leak was accepted: ${json.acceptedLeak}`] : []),
    ...(json.identifiers.length > 0
      ? [
          `Look like identifiers, and were learned from: ${json.identifiers.join(', ')}. What they tell is of the rows, not of anybody. Leave them out with --ignore.`,
        ]
      : []),
    `${json.seconds} s, ${json.peakMb} MB at most.`,
  ].join('\n')
}
