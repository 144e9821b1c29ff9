import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { permit, permitList } from '#access'
import { addDays, addMonths, type LondonDate, londonInstant, readDate } from '#calendar'
import { addTask } from '#co-ordination'
import type { Task, Workshop } from '#jobs'
import { decideKind, moveDay, programmes } from '#organisations'
import type { PersonId } from '#people'
import { currentLoad, loadExtract } from '#population'
import { makeTown } from '../../town/index.ts'
import { tasks } from '../pathway.ts'
import { type Cast, idFrom, postAt, postsAt, signInCast, type VisitOn } from './cast.ts'
import { doors } from './doors.data.ts'
import { liveMorning } from './morning.ts'
import { type Hands, livePast, must } from './past.ts'
import { teamOfLocality } from './places.data.ts'
import { layPlaces, staffPractices } from './places.ts'
import { chosen, type Past, pastOf, wardPasts, workingDayFrom } from './rules.ts'
import {
  type CastPost,
  keepDoor,
  type LifeFacts,
  livesOf,
  peopleNumbered,
  practicesByLocality,
  readyJournal,
} from './store.ts'
import { jean, june } from './street.data.ts'
import { bringToWard, holdRounds, type Inpatient } from './ward-past.ts'
import { taskWords } from './words.data.ts'

const town = { people: 30_000, seed: 1, until: '2026-03-31', history: 'fall' } as const

/**
 * Makes the demonstration: the town, its load, its past, its list. Each step is skipped where it was done before, so
 * running it again after a stop goes on where it stopped.
 */
export const makeDemonstration: Task = async (workshop) => {
  const part = (from: number, to: number): Workshop => ({
    ...workshop,
    say: (words, share) => workshop.say(words, from + share * (to - from)),
  })
  await layPlaces(workshop)
  await loadTown(part(0, 0.15), part(0.15, 0.45))
  await staffPractices(workshop)
  const today = await workshop.inVisit(async ({ db }) => (await currentLoad(db))?.indexOn)
  if (!today) throw new Error('the town was loaded and there is no current load')
  const cast = await signInCast(workshop)
  try {
    await livePasts(part(0.45, 0.88), cast, today)
    await tasks.rank?.(part(0.88, 0.98), {})
    await liveMorning(workshop, cast, today)
  } finally {
    await workshop.inVisit(({ db }) => moveDay(db, today))
    await cast.end()
  }
  await workshop.inVisit(({ later }) => later('evaluate', {}, 'evaluate'))
  await openDoors(workshop)
  await workshop.say('The town is ready', 1)
}

async function loadTown(making: Workshop, loading: Workshop): Promise<void> {
  if (await making.inVisit(({ db }) => currentLoad(db))) return
  const out = join(making.folder, 'town', 'extract')
  if (!existsSync(out)) {
    await making.say('Making 30,000 people', 0)
    await makeTown({
      ...town,
      out,
      street: true,
      futures: 0,
      onProgress: (done, of) => void making.say('Making 30,000 people', done / of),
    })
  }
  const loaded = await loadExtract(
    { ...loading, say: (_, share) => loading.say('Loading what the town knows of them', share) },
    { folder: out },
  )
  if (!loaded.ok) throw new Error(`the town was not loaded: ${loaded.problems[0]?.message}`)
  await making.inVisit(({ db }) => decideKind(db, 'synthetic', 'Harrowmere', new Date()))
}

