import { addDays, type LondonDate } from '#calendar'
import {
  addOrganisation,
  addOutOfHoursAgreement,
  correctOrganisation,
  endAgreement,
  type OrganisationKind,
  organisationByCode,
  organisationById,
  organisationsOf,
} from '#organisations'
import { newId } from './ids.ts'
import { require } from './permit.ts'
import { changedMeanwhile, notForYou } from './refused.ts'
import type { Outcome, Problem, StaffVisit } from './types.ts'

/** Who looks after places and agreements: the administrator, as with roles and posts. */
export const mayArrange = 'change roles'

/** What may be added by hand. Practices come with the extract, and only with it. */
export const kindsToAdd = [
  'team',
  'ward',
  'out of hours',
  'locality',
  'hospital',
  'provider',
  'charity',
  'umbrella',
] as const satisfies readonly OrganisationKind[]

export type NewPlace = {
  readonly kind: string
  readonly name: string
  readonly code: string
  readonly telephone: string
}

const longestName = 100

/**
 * Adds a place where people work, so that somebody can be given a post there and a programme can name it.
 *
 * @returns what to put right: its kind, its name, a code that another place has. There is one umbrella.
 * @throws Refused when the role does not look after places.
 */
export async function addPlace(visit: StaffVisit, place: NewPlace): Promise<Outcome> {
  require(visit, mayArrange)
  const name = place.name.trim()
  const code = place.code.trim().toUpperCase()
  const kind = kindsToAdd.find((one) => one === place.kind)
  const problems: Problem[] = []
  if (!kind) problems.push({ field: 'kind', message: 'Select what kind of place it is' })
  if (!name) problems.push({ field: 'name', message: 'Enter the name of the place' })
  if (name.length > longestName) problems.push({ field: 'name', message: 'Shorten it to 100 characters' })
  if (!/^[A-Z0-9][A-Z0-9-]{1,19}$/.test(code))
    problems.push({ field: 'code', message: 'Enter a code of 2 to 20 letters and digits, like TEAM2' })
  else if (await organisationByCode(visit.db, code))
    problems.push({ field: 'code', message: 'Another place has this code. Enter another' })
  if (kind === 'umbrella' && (await organisationsOf(visit.db, kind)).length > 0)
    problems.push({ field: 'kind', message: 'There is an umbrella already. Select another kind' })
  if (problems.length > 0 || !kind) return { ok: false, problems }
  const id = newId()
  const telephone = place.telephone.trim()
  await addOrganisation(visit.db, { id, kind, code, name, ...(telephone && { telephone }) })
  if (!(await organisationById(visit.db, id)))
    throw changedMeanwhile('Somebody added a place with this code at the same moment. Look again.')
  await visit.note({ what: 'place added', facts: { organisationId: id, kind } })
  return { ok: true, value: undefined }
}

/** The words of a place on a form: as they were when it was opened, and as they are to be. */
export type PlaceChange = {
  readonly id: string
  readonly seen: { readonly name: string; readonly telephone: string }
  readonly name: string
  readonly telephone: string
}

/**
 * Puts a place's name and telephone right. A practice keeps the name its extract gives it.
 *
 * @returns what to put right.
 * @throws Refused when the role does not look after places, there is no such place, or somebody changed it meanwhile:
 *   then nothing is written over.
 */
export async function correctPlace(visit: StaffVisit, change: PlaceChange): Promise<Outcome> {
  require(visit, mayArrange)
  const place = await organisationById(visit.db, change.id)
  if (!place) throw notForYou()
  const name = place.kind === 'practice' ? place.name : change.name.trim()
  const problems: Problem[] = []
  if (!name) problems.push({ field: 'name', message: 'Enter the name of the place' })
  if (name.length > longestName) problems.push({ field: 'name', message: 'Shorten it to 100 characters' })
  const telephone = change.telephone.trim()
  if (telephone && !/^[+0-9][0-9 ()-]{4,29}$/.test(telephone))
    problems.push({ field: 'telephone', message: 'Enter a telephone number, like 01632 960 123' })
  if (problems.length > 0) return { ok: false, problems }
  const seen = { ...change.seen, telephone: change.seen.telephone || undefined }
  if (!(await correctOrganisation(visit.db, place.id, seen, { name, telephone: telephone || undefined })))
    throw changedMeanwhile('Somebody changed this place at the same moment. Look again.')
  const was = { nameWas: change.seen.name, telephoneWas: change.seen.telephone }
  await visit.note({ what: 'place corrected', facts: { organisationId: place.id, ...was } })
  return { ok: true, value: undefined }
}

export type NewAgreement = {
  readonly partnerId: string
  readonly fromOn: LondonDate | undefined
  /** The last day it holds; absent where it holds until somebody ends it. */
  readonly lastOn: LondonDate | undefined
  readonly basis: string
}

/**
 * Writes down an agreement with an out-of-hours organisation. While it holds, whoever works there sees the emergency
 * summary of everybody with an open episode who wishes it.
 *
 * @returns what to put right: whom it is with, its days, the paper it stands on.
 * @throws Refused when the role does not look after agreements.
 */
export async function makeAgreement(visit: StaffVisit, agreement: NewAgreement): Promise<Outcome> {
  require(visit, mayArrange)
  const { partnerId, fromOn, lastOn } = agreement
  const basis = agreement.basis.trim()
  const problems = problemsWithAgreement(visit, agreement)
  const partner = await organisationById(visit.db, partnerId)
  if (partner?.kind !== 'out of hours')
    problems.unshift({ field: 'partner', message: 'Select an out-of-hours organisation' })
  if (problems.length > 0 || !fromOn) return { ok: false, problems }
  const untilOn = lastOn && addDays(lastOn, 1)
  const id = newId()
  const kept = { id, partnerId, fromOn, untilOn, basis, by: visit.caller.staffId }
  if (!(await addOutOfHoursAgreement(visit.db, kept))) {
    const message = 'An agreement with them holds on some of these days already. End it first'
    return { ok: false, problems: [{ field: 'from', message }] }
  }
  await visit.note({ what: 'agreement made', facts: { agreementId: id, organisationId: partnerId } })
  return { ok: true, value: undefined }
}

function problemsWithAgreement(visit: StaffVisit, { fromOn, lastOn, basis }: NewAgreement): Problem[] {
  const problems: Problem[] = []
  if (!fromOn) problems.push({ field: 'from', message: 'Its first day must be a real date, like 27 3 2026' })
  if (fromOn && lastOn && lastOn < fromOn)
    problems.push({ field: 'last', message: 'Its last day must be its first day or later' })
  if (lastOn && lastOn < visit.today)
    problems.push({ field: 'last', message: 'Its last day must be today or later' })
  if (!basis.trim()) problems.push({ field: 'basis', message: 'Enter which agreement it is' })
  return problems
}

/**
 * Ends an agreement today: from this moment on nobody there sees anybody’s summary by it.
 *
 * @throws Refused when the role does not look after agreements, or it has ended already.
 */
export async function stopAgreement(visit: StaffVisit, id: string, reason: string): Promise<Outcome> {
  require(visit, mayArrange)
  if (!reason.trim())
    return { ok: false, problems: [{ field: `reason-${id}`, message: 'Enter why it ends' }] }
  const end = { id, on: visit.today, by: visit.caller.staffId, at: visit.now, reason: reason.trim() }
  if (!(await endAgreement(visit.db, end))) throw changedMeanwhile('This agreement has ended already.')
  await visit.note({ what: 'agreement ended', facts: { agreementId: id } })
  return { ok: true, value: undefined }
}
