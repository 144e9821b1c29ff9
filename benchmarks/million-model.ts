// The model on a made-up town whose truth is known: trained on its first year, judged on the next, beside the true risk and
// the plain logistic fit of design town 3 on the same people.
//   npx tsx benchmarks/million-model.ts --people 1000000 --seed 1 --folder DIR --out FILE
// Each stage is a process of its own; one whose answer lies in DIR is not done again. What is skipped of a real load: the
// record (PostgreSQL) takes nobody, pseudonyms are not keyed, and rows are not read as text (benchmarks/town-store.ts).
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { DuckDBInstance } from '@duckdb/node-api'
import { Client } from 'pg'
import { trainModel } from '#case-finding'
import { connect } from '#database'
import { withStore } from '#population'
import { validate } from '#prediction'
import { readFeatures } from '../src/case-finding/model/feature-store.ts'
import { features } from '../src/case-finding/model/features.data.ts'
import { prepareCodes, prepareLinks } from '../src/case-finding/model/prepare-store.ts'
import type { TrainingReport } from '../src/case-finding/model/types.ts'
import { openRecord } from '../src/record.ts'
import { workshopFor } from '../src/work.ts'
import { makeTown } from '../town/index.ts'
import { gatesOf } from './million-gates.ts'
import { type Cohort, plainRisks } from './plain-fit.ts'
import { layTownAsStore, sourcesIn } from './town-store.ts'

const { values } = parseArgs({
  options: {
    people: { type: 'string', default: '30000' },
    seed: { type: 'string', default: '1' },
    futures: { type: 'string', default: '16' },
    folder: { type: 'string', default: 'data/million-model' },
    out: { type: 'string' },
    stage: { type: 'string' },
    quick: { type: 'boolean', default: false },
  },
})
const folder = resolve(values.folder)
const [town, store] = [join(folder, 'town'), join(folder, 'data', 'store')]
const answerOf = (stage: string) => join(folder, `${stage}.json`)

/** What one part of a stage cost. */
type Cost = { seconds: number; processorSeconds: number; peakMb: number }
const costs: Record<string, Cost> = {}
let part = 'starting'
let [partAt, partCpu] = [performance.now(), process.cpuUsage()]
const current = () => (costs[part] ??= { seconds: 0, processorSeconds: 0, peakMb: 0 })
const look = () => {
  current().peakMb = Math.max(current().peakMb, Math.round(process.memoryUsage.rss() / 1_048_576))
}

/** Ends the part under way and begins another; a part met again goes on where it was. */
function begin(next: string): void {
  if (next === part) return
  look()
  const { user, system } = process.cpuUsage(partCpu)
  const cost = current()
  cost.seconds = Number((cost.seconds + (performance.now() - partAt) / 1000).toFixed(1))
  cost.processorSeconds = Number((cost.processorSeconds + (user + system) / 1e6).toFixed(1))
  ;[part, partAt, partCpu] = [next, performance.now(), process.cpuUsage()]
  console.error(`${new Date().toISOString().slice(11, 19)} ${next}`)
}

async function train() {
  const record = await openRecord({ folder: join(folder, 'data') })
  const client = new Client({ connectionString: record.ownerUrl })
  await client.connect()
  await client.query(
    `update organisations.installation set kind = 'synthetic', decided_at = now(), day_on = '2026-04-01', name = 'Harrowmere'`,
  )
  await client.query(
    `insert into population.load (id, folder, index_on, covered_to, sources, files, people, left_out, policy_version, key_version,
       taken_at, seconds) values (gen_random_uuid(), 'store', '2026-04-01', '2026-03-31', $1, '[]', '{}', '{}', 0, 1, now(), 0)`,
    [JSON.stringify(sourcesIn(town))],
  )
  await client.end()
  const pool = connect(record.workUrl, 4)
  try {
    const workshop = {
      ...workshopFor(pool, join(folder, 'data'), 'train'),
      say: async (words: string) => begin(words),
    }
    begin('opening the record')
    const trained = await trainModel(workshop, { isQuick: values.quick, target: 'emergency admission' })
    if ('refused' in trained) throw new Error(trained.refused)
    return trained.report
  } finally {
    await pool.end()
    await record.stop()
  }
}

