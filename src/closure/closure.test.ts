import { beforeAll, describe, expect, it } from 'vitest'
import type { Outcome } from '#access'
import { addDays, londonInstant } from '#calendar'
import { planOf } from '#care-plan'
import { addTask, openTasks } from '#co-ordination'
import { episodesOf } from '#people'
import { arrangePlan, someoneInCare, withPerson } from '../../test/care.ts'
import { type Cast, type House, openHouse, staffId, testDay } from '../../test/house.ts'
import { visitAt } from '../visit.ts'
import { type Closing, closeEpisode, looseEnds, safetyNet, takeBack } from './index.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})

const told = safetyNet.map(({ code }) => code)

const closeAs = (who: Cast, person: string, change: Partial<Closing> = {}): Promise<Outcome> =>
  withPerson(house, who, person, async (visit, leave) => {
    const [episode] = await episodesOf(visit.db, leave)
    if (!episode) throw new Error('there is no episode')
    return closeEpisode(visit, leave, {
      episodeId: episode.id,
      turn: episode.turn,
      reason: 'goals met',
      closedOn: testDay,
      told,
      tasks: [],
      actions: [],
      ...change,
    })
  })

const episodeOf = (person: string) =>
  withPerson(house, 'amina', person, async (visit, leave) => (await episodesOf(visit.db, leave))[0])

const addTo = (person: string, isUrgent: boolean) =>
  withPerson(house, 'amina', person, async (visit, leave) => {
    const holder = { staffId: staffId('amina') }
    const outcome = await addTask(visit, leave, { what: 'Ring her', holder, dueOn: testDay, isUrgent })
    return outcome.ok ? outcome.value.taskId : ''
  })

describe('closing an episode', () => {
  it('ends it with its reason, and the person is with nobody', async () => {
    const person = await someoneInCare(house)
    expect(await closeAs('amina', person)).toEqual({ ok: true, value: undefined })
    expect(await episodeOf(person)).toMatchObject({ stage: 'closed', closedOn: testDay })
  })

  it('HZ20 an open alert blocks it, and the episode stays open', async () => {
    const person = await someoneInCare(house)
    await addTo(person, true)
    expect(await closeAs('amina', person)).toMatchObject({
      ok: false,
      problems: [{ field: 'urgent', message: 'Answer the urgent task first' }],
    })
    expect((await episodeOf(person))?.closedOn).toBeFalsy()
  })

  it('HZ20 an open task or an unfinished action must be ended or handed on by name', async () => {
    const person = await someoneInCare(house)
    const taskId = await addTo(person, false)
    await withPerson(house, 'amina', person, (visit, leave) => arrangePlan(visit, leave))
    const blocked = await closeAs('amina', person)
    expect(blocked).toMatchObject({
      ok: false,
      problems: [
        { message: 'Select what happens to “Ring her”' },
        { message: 'Select what happens to “Fit a rail”' },
      ],
    })
    const ends = await withPerson(house, 'amina', person, (visit, leave) => looseEnds(visit.db, leave))
    const outcome = await closeAs('amina', person, {
      tasks: [{ taskId, turn: 1, fate: 'hand on', toStaffId: staffId('drLund') }],
      actions: ends.actions.map(({ lineId }) => ({ actionId: lineId, fate: 'stop' as const })),
    })
    expect(outcome.ok).toBe(true)
    const left = await withPerson(house, 'drLund', person, (visit) => openTasks(visit.db, [person]))
    expect(left).toMatchObject([{ what: 'Ring her', holderName: 'Dr Astrid Lund' }])
  })

  it('HZ20 what to do if things get worse stays readable to the team for 28 days, and not longer', async () => {
    const person = await someoneInCare(house, { openedOn: addDays(testDay, -60) })
    await withPerson(house, 'amina', person, (visit, leave) => arrangePlan(visit, leave))
    const actions = (
      await withPerson(house, 'amina', person, (visit, leave) => looseEnds(visit.db, leave))
    ).actions.map(({ lineId }) => ({ actionId: lineId, fate: 'stop' as const }))
    await closeAs('amina', person, { actions, closedOn: addDays(testDay, -28) })
    const plan = await withPerson(house, 'amina', person, (visit, leave) => planOf(visit.db, leave))
    expect(plan?.ifThens).toMatchObject([{ words: 'More breathless at rest' }])
    await house.arrange('update people.episode set closed_on = $1 where person_id = $2', [
      addDays(testDay, -29),
      person,
    ])
    await expect(
      withPerson(house, 'amina', person, (visit, leave) => planOf(visit.db, leave)),
    ).rejects.toMatchObject({ kind: 'not for you' })
  })

  it('without the whole safety net needs to say why, unless the person died', async () => {
    const person = await someoneInCare(house)
    expect(await closeAs('amina', person, { told: ['told'] })).toMatchObject({
      ok: false,
      problems: [{ field: 'words' }],
    })
    expect(await closeAs('amina', person, { told: [], reason: 'died' })).toMatchObject({ ok: true })
  })

  it('by two at once is closed once, and the other is told', async () => {
    const person = await someoneInCare(house)
    const outcomes = await Promise.allSettled([closeAs('amina', person), closeAs('omar', person)])
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  it('is refused to another team', async () => {
    const person = await someoneInCare(house)
    await expect(closeAs('karl', person)).rejects.toMatchObject({ kind: 'not for you' })
  })
})

describe('taking a closing back', () => {
  const back = (person: string, days: number) =>
    withPerson(house, 'amina', person, async (now, leave) => {
      const visit = visitAt(now.db, now.caller, londonInstant(addDays(testDay, days), 9, 30))
      const [episode] = await episodesOf(visit.db, leave)
      return takeBack(visit, leave, { episodeId: episode?.id ?? '', reason: 'She fell again' })
    })

  it('opens the episode again in the stage and with the case manager it had', async () => {
    const person = await someoneInCare(house, { stage: 'monitoring' })
    await closeAs('amina', person)
    await back(person, 6)
    const episode = await episodeOf(person)
    expect(episode).toMatchObject({ stage: 'monitoring', ownerName: 'Amina Yusuf', turn: 3 })
    expect(episode?.closedOn).toBeFalsy()
  })

  it('is too late after 7 days', async () => {
    const person = await someoneInCare(house)
    await closeAs('amina', person)
    await expect(back(person, 7)).rejects.toMatchObject({ kind: 'changed meanwhile' })
  })
})
