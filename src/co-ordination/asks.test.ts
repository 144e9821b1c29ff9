import { beforeAll, describe, expect, it } from 'vitest'
import { type Answer, newId, type Route } from '#access'
import { addDays } from '#calendar'
import type { Workshop } from '#jobs'
import { askedWith, pageOf, wordsOf } from '../../test/asking.ts'
import { arrangeDeath, someoneInCare, withPerson } from '../../test/care.ts'
import { type Cast, type House, openHouse, places, staffId, testDay } from '../../test/house.ts'
import { askTasks } from './ask-actions.ts'
import { askKinds, declineReasons, mayBecome, problemsWithAskTurn } from './ask-rules.ts'
import type { AskState } from './ask-types.ts'
import { addTask, openTasks } from './index.ts'
import { screens } from './screens.tsx'

let house: House
const bea = { staff: newId(), post: newId() }

beforeAll(async () => {
  house = await openHouse()
  const [charity] = [newId()]
  await house.arrange(
    `insert into organisations.organisation (id, kind, code, name) values ($1, 'charity', 'HANDS', 'Helping Hands')`,
    [charity],
  )
  await house.arrange(`insert into organisations.staff (id, name) values ($1, 'Bea Lindqvist')`, [bea.staff])
  await house.arrange(
    `insert into organisations.post (id, staff_id, organisation_id, role) values ($1, $2, $3, 'volunteer broker')`,
    [bea.post, bea.staff, charity],
  )
})

type Sent = NonNullable<Parameters<typeof askedWith>[0]>
type Who = Cast | 'bea'

const ask = (who: Who, method: Route['method'], path: string, sent: Sent = {}): Promise<Answer> => {
  const route = screens.find((one) => one.method === method && one.path === path)
  if (!route) throw new Error(`no ${method} ${path}`)
  const work: Parameters<House['asPost']>[2] = (visit) => route.answer(visit, askedWith(sent))
  return (who === 'bea' ? house.asPost(bea.staff, bea.post, work) : house.as(who, work)) as Promise<Answer>
}
const words = async (who: Who, path: string, sent: Sent = {}) =>
  wordsOf(pageOf(await ask(who, 'GET', path, sent)))

const form = (person: string, place: string) => ({
  ...{ _person: person, id: newId(), place, kind: 'company', what: 'Company on Tuesdays' },
  ...{ know: 'Hard of hearing. A dog', 'by-day': '8', 'by-month': '4', 'by-year': '2026', agreed: 'yes' },
})
const charityId = async () =>
  String((await house.arrange(`select id from organisations.organisation where code = 'HANDS'`))[0]?.id)

const add = '/people/:person/asks/add'
const one = '/people/:person/asks/:ask'

async function asked(given = 'June', family = 'Asked'): Promise<{ person: string; id: string }> {
  const person = await someoneInCare(house, { given, family })
  const fields = form(person, await charityId())
  expect(await ask('amina', 'POST', add, { params: { person }, form: fields })).toMatchObject({ kind: 'go' })
  return { person, id: fields.id }
}

const answer = (
  { person, id }: { person: string; id: string },
  turn: number,
  fields: Record<string, string>,
) =>
  ask('bea', 'POST', one, {
    params: { person, ask: id },
    form: { _person: person, turn: String(turn), ...fields },
  })

const workshop: Workshop = {
  ...{ folder: '', say: async () => {} },
  inVisit: (work) => house.asSystem('test', work),
}
/** Does what was promised about somebody. */
async function keepPromises(person: string): Promise<void> {
  const promised = await house.arrange(
    `select t.identifier, j.payload from graphile_worker._private_jobs j
     join graphile_worker._private_tasks t on t.id = j.task_id where j.payload->>'personId' = $1 order by j.id`,
    [person],
  )
  for (const { identifier, payload } of promised)
    await askTasks[String(identifier)]?.(workshop, payload as never)
}
const tasksOf = async (person: string) =>
  (await withPerson(house, 'amina', person, (visit) => openTasks(visit.db, [person]))).map(
    ({ what, holderName }) => [what, holderName],
  )

