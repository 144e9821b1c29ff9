import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import {
  fitRidge,
  fitTrees,
  leaveGroupsOut,
  type Model,
  newTable,
  optimism,
  riskOf,
  type Sample,
  validate,
} from '#prediction'
import { randomStream } from '#statistics'

/**
 * Times the fitting of a ridge model and of trees beside scikit-learn and xgboost, on a made-up table of 71 columns:
 * `npx tsx benchmarks/models.ts 700000` (rows to train; `1000000 score` scores so many by trees, `score-ridge` by a ridge of
 * the recipe we use; `report` the validation report and its refits). Each measurement is a process of its own. The others are Debian's python3-sklearn and python3-xgboost under
 * /usr/bin/python3; without them their lines are missing.
 */
const columns = 71
const names = Array.from({ length: columns }, (_, j) => `x${j}`)

/** 12 measurements, 24 skewed counts, 35 flags: what 71 features of records look like. Risk by a crooked sum. */
function madeTable(rows: number, seed: number): Sample {
  const table = newTable(names, rows, 'single')
  const outcome = new Uint8Array(new SharedArrayBuffer(rows))
  const stream = randomStream(seed)
  for (let i = 0; i < rows; i++) {
    const frailty = stream.normal()
    let line = -4.2
    for (let j = 0; j < columns; j++) {
      const value = valueAt(stream, j, frailty)
      const column = table.columns[j]
      if (column) column[i] = value
      line +=
        (j < 12 ? 0.12 * value : j < 36 ? 0.25 * Math.log1p(value) : 0.3 * value) * (j % 3 === 0 ? 1 : 0.2)
    }
    outcome[i] = stream.uniform() < 1 / (1 + Math.exp(-line)) ? 1 : 0
  }
  return { table, outcome }
}

function valueAt(stream: ReturnType<typeof randomStream>, j: number, frailty: number): number {
  if (j < 12) return stream.normal() + 0.4 * frailty
  if (j < 36) return Math.floor(Math.exp(1.1 * stream.normal() + 0.6 * frailty + 0.05 * (j - 24)))
  return stream.uniform() < 0.03 + 0.008 * (j - 36) ? 1 : 0
}

const seconds = (began: number) => Number(((performance.now() - began) / 1000).toFixed(1))

function told(what: string, wall: number, before: NodeJS.CpuUsage, more: object): void {
  const used = process.cpuUsage(before)
  console.log(
    JSON.stringify({
      what,
      seconds: wall,
      processorSeconds: Number(((used.user + used.system) / 1e6).toFixed(1)),
      peakMb: Math.round(process.resourceUsage().maxRSS / 1024),
      load: Number((loadavg()[0] ?? 0).toFixed(1)),
      ...more,
    }),
  )
}

const areaUnder = (risk: Float64Array, outcome: Uint8Array) =>
  Number(validate({ risk, outcome, list: { percent: 5 } }).auc.value.toFixed(5))

async function measure(what: string, rows: number): Promise<void> {
  const train = madeTable(rows, 1)
  const model = await modelToScoreBy(what, train)
  const judged = model ? train : madeTable(Math.round(rows / 2), 2)
  const before = process.cpuUsage()
  const began = performance.now()
  if (model) {
    await riskOf(model, train.table)
    const by = model.kind === 'trees' ? `${model.trees.length} trees` : `ridge of ${model.terms.length} terms`
    return told(`score by ${by}`, seconds(began), before, { rows })
  }
  if (what === 'report') return await measureReport(train)
  const fitted =
    what === 'trees'
      ? await fitTrees(train, { kind: 'trees' })
      : await fitRidge(train, { kind: what === 'keyworker' ? 'keyworker' : 'plain' })
  const wall = seconds(began)
  const { steps, halvings } = fitted.fit
  const auc = areaUnder(await riskOf(fitted, judged.table), judged.outcome)
  told(what, wall, before, { rows, events: fitted.fit.events, steps, halvings, auc })
}

async function modelToScoreBy(what: string, train: Sample): Promise<Model | undefined> {
  if (what === 'score') return await fitTrees(someOf(train), { kind: 'trees' })
  const treatments = Object.fromEntries(
    names.map((name, j) => [
      name,
      j < 12 ? ('curve' as const) : j < 36 ? ('count' as const) : ('line' as const),
    ]),
  )
  if (what === 'score-ridge')
    return await fitRidge(someOf(train), { kind: 'keyworker', lambda: 50, treatments })
  return undefined
}

const practices = 100

