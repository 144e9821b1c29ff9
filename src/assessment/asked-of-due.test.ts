import { beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#access'
import { addDays, addMonths } from '#calendar'
import { episodesOf } from '#people'
import { someoneInCare, withPerson } from '../../test/care.ts'
import { type House, openHouse, programmeId, testDay } from '../../test/house.ts'
import { askedOf, recordMeasure, strikeAnswers } from './index.ts'
import type { NewMeasure } from './types.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})

const opened = addMonths(testDay, -4)
const months = {
  programmeId: programmeId('conrane'),
  from: addMonths(testDay, -12),
  before: addMonths(testDay, 1),
}
const told = () => house.as('yasmin', (visit) => askedOf(visit, months))
const lonely = async (moment = 'baseline') =>
  (await told()).find((one) => one.instrument === 'loneliness' && one.moment === moment)

async function someone(answered: Partial<NewMeasure> | undefined): Promise<string> {
  const person = await someoneInCare(house, { openedOn: opened })
  if (answered) await answer(person, answered)
  return person
}
const answer = (person: string, given: Partial<NewMeasure>) =>
  withPerson(house, 'amina', person, async (visit, leave) => {
    const [episode] = await episodesOf(visit.db, leave)
    const outcome = await recordMeasure(visit, leave, {
      instrument: 'loneliness',
      episodeId: episode?.id ?? '',
      answeredBy: 'the person',
      answeredVia: 'telephone',
      answeredOn: addDays(opened, 10),
      answers: { 1: 2, 2: 2, 3: 2, direct: 2 },
      ...given,
    })
    expect(outcome).toMatchObject({ ok: true })
    return outcome.ok ? outcome.value.assessmentId : ''
  })

describe('of whom a measure was due, how many answered', () => {
  it('is not told of fewer than 8', async () => {
    for (let n = 0; n < 7; n++) await someone({})
    expect(await told()).toEqual([])
  })

  it('counts whoever answered in the weeks of the moment, by the programme’s schedule and in its order', async () => {
    await someone({})
    const all = await told()
    expect(all.map(({ instrument, moment }) => `${instrument} ${moment}`)).toEqual([
      'phq-9 baseline',
      'ons4 baseline',
      'loneliness baseline',
    ])
    expect(await lonely()).toMatchObject({ due: 8, answered: 8 })
    expect(all[0]).toMatchObject({ due: 8, answered: 0 })
    // 3 months and 6 weeks after joining are not over yet.
    expect(await lonely('6 months')).toBeUndefined()
  })

  it('counts as due, and not as answered, whoever was not asked, said nothing, answered late, or was struck', async () => {
    await someone(undefined)
    await someone({ answers: { 1: 'prefers not to say', 2: 'prefers not to say', 3: 'not known' } })
    await someone({ answeredOn: addDays(opened, 43) })
    const struck = await someone(undefined)
    const id = await answer(struck, {})
    await withPerson(house, 'amina', struck, (visit, leave) => strikeAnswers(visit, leave, id, 'Another’s'))
    for (let n = 0; n < 4; n++) await someone(undefined)
    expect(await lonely()).toMatchObject({ due: 16, answered: 8 })
  })

  it('does not count as due whoever died or left before the weeks were over, nor who objects to evaluation', async () => {
    const [died, left, objects] = [
      await someone(undefined),
      await someone(undefined),
      await someone(undefined),
    ]
    await house.arrange('update people.person set died_on = $1 where id = $2', [addDays(opened, 30), died])
    await house.arrange('update people.episode set closed_on = $1 where person_id = $2', [
      addDays(opened, 30),
      left,
    ])
    await house.arrange(
      `insert into people.wish (id, person_id, kind, purpose, answer, source, since, recorded_at)
       values ($1, $2, 'objection', 'evaluation', 'yes', 'test', '2026-01-01', now())`,
      [newId(), objects],
    )
    expect(await lonely()).toMatchObject({ due: 16, answered: 8 })
  })

  it('does not tell how many answered where that is from 1 to 7, or all but so few', async () => {
    await someone({})
    await someone({})
    expect(await lonely()).toMatchObject({ due: 18, answered: 10 })
    await house.arrange(`delete from assessment.score`)
    await house.arrange(`delete from assessment.answer where assessment_id not in
      (select id from assessment.assessment order by id limit 3)`)
    const few = await lonely()
    expect(few).toMatchObject({ due: 18 })
    expect(few?.answered).toBeUndefined()
  })

  it('is for those who see evaluation', async () => {
    await expect(house.as('pat', (visit) => askedOf(visit, months))).rejects.toMatchObject({
      kind: 'not for you',
    })
  })
})
