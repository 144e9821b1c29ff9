// What the lists cost: npx tsx benchmarks/pages.ts DATA-FOLDER [SECONDS [PART-OF-A-NAME]]
// The folder holds a loaded town. 10 teams of 500 people each are arranged in it; every request is another user.
// With DATABASE_URL and DATABASE_OWNER_URL, a superuser's, the record is on your own PostgreSQL.
import { fork } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { resolve } from 'node:path'
import autocannon from 'autocannon'
import { Client } from 'pg'
import { beginSession, newId } from '#access'
import { connect, transaction } from '#database'
import { bundled } from '../src/bundle.ts'
import { flagsOf } from '../src/node-flags.ts'
import { openRecord } from '../src/record.ts'
import { readSettings } from '../src/settings.ts'

const folder = resolve(process.argv[2] ?? 'data/demo')
const seconds = Number(process.argv[3] ?? 20)
const only = process.argv[4] ?? ''
const teams = 10
const contactsEach = 6
const tasksEach = 2
const peopleATeam = 500
const usersATeam = 6
const warmUpSeconds = 20

// Each person of the team has been seen a few times and has something to do.
const contactsAndTasks = `
  with people as (
    select t.person_id, t.episode_id, t.owner_id from people.episode_turn t where t.team_id = $1
  ), seen as (
    insert into co_ordination.contact (id, person_id, episode_id, kind, made_by, happened_at, words, recorded_by, recorded_at)
    select gen_random_uuid(), p.person_id, p.episode_id, 'telephone', p.owner_id,
      least(now(), organisations.today()::timestamptz) - make_interval(days => (n * 11 + hashtext(p.person_id::text) % 11)::integer + 11),
      'bench', p.owner_id, now()
    from people p, generate_series(1, $2::integer) n
  ), added as (
    insert into co_ordination.task (id, person_id, what, turn, added_by, recorded_at)
    select gen_random_uuid(), p.person_id, 'bench', 1, p.owner_id, now()
    from people p, generate_series(1, $3::integer) returning id, person_id, added_by
  )
  insert into co_ordination.task_turn (task_id, n, person_id, state, owner_id, due_on, by, recorded_at)
  select a.id, 1, a.person_id, 'to do', a.added_by, organisations.today() + abs(hashtext(a.id::text)) % 60, a.added_by, now()
  from added a`

