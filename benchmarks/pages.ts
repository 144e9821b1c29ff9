// What the lists cost: npx tsx benchmarks/pages.ts DATA-FOLDER
// The folder holds a loaded town. 10 teams of 500 people each are arranged in it; every request is another user.
import { fork } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { resolve } from 'node:path'
import autocannon from 'autocannon'
import { Client } from 'pg'
import { beginSession, newId } from '#access'
import { connect, transaction } from '#database'
import { openRecord } from '../src/record.ts'

const folder = resolve(process.argv[2] ?? 'data/demo')
const teams = 10
const peopleATeam = 500
const usersATeam = 6

const record = await openRecord({ folder })
const pool = connect(record.appUrl, 4)
const port = 29000 + (process.pid % 1000)
const web = fork(resolve(import.meta.dirname, '../src/web.ts'), {
  execArgv: ['--import', 'tsx'],
  env: {
    ...process.env,
    NODE_ENV: 'production',
  },
})
await new Promise((loaded) => web.once('message', loaded))
web.send({
  kind: 'begin',
  own: {
    KEYWORKER_APP_URL: record.appUrl,
    KEYWORKER_BASE_URL: `http://127.0.0.1:${port}`,
    KEYWORKER_PORT: String(port),
  },
})
await new Promise((ready) => web.once('message', ready))

try {
  const teamTokens = await arrangeTeams()
  const practiceTokens = await arrangePractices()
  const people = await count('select count(*) n from people.person')
  process.stdout.write(`${people} people, ${cpus().length} cores, load before ${loadavg()[0]?.toFixed(1)}\n`)
  await measure('my people, 50 a page, 10 connections', '/my-people', teamTokens, 10)
  await measure('my people, all 500, 1 connection', '/my-people?page=all', teamTokens, 1)
  await measure('my people, all 500, 20 connections', '/my-people?page=all', teamTokens, 20)
  await measure('case-finding list of a practice, 10 connections', '/case-finding', practiceTokens, 10)
  await measure('case-finding list, all up to 500, 1 connection', '/case-finding?page=all', practiceTokens, 1)
  await new Promise((done) => setTimeout(done, 5000))
  process.stdout.write(`web process, idle after: ${residentMb(web.pid ?? 0)} MB resident\n`)
} finally {
  web.kill('SIGTERM')
  await pool.end()
  if (!record.wasRunning) await record.stop()
}

async function owner<T>(work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: record.ownerUrl })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

async function count(text: string): Promise<number> {
  return await owner(async (client) => Number((await client.query(text)).rows[0].n))
}

async function signIn(staffId: string, postId: string): Promise<string> {
  return (await transaction(pool, (db) => beginSession(db, { staffId, postId }))).token
}

async function addUsers(
  client: Client,
  organisationId: string,
  role: string,
  number: number,
): Promise<string[]> {
  const tokens: string[] = []
  for (let user = 0; user < number; user++) {
    const [staffId, postId] = [newId(), newId()]
    await client.query('insert into organisations.staff (id, name) values ($1, $2)', [
      staffId,
      `Bench ${user}`,
    ])
    await client.query(
      'insert into organisations.post (id, staff_id, organisation_id, role) values ($1,$2,$3,$4)',
      [postId, staffId, organisationId, role],
    )
    tokens.push(await signIn(staffId, postId))
  }
  return tokens
}

async function arrangeTeams(): Promise<readonly string[]> {
  return await owner(async (client) => {
    const programme = newId()
    await client.query('insert into organisations.programme (id, key) values ($1, $2)', [
      programme,
      programme,
    ])
    await client.query(
      `insert into organisations.programme_version
       select $1, 1, template || '{"name": "Bench"}', now(), 'bench' from organisations.programme_version limit 1`,
      [programme],
    )
    const all: string[][] = []
    for (let team = 0; team < teams; team++) {
      const place = newId()
      await client.query(`insert into organisations.organisation (id, kind, name) values ($1, 'team', $2)`, [
        place,
        `Bench team ${team}`,
      ])
      all.push(await addUsers(client, place, 'case manager', usersATeam))
      await client.query('begin')
      await client.query(
        `with chosen as (
           select p.id, gen_random_uuid() as episode from people.person p where p.died_on is null
             and not exists (select from people.episode e where e.person_id = p.id)
             and exists (select from people.registration r where r.person_id = p.id and r.ended_at is null)
           order by md5(p.id::text) limit $1
         ), opened as (
           insert into people.episode (id, person_id, programme_id, opened_on, turn, recorded_at)
           select episode, id, $2, organisations.today() - 90, 1, now() from chosen returning id, person_id
         )
         insert into people.episode_turn
           (episode_id, n, person_id, stage, owner_id, team_id, reason, effective_at, recorded_at, recorded_by)
         select o.id, 1, o.person_id, 'active', s.staff_id, $3, 'bench', now(), now(), s.staff_id
         from opened o, lateral (select staff_id from organisations.post where organisation_id = $3
           order by md5(staff_id::text || o.id::text) limit 1) s`,
        [peopleATeam, programme, place],
      )
      await client.query('commit')
    }
    await client.query('analyze')
    // One after another never the same team, so that nothing asked before helps.
    return Array.from({ length: usersATeam }, (_, user) => all.map((tokens) => tokens[user] ?? '')).flat()
  })
}

async function arrangePractices(): Promise<readonly string[]> {
  return await owner(async (client) => {
    const found = await client.query<{ id: string }>(
      `select id from organisations.organisation where kind = 'practice' order by code limit 60`,
    )
    const all: string[][] = []
    const each = Math.max(1, Math.ceil(60 / Math.max(1, found.rows.length)))
    for (const { id } of found.rows) all.push(await addUsers(client, id, 'GP', each))
    return Array.from({ length: each }, (_, user) => all.map((tokens) => tokens[user] ?? '')).flat()
  })
}

async function measure(
  name: string,
  path: string,
  tokens: readonly string[],
  connections: number,
): Promise<void> {
  let next = 0
  const result = await autocannon({
    url: `http://127.0.0.1:${port}${path}`,
    connections,
    duration: 20,
    setupClient: (client) => {
      const turn = () =>
        client.setHeaders({
          cookie: `keyworker=${tokens[next++ % tokens.length]}`,
          host: `127.0.0.1:${port}`,
        })
      turn()
      client.on('response', turn)
    },
  })
  const ok = result['2xx']
  const line = [
    `p50 ${result.latency.p50} ms`,
    `p99 ${result.latency.p99} ms`,
    `${result.requests.average.toFixed(0)} requests/s`,
    `${ok} answered, ${result.non2xx} not, ${result.errors} errors`,
    `${Math.round(result.throughput.average / Math.max(1, result.requests.average) / 1024)} kB a page`,
  ]
  process.stdout.write(`${name}: ${line.join(', ')}\n`)
}

function residentMb(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024)
}
