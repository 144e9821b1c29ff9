import { makeDemoSignIns, newId, type Visit } from '#access'
import { installationNow, type LondonDate, londonDate } from '#calendar'
import type { Db } from '#database'
import {
  addOrganisation,
  addOutOfHoursAgreement,
  addProgrammeVersion,
  installation,
  organisationsOf,
  programmes,
} from '#organisations'
import { firstProgrammes } from './first-programmes.data.ts'
import { demonstrationTask } from './first-start.ts'

/**
 * What an installation needs to be of use after its first load: an umbrella, a team, a programme to rank for, and,
 * where everybody is made up, an out-of-hours organisation with an agreement and a sign-in a role. Where a programme is
 * there already, nothing of it is touched.
 */
export async function settleIn(visit: Visit): Promise<void> {
  // The demonstration brings its own programmes and people to be.
  if (visit.caller.kind === 'system' && visit.caller.name === demonstrationTask) return
  if ((await programmes(visit.db)).length === 0) await layFirstProgrammes(visit)
  await makeDemoSignIns(visit.db)
}

async function layFirstProgrammes({ db, now }: Visit): Promise<void> {
  const teams = new Set((await organisationsOf(db, 'team')).map(({ code }) => code))
  if (!teams.has('TEAM1')) {
    await addOrganisation(db, { id: newId(), kind: 'team', code: 'TEAM1', name: 'Care co-ordination team' })
  }
  if ((await organisationsOf(db, 'ward')).length === 0) {
    await addOrganisation(db, { id: newId(), kind: 'ward', code: 'WARD1', name: 'Virtual ward' })
  }
  // The visit began before the load gave the installation its day.
  const { dayOn, kind, name } = await installation(db)
  const publishedAt = installationNow(dayOn, now)
  if ((await organisationsOf(db, 'umbrella')).length === 0) {
    await addOrganisation(db, { id: newId(), kind: 'umbrella', code: 'EVERYBODY', name })
  }
  if (kind === 'synthetic') await layOutOfHours(db, londonDate(publishedAt))
  for (const [key, template] of Object.entries(firstProgrammes)) {
    const programme = { id: newId(), key, version: 1, template }
    await addProgrammeVersion(db, { ...programme, publishedAt, publishedBy: 'the first load' })
  }
}

// Where people are real an agreement is somebody's to make: the administrator writes it down, under Places.
async function layOutOfHours(db: Db, fromOn: LondonDate): Promise<void> {
  if ((await organisationsOf(db, 'out of hours')).length > 0) return
  const place = { id: newId(), kind: 'out of hours', code: 'OOH1', name: 'Out of hours' } as const
  await addOrganisation(db, place)
  await addOutOfHoursAgreement(db, {
    id: newId(),
    partnerId: place.id,
    fromOn,
    basis: 'Made up with the first load',
  })
}