const settings = readSettings(process.env, { data: folder })
if ('problem' in settings) throw new Error(settings.problem)
const record = await openRecord(settings)
const pool = connect(record.appUrl, 4)
const port = 29000 + (process.pid % 1000)
// As `npm start` runs it: in one file where that can be made.
const asOneFile = await bundled()
const web = fork(asOneFile?.web ?? resolve(import.meta.dirname, '../src/web.ts'), {
  execArgv: [...flagsOf('web', asOneFile !== undefined)],
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

// The first of the database's processes: a session's begins where it does. Of a server elsewhere nothing can be counted.
const databasePid = await owner(async (client) =>
  parentOf((await client.query('select pg_backend_pid() n')).rows[0].n),
)
try {
  const teamTokens = await arrangeTeams()
  const practiceTokens = await arrangePractices()
  const people = await count('select count(*) n from people.person')
  process.stdout.write(
    `${people} people, ${cpus().length} cores, load before ${loadavg()[0]?.toFixed(1)}, a fixed piece of work takes ${fixedWorkMs()} ms\n`,
  )
  await measure('my people, 50 a page, 10 connections', '/my-people', teamTokens, 10)
  await measure('my people, all 500, 1 connection', '/my-people?page=all', teamTokens, 1)
  await measure('my people, all 500, 20 connections', '/my-people?page=all', teamTokens, 20)
  const list = `/case-finding?programme=${await programmeWithList()}`
  await measure('case-finding list of a practice, 10 connections', list, practiceTokens, 10)
  await measure('case-finding list, all up to 500, 1 connection', `${list}&page=all`, practiceTokens, 1)
  await measure('case-finding list, all up to 500, 20 connections', `${list}&page=all`, practiceTokens, 20)
  for (const typed of ['name', 'family name alone'] as const) {
    const searches = await arrangeSearches(practiceTokens, typed)
    const name = `find a person by ${typed}, 10 connections`
    await neverTooOften(() => measure(name, (turn) => `/find/${searches[turn]}`, practiceTokens, 10))
  }
  await new Promise((done) => setTimeout(done, 5000))
  process.stdout.write(`web process, idle after: ${residentMb(web.pid ?? 0)} MB resident\n`)
} finally {
  web.kill('SIGTERM')
  await pool.end()
  if (!record.wasRunning) await record.stop()
}

// A machine's own speed changes by the hour: only runs in which this took about as long may be compared.
function fixedWorkMs(): number {
  const block = Buffer.alloc(1 << 20, 'keyworker')
  const once = () => {
    const began = performance.now()
    for (let n = 0; n < 100; n++) createHash('sha256').update(block).digest()
    return performance.now() - began
  }
  return Math.round(Math.min(once(), once(), once()))
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

async function programmeWithList(): Promise<string> {
  return await owner(async (client) => {
    const { rows } = await client.query<{ key: string }>(
      `select p.key from organisations.programme p join case_finding.run r on r.programme_id = p.id
       order by r.listed desc limit 1`,
    )
    return rows[0]?.key ?? ''
  })
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

// A folder arranged before is used as it is; everybody signs in anew.
async function signedInAgain(client: Client, kind: string): Promise<readonly string[]> {
  const { rows } = await client.query<{ staff_id: string; id: string }>(
    `select p.staff_id, p.id from organisations.post p join organisations.staff s on s.id = p.staff_id
     join organisations.organisation o on o.id = p.organisation_id
     where s.name ~ '^Bench \\d+$' and o.kind = $1
     order by row_number() over (partition by o.id order by s.id), o.id`,
    [kind],
  )
  const tokens: string[] = []
  for (const row of rows) tokens.push(await signIn(row.staff_id, row.id))
  return tokens
}

async function arrangeTeams(): Promise<readonly string[]> {
  return await owner(async (client) => {
    const before = await signedInAgain(client, 'team')
    if (before.length > 0) return before
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
      await client.query(contactsAndTasks, [place, contactsEach, tasksEach])
      await client.query('commit')
    }
    await client.query('analyze')
    // One after another never the same team, so that nothing asked before helps.
    return Array.from({ length: usersATeam }, (_, user) => all.map((tokens) => tokens[user] ?? '')).flat()
  })
}

async function arrangePractices(): Promise<readonly string[]> {
  return await owner(async (client) => {
    const before = await signedInAgain(client, 'practice')
    if (before.length > 0) return before
    const found = await client.query<{ id: string }>(
      `select o.id from organisations.organisation o where o.kind = 'practice'
         and exists (select from case_finding.run_practice r where r.practice_code = o.code and r.listed > 0)
       order by o.code limit 60`,
    )
    const all: string[][] = []
    const each = Math.max(1, Math.ceil(180 / Math.max(1, found.rows.length)))
    for (const { id } of found.rows) all.push(await addUsers(client, id, 'GP', each))
    return Array.from({ length: each }, (_, user) => all.map((tokens) => tokens[user] ?? '')).flat()
  })
}

// What each user has typed: the family name of somebody of their practice, and the first letters of the given name or not.
async function arrangeSearches(
  tokens: readonly string[],
  typed: 'name' | 'family name alone',
): Promise<readonly string[]> {
  return await owner(async (client) => {
    const searches: string[] = []
    for (const token of tokens) {
      const id = newId()
      await client.query(
        `insert into access.search (id, session_id, words)
         select $1, s.id, (select n.family || case when $4 then ' ' || left(n.given, 2) else '' end from people.registration r
           join people.name n on n.person_id = r.person_id and n.ended_at is null
           where r.practice_id = p.organisation_id and r.ended_at is null order by md5(r.person_id::text || $3::text) limit 1)
         from access.session s join organisations.post p on p.id = s.post_id
         where s.token_hash = sha256(convert_to($2, 'UTF8'))`,
        [id, token, searches.length, typed === 'name'],
      )
      searches.push(id)
    }
    return searches
  })
}

// Nobody may search more than 60 times in 5 minutes: here each second begins with nobody having searched.
async function neverTooOften(work: () => Promise<void>): Promise<void> {
  await owner(async (client) => {
    let isOver = false
    const forgetting = (async () => {
      while (!isOver) {
        await client.query(`delete from access.throttle where key like 'find:%'`)
        await new Promise((done) => setTimeout(done, 1000))
      }
    })()
    await work().finally(() => {
      isOver = true
    })
    await forgetting
  })
}

async function measure(
  name: string,
  path: string | ((turn: number) => string),
  tokens: readonly string[],
  connections: number,
): Promise<void> {
  if (!name.includes(only)) return
  // The first seconds of a process are of its compiler; they are not told.
  await call(path, tokens, connections, warmUpSeconds)
  const before = cpuSeconds()
  const result = await call(path, tokens, connections, seconds)
  const ok = result['2xx']
  const line = [
    `p50 ${result.latency.p50} ms`,
    `p99 ${result.latency.p99} ms`,
    `${result.requests.average.toFixed(0)} requests/s`,
    `${ok} answered, ${result.non2xx} not, ${result.errors} errors`,
    processorWords(before, cpuSeconds(), Math.max(1, result.requests.total)),
    `${Math.round(result.throughput.average / Math.max(1, result.requests.average) / 1024)} kB a page`,
  ]
  process.stdout.write(`${name}: ${line.join(', ')}\n`)
}

async function call(
  path: string | ((turn: number) => string),
  tokens: readonly string[],
  connections: number,
  duration: number,
): Promise<autocannon.Result> {
  let next = 0
  return await autocannon({
    url: `http://127.0.0.1:${port}${typeof path === 'string' ? path : ''}`,
    connections,
    duration,
    requests: [
      {
        // A request set on the client itself is asked once; after it the client asks for the first page again.
        setupRequest: (request) => {
          const at = next++ % tokens.length
          const headers = { cookie: `keyworker=${tokens[at]}`, host: `127.0.0.1:${port}` }
          return { ...request, path: typeof path === 'string' ? path : path(at), headers }
        },
      },
    ],
  })
}

// What the web process, the database's processes and the callers have used, in seconds; a crowded machine does not move it
// as it moves the clock. 0 where there is no /proc.
type Used = { readonly web: number; readonly database: number; readonly callers: number }

function cpuSeconds(): Used {
  const own = process.cpuUsage()
  return {
    web: cpuOf(web.pid ?? 0),
    database: databasePids().reduce((sum, pid) => sum + cpuOf(pid), 0),
    callers: (own.user + own.system) / 1e6,
  }
}

function processorWords(before: Used, after: Used, requests: number): string {
  const each = (part: keyof Used) => (1000 * (after[part] - before[part])) / requests
  const all = each('web') + each('database') + each('callers')
  const parts = (['web', 'database', 'callers'] as const).map((part) => `${part} ${each(part).toFixed(1)}`)
  return `${all.toFixed(1)} ms of processor a request (${parts.join(', ')})`
}

function databasePids(): readonly number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && (pid === databasePid || parentOf(pid) === databasePid))
}

function statOf(pid: number): readonly string[] {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  } catch {
    return []
  }
}
function parentOf(pid: number): number {
  return Number(statOf(pid)[1])
}

function cpuOf(pid: number): number {
  // Its own, and its children's that have ended.
  return [11, 12, 13, 14].reduce((sum, at) => sum + Number(statOf(pid)[at] ?? 0), 0) / 100
}

function residentMb(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024)
}
