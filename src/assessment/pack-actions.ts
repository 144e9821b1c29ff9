import { changedMeanwhile, newId, notForYou, type Outcome, require, type StaffVisit } from '#access'
import { readPack, type SitePack } from './pack-file.ts'
import { endPack, insertPack, packsOf, sha256OfPack } from './pack-store.ts'

/** Who looks after what a site is licensed for: the administrator, as with roles and posts. */
export const mayPutIn = 'change roles'

/**
 * Puts a site's pack in: from now on its measure is asked with these words. One of the same measure that is in force
 * ends with it; what was answered to that one stays.
 *
 * @returns the measure's key, or the one sentence that says what does not fit. Nothing is kept then.
 * @throws Refused when the role does not look after the site, or somebody put one in at the same moment.
 */
export async function putInPack(
  visit: StaffVisit,
  text: string,
): Promise<Outcome<{ readonly instrument: string }>> {
  require(visit, mayPutIn)
  const read = readPack(text, visit.today)
  if (!read.ok) return { ok: false, problems: [{ field: 'file', message: read.sentence }] }
  const { pack } = read
  const by = visit.caller.staffId
  const before = (await packsOf(visit.db)).find((one) => one.instrument === pack.instrument && !one.endedAt)
  if (before?.sha256 === sha256OfPack(pack))
    return { ok: false, problems: [{ field: 'file', message: 'This very file is in force already' }] }
  if (before)
    await endPack(visit.db, { id: before.id, by, at: visit.now, reason: replacedBy(before, pack.edition) })
  const id = newId()
  if (!(await insertPack(visit.db, { ...pack, id, by, at: visit.now })))
    throw changedMeanwhile('Somebody else put in a file for this measure at the same moment. Look again.')
  await visit.note({ what: 'measure pack put in', facts: { packId: id, instrument: pack.instrument } })
  return { ok: true, value: { instrument: pack.instrument } }
}

const replacedBy = (before: SitePack, edition: string) =>
  before.edition === edition ? 'The licence was renewed' : `Another edition took its place: ${edition}`

/**
 * Withdraws a pack: its measure is not asked any more. What was answered stays, with its words and scores.
 *
 * @throws Refused when the role does not look after the site, or no such pack is in force.
 */
export async function withdrawPack(visit: StaffVisit, id: string, reason: string): Promise<Outcome> {
  require(visit, mayPutIn)
  if (!reason.trim())
    return { ok: false, problems: [{ field: `reason-${id}`, message: 'Enter why it is withdrawn' }] }
  const ended = { id, by: visit.caller.staffId, at: visit.now, reason: reason.trim() }
  if (!(await endPack(visit.db, ended))) throw notForYou()
  await visit.note({ what: 'measure pack withdrawn', facts: { packId: id } })
  return { ok: true, value: undefined }
}
