import { permit } from '#access'
import { addDays, type LondonDate, londonInstant } from '#calendar'
import { addTask } from '#co-ordination'
import type { Workshop } from '#jobs'
import type { PersonId } from '#people'
import { type Cast, idFrom, type VisitOn } from './cast.ts'
import type { Living } from './lives.ts'
import { must } from './past.ts'
import { workingDayFrom } from './rules.ts'
import type { CastPost } from './store.ts'
import { taskWords } from './words.data.ts'

/** Gives each case manager what there is to do: three things overdue, four due today, and some to come. */
export async function giveTasks(
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
