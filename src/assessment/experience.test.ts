import { beforeAll, describe, expect, it } from 'vitest'
import { addDays, addMonths } from '#calendar'
import { episodesOf } from '#people'
import { someoneInCare, withPerson } from '../../test/care.ts'
import { type House, openHouse, programmeId, testDay } from '../../test/house.ts'
import { experienceOf, measuresOf, outcomesOf, recordMeasure } from './index.ts'
import type { AnsweredBy, Answers } from './types.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})

const months = {
  programmeId: programmeId('virtual-ward'),
  from: addMonths(testDay, -3),
  before: addMonths(testDay, 1),
}
const told = () => house.as('yasmin', (visit) => experienceOf(visit, months))

async function says(
  answers: Answers,
  answeredBy: AnsweredBy = 'the person',
  person?: string,
): Promise<string> {
  const who =
    person ??
    (await someoneInCare(house, {
      owner: 'ana',
      team: 'ward',
      programme: 'virtual-ward',
      openedOn: addDays(testDay, -60),
    }))
  await withPerson(house, 'ana', who, async (visit, leave) => {
    const [episode] = await episodesOf(visit.db, leave)
    const outcome = await recordMeasure(visit, leave, {
      instrument: 'experience',
      episodeId: episode?.id ?? '',
      answeredBy,
      answeredVia: 'telephone',
      answeredOn: person ? testDay : addDays(testDay, -40),
      answers,
    })
    expect(outcome).toMatchObject({ ok: true })
  })
  return who
}

describe('R-280 what people say of their care', () => {
  it('R-280 is not told of fewer than 8', async () => {
    for (let n = 0; n < 7; n++) await says({ 1: 1, 2: 2, 5: 4 })
    expect(await told()).toEqual([])
  })

  it('R-280 is how many call each thing excellent or very good, of how many, in the order asked', async () => {
    await says({ 1: 2, 2: 1, 5: 5 })
    expect(await told()).toMatchObject([
      { item: '1', words: 'The care you get from us, overall', isOwn: true, people: 8, best: 8 },
      { item: '2', words: 'Reaching us when you need to', people: 8, best: 8 },
      { item: '5', words: 'The time we give you', people: 8, best: 0 },
    ])
  })

  it('R-280 leaves out who did not answer a question, and withholds a small count and the one it would give away', async () => {
    await says({ 1: 4, 2: 'prefers not to say', 5: 'not known' })
    const [overall, reaching, time] = await told()
    expect(overall).toMatchObject({ people: 9 })
    expect(overall?.best).toBeUndefined()
    expect(reaching).toMatchObject({ people: 8, best: 8 })
    expect(time).toMatchObject({ people: 8, best: 0 })
  })

  it('counts the newest answer of each person, and what somebody says for them apart', async () => {
    const person = await says({ 2: 1 })
    await says({ 2: 2 }, 'the person', person)
    for (let n = 0; n < 8; n++) await says({ 2: 5 }, 'a carer, for them')
    const reaching = (await told()).filter(({ item }) => item === '2')
    expect(reaching).toMatchObject([
      { isOwn: true, people: 9, best: 9 },
      { isOwn: false, people: 8, best: 0 },
    ])
  })

  it('has no score, and none is made of it in outcomes', async () => {
    const person = await says({ 1: 1 })
    const [measure] = await withPerson(house, 'ana', person, (visit, leave) => measuresOf(visit.db, leave))
    expect(measure?.scores).toEqual([])
    const rows = await house.as('yasmin', (visit) => outcomesOf(visit, months))
    expect(rows.filter(({ instrument }) => instrument === 'experience')).toEqual([])
  })

  it('is for those who see evaluation', async () => {
    await expect(house.as('pat', (visit) => experienceOf(visit, months))).rejects.toMatchObject({
      kind: 'not for you',
    })
  })
})
