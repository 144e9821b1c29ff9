import { beforeAll, describe, expect, it } from 'vitest'
import { type Answer, Refused, type Route } from '#access'
import { londonInstant } from '#calendar'
import { askedWith, pageOf, wordsOf } from '../../test/asking.ts'
import { arrangeDeath, arrangeRecordedDeath, someoneInCare, withPerson } from '../../test/care.ts'
import { type Cast, type House, openHouse, places, staffId, testDay } from '../../test/house.ts'
import { addTask, type Holder, turnTask } from './index.ts'
import { screens } from './screens.tsx'
import { stoodWords } from './unanswered.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})

const ask = (who: Cast, method: Route['method'], path: string, sent: Parameters<typeof askedWith>[0] = {}) =>
  house.as(who, (visit): Promise<Answer> => {
    const route = screens.find((one) => one.method === method && one.path === path)
    if (!route) throw new Error(`no ${method} ${path}`)
    return route.answer(visit, askedWith(sent))
  })
const dayOf = async (who: Cast) => wordsOf(pageOf(await ask(who, 'GET', '/my-day')))
const alerts = async (who: Cast) => wordsOf(pageOf(await ask(who, 'GET', '/my-day/alerts')))
const noted = 'stood for an hour or more'
const none = 'No alert has stood for an hour.'

/** Somebody in Omar’s care with an urgent task that was given so long ago. */
async function alertOf(family: string, minutesAgo: number, holder: Holder = { staffId: staffId('omar') }) {
  const person = await someoneInCare(house, { family, owner: 'omar' })
  const taskId = await withPerson(house, 'omar', person, async (visit, leave) => {
    const kept = await addTask(visit, leave, {
      ...{ what: `Look after ${family}`, dueOn: testDay, isUrgent: true, holder },
    })
    if (!kept.ok) throw new Error(JSON.stringify(kept.problems))
    return kept.value.taskId
  })
  await house.arrange(
    'update co_ordination.task_turn set recorded_at = recorded_at - make_interval(mins => $2) where task_id = $1',
    [taskId, minutesAgo],
  )
  return { person, taskId }
}
const finish = ({ person, taskId }: { person: string; taskId: string }, turn = 1) =>
  withPerson(house, 'omar', person, (visit, leave) =>
    turnTask(visit, leave, { taskId, turn, state: 'done', words: 'Seen to' }),
  )

describe('HZ09 an alert that nobody has turned to for an hour', () => {
  it('is told to the whole team with whose it is and no name of whom it is about, and to no other team', async () => {
    const young = await alertOf('Fresh', 59)
    expect(await dayOf('priya')).not.toContain(noted)
    const old = await alertOf('Stood', 180)
    expect(await dayOf('priya')).toMatch(
      /1 alert of this team has stood for an hour or more Omar Sayed: 1, the longest for 3 hours See them/,
    )
    expect(await dayOf('priya')).not.toContain('Stood')
    expect(await dayOf('karl')).not.toContain(noted)
    await finish(old)
    expect(await dayOf('priya')).not.toContain(noted)
    await finish(young)
  })

  it('is taken on by a colleague in one press, and then stands in their day and not in the list', async () => {
    const { person, taskId } = await alertOf('Taken', 61)
    expect(await alerts('priya')).toMatch(/TAKEN, .*Look after Taken With Omar Sayed Stood 1 hour Take it on/)
    expect(await alerts('omar')).toContain('Answer')
    const form = { _person: person, turn: '1', now: 'take', from: 'my-day' }
    const params = { person, task: taskId }
    const take = (who: Cast) => ask(who, 'POST', '/people/:person/tasks/:task', { params, form })
    expect(await take('priya')).toMatchObject({ kind: 'go', to: '/my-day' })
    expect(await dayOf('priya')).toMatch(/Now \(1\).*Look after Taken/)
    expect(await alerts('amina')).toContain(none)
    await expect(take('amina')).rejects.toThrow('changed meanwhile')
    await finish({ person, taskId }, 2)
  })

  it('held by the team and by nobody is told as that, and one that waits for somebody has been turned to', async () => {
    const held = await alertOf('Nobodys', 240, { teamId: places.team })
    expect(await dayOf('priya')).toContain('Nobody has taken it: 1, the longest for 4 hours')
    await withPerson(house, 'omar', held.person, (visit, leave) =>
      turnTask(visit, leave, {
        ...{ taskId: held.taskId, turn: 1, state: 'waiting' as const, waitingFor: 'the GP to ring back' },
      }),
    )
    expect(await dayOf('priya')).not.toContain(noted)
    expect(await alerts('priya')).toContain(none)
    await finish(held, 2)
  })

  it('is read by nobody of another team or without leave to see people, and opening the list is in the access log', async () => {
    const held = await alertOf('Walled', 90)
    expect(await alerts('karl')).not.toMatch(/WALLED/)
    expect(await alerts('priya')).toContain('WALLED')
    await expect(ask('yasmin', 'GET', '/my-day/alerts')).rejects.toThrow(Refused)
    const [row] = await house.arrange(
      `select count(*)::int as looked from access.entry where verb = 'read which alerts nobody has turned to'`,
    )
    expect(row?.looked).toBeGreaterThan(0)
    await finish(held)
  })

  it('HZ21 of somebody recorded as died it says to check first, and of somebody known to have died nothing', async () => {
    const [unsure, known] = [await alertOf('Unsure', 70), await alertOf('Known', 70)]
    await arrangeRecordedDeath(house, unsure.person, '2026-03-30')
    await arrangeDeath(house, known.person, '2026-03-30')
    expect(await dayOf('priya')).toContain('1 alert of this team has stood for an hour or more')
    const listed = await alerts('priya')
    expect(listed).toMatch(/UNSURE, .*Recorded as died 30 March 2026, not confirmed: check that first/)
    expect(listed).not.toContain('KNOWN')
    await finish(unsure)
    await finish(known)
  })

  it.each([
    [60, '1 hour'],
    [119, '1 hour'],
    [47 * 60 + 59, '47 hours'],
    [48 * 60, '2 days'],
  ])('after %i minutes it has stood %s', (minutes, words) => {
    const now = londonInstant(testDay, 9, 30)
    expect(stoodWords(new Date(now.getTime() - minutes * 60_000), now)).toBe(words)
  })
})
