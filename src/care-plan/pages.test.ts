import { beforeAll, describe, expect, it } from 'vitest'
import type { Answer, Route } from '#access'
import { addDays } from '#calendar'
import { askedWith, pageOf, wordsOf } from '../../test/asking.ts'
import {
  agreeWithOutOfHours,
  answerSharing,
  arrangePlan,
  someoneInCare,
  withPerson,
} from '../../test/care.ts'
import { type Cast, type House, openHouse, staffId, testDay } from '../../test/house.ts'
import { valuesOf } from './form.ts'
import { planOf } from './index.ts'
import { draftOf } from './rules.ts'
import { screens } from './screens.tsx'

let house: House
beforeAll(async () => {
  house = await openHouse()
  await agreeWithOutOfHours(house)
})

type Values = Readonly<Record<string, string>>

const ask = (who: Cast, method: Route['method'], path: string, person: string, form: Values = {}) =>
  house.as(who, (visit): Promise<Answer> => {
    const route = screens.find((one) => one.method === method && one.path === path)
    if (!route) throw new Error(`no ${method} ${path}`)
    return route.answer(visit, askedWith({ params: { person }, form }))
  })

const change = '/people/:person/plan/change'
const send = (who: Cast, person: string, form: Values) =>
  ask(who, 'POST', change, person, { _person: person, do: 'save', 'agreed-by': 'not yet', ...form })

const read = (person: string) =>
  withPerson(house, 'amina', person, async (visit, leave) => {
    const plan = await planOf(visit.db, leave)
    if (!plan) throw new Error('there is no plan')
    return plan
  })

/** Somebody with a plan, and the fields of its form as they were drawn. */
async function withForm(): Promise<{ person: string; form: Values }> {
  const person = await someoneInCare(house)
  await withPerson(house, 'amina', person, (visit, leave) => arrangePlan(visit, leave))
  return { person, form: valuesOf(draftOf(await read(person)), () => 'no new rows') }
}

const page = async (person: string) =>
  wordsOf(pageOf(await ask('amina', 'GET', '/people/:person/plan', person)))

describe('the plan’s page', () => {
  it('of somebody nobody has asked says so loudly, and offers to write the plan', async () => {
    const person = await someoneInCare(house)
    expect(await page(person)).toContain('June has no plan yet.')
  })

  it('says who agreed it and when, how old it is, and when it is reviewed', async () => {
    const { person } = await withForm()
    const words = await page(person)
    expect(words).toContain('Version 1. Agreed by June on 1 April 2026. Fresh saved today.')
    expect(words).toContain('Next review Wednesday 29 April 2026.')
  })

  it('told to agree it half filled in, says everything to put right at once and keeps what was typed', async () => {
    const person = await someoneInCare(house)
    const half = {
      ...{ 'goal-1-id': '', 'goal-1': 'Walk', 'goal-1-action-1-id': '', 'goal-1-action-1': 'Rail' },
      ...{ 'if-1-id': '', 'if-1': 'A fall', 'agreed-by': 'the person' },
    }
    const answer = await send('amina', person, half)
    expect(answer).toMatchObject({ status: 422 })
    const words = wordsOf(pageOf(answer))
    const all =
      /There is a problem Enter what to do then Select who will do this Enter when it is due Enter when the plan is next reviewed Enter when it was agreed/
    expect(words).toMatch(all)
    expect(pageOf(answer)).toContain('value="Rail"')
  })

  it('of a draft lists what is left to finish', async () => {
    const person = await someoneInCare(house)
    await send('amina', person, {
      'goal-1-id': '',
      'goal-1': 'Walk',
      'goal-1-action-1-id': '',
      'goal-1-action-1': 'Rail',
    })
    const words = await page(person)
    expect(words).toContain('Draft: 4 things to finish')
    for (const missing of ['Select who will do this', 'Enter when it is due', 'Record who agreed the plan']) {
      expect(words).toContain(missing)
    }
  })

  it('whose review has passed is marked overdue', async () => {
    const { person } = await withForm()
    await house.arrange(`update care_plan.version set review_on = '2026-03-30' where person_id = $1`, [
      person,
    ])
    expect(await page(person)).toContain('Overdue 2 days')
  })

  it('of an older version says SUPERSEDED', async () => {
    const { person, form } = await withForm()
    await send('amina', person, { ...form, matters: 'To see my sister.' })
    const older = await house.as('amina', (visit) => {
      const route = screens.find(({ path }) => path === '/people/:person/plan')
      if (!route) throw new Error('no plan page')
      return route.answer(visit, askedWith({ params: { person }, query: { version: '1' } }))
    })
    expect(wordsOf(pageOf(older))).toMatch(/SUPERSEDED.*Version 2 replaced.*walk round my garden/)
  })

  it('HZ37 says on the plan’s front page whether out of hours sees it, and why not', async () => {
    const { person } = await withForm()
    expect(await page(person)).toContain('Not shared with out of hours because June has not been asked.')
    await answerSharing(house, person, 'yes')
    expect(await page(person)).toContain('Shared with out of hours since 1 April 2026.')
  })

  it('HZ01 has the person’s banner and, printed, who printed it and that it is a copy', async () => {
    const { person } = await withForm()
    const words = await page(person)
    expect(words).toMatch(/OKAFOR\d+, June Born 14 September 1941 \(84\) Female/)
    expect(words).toContain('Printed by Amina Yusuf, Wednesday 1 April 2026, 9:30am. Uncontrolled copy')
  })
})

