import type { Problem } from '#access'
import {
  type Activity,
  type ProgrammeTemplate,
  programmeTemplate,
  type Role,
  type RoleChange,
  type StaffPost,
  shippedRoles,
} from '#organisations'
import type { NewWorker, RoleWish } from './types.ts'

/** Every activity that some shipped role has, in words' order. */
export const allActivities: readonly Activity[] = [
  ...new Set<Activity>(Object.values(shippedRoles).flat()),
].sort((a, b) => a.localeCompare(b))

export const isRole = (text: string): text is Role => Object.hasOwn(shippedRoles, text)
export const isActivity = (text: string): text is Activity => allActivities.some((known) => known === text)

/** Whether a role may do something at a place, and why. */
export type MayLine = {
  readonly activity: Activity
  readonly may: boolean
  readonly isShipped: boolean
  readonly change?: RoleChange
}

/** What a role may do at a place: what ships, and what the place changed. */
export function mayLines(role: Role, changes: readonly RoleChange[]): readonly MayLine[] {
  const shipped: readonly Activity[] = shippedRoles[role]
  return allActivities.map((activity) => {
    const isShipped = shipped.includes(activity)
    const change = changes.find((each) => each.activity === activity)
    const may = change ? change.change === 'added' : isShipped
    return { activity, may, isShipped, ...(change ? { change } : {}) }
  })
}

/** What a wish comes to: nothing where it is so already, the end of an earlier change, or a change. */
export type RoleStep =
  | { readonly do: 'nothing' }
  | { readonly do: 'end'; readonly id: string }
  | { readonly do: 'write'; readonly change: 'added' | 'taken away' }

export function stepFor({ may, change }: MayLine, wish: RoleWish['wish']): RoleStep {
  if (may === (wish === 'give')) return { do: 'nothing' }
  if (change) return { do: 'end', id: change.id }
  return { do: 'write', change: wish === 'give' ? 'added' : 'taken away' }
}

/** What each field of a template asks for, said so that it can be put right. */
const fieldWords: Readonly<Record<string, string>> = {
  name: 'Enter the programme’s name',
  kind: 'Select case management or virtual ward',
  targetPercent: 'Enter how many in 100 it is for: more than 0, at most 100',
  fromAge: 'Enter the youngest age: a whole number from 0 to 120',
  caseload: 'Enter the caseload limit, a whole number above 0, and select what it counts for',
  reviewEveryDays: 'Enter days between reviews for each stage: whole numbers above 0',
  beds: 'Enter how many beds: a whole number above 0, or nothing',
  teams: 'Select at least one team',
  declineForMonths: 'Enter for how many months a decline holds: a whole number above 0',
}

type Part = { readonly safeParse: (value: unknown) => { readonly success: boolean } }

/** Each later room's reader of its own part of a template, by the part's name. */
export type ProgrammeParts = Readonly<Record<string, Part>>

/**
 * Reads a template somebody wrote.
 *
 * @param parts the readers of parts that later rooms own. A part that is not there is left to the room's own default.
 * @returns what to put right, each under the field's name; a field nobody knows is named.
 */
export function readTemplate(
  written: unknown,
  parts: ProgrammeParts,
):
  | { readonly ok: true; readonly template: ProgrammeTemplate }
  | { readonly ok: false; readonly problems: readonly Problem[] } {
  if (typeof written !== 'object' || written === null || Array.isArray(written)) {
    return {
      ok: false,
      problems: [{ field: 'template', message: 'A template is one object with named fields' }],
    }
  }
  const fields = Object.entries(written)
  const own = Object.fromEntries(fields.filter(([name]) => !Object.hasOwn(parts, name)))
  const read = programmeTemplate.safeParse(own)
  const ofParts = fields
    .filter(([name, value]) => Object.hasOwn(parts, name) && !parts[name]?.safeParse(value).success)
    .map(([name]) => ({ field: name, message: `Check the part “${name}”` }))
  const ofOwn = read.success ? [] : read.error.issues.flatMap(problemsOf)
  const problems = [...new Map([...ofOwn, ...ofParts].map((problem) => [problem.message, problem])).values()]
  if (problems.length > 0 || !read.success) return { ok: false, problems }
  const extra = Object.fromEntries(fields.filter(([name]) => Object.hasOwn(parts, name)))
  return { ok: true, template: { ...read.data, ...extra } }
}

function problemsOf(issue: {
  readonly code?: string
  readonly path: readonly PropertyKey[]
  readonly keys?: readonly string[]
}): readonly Problem[] {
  if (issue.code === 'unrecognized_keys') {
    const within = issue.path.length > 0 ? ` of “${issue.path.map(String).join('.')}”` : ' of a programme'
    return (issue.keys ?? []).map((name) => ({
      field: name,
      message: `“${name}” is not a field${within} in this version. Take it out, or correct its name`,
    }))
  }
  const field = String(issue.path[0] ?? 'template')
  return [{ field, message: fieldWords[field] ?? `Check “${field}”` }]
}

/** Whether no post is asked for: somebody on the list is only given a telephone or a reference. */
export const isOnlyKnown = (worker: NewWorker): boolean =>
  worker.staffId !== '' &&
  (worker.telephone !== '' || worker.subject !== '') &&
  worker.role === '' &&
  worker.organisationId === ''

/** What to put right before somebody gets a post. */
export function problemsWithWorker(worker: NewWorker, held: readonly StaffPost[]): Problem[] {
  const problems: Problem[] = []
  const isKnown = held.some(({ staffId }) => staffId === worker.staffId)
  if (worker.staffId ? !isKnown : !worker.name) problems.push({ field: 'name', message: 'Enter their name' })
  if (worker.staffId && worker.name) {
    problems.push({ field: 'name', message: 'Choose somebody on the list or enter a new name, not both' })
  }
  if (!isOnlyKnown(worker) && !isRole(worker.role)) problems.push({ field: 'role', message: 'Select a role' })
  if (Boolean(worker.issuer) !== Boolean(worker.subject)) {
    problems.push({
      field: 'subject',
      message: 'Enter both the reference and the provider’s address, or neither',
    })
  }
  const same = (post: StaffPost) =>
    post.staffId === worker.staffId &&
    post.role === worker.role &&
    post.organisationId === worker.organisationId
  if (held.some(same))
    problems.push({ field: 'role', message: 'They hold this post already. Choose another' })
  return problems
}
