import { createHash } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { newId, type StaffVisit } from '#access'
import { addDays, type LondonDate, londonInstant, readDate } from '#calendar'
import { room as caseFinding } from '#case-finding'
import { exportEnrolment } from '#co-ordination'
import { connect, type Pool } from '#database'
import { type Answer, room as evaluation, newestAnswer } from '#evaluation'
import type { Workshop } from '#jobs'
import type { Programme } from '#organisations'
import type { PersonId } from '#people'
import { loadExtract } from '#population'
import { openRecord } from '../src/record.ts'
import { asStaff } from '../src/visit.ts'
import { workshopFor } from '../src/work.ts'
import { type AdvanceEffect, advanceTown, makeTown } from '../town/index.ts'
import { accept, arrangePosts, contactsWith, type Helped, type Session, signIn } from './loop-acts.ts'
import { readPage } from './reading.ts'

export type LoopWish = {
  readonly people: number
  readonly effect: AdvanceEffect
  readonly seed: number
  /** An empty folder of the loop's own: the town and the installation's data go into it. */
  readonly folder: string
  /** Accepted at most in each of the four quarters, and in all of them together. */
  readonly mostAQuarter: number
  readonly mostInAll?: number
  readonly say?: (words: string) => void
}

export type LoopDone = { readonly answer: Answer; readonly accepted: number; readonly contacts: number }

type Loop = LoopWish & {
  readonly town: string
  readonly pool: Pool
  readonly workPool: Pool
  readonly home: string
  readonly programme: Programme
  /** How many contacts each person has had, so that none is recorded twice. */
  readonly contactsMade: Map<PersonId, number>
  readonly say: (words: string) => void
}

const acceptedShare = 0.15

/**
 * The whole loop with a known truth: a town is loaded, its list judged, people accepted, helped and followed for a
 * year; the town goes on with an effect that acts only through contacts really recorded; then we are asked whether
 * it helped. Everything is done through the rooms' doors and the pages, by somebody signed in where a human decides.
 */
export async function goRound(wish: LoopWish): Promise<LoopDone> {
  const say = wish.say ?? (() => {})
  const [town, home] = [join(wish.folder, 'town'), join(wish.folder, 'data')]
  await makeTown({ people: wish.people, seed: wish.seed, out: town })
  say('The town is made')
  const record = await openRecord({ folder: home })
  const [pool, workPool] = [connect(record.appUrl, 4), connect(record.workUrl, 4)]
  try {
    const loop = {
      ...wish,
      say,
      town,
      home,
      pool,
      workPool,
      programme: programmeOf(),
      contactsMade: new Map(),
    }
    return await throughQuarters(loop)
  } finally {
    await Promise.all([pool.end(), workPool.end()])
    await record.stop()
    await rm(home, { recursive: true, force: true })
  }
}

async function throughQuarters(loop: Loop): Promise<LoopDone> {
  await load(loop)
  const gps = await workshop(loop, 'arrange the loop').inVisit((visit) => arrangePosts(visit, loop.programme))
  const helped: Helped[] = []
  let contacts = 0
  for (const [quarter, days] of [91, 92, 92, 365].entries()) {
    await caseFinding.tasks?.rank?.(workshop(loop, 'rank'), {})
    const sessions = await workshop(loop, 'sign in').inVisit((visit) => signIn(visit, gps))
    helped.push(...(await acceptFor(loop, sessions, quarter, helped.length)))
    contacts += await contactsTo(loop, helped, addDays(today(quarter), 1))
    loop.say(`Quarter ${quarter + 1}: ${helped.length} accepted so far`)
    await goOn(loop, days)
    contacts += await contactsTo(loop, helped, addDays(today(quarter), days))
  }
  await evaluation.tasks?.evaluate?.(workshop(loop, 'evaluate'), {})
  const answer = await workshop(loop, 'read the answer').inVisit((visit) =>
    newestAnswer(visit.db, loop.programme.id),
  )
  if (!answer) throw new Error('loop of truth: the nightly run kept no answer')
  return { answer, accepted: helped.length, contacts }
}

const starts = ['2026-04-01', '2026-07-01', '2026-10-01', '2027-01-01']

function today(quarter: number): LondonDate {
  const on = readDate(starts[quarter] ?? '')
  if (!on) throw new Error(`there is no quarter ${quarter}`)
  return on
}

const workshop = (loop: Loop, task: string): Workshop => workshopFor(loop.workPool, loop.home, task)

async function load(loop: Loop): Promise<void> {
  const done = await loadExtract(workshop(loop, 'load'), { folder: loop.town })
  if (!done.ok) throw new Error(`loop of truth: ${done.problems[0]?.message ?? 'not loaded'}`)
  loop.say(`Loaded ${done.value.taken} rows to ${done.value.coveredTo}`)
}

/** The town lives on, with what has really been done for its people, and is loaded again. */
async function goOn(loop: Loop, days: number): Promise<void> {
  const enrolledFile = join(loop.folder, 'enrolled.csv')
  await exportEnrolment(workshop(loop, 'export enrolment'), enrolledFile)
  await advanceTown(loop.town, { days, enrolledFile, effect: loop.effect })
  await load(loop)
}

const programmeOf = (): Programme => ({
  id: newId(),
  key: 'loop-of-truth',
  version: 1,
  template: {
    name: 'Loop of truth',
    kind: 'case management',
    targetPercent: 5,
    fromAge: 18,
    caseload: { limit: 500, unit: 'worker' },
    reviewEveryDays: { offered: 14, active: 28, monitoring: 91 },
    teams: ['LOOP'],
    declineForMonths: 12,
  },
})

async function acceptFor(
  loop: Loop,
  sessions: readonly Session[],
  quarter: number,
  before: number,
): Promise<readonly Helped[]> {
  const chosen: { readonly person: string; readonly draw: number; readonly token: string }[] = []
  for (const { token } of sessions) {
    const listed = await asGp(loop, token, quarter, (visit) => readPage(visit, loop.programme.key))
    for (const { person, nhsNumber } of listed) {
      const draw = drawOf(`${loop.seed} ${quarter} ${nhsNumber}`)
      if (draw < acceptedShare) chosen.push({ person, draw, token })
    }
  }
  const most = Math.min(loop.mostAQuarter, (loop.mostInAll ?? Number.POSITIVE_INFINITY) - before)
  const first = chosen.sort((a, b) => a.draw - b.draw).slice(0, most)
  const helped: Helped[] = []
  for (const { person, token } of first)
    helped.push(await asGp(loop, token, quarter, (visit) => accept(visit, loop.programme, person)))
  return helped
}

/** From 0 to 1, the same for the same words everywhere. */
const drawOf = (words: string) => createHash('sha256').update(words).digest().readUInt32BE() / 2 ** 32

async function asGp<T>(
  loop: Loop,
  token: string,
  quarter: number,
  work: (visit: StaffVisit) => Promise<T>,
): Promise<T> {
  const clock = () => londonInstant(today(quarter), 10)
  const done = await asStaff(loop.pool, token, clock, async (visit) => ({ value: await work(visit) }))
  if (!done) throw new Error('loop of truth: a session ended before its work')
  return done.value
}

/** Records every contact due before a day that was not recorded before. @returns how many. */
async function contactsTo(loop: Loop, helped: readonly Helped[], before: LondonDate): Promise<number> {
  let count = 0
  for (const one of helped) {
    const since = loop.contactsMade.get(one.person) ?? 0
    const made = await workshop(loop, 'record contacts').inVisit((visit) =>
      contactsWith(visit, one, since, before),
    )
    loop.contactsMade.set(one.person, since + made)
    count += made
  }
  return count
}
