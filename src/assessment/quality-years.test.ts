import { beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#access'
import { addDays, addMonths, type LondonDate, readDate } from '#calendar'
import { episodesOf } from '#people'
import { someoneInCare, withPerson } from '../../test/care.ts'
import { type House, openHouse, programmeId, testDay } from '../../test/house.ts'
import { qualityYearsOf } from './index.ts'
import { recordResult } from './result-actions.ts'

const start: LondonDate = readDate('2024-06-03') ?? testDay

type Points = readonly (readonly [days: number, index: number])[]

let house: House
beforeAll(async () => {
  house = await openHouse()
})

/** Somebody whose index was written down so many days after the first, by the person themselves. */
async function someoneAsked(points: Points, valueSet = 'EQ-5D-5L UK 2026'): Promise<string> {
  const person = await someoneInCare(house, {
    owner: 'ana',
    team: 'ward',
    programme: 'virtual-ward',
    openedOn: addDays(start, -10),
  })
  for (const [days, index] of points) {
    const outcome = await withPerson(house, 'ana', person, async (visit, leave) => {
      const [episode] = await episodesOf(visit.db, leave)
      return recordResult(visit, leave, {
        instrument: 'eq-5d-5l',
        episodeId: episode?.id ?? '',
        answeredBy: 'the person',
        answeredVia: 'post',
        answeredOn: addDays(start, days),
        profile: '21231',
        index,
        valueSet,
        formVersion: 'UK English',
        obtainedFrom: 'the clinic',
      })
    })
    expect(outcome).toMatchObject({ ok: true })
  }
  return person
}

const dies = (person: string, days: number) =>
  house.arrange('update people.person set died_on = $1 where id = $2', [addDays(start, days), person])

const months = {
  programmeId: programmeId('virtual-ward'),
  from: addMonths(testDay, -24),
  before: addMonths(testDay, 1),
}
const told = () => house.as('yasmin', (visit) => qualityYearsOf(visit, months))

const steady: Points = [
  [0, 0.5],
  [182, 0.6],
  [365, 0.7],
]

describe('quality-adjusted life years of the first year, from indexes somebody else worked out', () => {
  it('of fewer than 8 people are not told', async () => {
    for (let n = 0; n < 7; n++) await someoneAsked(steady)
    expect(await told()).toEqual([])
  })

  it('0.5, 0.6 and 0.7 over a year is 0.600, by the one value set', async () => {
    await someoneAsked(steady)
    const [row, ...more] = await told()
    expect(more).toEqual([])
    expect(row).toMatchObject({
      version: 'EQ-5D-5L, index by EQ-5D-5L UK 2026',
      isOwn: true,
      people: 8,
      died: 0,
    })
    expect(row?.meanYears).toBeCloseTo(0.6, 3)
  })

  it('0.6 and 0.4, then death at three quarters of a year, is 0.300, and no index later than a death counts', async () => {
    const before = (await told())[0]?.meanYears ?? 0
    const person = await someoneAsked([
      [0, 0.6],
      [182, 0.4],
    ])
    await dies(person, 274)
    const row = (await told())[0]
    expect(row).toMatchObject({ people: 9 })
    // One death among nine: how many died is not told.
    expect(row?.died).toBeUndefined()
    expect(9 * (row?.meanYears ?? 0) - 8 * before).toBeCloseTo(0.3, 3)
  })

  it('a last index up to 4 weeks early is carried to the end; one after the year is cut at it', async () => {
    const before = 9 * ((await told())[0]?.meanYears ?? 0)
    await someoneAsked([
      [0, 0.5],
      [340, 0.5],
    ])
    await someoneAsked([
      [0, 0],
      [400, 0.4],
    ])
    const row = (await told())[0]
    expect(row?.people).toBe(11)
    // 0.5 all the year; and a line from 0 that has reached 0.365 when the year ends.
    expect(11 * (row?.meanYears ?? 0) - before).toBeCloseTo(0.5 + 0.365 / 2, 6)
  })

  it('whoever was not asked again, was first asked late, or by two value sets, is not made up', async () => {
    const before = await told()
    await someoneAsked([[0, 0.9]])
    await someoneAsked([
      [0, 0.9],
      [300, 0.9],
    ])
    await someoneAsked([
      [40, 0.9],
      [405, 0.9],
    ])
    const mixed = await someoneAsked([[0, 0.9]])
    await house.arrange(
      `update assessment.assessment set version = 'EQ-5D-5L, index by EQ-5D-5L England 2018' where person_id = $1`,
      [mixed],
    )
    const [row] = await told()
    expect(row).toMatchObject({ people: before[0]?.people, meanYears: before[0]?.meanYears })
    // Two were not asked again: so few are not told.
    expect(row?.notAskedAgain).toBeUndefined()
    for (let n = 0; n < 6; n++) await someoneAsked([[0, 0.9]])
    expect((await told())[0]?.notAskedAgain).toBe(8)
  })

  it('a year that is not over is not counted, though somebody died in it', async () => {
    const before = await told()
    const person = await someoneAsked([[0, 0.9]])
    await house.arrange(`update assessment.assessment set answered_on = $1 where person_id = $2`, [
      addDays(testDay, -100),
      person,
    ])
    await house.arrange(`update people.episode set opened_on = $1 where person_id = $2`, [
      addDays(testDay, -100),
      person,
    ])
    await house.arrange('update people.person set died_on = $1 where id = $2', [
      addDays(testDay, -10),
      person,
    ])
    expect(await told()).toEqual(before)
  })

  it('whoever objects to evaluation is in none, and a struck result counts no more', async () => {
    const [row] = await told()
    const [somebody, another] = await house.arrange(
      `select a.person_id from assessment.assessment a join assessment.score s on s.assessment_id = a.id
       where s.value = 0.7 order by a.person_id`,
    )
    await house.arrange(
      `insert into people.wish (id, person_id, kind, purpose, answer, source, since, recorded_at)
       values ($1, $2, 'objection', 'evaluation', 'yes', 'test', '2026-01-01', now())`,
      [newId(), somebody?.person_id],
    )
    await house.arrange(
      `update assessment.assessment set struck_at = now(), struck_by = recorded_by, struck_reason = 'test'
       where person_id = $1`,
      [another?.person_id],
    )
    expect((await told())[0]?.people).toBe((row?.people ?? 0) - 2)
  })

  it('is for those who see evaluation', async () => {
    await expect(house.as('pat', (visit) => qualityYearsOf(visit, months))).rejects.toMatchObject({
      kind: 'not for you',
    })
  })
})
