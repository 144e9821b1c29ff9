import {
  changedMeanwhile,
  knowStaff,
  newId,
  type Outcome,
  type Problem,
  Refused,
  require,
  type StaffVisit,
} from '#access'
import { savepoint } from '#database'
import {
  addPost,
  addProgrammeVersion,
  addRoleChange,
  addStaff,
  endPost,
  endRoleChange,
  organisationById,
  placeCodes,
  programmes,
  roleChangesInForce,
  staffPosts,
} from '#organisations'
import { episodesHeld } from '#people'
import {
  isActivity,
  isOnlyKnown,
  isRole,
  mayLines,
  type ProgrammeParts,
  problemsWithWorker,
  readTemplate,
  stepFor,
} from './rules.ts'
import type { NewWorker, RoleWish } from './types.ts'

/**
 * Gives a role an activity at a place, or takes it away. It bites at the next request of everybody in that role there.
 *
 * @returns whether anything changed: asking for what is so already changes nothing.
 */
export async function changeRole(visit: StaffVisit, wish: RoleWish): Promise<Outcome<boolean>> {
  require(visit, 'change roles')
  const { organisationId, role, activity } = wish
  const place = await organisationById(visit.db, organisationId)
  if (!place) return { ok: false, problems: [{ field: 'at', message: 'Select a place' }] }
  if (!isRole(role)) return { ok: false, problems: [{ field: 'role', message: 'Select a role' }] }
  if (!isActivity(activity)) {
    return { ok: false, problems: [{ field: 'activity', message: 'Select what the role may do' }] }
  }
  const { caller } = visit
  const isOwnKey =
    activity === 'change roles' && role === caller.role && organisationId === caller.organisation.id
  if (isOwnKey && wish.wish === 'take away') {
    throw new Refused(
      'not now',
      'This would take from you the right to change roles. Somebody else has to do it.',
    )
  }
  const line = mayLines(role, await roleChangesInForce(visit.db, organisationId, role)).find(
    (each) => each.activity === activity,
  )
  const step = line ? stepFor(line, wish.wish) : { do: 'nothing' as const }
  const stamp = { by: caller.staffId, at: visit.now }
  if (step.do === 'nothing') return { ok: true, value: false }
  if (step.do === 'end') await endRoleChange(visit.db, step.id, stamp)
  else
    await addRoleChange(visit.db, {
      id: newId(),
      organisationId,
      role,
      activity,
      change: step.change,
      ...stamp,
    })
  const change = wish.wish === 'give' ? 'given' : 'taken away'
  await visit.note({ what: 'role changed', facts: { organisationId, role, activity, change } })
  return { ok: true, value: true }
}

/**
 * Publishes a programme, or its next version. A version is never changed.
 *
 * @param written the whole template. @param from the version it was written from; 0 for a new programme.
 * @param parts readers of the parts that later rooms own.
 * @throws Refused when somebody published a version meanwhile.
 */
export async function publishProgramme(
  visit: StaffVisit,
  programme: { readonly key: string; readonly from: number; readonly written: unknown },
  parts: ProgrammeParts,
): Promise<Outcome<{ readonly version: number }>> {
  require(visit, 'run programmes')
  const { key, from, written } = programme
  const ofKey = problemsWithKey(key)
  const read = readTemplate(written, parts)
  if (!read.ok) return { ok: false, problems: [...ofKey, ...read.problems] }
  if (ofKey.length > 0) return { ok: false, problems: ofKey }
  const known = new Set((await placeCodes(visit.db)).map(({ code }) => code))
  const stranger = read.template.teams.find((code) => !known.has(code))
  if (stranger) {
    return {
      ok: false,
      problems: [{ field: 'teams', message: `“${stranger}” is no place here. Choose another team` }],
    }
  }
  const now = (await programmes(visit.db)).find((each) => each.key === key)
  if ((now?.version ?? 0) !== from) throw publishedMeanwhile(key)
  const version = from + 1
  const row = { id: now?.id ?? newId(), key, version, template: read.template }
  await savepoint(visit.db, () =>
    addProgrammeVersion(visit.db, { ...row, publishedAt: visit.now, publishedBy: visit.caller.staffId }),
  ).catch((error: unknown) => {
    throw isTaken(error) ? publishedMeanwhile(key) : error
  })
  await visit.note({ what: 'programme published', facts: { programmeKey: key, version } })
  return { ok: true, value: { version } }
}

const problemsWithKey = (key: string): readonly Problem[] =>
  key !== 'new' && /^[a-z][a-z0-9-]{1,39}$/.test(key)
    ? []
    : [
        {
          field: 'key',
          message: 'Enter a short key: small letters, digits and hyphens, such as quayside-ward',
        },
      ]

