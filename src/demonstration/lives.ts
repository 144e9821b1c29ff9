import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { permitList } from '#access'
import { addMonths, type LondonDate, readDate } from '#calendar'
import { lookAgain, type Workshop } from '#jobs'
import { moveDay, programmes } from '#organisations'
import { type Cast, postAt, postsAt } from './cast.ts'
import { fillWard } from './fill-ward.ts'
import { giveTasks } from './give-tasks.ts'
import { type Hands, livePast } from './past.ts'
import { teamOfLocality } from './places.data.ts'
import { chosen, type Past, pastOf } from './rules.ts'
import { type LifeFacts, livesOf, peopleNumbered, practicesByLocality, readyJournal } from './store.ts'
import { jean, june } from './street.data.ts'

/** Lives everybody's past: those the town drew, June and Jean of the street, and the ward. */
export async function livePasts(workshop: Workshop, cast: Cast, today: LondonDate): Promise<void> {
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
  await workshop.inVisit(async ({ db }) => {
    await moveDay(db, today)
    await lookAgain(db)
  })
  const open = pasts.filter(({ past }) => !past.ends)
  await giveTasks(workshop, cast, open, today)
  await workshop.say('Holding the ward rounds', 0.95)
  const programmeId = await workshop.inVisit(({ db }) => programmeIdOf(db, 'virtual-ward'))
  await fillWard(workshop, cast, { programmeId, open, jeansLife: lives.get(jean.number) }, today)
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

export type Living = { readonly past: Past; readonly hands: Hands; readonly life: LifeFacts }

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
    const owner = chosen(owners[team], turns[team]++)
    const isCoordinator = owner.role === 'care co-ordinator'
    return { gp, owner, programmeId, ...(isCoordinator && { closer: postAt(cast, 'team lead', 'TEAM1') }) }
  }
}

export async function programmeIdOf(db: Parameters<typeof programmes>[0], key: string): Promise<string> {
  const programme = (await programmes(db)).find((each) => each.key === key)
  if (!programme) throw new Error(`there is no programme ${key}`)
  return programme.id
}

/** Everybody's past, month by month: who is registered where is asked of the day on which they were accepted. */
async function liveByMonth(workshop: Workshop, cast: Cast, people: readonly Living[]): Promise<void> {
  const days = [...new Set(people.map(({ past }) => past.openedOn))].sort()
  let lived = 0
  for (const [at, on] of days.entries()) {
    await workshop.inVisit(async ({ db }) => {
      await moveDay(db, on)
      // What was planned for empty tables is planned anew once there is something in them.
      if (at === 1 || at === 5) await lookAgain(db)
    })
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
