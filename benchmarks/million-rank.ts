// What a list costs: every programme ranked by the rule and by a model in use, evidence, flags, profile and mirror with it.
//   npx tsx benchmarks/million-model.ts --people 60000 --folder A --quick
//   npx tsx benchmarks/million-rank.ts --folder B --model A [--out FILE] [--scoring]
// A is a folder where a model was trained; B another, whose town was laid as a store by the same benchmark, of any size.
// With --scoring only everybody's features are read and scored by that model, as the first part of its list.

import { writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { Client } from 'pg'
import { readDate } from '#calendar'
import { connect } from '#database'
import { withStore } from '#population'
import { scoreEverybody } from '../src/case-finding/model/scoring.ts'
import { rank } from '../src/case-finding/rank.ts'
import { firstProgrammes } from '../src/first-programmes.data.ts'
import { openRecord } from '../src/record.ts'
import { workshopFor } from '../src/work.ts'
import { sourcesIn } from './town-store.ts'

const { values } = parseArgs({
  options: {
    folder: { type: 'string' },
    model: { type: 'string' },
    out: { type: 'string' },
    scoring: { type: 'boolean', default: false },
  },
})
if (!values.folder || !values.model) throw new Error('which folder, and which model?')
const [folder, from] = [resolve(values.folder), resolve(values.model)]

/** Lets SQL work on an open record as its owner. */
async function asOwner<T>(ownerUrl: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

async function newestModel() {
  const record = await openRecord({ folder: join(from, 'data') })
  try {
    const { rows } = await asOwner(record.ownerUrl, (client) =>
      client.query('select to_jsonb(m) as model from case_finding.model m order by n desc limit 1'),
    )
    return rows[0]?.model
  } finally {
    await record.stop()
  }
}
const trained = await newestModel()
if (!trained) throw new Error('no model was trained there')

/** Everybody's features read and scored, beside nothing else. */
async function scoreAlone(): Promise<void> {
  const [at, cpu] = [performance.now(), process.cpuUsage()]
  const indexOn = readDate('2026-04-01')
  if (!indexOn) throw new Error('the list’s day is no date')
  const people = await withStore(join(folder, 'data', 'store'), async (store) => {
    const scored = await scoreEverybody(store, { indexOn, fromAge: 18 }, trained.spec, [])
    return scored.risks.size
  })
  const { user, system } = process.cpuUsage(cpu)
  const seconds = Number(((performance.now() - at) / 1000).toFixed(1))
  const processorSeconds = Number(((user + system) / 1e6).toFixed(1))
  const peakMb = Math.round(process.resourceUsage().maxRSS / 1024)
  console.log(JSON.stringify({ people, seconds, processorSeconds, peakMb, load: loadavg()[0]?.toFixed(1) }))
}
if (values.scoring) {
  await scoreAlone()
  process.exit(0)
}

/** The installation, its programmes, the load and the model in use: what a rank finds on a site. */
async function arrange(client: Client): Promise<void> {
  await client.query(
    'truncate case_finding.model, population.load, organisations.programme, organisations.staff cascade',
  )
  await client.query(
    `update organisations.installation set kind = 'synthetic', decided_at = now(), day_on = '2026-04-01', name = 'Harrowmere'`,
  )
  await client.query(
    `insert into population.load (id, folder, index_on, covered_to, sources, files, people, left_out, policy_version, key_version,
       taken_at, seconds) values (gen_random_uuid(), 'store', '2026-04-01', '2026-03-31', $1, '[]', '{}', '{}', 0, 1, now(), 0)`,
    [JSON.stringify(sourcesIn(join(folder, 'town')))],
  )
  for (const [key, template] of Object.entries(firstProgrammes)) {
    await client.query(`insert into organisations.programme (id, key) values (gen_random_uuid(), $1)`, [key])
    await client.query(
      `insert into organisations.programme_version select id, 1, $2, now(), 'bench' from organisations.programme where key = $1`,
      [key, template],
    )
  }
  await client.query(`insert into organisations.staff (id, name) values (gen_random_uuid(), 'Bench')`)
  await client.query(
    `insert into case_finding.model (id, name, kind, load_id, trained_on, tested_on, people, admitted, seed, records_sha256,
       features_sha256, verdict, spec, report, report_sha256, trained_at)
     select $1, $2, 'synthetic', l.id, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, now() from population.load l`,
    [
      ...[trained.id, trained.name, trained.trained_on, trained.tested_on, trained.people, trained.admitted],
      ...[trained.seed, trained.records_sha256, trained.features_sha256, trained.verdict],
      ...[JSON.stringify(trained.spec), JSON.stringify(trained.report), trained.report_sha256],
    ],
  )
  await client.query(
    `insert into case_finding.model_switch (id, model_id, report_sha256, answered_for_by, switched_on_by, switched_on_at)
     select gen_random_uuid(), m.id, m.report_sha256, 'Bench', s.id, now() from case_finding.model m, organisations.staff s`,
  )
}

const keptOf = {
  run: 'x.id',
  ...Object.fromEntries(
    [
      'run_practice',
      'run_group',
      'run_flag',
      'run_profile',
      'suggestion',
      'evidence',
      'mirror',
      'mirror_group',
    ].map((table) => [table, 'x.run_id']),
  ),
}

/** Of everything kept of the lists, a fingerprint of its rows: two ways of making a list are the same when these are. */
async function fingerprints(client: Client): Promise<Readonly<Record<string, string>>> {
  const found: Record<string, string> = {}
  for (const [table, run] of Object.entries(keptOf)) {
    const { rows } = await client.query(
      `select count(*) || ' ' || md5(string_agg(h, ',' order by h)) as kept from (
         select md5(r.programme_id::text || (r.model_id is not null) || (to_jsonb(x) - array['id', 'run_id', 'n', 'ranked_at', 'recorded_at', 'load_id',
           'model_id', 'programme_id'])::text) as h
         from case_finding.${table} x join (select p.key as programme_id, r.id, r.model_id from case_finding.run r
           join organisations.programme p on p.id = r.programme_id) r on r.id = ${run}) hashed`,
    )
    found[table] = rows[0]?.kept
  }
  return found
}

const record = await openRecord({ folder: join(folder, 'data') })
await asOwner(record.ownerUrl, arrange)
const pool = connect(record.workUrl, 4)
const steps: object[] = []
try {
  let [step, at, cpu] = ['starting', performance.now(), process.cpuUsage()]
  const say = async (words: string) => {
    const { user, system } = process.cpuUsage(cpu)
    const seconds = Number(((performance.now() - at) / 1000).toFixed(1))
    steps.push({ step, seconds, processorSeconds: Number(((user + system) / 1e6).toFixed(1)) })
    console.error(`${step}: ${seconds} s`)
    ;[step, at, cpu] = [words, performance.now(), process.cpuUsage()]
  }
  await rank({ ...workshopFor(pool, join(folder, 'data'), 'rank'), say }, {})
  const { rows } = await pool.query(
    `select r.model_id is not null as by_model, r.considered, r.listed from case_finding.run r order by r.n`,
  )
  const json = JSON.stringify({
    steps: steps.slice(1),
    lists: rows,
    kept: await asOwner(record.ownerUrl, fingerprints),
    peakMb: Math.round(process.resourceUsage().maxRSS / 1024),
    cores: cpus().length,
    load: loadavg()[0]?.toFixed(1),
  })
  if (values.out) writeFileSync(resolve(values.out), json)
  console.log(json)
} finally {
  await pool.end()
  await record.stop()
}