async function livePasts(workshop: Workshop, cast: Cast, today: LondonDate): Promise<void> {
  await workshop.say('Living the last 18 months', 0)
  await workshop.inVisit(({ db }) => readyJournal(db, addMonths(today, -24), 27))
  const drawn = await readHistory(workshop)
  const lives = await livesBehind(workshop, [...drawn.keys(), jean.number])
  const handsOf = await handsFor(workshop, cast)
  const pasts = [...drawn].flatMap(([number, enrolledOn], index) => {
    const life = lives.get(number)
    const past = life && pastOf(life, enrolledOn, index, today)
    return past ? [{ past, life, hands: handsOf(past, number === june.number) }] : []
  })
  const isLived = ({ life, hands }: Living) => life.programmeIds.includes(hands.programmeId)
  await liveByMonth(
    workshop,
    cast,
    pasts.filter((each) => !isLived(each)),
  )
  await workshop.inVisit(({ db }) => moveDay(db, today))
  const open = pasts.filter(({ past }) => !past.ends)
  await giveTasks(workshop, cast, open, today)
  await workshop.say('Holding the ward rounds', 0.95)
  await fillWard(workshop, cast, open, lives.get(jean.number), today)
}

/** Whom the town drew for the service, by NHS number, with the day; June of the street among them. */
async function readHistory(workshop: Workshop): Promise<ReadonlyMap<string, LondonDate>> {
  const file = join(workshop.folder, 'town', 'extract-truth', 'history.csv')
  const lines = (await readFile(file, 'utf8')).trim().split('\n').slice(1)
  const drawn = lines.map((line) => {
    const [number = '', day = ''] = line.split(',')
    const on = readDate(day.trim())
    if (!on) throw new Error(`history.csv has a line without a day: expected YYYY-MM-DD`)
    return [number, on] as const
  })
  return new Map([[june.number, june.openedOn] as const, ...drawn])
}

async function livesBehind(
  workshop: Workshop,
  numbers: readonly string[],
): Promise<ReadonlyMap<string, LifeFacts>> {
  return workshop.inVisit(async (visit) => {
    const people = await peopleNumbered(visit.db, numbers)
    const permit = await permitList(visit, {
      may: 'see people',
      circle: 'tied',
      ids: [...people.values()],
      purpose: 'service administration',
      verb: 'make the past of the demonstration',
    })
    const lives = new Map((await livesOf(visit.db, permit)).map((life) => [life.personId, life]))
    return new Map(
      [...people].flatMap(([number, id]) => {
        const life = lives.get(id)
        return life ? [[number, life] as const] : []
      }),
    )
  })
}

type Living = { readonly past: Past; readonly hands: Hands; readonly life: LifeFacts }

/** Who has whom: the GP of their practice, and the six case managers in turn, each for the practices of their team. */
async function handsFor(workshop: Workshop, cast: Cast) {
  const { programmeId, practices } = await workshop.inVisit(async ({ db }) => ({
    programmeId: await programmeIdOf(db, 'quayside'),
    practices: new Map((await practicesByLocality(db)).map((practice) => [practice.id, practice])),
  }))
  const owners = {
    TEAM1: [...postsAt(cast, 'case manager', 'TEAM1'), ...postsAt(cast, 'care co-ordinator', 'TEAM1')],
    TEAM2: postsAt(cast, 'case manager', 'TEAM2'),
  }
  const turns = { TEAM1: 0, TEAM2: 0 }
  return (past: Past, isJune: boolean): Hands => {
    const practice = practices.get(past.practiceId)
    const team = teamOfLocality[practice?.locality ?? ''] ?? 'TEAM1'
    const gp = postAt(cast, 'GP', practice?.code ?? '')
    if (isJune) {
      return {
        gp,
        owner: postAt(cast, 'case manager', 'TEAM1'),
        programmeId,
        matters: june.matters,
        plan: june.plan,
      }
    }
    return { gp, owner: chosen(owners[team], turns[team]++), programmeId }
  }
}

async function programmeIdOf(db: Parameters<typeof programmes>[0], key: string): Promise<string> {
  const programme = (await programmes(db)).find((each) => each.key === key)
  if (!programme) throw new Error(`there is no programme ${key}`)
  return programme.id
}

