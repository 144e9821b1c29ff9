import { type Outcome, require, type StaffVisit } from '#access'
import { organisationsOf, type Staff, staffAt } from '#organisations'
import { modelInUse } from '../model/model-store.ts'
import { listRoles, readTrained, type TrainedForm } from './rules.ts'
import { addTraining } from './store.ts'

/** Who works down lists at the caller’s place and in the teams, by name. */
export async function colleaguesOf({ db, caller }: StaffVisit): Promise<readonly Staff[]> {
  const places = [caller.organisation.id, ...(await organisationsOf(db, 'team')).map(({ id }) => id)]
  const found = new Map<string, Staff>()
  for (const place of places) for (const one of await staffAt(db, place, listRoles)) found.set(one.id, one)
  return [...found.values()].sort((a, b) => a.name.localeCompare(b.name, 'en-GB'))
}

/** Writes down, in the name of the clinician who gave it, whom they trained to read the lists and when. */
export async function signTraining(
  visit: StaffVisit,
  form: TrainedForm,
): Promise<Outcome<{ readonly people: number }>> {
  require(visit, 'judge candidates')
  const { db, caller, today, now } = visit
  const read = readTrained(form, { ...caller, today }, await colleaguesOf(visit))
  if ('problems' in read) return { ok: false, problems: read.problems }
  const model = await modelInUse(db)
  const { staffIds, trainedOn } = read.ready
  for (const staffId of staffIds) {
    await addTraining(db, {
      ...{ staffId, trainedOn, trainedBy: caller.staffId, trainerRole: caller.role, at: now },
      modelId: model?.id,
    })
    await visit.note({ what: 'training given', about: `staff ${staffId}`, facts: { staffId, trainedOn } })
  }
  return { ok: true, value: { people: staffIds.length } }
}
