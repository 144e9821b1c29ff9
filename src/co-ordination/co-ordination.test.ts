import { readFile, stat } from 'node:fs/promises'
import { beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#access'
import { addDays, londonInstant } from '#calendar'
import { someoneInCare, withPerson } from '../../test/care.ts'
import { type Cast, type House, openHouse, places, staffId, testDay, testFolder } from '../../test/house.ts'
import {
  addTask,
  contactsOf,
  exportEnrolment,
  type NewContact,
  openTasks,
  recordContact,
  strike,
  turnTask,
} from './index.ts'
import { turnsOf } from './store.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})

const visitAtHome: NewContact = { kind: 'home visit', minutes: 45, words: 'She walked to the back door.' }

const record = (who: Cast, person: string, contact: NewContact) =>
  withPerson(house, who, person, (visit, leave) => recordContact(visit, leave, contact))

const contactsWith = (person: string) =>
  withPerson(house, 'amina', person, (visit, leave) => contactsOf(visit.db, leave))

const tasksOf = (person: string) =>
  withPerson(house, 'amina', person, (visit) => openTasks(visit.db, [person]))

describe('a contact', () => {
  it('is written down with who, when, how long and what happened', async () => {
    const person = await someoneInCare(house)
    expect(await record('amina', person, visitAtHome)).toMatchObject({ ok: true })
    expect(await contactsWith(person)).toMatchObject([
      { kind: 'home visit', minutes: 45, words: 'She walked to the back door.', madeByName: 'Amina Yusuf' },
    ])
  })

  it('posted twice with one key is one contact', async () => {
    const person = await someoneInCare(house)
    const contact = { ...visitAtHome, id: newId(), nextWords: 'Ring her', nextOn: addDays(testDay, 7) }
    await Promise.all([record('amina', person, contact), record('amina', person, contact)])
    expect(await contactsWith(person)).toHaveLength(1)
    expect(await tasksOf(person)).toHaveLength(1)
  })

  it('posted again with other words under one key is told of, and nothing is lost or changed', async () => {
    const person = await someoneInCare(house)
    const id = newId()
    await record('amina', person, { ...visitAtHome, id })
    expect(await record('amina', person, { ...visitAtHome, id, words: 'Something else.' })).toMatchObject({
      ok: false,
    })
    expect(await contactsWith(person)).toMatchObject([{ words: 'She walked to the back door.' }])
  })

  it('with a next step becomes a task of whoever made it', async () => {
    const person = await someoneInCare(house)
    await record('omar', person, { ...visitAtHome, nextWords: 'Ring her', nextOn: addDays(testDay, 7) })
    expect(await tasksOf(person)).toMatchObject([
      { what: 'Ring her', holderName: 'Omar Sayed', dueOn: addDays(testDay, 7) },
    ])
  })

  it('that is wrong is struck and stays to be read', async () => {
    const person = await someoneInCare(house)
    const outcome = await record('amina', person, visitAtHome)
    const contactId = outcome.ok ? outcome.value.contactId : ''
    await withPerson(house, 'amina', person, (visit, leave) =>
      strike(visit, leave, contactId, 'Written under the wrong person'),
    )
    expect(await contactsWith(person)).toMatchObject([
      { struckReason: 'Written under the wrong person', struckByName: 'Amina Yusuf' },
    ])
  })

  it('is not changed in place: the database refuses', async () => {
    const person = await someoneInCare(house)
    await record('amina', person, visitAtHome)
    await expect(house.pool.query(`update co_ordination.contact set words = 'x'`)).rejects.toThrow(
      /permission denied/,
    )
  })

  it('of tomorrow is not written down', async () => {
    const person = await someoneInCare(house)
    expect(
      await record('amina', person, {
        ...visitAtHome,
        happenedAt: londonInstant(addDays(testDay, 1), 9),
      }),
    ).toMatchObject({ ok: false, problems: [{ message: 'Enter when it happened, now or earlier' }] })
  })

  it('is refused to another team, and nothing is written', async () => {
    const person = await someoneInCare(house)
    await expect(record('karl', person, visitAtHome)).rejects.toMatchObject({ kind: 'not for you' })
    expect(await contactsWith(person)).toEqual([])
  })
})

describe('a task', () => {
  const add = (person: string, isUrgent = false) =>
    withPerson(house, 'amina', person, async (visit, leave) => {
      const outcome = await addTask(visit, leave, {
        what: 'Ring about the stair rail',
        holder: { staffId: staffId('amina') },
        dueOn: testDay,
        isUrgent,
      })
      if (!outcome.ok) throw new Error('the task was not added')
      return outcome.value.taskId
    })

  it('passes between hands, and every turn is kept', async () => {
    const person = await someoneInCare(house)
    const taskId = await add(person)
    await withPerson(house, 'amina', person, (visit, leave) =>
      turnTask(visit, leave, {
        taskId,
        turn: 1,
        state: 'waiting',
        waitingFor: 'the falls service',
        dueOn: addDays(testDay, 5),
      }),
    )
    await withPerson(house, 'omar', person, (visit, leave) =>
      turnTask(visit, leave, { taskId, turn: 2, state: 'done' }),
    )
    const turns = await withPerson(house, 'amina', person, (visit, leave) => turnsOf(visit.db, leave, taskId))
    expect(turns.map(({ n, state, byName }) => [n, state, byName])).toEqual([
      [3, 'done', 'Omar Sayed'],
      [2, 'waiting', 'Amina Yusuf'],
      [1, 'to do', 'Amina Yusuf'],
    ])
    expect(await tasksOf(person)).toEqual([])
  })

  it('turned by two at once is turned by one, and the other is told', async () => {
    const person = await someoneInCare(house)
    const taskId = await add(person)
    const outcomes = await Promise.allSettled(
      (['amina', 'omar'] as const).map((who) =>
        withPerson(house, who, person, (visit, leave) =>
          turnTask(visit, leave, { taskId, turn: 1, state: 'done' }),
        ),
      ),
    )
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const lost = outcomes.find((outcome) => outcome.status === 'rejected')
    expect(lost).toMatchObject({ reason: { kind: 'changed meanwhile' } })
  })

  it('that is urgent ends only with what came of it', async () => {
    const person = await someoneInCare(house)
    const taskId = await add(person, true)
    const outcome = await withPerson(house, 'amina', person, (visit, leave) =>
      turnTask(visit, leave, { taskId, turn: 1, state: 'done' }),
    )
    expect(outcome).toMatchObject({ ok: false, problems: [{ message: 'Enter what came of it' }] })
  })

  it('held by nobody is refused by the database', async () => {
    const person = await someoneInCare(house)
    await expect(
      house.arrange(
        `insert into co_ordination.task (id, person_id, what, turn, added_by, recorded_at)
         values ($1, $2, 'x', 1, $3, now())`,
        [newId(), person, staffId('amina')],
      ),
    ).rejects.toThrow(/holder_always/)
  })

  it('of one person is not turned under another', async () => {
    const [june, other] = [await someoneInCare(house), await someoneInCare(house)]
    const taskId = await add(june)
    await expect(
      withPerson(house, 'amina', other, (visit, leave) =>
        turnTask(visit, leave, { taskId, turn: 1, state: 'done' }),
      ),
    ).rejects.toMatchObject({ kind: 'not for you' })
  })

  it('may be held by a team until somebody takes it', async () => {
    const person = await someoneInCare(house)
    await withPerson(house, 'amina', person, async (visit, leave) => {
      const holder = { teamId: places.team }
      const added = await addTask(visit, leave, { what: 'Ring', holder, dueOn: testDay })
      const taskId = added.ok ? added.value.taskId : ''
      await turnTask(visit, leave, {
        taskId,
        turn: 1,
        state: 'to do',
        holder: { staffId: visit.caller.staffId },
      })
    })
    expect(await tasksOf(person)).toMatchObject([{ holderName: 'Amina Yusuf', turn: 2 }])
  })
})

describe('the enrolment file', () => {
  it('has one row a contact that stands, and none that was struck', async () => {
    const person = await someoneInCare(house, { nhsNumber: '9991010106', openedOn: addDays(testDay, -30) })
    await record('amina', person, { ...visitAtHome, happenedAt: londonInstant(addDays(testDay, -28), 0, 30) })
    await record('amina', person, visitAtHome)
    const wrong = await record('amina', person, { ...visitAtHome, kind: 'telephone' })
    await withPerson(house, 'amina', person, (visit, leave) =>
      strike(visit, leave, wrong.ok ? wrong.value.contactId : '', 'Not her'),
    )
    const file = `${testFolder('enrolment')}.csv`
    await exportEnrolment({ inVisit: (work) => house.asSystem('export enrolment', work) }, file)
    expect(
      (await readFile(file, 'utf8')).split('\n').filter((line) => line.startsWith('9991010106')),
    ).toEqual(['9991010106,2026-03-02,,2026-03-04', '9991010106,2026-03-02,,2026-04-01'])
    expect((await stat(file)).mode & 0o077).toBe(0)
  })

  it('is not for pages: the application’s sign-in may not ask for it', async () => {
    await expect(house.pool.query('select * from co_ordination.enrolment()')).rejects.toThrow(
      /permission denied/,
    )
  })
})
