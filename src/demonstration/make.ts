import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { makeDemoSignIns } from '#access'
import type { Task, Workshop } from '#jobs'
import { decideKind, moveDay } from '#organisations'
import { currentLoad, loadExtract } from '#population'
import { makeTown } from '../../town/index.ts'
import { tasks } from '../pathway.ts'
import { signInCast } from './cast.ts'
import { doors } from './doors.data.ts'
import { lendSomeKit } from './lend-kit.ts'
import { livePasts } from './lives.ts'
import { liveMorning } from './morning.ts'
import { layPlaces, staffPractices } from './places.ts'
import { keepDoor, peopleNumbered } from './store.ts'
import { jean } from './street.data.ts'

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
  await workshop.inVisit(({ db }) => makeDemoSignIns(db))
  const today = await workshop.inVisit(async ({ db }) => (await currentLoad(db))?.indexOn)
  if (!today) throw new Error('the town was loaded and there is no current load')
  const cast = await signInCast(workshop)
  try {
    await livePasts(part(0.45, 0.88), cast, today)
    await tasks.rank?.(part(0.88, 0.98), {})
    await liveMorning(workshop, cast, today)
    await lendSomeKit(workshop, cast, today)
  } finally {
    await workshop.inVisit(({ db }) => moveDay(db, today))
    await cast.end()
  }
  await hangDoors(workshop)
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

/** Says where each door of the first page leads. They are offered once the town as it is now is kept. */
async function hangDoors(workshop: Workshop): Promise<void> {
  await workshop.inVisit(async ({ db }) => {
    const jeansId = (await peopleNumbered(db, [jean.number])).get(jean.number) ?? ''
    for (const { key, to } of doors) await keepDoor(db, key, to.replace('JEAN', jeansId))
  })
}