/** Everybody's past, month by month: who is registered where is asked of the day on which they were accepted. */
async function liveByMonth(workshop: Workshop, cast: Cast, people: readonly Living[]): Promise<void> {
  const days = [...new Set(people.map(({ past }) => past.openedOn))].sort()
  let lived = 0
  for (const on of days) {
    await workshop.inVisit(({ db }) => moveDay(db, on))
    await inPairs(
      people.filter(({ past }) => past.openedOn === on),
      ({ past, hands }) => livePast(workshop, cast, past, hands),
    )
    lived += people.filter(({ past }) => past.openedOn === on).length
    await workshop.say('Living the last 18 months', (0.9 * lived) / people.length)
  }
}

/** Two at a time, as the machine has two cores. */
async function inPairs<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  const waiting = [...all]
  const lane = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await work(next)
  }
  await Promise.all([lane(), lane()])
}

/** Gives each case manager what there is to do: three things overdue, four due today, and some to come. */
async function giveTasks(
  workshop: Workshop,
  cast: Cast,
  open: readonly Living[],
  today: LondonDate,
): Promise<void> {
  const owners = new Set(open.map(({ hands }) => hands.owner))
  for (const owner of owners) {
    const theirs = open.filter(({ hands }) => hands.owner === owner).map(({ past }) => past.personId)
    // June comes first of all; the fourth thing to do, a visit today, is hers.
    theirs.splice(3, 0, ...theirs.splice(0, 1))
    await workshop.inVisit(async ({ db }) => giveTasksOf(await cast.enter(db, owner), owner, theirs, today))
  }
}

async function giveTasksOf(
  owner: VisitOn,
  post: CastPost,
  people: readonly PersonId[],
  today: LondonDate,
): Promise<void> {
  const visit = owner(workingDayFrom(addDays(today, -9)), 15)
  for (const [at, task] of taskWords.entries()) {
    const person = people[at]
    if (!person) return
    const leave = await permit(visit, person, { ...directCare, may: 'do tasks', verb: 'add a task' })
    const { what, why, inDays, at: hour } = task
    const added = await addTask(visit, leave, {
      id: idFrom(`task ${person} ${what}`),
      what,
      why,
      holder: { staffId: post.staffId },
      dueOn: addDays(today, inDays),
      ...(hour !== undefined && { dueAt: londonInstant(addDays(today, inDays), hour) }),
    })
    must(added, { personId: person })
  }
}

const directCare = { part: 'whole', purpose: 'direct care' } as const

/** Fills 34 of the 39 beds: Jean, and those of the open episodes that were opened last. */
async function fillWard(
  workshop: Workshop,
  cast: Cast,
  open: readonly Living[],
  jeansLife: LifeFacts | undefined,
  today: LondonDate,
): Promise<void> {
  const programmeId = await workshop.inVisit(({ db }) => programmeIdOf(db, 'virtual-ward'))
  const [jeans, ...rest] = wardPasts(today)
  if (!jeansLife || !jeans) throw new Error('Jean of the street is not in the town')
  const latest = [...open].sort((one, other) => other.past.openedOn.localeCompare(one.past.openedOn))
  const people: readonly (Inpatient & { readonly isThere: boolean })[] = [
    {
      personId: jeansLife.personId,
      gp: postAt(cast, 'GP', 'Z00001'),
      past: jeans,
      isJean: true,
      isThere: jeansLife.programmeIds.includes(programmeId),
    },
    ...rest.flatMap((past, at) => {
      const one = latest[at]
      if (!one) return []
      const isThere = one.life.programmeIds.includes(programmeId)
      return [{ personId: one.past.personId, gp: one.hands.gp, past, isJean: false, isThere }]
    }),
  ]
  const coming = people.filter(({ isThere }) => !isThere)
  for (const [at, person] of coming.entries()) await bringToWard(workshop, cast, programmeId, person, at)
  await holdRounds(workshop, cast, people, today)
}

/** Says where each door of the first page leads. From now on the first page offers them. */
async function openDoors(workshop: Workshop): Promise<void> {
  await workshop.inVisit(async ({ db }) => {
    const jeansId = (await peopleNumbered(db, [jean.number])).get(jean.number) ?? ''
    for (const { key, to } of doors) await keepDoor(db, key, to.replace('JEAN', jeansId))
  })
}
