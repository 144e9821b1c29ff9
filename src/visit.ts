import {
  enter,
  enterAsSystem,
  type StaffCaller,
  type StaffVisit,
  type SystemCaller,
  type Visit,
} from '#access'
import { installationNow, londonDate } from '#calendar'
import { type Db, type Pool, transaction } from '#database'
import { laterIn } from '#jobs'
import { type Note, writeNote } from '#journal'
import { installation } from '#organisations'
import { type Around, aroundEveryPage } from './furniture.ts'
import { reactions } from './pathway.ts'

/** Puts a visit together inside a transaction. The pen writes the note, then each reaction in the order written. */
export async function makeVisit<C extends StaffCaller | SystemCaller>(
  db: Db,
  caller: C,
  wallClock: Date,
): Promise<Visit<C>> {
  const { dayOn } = caller.kind === 'staff' ? caller.house : await installation(db)
  const now = installationNow(dayOn, wallClock)
  return visitAt(db, caller, now)
}

/** A visit at an instant of the installation's time: the roof's, and the demonstration's past. */
export function visitAt<C extends StaffCaller | SystemCaller>(db: Db, caller: C, now: Date): Visit<C> {
  const visit: Visit<C> = {
    caller,
    now,
    today: londonDate(now),
    db,
    later: laterIn(db),
    note: async (note) => {
      await writeNote(visit, note)
      for (const react of reactionsTo(note)) await react(visit, note)
    },
  }
  return visit
}

// The list is typed by the note's own name; a union of notes loses which belongs to which.
const reactionsTo = (note: Note): readonly ((visit: Visit, note: Note) => Promise<void>)[] =>
  reactions[note.what] as readonly ((visit: Visit, note: Note) => Promise<void>)[]

/**
 * One transaction of somebody signed in.
 *
 * @param work is given what stands around every page too: it was asked in one with who is asking, which saves both sides a turn.
 * @returns undefined when the token's session is not alive.
 */
export const asStaff = <T>(
  pool: Pool,
  token: string,
  clock: () => Date,
  work: (visit: StaffVisit, around: Around) => Promise<T>,
): Promise<T | undefined> =>
  transaction(pool, async (db) => {
    const [caller, around] = await Promise.all([enter(db, token), aroundEveryPage(db)])
    return caller && (await work(await makeVisit(db, caller, clock()), around))
  })

/** One transaction of the program itself, under the name of its work. */
export const asSystem = <T>(
  pool: Pool,
  name: string,
  clock: () => Date,
  work: (visit: Visit<SystemCaller>) => Promise<T>,
): Promise<T> =>
  transaction(pool, async (db) => {
    await enterAsSystem(db, name)
    return await work(await makeVisit(db, { kind: 'system', name }, clock()))
  })