describe('the plan’s form', () => {
  it('adds an empty row without losing a word', async () => {
    const { person, form } = await withForm()
    const answer = await send('amina', person, { ...form, 'goal-1': 'Typed just now', do: 'add goal' })
    const html = pageOf(answer)
    expect(html).toContain('value="Typed just now"')
    expect(html).toContain('name="goal-2"')
  })

  it('keeps what was typed when a date is none of the calendar, and says what to enter', async () => {
    const { person, form } = await withForm()
    const answer = await send('amina', person, { ...form, 'goal-1-action-1-due-day': '31' })
    expect(answer).toMatchObject({ kind: 'page', status: 422 })
    expect(wordsOf(pageOf(answer))).toContain('Due date must be a real date, like 27 3 2026')
    expect(pageOf(answer)).toContain('value="31"')
  })

  it('does not take a name that was not on the list', async () => {
    const { person, form } = await withForm()
    const answer = await send('amina', person, { ...form, 'goal-1-action-1-who': staffId('karl') })
    expect(wordsOf(pageOf(answer))).toContain('Select who will do this')
  })

  it('takes what kind of help an action is, shows it on the plan, and may be saved without', async () => {
    const { person, form } = await withForm()
    expect(pageOf(await ask('amina', 'GET', change, person))).toContain(
      'Kind of help (action 1 of goal 1) (optional)',
    )
    await send('amina', person, { ...form, 'goal-1-action-1-kind': 'self-management coaching' })
    expect(await page(person)).toContain('Self-management coaching')
    expect((await read(person)).goals[0]?.actions[0]?.actionKind).toBe('self-management coaching')
  })

  it('starts with nobody chosen as having agreed', async () => {
    const { person } = await withForm()
    expect(pageOf(await ask('amina', 'GET', change, person))).not.toMatch(/type="radio"[^>]*checked/)
  })

  it.each(['pat', 'drAshe', 'yasmin', 'rhodri', 'jo'] as const)('is not for %s', async (who) => {
    const { person } = await withForm()
    await expect(ask(who, 'GET', change, person)).rejects.toMatchObject({ kind: 'not for you' })
  })

  it('HZ01 drawn for one person and sent to another’s address saves nothing', async () => {
    const { form } = await withForm()
    const [a, b] = [await someoneInCare(house), await someoneInCare(house)]
    await expect(send('amina', b, { ...form, _person: a })).rejects.toMatchObject({
      kind: 'changed meanwhile',
    })
    expect(await page(b)).toContain('June has no plan yet.')
  })
})