describe('R-156 R-262 R-263 volunteers are asked', () => {
  it('stands in the broker’s morning with who, where and what to know, and nothing of the record', async () => {
    const { person, id } = await asked('Vera', 'Known')
    await house.arrange(
      `insert into people.identifier (id, person_id, system, value) values ($1, $2, 'nhs', '9990000026')`,
      [newId(), person],
    )
    expect(await words('bea', '/asks')).toMatch(
      /1 is new\..*Vera Known Company on Tuesdays Asked\. No answer yet/,
    )
    const page = await words('bea', one, { params: { person, ask: id } })
    expect(page).toMatch(/Hard of hearing\. A dog.*7 Ropewalk/)
    expect(page).not.toMatch(/NHS number 999|999\s?000\s?0026|Allerg|Care plan|Plan Contacts/)
    expect(await words('amina', '/my-day')).not.toContain('Company on Tuesdays')
  })

  it('once, however often the form is sent; with other words nothing is lost and nothing is asked unsaid', async () => {
    const person = await someoneInCare(house, { given: 'Once', family: 'Asked' })
    const fields = form(person, await charityId())
    const send = (change = {}) =>
      ask('amina', 'POST', add, { params: { person }, form: { ...fields, ...change } })
    await send()
    expect(await send()).toMatchObject({
      saved: 'Volunteers are asked this already. Nothing was asked twice.',
    })
    const other = await send({ what: 'Company on Fridays' })
    expect(other).toMatchObject({ status: 422 })
    expect(pageOf(other)).toContain('value="Company on Fridays"')
    const rows = await house.arrange('select what from co_ordination.ask where person_id = $1', [person])
    expect(rows).toEqual([{ what: 'Company on Tuesdays' }])
  })

  it('of nobody they were not asked about is a broker told, and not once the team has taken it back', async () => {
    const stranger = await someoneInCare(house, { given: 'Not', family: 'Theirs' })
    const { person, id } = await asked('Back', 'Taken')
    expect(await words('bea', '/asks')).not.toContain('Not Theirs')
    const params = { person: stranger, ask: id }
    await expect(ask('bea', 'GET', one, { params })).rejects.toMatchObject({ kind: 'not for you' })
    for (const path of ['/people/:person/contacts', '/people/:person/own-copy', add])
      await expect(ask('bea', 'GET', path, { params: { person } }), path).rejects.toMatchObject({
        kind: 'not for you',
      })
    await ask('amina', 'POST', `${one}/back`, {
      params: { person, ask: id },
      form: { _person: person, turn: '1' },
    })
    await expect(ask('bea', 'GET', one, { params: { person, ask: id } })).rejects.toMatchObject({
      kind: 'not for you',
    })
    expect(await words('bea', '/asks')).not.toContain('Back Taken')
  })

  it('what no volunteer can do comes back to the case manager as a task, with the reason', async () => {
    const it = await asked('Dora', 'Declined')
    const [reason = ''] = declineReasons
    expect(await answer(it, 1, { now: 'declined', 'why-not': '' })).toMatchObject({ status: 422 })
    expect(await answer(it, 1, { now: 'declined', 'why-not': reason })).toMatchObject({ kind: 'go' })
    await keepPromises(it.person)
    await keepPromises(it.person)
    expect(await tasksOf(it.person)).toEqual([
      ['Find another way: no volunteer for “Company on Tuesdays”. Nobody is free', 'Amina Yusuf'],
    ])
  })

  it('is taken on, offered to one at a time, arranged, and what came of it stands on the person’s page', async () => {
    const it = await asked('Ola', 'Offered')
    await answer(it, 1, { now: 'looking' })
    await answer(it, 2, { now: 'offered', 'who-offered': 'Tom' })
    await answer(it, 3, { now: 'looking', words: 'Tom is away' })
    expect(await answer(it, 4, { now: 'arranged', 'who-arranged': 'Ruth' })).toMatchObject({ status: 422 })
    const start = { 'start-day': '7', 'start-month': '4', 'start-year': '2026' }
    expect(await answer(it, 4, { now: 'arranged', 'who-arranged': 'Ruth', ...start })).toMatchObject({
      kind: 'go',
    })
    await keepPromises(it.person)
    expect(await tasksOf(it.person)).toEqual([
      ['Tell Ola that Ruth helps with “Company on Tuesdays”', 'Amina Yusuf'],
    ])
    await answer(it, 5, { now: 'ended', came: 'It did not help' })
    await keepPromises(it.person)
    expect((await tasksOf(it.person)).map(([what]) => what)).toContain(
      'Look again at “Company on Tuesdays”. What came of the volunteer: it did not help',
    )
    expect(await words('bea', one, { params: { person: it.person, ask: it.id } })).toMatch(
      /It did not help.*Ruth helps.*Tom is away.*Offered to Tom.*Asked\. No answer yet/,
    )
  })

  it('nobody is told of somebody who has not said yes, and everything typed is kept', async () => {
    const person = await someoneInCare(house)
    const { agreed: _, ...fields } = form(person, await charityId())
    const refused = await ask('amina', 'POST', add, { params: { person }, form: fields })
    expect(refused).toMatchObject({ status: 422 })
    expect(wordsOf(pageOf(refused))).toContain('Ask them first: nobody is told of them without their yes')
    expect(pageOf(refused)).toContain('Hard of hearing. A dog')
  })

  it('says so of somebody who has died, and where nobody is a broker', async () => {
    const it = await asked('Dead', 'Since')
    await arrangeDeath(house, it.person, '2026-03-31')
    expect(await words('bea', '/asks')).toMatch(/Dead Since.*Died 31 March 2026\. Nobody visits/)
    await house.arrange(
      `update organisations.post set during = daterange(lower(during), $2::date) where id = $1`,
      [bea.post, testDay],
    )
    const person = await someoneInCare(house)
    expect(await words('amina', add, { params: { person } })).toContain('Nobody is a volunteer broker here.')
    await house.arrange(`update organisations.post set during = '[2020-01-01,)' where id = $1`, [bea.post])
  })

  it('HZ18 a broker reads no task of the team, clinical words among them', async () => {
    const person = await someoneInCare(house)
    await withPerson(house, 'amina', person, (visit, leave) =>
      addTask(visit, leave, { what: 'Talk about thoughts', holder: { teamId: places.team }, dueOn: testDay }),
    )
    await expect(ask('bea', 'GET', '/my-day')).rejects.toMatchObject({ kind: 'not for you' })
  })

  it.each([
    ['asked', 'ended'],
    ['declined', 'looking'],
    ['ended', 'arranged'],
    ['taken back', 'looking'],
  ] as const)('from %s it never becomes %s', (from: AskState, to: AskState) => {
    expect(mayBecome(from)).not.toContain(to)
    const turn = { turn: 1, state: to, volunteer: 'Tom', startsOn: addDays(testDay, 1), reason: 'It helped' }
    expect(problemsWithAskTurn({ state: from }, turn, testDay)[0]?.field).toBe('now')
  })

  it('every kind of help has words', () => {
    expect(askKinds.every(({ words: said }) => said.length > 3)).toBe(true)
    expect(staffId('amina')).not.toBe(bea.staff)
  })
})
