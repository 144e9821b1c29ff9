// How often the gates of issue 3 are missed where nothing is wrong, and what each group's ratio is made of.
//   npx tsx benchmarks/redraw.ts --people 60000 --seed 1 --draws 100 --folder DIR --out FILE
// The town, its records and its true risks stay; what happened in both years is drawn again from the true risks, the model is
// learned again (its penalty as first chosen) and judged again. Stages whose answer lies in DIR are not done again. The town and
// its store are those of benchmarks/million-model.ts: a folder of that may be given.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { randomStream } from '#statistics'
import { withCrew } from '../src/prediction/crew.ts'
import { learnedChance } from '../src/prediction/learned.ts'
import { chanceTogether } from '../src/prediction/together.ts'
import { keepYears, takeYears } from './redraw-files.ts'
import { drawnFrom, type Learned, learner, penaltyFor, risksOf } from './redraw-fit.ts'
import { type Gated, gate, groupSums, groupsSeen, metIn } from './redraw-gates.ts'
import { readTown, sampleFrom, type Years } from './redraw-years.ts'

const { values } = parseArgs({
  options: {
    people: { type: 'string', default: '60000' },
    seed: { type: 'string', default: '1' },
    draws: { type: 'string', default: '100' },
    lambda: { type: 'string' },
    folder: { type: 'string', default: 'data/redraw' },
    out: { type: 'string' },
    stage: { type: 'string' },
  },
})
const folder = resolve(values.folder)
const kept = join(folder, 'redraw')
const draws = Number(values.draws)
const say = (words: string) => console.error(`${new Date().toISOString().slice(11, 19)} ${words}`)

/** What the model, learned in other ways, expects of each group of the year tested on. */
async function fits(crew: Parameters<typeof penaltyFor>[0], years: Years, lambda: number) {
  const { trained, tested, practices } = years
  const ofTrained = learner(crew, trained, practices.length, lambda)
  const fromTruth = await ofTrained(trained.truth)
  say('learned from the truth')
  const asItWas = await ofTrained(trained.outcome)
  const inOneStep = await ofTrained(trained.outcome, fromTruth)
  const ofTested = learner(crew, tested, practices.length, lambda)
  const fromLaterTruth = await ofTested(tested.truth)
  return { ofTrained, asItWas, inOneStep, fromTruth, fromLaterTruth }
}

/** The shipped error of what is expected, of these same columns. */
async function chanceOf(
  { trained, tested, practices }: Years,
  lambda: number,
  learned: Learned,
  risk: Float64Array,
) {
  const names = trained.table.names
  const readings = names.map((name) => ({
    name,
    treatment: 'line' as const,
    cap: null,
    knots: [],
    fill: 0,
    hasMissing: false,
  }))
  const terms = names.map((name, j) => ({
    name,
    from: [name],
    part: 'value' as const,
    mean: 0,
    spread: 1,
    coefficient: learned.coefficients[j + 1] ?? 0,
  }))
  const fit = { rows: trained.table.rows, events: 0, steps: 0, halvings: 0, converged: true }
  const model = { kind: 'ridge', recipe: 'plain', readings, terms, lambda, path: [], fit } as const
  const groupings = tested.groupings.map(({ codes, names: groups }) => ({ codes, count: groups.length }))
  const chance = await learnedChance(
    {
      model: { ...model, intercept: learned.coefficients[0] ?? 0 },
      recipe: { kind: 'plain', lambda },
      sample: sampleFrom(trained, practices),
      levelVariance: learned.variance,
    },
    { table: tested.table, risk, levels: tested.practice, groupings },
  )
  if (!chance) throw new Error('the coefficients cannot be told apart')
  return { chance, groupings }
}

const rounded = (value: number, digits = 3) => Number(value.toFixed(digits))

/** Observed over expected of each group in the year tested on, as the product of what it is made of. */
function madeOf(
  { tested }: Years,
  risks: Record<'asItWas' | 'fromTruth' | 'fromLaterTruth', Float64Array>,
  errors: Float64Array,
) {
  const sums = (of: ArrayLike<number>) => groupSums(tested, of)
  const people = sums(new Uint8Array(tested.table.rows).fill(1))
  const [observed, truth] = [sums(tested.outcome), sums(tested.truth)]
  const spare = sums(tested.truth.map((risk) => risk * (1 - risk)))
  const [learned, known, later] = [sums(risks.asItWas), sums(risks.fromTruth), sums(risks.fromLaterTruth)]
  const names = tested.groupings.flatMap(({ by, names: own }) => own.map((name) => `${by}: ${name}`))
  return names.flatMap((name, at) => {
    const of = (all: Float64Array) => all[at] ?? 0
    if (of(observed) < 100) return []
    return [
      {
        name,
        people: of(people),
        events: of(observed),
        ratio: rounded(of(observed) / of(learned)),
        chanceTested: rounded(of(observed) / of(truth)),
        misfit: rounded(of(truth) / of(later)),
        drift: rounded(of(later) / of(known)),
        chanceTrained: rounded(of(known) / of(learned)),
        chanceTestedErrors: rounded((of(observed) - of(truth)) / Math.sqrt(of(spare)), 1),
        chanceTrainedErrors: rounded(Math.log(of(known) / of(learned)) / (errors[at] ?? 1), 1),
        errorTested: rounded(Math.sqrt(of(spare)) / of(truth)),
        errorTrained: rounded(errors[at] ?? 0),
      },
    ]
  })
}