const publishedMeanwhile = (key: string) =>
  changedMeanwhile(
    `Somebody published “${key}” meanwhile. Open it again and look at what changed, then publish.`,
  )

const isTaken = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === '23505'

/**
 * Gives somebody a post from today, and puts them on the staff list where they are not yet. Of somebody on it, a telephone or a
 * reference typed is written down; where no post is asked for, only that.
 */
export async function addWorker(visit: StaffVisit, worker: NewWorker): Promise<Outcome> {
  require(visit, 'change roles')
  const { organisationId, role } = worker
  const problems = problemsWithWorker(worker, await staffPosts(visit.db))
  if (!isOnlyKnown(worker) && !(await organisationById(visit.db, organisationId))) {
    problems.push({ field: 'place', message: 'Select a place' })
  }
  if (problems.length > 0) return { ok: false, problems }
  const staffId = worker.staffId || newId()
  const message = await problemWithReference(visit, staffId, worker)
  if (message) return { ok: false, problems: [{ field: 'subject', message }] }
  if (isOnlyKnown(worker)) return { ok: true, value: undefined }
  await addPost(visit.db, { id: newId(), staffId, organisationId, role })
  await visit.note({ what: 'worker added', facts: { staffId, organisationId, role } })
  return { ok: true, value: undefined }
}

// Writes down who they are, unless the reference is in the way: then nothing is.
async function problemWithReference(
  visit: StaffVisit,
  staffId: string,
  worker: NewWorker,
): Promise<string | undefined> {
  try {
    const isWritten = await savepoint(visit.db, () =>
      worker.staffId ? knownAgain(visit, worker) : addedToList(visit, staffId, worker),
    )
    return isWritten
      ? undefined
      : 'They have another reference, or are the local administrator. Leave this one out'
  } catch (error) {
    if (isTaken(error)) return 'Somebody on the staff list has this reference already'
    throw error
  }
}

const knownBy = ({ telephone, issuer, subject }: NewWorker) => ({
  ...(telephone && { telephone }),
  ...(subject && { issuer, subject }),
})

async function addedToList(visit: StaffVisit, id: string, worker: NewWorker): Promise<boolean> {
  await addStaff(visit.db, { id, name: worker.name, ...knownBy(worker) })
  return true
}

async function knownAgain(visit: StaffVisit, worker: NewWorker): Promise<boolean> {
  const { staffId, telephone, subject } = worker
  if (!telephone && !subject) return true
  if (!(await knowStaff(visit.db, staffId, knownBy(worker)))) return false
  const what = telephone && subject ? 'both' : telephone ? 'telephone' : 'reference'
  await visit.note({ what: 'worker known by', facts: { staffId, what } })
  return true
}

/** A post that is still needed: how many people it is the case manager of, and whose it is. */
export type StillNeeded = {
  readonly held: number
  readonly name: string
  readonly organisationName: string
}

/**
 * Ends somebody's post today: their session in it ends at their next request.
 *
 * @param post.anyway whether it ends although people would be left without a case manager who works there.
 * @returns what it is still needed for; then nothing was changed. Undefined when it is ended.
 */
export async function endWork(
  visit: StaffVisit,
  post: { readonly id: string; readonly role: string; readonly anyway?: boolean },
): Promise<StillNeeded | undefined> {
  require(visit, 'change roles')
  if (post.id === visit.caller.postId) {
    throw new Refused('not now', 'This is the post you work in. Somebody else has to end it.')
  }
  const needed = post.anyway ? undefined : await stillNeeded(visit, post.id)
  if (needed) return needed
  if (!(await endPost(visit.db, post.id, visit.today))) {
    throw changedMeanwhile('This post was ended meanwhile.')
  }
  await visit.note({ what: 'post ended', facts: { postId: post.id, role: post.role } })
  return undefined
}

// Whoever keeps another post at the same place goes on working there.
async function stillNeeded(visit: StaffVisit, postId: string): Promise<StillNeeded | undefined> {
  const posts = await staffPosts(visit.db)
  const post = posts.find((one) => one.postId === postId)
  if (!post) return undefined
  const { staffId, organisationId, name, organisationName } = post
  const staysThere = posts.some(
    (one) => one.staffId === staffId && one.organisationId === organisationId && one.postId !== postId,
  )
  const held = staysThere ? 0 : await episodesHeld(visit.db, staffId, organisationId)
  return held > 0 ? { held, name, organisationName } : undefined
}
