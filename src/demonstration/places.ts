import { newId } from '#access'
import { type LondonDate, londonInstant, readDate } from '#calendar'
import type { Db } from '#database'
import type { Workshop } from '#jobs'
import {
  addOrganisation,
  addPost,
  addProgrammeVersion,
  addStaff,
  correctOrganisation,
  organisationByCode,
  staffAt,
} from '#organisations'
import { places, practiceTelephones, practiceWorkers, workers } from './places.data.ts'
import { programmeSeeds } from './programmes.data.ts'
import { addAgreement } from './store.ts'

// Before anybody joined: nobody joins a programme that is not yet published.
const sinceOn = readDate('2024-04-01') as LondonDate
const beganAt = londonInstant(sinceOn, 9)

type Door = Pick<Workshop, 'inVisit'>

/** Lays out Harrowmere: places, the programmes, the agreement with out of hours, and who works there. Once. */
export async function layPlaces(workshop: Door): Promise<void> {
  await workshop.inVisit(async ({ db }) => {
    if (await organisationByCode(db, 'HARROWMERE')) return
    for (const { partOf, ...place } of places) {
      const parent = partOf && (await organisationByCode(db, partOf))
      await addOrganisation(db, { ...place, id: newId(), ...(parent && { partOf: parent.id }) })
    }
    for (const [key, template] of Object.entries(programmeSeeds)) {
      const programme = { id: newId(), key, version: 1, template }
      await addProgrammeVersion(db, { ...programme, publishedAt: beganAt, publishedBy: 'the demonstration' })
    }
    const outOfHours = await organisationByCode(db, 'OOH1')
    if (outOfHours) await addAgreement(db, { id: newId(), partnerId: outOfHours.id, since: sinceOn })
  })
  await employ(workshop, workers)
}

/** Gives the practices their telephones and their workers. Once; the practices are there after the load. */
export async function staffPractices(workshop: Door): Promise<void> {
  await workshop.inVisit(async ({ db }) => {
    for (const [code, telephone] of Object.entries(practiceTelephones)) {
      const practice = await organisationByCode(db, code)
      if (!practice || practice.telephone) continue
      const { id, name } = practice
      await correctOrganisation(db, id, { name, telephone: undefined }, { name, telephone })
    }
  })
  await employ(workshop, practiceWorkers)
}

// One transaction a worker: a visitor can be the first recorded of each role.
async function employ(workshop: Door, people: typeof workers): Promise<void> {
  for (const worker of people) await workshop.inVisit(({ db }) => employOne(db, worker))
}

async function employOne(db: Db, { name, posts }: (typeof workers)[number]): Promise<void> {
  const [first] = posts
  const place = first && (await organisationByCode(db, first[1]))
  if (!place || (await staffAt(db, place.id, [first[0]])).some((worker) => worker.name === name)) return
  const staffId = newId()
  await addStaff(db, { id: staffId, name, telephone: place.telephone })
  for (const [role, code] of posts) {
    const at = await organisationByCode(db, code)
    if (at) await addPost(db, { id: newId(), staffId, organisationId: at.id, role })
  }
}
