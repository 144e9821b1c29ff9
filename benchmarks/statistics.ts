// What the statistics cost. npx tsx benchmarks/statistics.ts match 1000000 | bootstrap | charts | file 200000 FILE
import { writeFileSync } from 'node:fs'
import {
  biasCorrectedInterval,
  bootstrap,
  matchedSets,
  propensityOf,
  randomStream,
  type StudyRule,
  type StudyTable,
  studyBalance,
  variationOf,
  xmrChart,
} from '#statistics'

const [what = 'match', size = '200000', file = ''] = process.argv.slice(2)

/** Runs a stage and says its wall time, its processor time and the peak of memory so far. */
function stage<T>(name: string, work: () => T): T {
  const [wall, cpu] = [performance.now(), process.cpuUsage()]
  const answer = work()
  const { user, system } = process.cpuUsage(cpu)
  const seconds = (performance.now() - wall) / 1000
  const peakMb = Math.round(process.resourceUsage().maxRSS / 1024)
  console.log(JSON.stringify({ stage: name, seconds, cpuSeconds: (user + system) / 1e6, peakMb }))
  return answer
}

/** So many people with 12 normal and 8 yes-or-no covariates, of whom 5,000 joined, the likelier the higher a sum of them. */
function people(pool: number): StudyTable {
  const random = randomStream(1)
  const n = pool + 5000
  const covariates = Array.from({ length: 20 }, (_, k) => ({
    name: `x${k + 1}`,
    values: Float64Array.from({ length: n }, () => (k < 12 ? random.normal() : +(random.uniform() < 0.3))),
  }))
  const wish = Float64Array.from({ length: n }, (_, row) => {
    const sum = covariates.reduce(
      (total, { values }, k) => total + (k % 2 ? 0.15 : 0.1) * (values[row] ?? 0),
      0,
    )
    return sum - Math.log(-Math.log(random.uniform()))
  })
  const least = Float64Array.from(wish).sort()[n - 5000] ?? 0
  const treated = Uint8Array.from(wish, (value) => +(value >= least))
  return { treated, covariates, strata: new Int32Array(n) }
}

function matching(pool: number): void {
  const study = stage('making the people', () => people(pool))
  const plain: StudyRule = {
    distance: 'propensity',
    scale: 'probability',
    caliperOf: 'all',
    ratio: 1,
    replaces: false,
  }
  const rule = { ...plain, caliper: 0.2 }
  const score = stage('score', () => propensityOf(study, rule))
  stage('nearest', () => matchedSets(study, score, plain))
  const sets = stage('nearest, caliper 0.2', () => matchedSets(study, score, rule))
  const four = study.covariates.slice(16)
  const strata = study.strata.map((_, row) =>
    four.reduce((code, { values }) => 2 * code + (values[row] ?? 0), 0),
  )
  stage('nearest, caliper 0.2, exact on four', () => matchedSets({ ...study, strata }, score, rule))
  const balance = stage('balance', () => studyBalance(study, score, sets))
  const worst = Math.max(...balance.map(({ differenceAfter }) => Math.abs(differenceAfter)))
  console.log(JSON.stringify({ pool, matched: sets.length, worst, converged: score.converged }))
}

/** 1,000 bootstraps, by matched set of 1 and 3, of a rate ratio over 20,000 rows. */
function bootstrapping(): void {
  const random = randomStream(1)
  const sets = 5000
  const helped = Float64Array.from({ length: sets }, () => random.poisson(0.8))
  const others = Float64Array.from({ length: sets }, () => random.poisson(3))
  const statistic = (drawn: Float64Array) => {
    let [events, control, years] = [0, 0, 0]
    for (let i = 0; i < sets; i++) {
      const times = drawn[i] ?? 0
      events += times * (helped[i] ?? 0)
      control += times * (others[i] ?? 0)
      years += times
    }
    return [events / years / (control / (3 * years))]
  }
  const all = stage('1,000 cluster bootstraps, 20,000 rows in 5,000 sets, with BCa', () => {
    const drawn = bootstrap({ clusters: sets, times: 1000, seed: 1 }, statistic)
    return biasCorrectedInterval(drawn)
  })
  console.log(JSON.stringify(all))
}

function charting(): void {
  const random = randomStream(1)
  const series = Array.from({ length: 10_000 }, () => Array.from({ length: 36 }, () => random.poisson(12)))
  const found = stage('10,000 XmR charts of 36 points', () =>
    series.map((values) => variationOf(xmrChart(values), 'down')),
  )
  console.log(
    JSON.stringify({ signals: found.filter(({ variation }) => variation !== 'chance alone').length }),
  )
}

function writing(pool: number): void {
  const { treated, covariates } = people(pool)
  const lines = Array.from(treated, (value, row) =>
    [row, value, ...covariates.map(({ values }) => Number((values[row] ?? 0).toFixed(6)))].join(','),
  )
  writeFileSync(
    file,
    `${['id', 'treated', ...covariates.map(({ name }) => name)].join(',')}\n${lines.join('\n')}\n`,
  )
}

if (what === 'match') matching(Number(size))
if (what === 'bootstrap') bootstrapping()
if (what === 'charts') charting()
if (what === 'file') writing(Number(size))