describe('HZ19 the page shown when somebody saved first', () => {
  it('HZ19 shows theirs and yours with nothing lost, and keeps what was chosen', async () => {
    const { person, form } = await withForm()
    await send('omar', person, { ...form, matters: 'Theirs.' })
    const mine = { ...form, matters: 'Mine.', 'goal-1': 'My goal' }
    const clash = await send('amina', person, mine)
    expect(clash).toMatchObject({ kind: 'page', status: 409 })
    const words = wordsOf(pageOf(clash))
    expect(words).toContain('Omar Sayed changed this plan at 9:30am')
    expect(words).toMatch(/Omar Sayed’s: “Theirs\.”.*Yours: “Mine\.”/)
    expect(pageOf(clash)).toContain('value="My goal"')
    const seen = { ...mine, seen: '2' }
    expect(await send('amina', person, seen)).toMatchObject({ kind: 'page', status: 422 })
    const kept = await send('amina', person, { ...seen, [`keep.${person}.words`]: 'mine' })
    expect(kept).toMatchObject({ kind: 'go' })
    expect(await read(person)).toMatchObject({
      whatMatters: { words: 'Mine.' },
      goals: [{ words: 'My goal' }],
    })
  })

  it('HZ19 keeps theirs where theirs was chosen, and mine everywhere else', async () => {
    const { person, form } = await withForm()
    await send('omar', person, { ...form, matters: 'Theirs.' })
    const mine = { ...form, matters: 'Mine.', 'goal-1': 'My goal', seen: '2' }
    await send('amina', person, { ...mine, [`keep.${person}.words`]: 'theirs' })
    expect(await read(person)).toMatchObject({
      whatMatters: { words: 'Theirs.' },
      goals: [{ words: 'My goal' }],
    })
  })

  it('HZ19 asks again when a third person saved in between', async () => {
    const { person, form } = await withForm()
    await send('omar', person, { ...form, matters: 'Second.' })
    const from2 = valuesOf(draftOf(await read(person)), () => 'no new rows')
    await send('priya', person, { ...from2, matters: 'Third.' })
    const mine = { ...form, matters: 'Mine.', seen: '2', [`keep.${person}.words`]: 'mine' }
    expect(await send('amina', person, mine)).toMatchObject({ kind: 'page', status: 409 })
  })

  it('HZ19 a line taken out by one and changed by the other comes back only if it is chosen', async () => {
    const { person, form } = await withForm()
    const out = { ...form, 'if-1': '', 'if-1-then': '', 'if-1-call': '' }
    await send('omar', person, out)
    const mine = { ...form, 'if-1-then': 'Ring me first', seen: '2' }
    const name = `keep.${form['if-1-id']}.line`
    await send('amina', person, { ...mine, [name]: 'mine' })
    expect((await read(person)).ifThens).toMatchObject([{ thenWords: 'Ring me first' }])
  })
})

it('an action’s page says how it stands, and a reason is asked where it was not done', async () => {
  const { person } = await withForm()
  const actionId = (await read(person)).goals[0]?.actions[0]?.lineId ?? ''
  const sendRemark = (form: Values) =>
    house.as('amina', (visit) => {
      const route = screens.find(({ method, path }) => method === 'POST' && path.endsWith('/actions/:action'))
      if (!route) throw new Error('no action page')
      return route.answer(visit, askedWith({ params: { person, action: actionId }, form }))
    })
  expect(wordsOf(pageOf(await sendRemark({ state: 'not done' })))).toContain('Enter why it was not done')
  expect(await sendRemark({ state: 'done' })).toMatchObject({ kind: 'go' })
  expect((await read(person)).goals[0]?.actions[0]).toMatchObject({
    state: 'done',
    dueOn: addDays(testDay, 14),
  })
})

describe('what to do if things get worse', () => {
  const sendIf = async (count: number, change: Values = {}) => {
    const { person, form } = await withForm()
    const rows = Array.from({ length: count }, (_, at) => ({
      [`if-${at + 1}-id`]: at === 0 ? (form['if-1-id'] ?? '') : '',
      [`if-${at + 1}`]: 'A fall',
      [`if-${at + 1}-then`]: 'Ring the ward',
    }))
    return send('amina', person, Object.assign({}, form, ...rows, change))
  }

  it('is kept short enough to stand whole on the emergency summary', async () => {
    expect(await sendIf(5)).toMatchObject({ kind: 'go' })
    expect(wordsOf(pageOf(await sendIf(6)))).toContain('Take one out: 5 fit the emergency summary')
    expect(await sendIf(1, { 'if-1': 'x'.repeat(60) })).toMatchObject({ kind: 'go' })
    expect(wordsOf(pageOf(await sendIf(1, { 'if-1': 'x'.repeat(61) })))).toContain(
      'Shorten this to 60 characters',
    )
  })
})