/** The report of a fitted ridge model, then what is fitted again for it: without a tenth of the practices each, and 20 samples. */
async function measureReport(sample: Sample): Promise<void> {
  const { rows } = sample.table
  const recipe = { kind: 'plain' } as const
  const model = await fitRidge(sample, recipe)
  const risk = await riskOf(model, sample.table)
  const grouped = { ...sample, groups: Int32Array.from(sample.outcome, (_, row) => row % practices) }
  const parts = {
    report: async () => void validate({ risk, outcome: sample.outcome, list: { percent: 5 } }),
    'without a tenth of the practices, 10 times': async () =>
      void (await leaveGroupsOut(grouped, recipe, model)),
    'resampled, 20 times': async () => void (await optimism(sample, recipe, model)),
  }
  for (const [what, part] of Object.entries(parts)) {
    const [began, before] = [performance.now(), process.cpuUsage()]
    await part()
    told(what, seconds(began), before, { rows })
  }
}

function someOf({ table, outcome }: Sample): Sample {
  const rows = Math.min(50_000, table.rows)
  return {
    table: { rows, names, columns: table.columns.map((column) => column.subarray(0, rows)) },
    outcome: outcome.slice(0, rows),
  }
}

const python = `
import sys, time, json, resource
import numpy as np
folder, rows, what = sys.argv[1], int(sys.argv[2]), sys.argv[3]
def read(name, n):
    return np.fromfile(folder + '/' + name + '.x', dtype=np.float32).reshape(71, n).T, np.fromfile(folder + '/' + name + '.y', dtype=np.uint8)
x, y = read('train', rows)
t, u = read('test', round(rows / 2))
from sklearn.metrics import roc_auc_score
used = lambda: sum(resource.getrusage(resource.RUSAGE_SELF)[0:2])
began, before = time.time(), used()
if what == 'scikit-learn ridge':
    from sklearn.linear_model import LogisticRegression
    x = np.asarray(x, dtype=np.float64); m, s = x.mean(0), x.std(0)
    x -= m; x /= s
    fit = LogisticRegression(C=1, solver='newton-cholesky').fit(x, y)
    wall, cpu = time.time() - began, used() - before
    p = fit.predict_proba((t - m) / s)[:, 1]
elif what == 'scikit-learn trees':
    from sklearn.ensemble import HistGradientBoostingClassifier
    fit = HistGradientBoostingClassifier(max_iter=200, max_depth=3, learning_rate=0.1, max_bins=63, l2_regularization=1, min_samples_leaf=max(50, rows // 2000), early_stopping=False).fit(x, y)
    wall, cpu = time.time() - began, used() - before
    p = fit.predict_proba(t)[:, 1]
else:
    import xgboost
    fit = xgboost.XGBClassifier(n_estimators=200, max_depth=3, learning_rate=0.1, tree_method='hist', max_bin=64, n_jobs=2).fit(x, y)
    wall, cpu = time.time() - began, used() - before
    p = fit.predict_proba(t)[:, 1]
print(json.dumps(dict(what=what, seconds=round(wall, 1), processorSeconds=round(cpu, 1), peakMb=round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024), rows=rows, auc=round(float(roc_auc_score(u, p)), 5))))
`

function measureOthers(rows: number): void {
  const folder = mkdtempSync(join(tmpdir(), 'models-benchmark-'))
  for (const [name, sample] of [
    ['train', madeTable(rows, 1)],
    ['test', madeTable(Math.round(rows / 2), 2)],
  ] as const) {
    writeFileSync(join(folder, `${name}.x`), Buffer.concat(sample.table.columns.map(bytesOf)))
    writeFileSync(join(folder, `${name}.y`), bytesOf(sample.outcome))
  }
  writeFileSync(join(folder, 'other.py'), python)
  for (const what of ['scikit-learn ridge', 'scikit-learn trees', 'xgboost trees'])
    spawnSync('/usr/bin/python3', [join(folder, 'other.py'), folder, String(rows), what], {
      stdio: 'inherit',
    })
  rmSync(folder, { recursive: true, force: true })
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Uint8Array | Float32Array | Float64Array) =>
  Buffer.copyBytesFrom(new Uint8Array(buffer, byteOffset, byteLength))

const [rows = '700000', what] = process.argv.slice(2)
if (what === 'others') measureOthers(Number(rows))
else if (what) await measure(what, Number(rows))
else {
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD']).toString().trim()
  console.log(
    JSON.stringify({
      commit,
      cores: cpus().length,
      memoryGb: Math.round(totalmem() / 1e9),
      node: process.version,
    }),
  )
  for (const each of ['plain', 'trees', 'others'])
    spawnSync(process.execPath, [...process.execArgv, process.argv[1] ?? '', rows, each], {
      stdio: 'inherit',
    })
}