/** The truth and the plain fit on the very people the model was judged on. */
async function compare(report: TrainingReport) {
  const [age] = features
  if (!age) throw new Error('there is no feature')
  begin('who was judged')
  const [first, later] = await withStore(store, async (open) => {
    await prepareCodes(open, [])
    await prepareLinks(open)
    const of = async (indexOn: TrainingReport['trained']['indexOn']): Promise<Cohort> => {
      const { people } = await readFeatures(open, { indexOn, fromAge: 18, registeredDays: 365 }, [age])
      return {
        day: indexOn,
        people: Int32Array.from(people, ({ person }) => person),
        admitted: Uint8Array.from(people, ({ hasHappened }) => (hasHappened ? 1 : 0)),
      }
    }
    return [await of(report.trained.indexOn), await of(report.tested.indexOn)] as const
  })
  if (later.people.length !== report.tested.people) throw new Error('these are not the same people')
  begin('the plain fit')
  const plain = await plainRisks(store, first, later)
  begin('the truth')
  const { rows, risk } = await trueRisks(later.people)
  const judged = (risks: Float64Array, outcome: Uint8Array) => {
    const { people, events, auc, cuts, calibrationSlope, observedOverExpected } = validate({
      risk: risks,
      outcome,
      list: { percent: 5 },
    })
    return { people, events, auc, cuts, calibrationSlope, observedOverExpected }
  }
  return {
    plain: judged(plain, later.admitted),
    truth: judged(
      risk,
      Uint8Array.from(rows, (row) => later.admitted[row] ?? 0),
    ),
  }
}

/** The true risks of those of these people who have one, and which they are. */
async function trueRisks(people: Int32Array) {
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  const read = await connection.runAndReadAll(
    `select w.person::int as person, r.true_risk from '${store}-who.parquet' w
       join '${town}-truth/risk-q16.parquet' r on r.nhs_number::bigint = w.nhs order by person`,
  )
  const [persons = [], risks = []] = read.getColumns()
  connection.closeSync()
  instance.closeSync()
  const of = new Map(persons.map((person, at) => [Number(person), Number(risks[at])]))
  const rows = [...people.keys()].filter((row) => of.has(people[row] ?? -1))
  return { rows, risk: Float64Array.from(rows, (row) => of.get(people[row] ?? -1) ?? 0) }
}

const stages: Readonly<Record<string, () => Promise<unknown>>> = {
  town: async () =>
    (
      await makeTown({
        people: Number(values.people),
        seed: Number(values.seed),
        out: town,
        futures: Number(values.futures),
        // The first days of the year trained on and of the year tested on.
        riskQuarters: [12, 16],
      })
    ).rows,
  store: () => layTownAsStore(town, store),
  train,
  compare: () => compare(JSON.parse(readFileSync(answerOf('train'), 'utf8')).answer),
}

async function doStage(name: string): Promise<void> {
  const watch = setInterval(look, 50)
  const answer = await stages[name]?.()
  begin('end')
  clearInterval(watch)
  const peakMb = Math.round(process.resourceUsage().maxRSS / 1024)
  writeFileSync(answerOf(name), JSON.stringify({ answer, costs, peakMb, load: loadavg()[0]?.toFixed(1) }))
}

function doAll(): void {
  mkdirSync(folder, { recursive: true })
  for (const stage of Object.keys(stages)) {
    if (existsSync(answerOf(stage))) continue
    const { status } = spawnSync(
      process.execPath,
      [...process.execArgv, ...process.argv.slice(1), '--stage', stage],
      { stdio: ['ignore', 'inherit', 'inherit'] },
    )
    if (status !== 0) throw new Error(`${stage} ended with ${status}`)
    // The town is not needed once its store is laid, and a million people are half a gigabyte of it.
    if (stage === 'store')
      for (const file of ['prescriptions', 'measurements']) rmSync(join(town, `${file}.parquet`))
  }
  const of = (stage: string) => JSON.parse(readFileSync(answerOf(stage), 'utf8'))
  const report: TrainingReport = of('train').answer
  const json = JSON.stringify({
    people: Number(values.people),
    seed: Number(values.seed),
    ...gatesOf(report, of('compare').answer),
    stages: Object.fromEntries(
      Object.keys(stages).map((stage) => {
        const { costs: parts, peakMb, load } = of(stage)
        return [stage, { parts, peakMb, load }]
      }),
    ),
    cores: cpus().length,
  })
  if (values.out) writeFileSync(resolve(values.out), json)
  console.log(json)
}

if (values.stage) await doStage(values.stage)
else doAll()