async function draw(): Promise<void> {
  const years = takeYears(kept)
  const { trained, tested } = years
  const json = await withCrew({}, trained.table.rows * trained.table.columns.length, async (crew) => {
    const lambda = values.lambda ? Number(values.lambda) : await penaltyFor(crew, trained)
    say(`penalty ${lambda.toPrecision(3)}`)
    const { ofTrained, asItWas, inOneStep, fromTruth, fromLaterTruth } = await fits(crew, years, lambda)
    const risks = {
      asItWas: risksOf(tested, asItWas),
      fromTruth: risksOf(tested, fromTruth),
      fromLaterTruth: risksOf(tested, fromLaterTruth),
    }
    const oneStepAway = furthestApart(
      groupSums(tested, risksOf(tested, inOneStep)),
      groupSums(tested, risks.asItWas),
    )
    const { chance, groupings } = await chanceOf(years, lambda, asItWas, risks.asItWas)
    const errors = Float64Array.from(chance.errors.flatMap((own) => [...own]))
    const people = groupSums(tested, new Uint8Array(tested.table.rows).fill(1))
    const seen = (risk: Float64Array, by: ArrayLike<number>) =>
      groupsSeen(people, groupSums(tested, tested.outcome), groupSums(tested, risk), by)
    const both = chanceTogether(risks.asItWas, groupings, seen(risks.asItWas, errors), chance)
    const none = new Float64Array(errors.length)
    const alone = chanceTogether(tested.truth, groupings, seen(tested.truth, none))
    if (!both || !alone) throw new Error('no group has 100 events')
    const names = tested.groupings.flatMap(({ by, names: own }) => own.map((name) => `${by}: ${name}`))
    const told = ({ standOut, ...rest }: Gated) => ({ ...rest, standOut: standOut.map((at) => names[at]) })
    const judged = (risk: Float64Array, happened: ArrayLike<number>) =>
      gate(tested, people, risk, happened, errors, both)
    const again = async (first: Float64Array, later: Float64Array, what: string) => {
      const all: Gated[] = []
      for (let at = 0; at < draws; at++) {
        const stream = randomStream(1000 + at)
        const learned = await ofTrained(drawnFrom(first, stream), fromTruth)
        all.push(judged(risksOf(tested, learned), drawnFrom(later, stream)))
        if (at % 10 === 9) say(`${what}: ${at + 1} of ${draws}`)
      }
      return metIn(all)
    }
    return {
      people: Number(values.people),
      seed: Number(values.seed),
      lambda: rounded(lambda),
      trained: toldOf(trained),
      tested: toldOf(tested),
      oneStepAway,
      asItWas: told(judged(risks.asItWas, tested.outcome)),
      errorsWide: rounded(both.errorsWide, 2),
      excludingWhereNothingIsWrong: usual(both.counts),
      madeOf: madeOf(years, risks, errors),
      truthItself: told(gate(tested, people, tested.truth, tested.outcome, none, alone)),
      perfect: metIn(
        Array.from({ length: 4 * draws }, (_, at) =>
          gate(tested, people, tested.truth, drawnFrom(tested.truth, randomStream(5000 + at)), none, alone),
        ),
      ),
      redrawnFromTheTruth: await again(trained.truth, tested.truth, 'from the truth'),
      nothingWrong: await again(risksOf(trained, fromTruth), risks.fromTruth, 'nothing wrong'),
    }
  })
  writeFileSync(values.out ? resolve(values.out) : join(folder, 'redraw.json'), JSON.stringify(json))
  console.log(JSON.stringify(json, null, 1))
}

/** By how much two expected numbers of a group differ at most, as a share. */
const furthestApart = (one: Float64Array, other: Float64Array) =>
  Number(
    one
      .reduce((most, value, at) => Math.max(most, Math.abs(Math.log(value / (other[at] ?? 1)))), 0)
      .toPrecision(2),
  )

const usual = (counts: readonly number[]) => ({
  mean: rounded(counts.reduce((sum, one) => sum + one, 0) / counts.length, 2),
  most95: counts[Math.ceil(0.95 * counts.length) - 1],
  most99: counts[Math.ceil(0.99 * counts.length) - 1],
})

const sum = (all: ArrayLike<number>) => Array.prototype.reduce.call(all, (a, b) => Number(a) + Number(b), 0)

function toldOf({ table, outcome, truth, without }: Years['trained']) {
  const [observed, expected] = [Number(sum(outcome)), Number(sum(truth))]
  return { people: table.rows, admitted: observed, byTheTruth: Math.round(expected), without }
}

function doAll(): void {
  mkdirSync(folder, { recursive: true })
  const run = (args: readonly string[]) => {
    const { status } = spawnSync(process.execPath, [...process.execArgv, ...args], { stdio: 'inherit' })
    if (status !== 0) throw new Error(`${args.at(-1)} ended with ${status}`)
  }
  const model = join(import.meta.dirname, 'million-model.ts')
  const wish = ['--people', values.people, '--seed', values.seed, '--folder', folder]
  for (const stage of ['town', 'store'])
    if (!existsSync(join(folder, `${stage}.json`))) run([model, ...wish, '--stage', stage])
  if (!existsSync(join(kept, 'practices.json'))) run([...process.argv.slice(1), '--stage', 'read'])
  run([...process.argv.slice(1), '--stage', 'draw'])
}

if (values.stage === 'read') keepYears(kept, await readTown(folder))
else if (values.stage === 'draw') await draw()
else doAll()
