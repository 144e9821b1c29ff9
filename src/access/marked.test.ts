import { beforeAll, describe, expect, it } from 'vitest'
import { askedWith, pageOf, wordsOf } from '../../test/asking.ts'
import { lookWhole, someoneInCare, withPerson } from '../../test/care.ts'
import { type Cast, type House, openHouse } from '../../test/house.ts'
import { refusalPage } from '../error-pages.tsx'
import { newId } from './ids.ts'
import { room } from './index.ts'
import { permit } from './permit.ts'
import type { Refused } from './refused.ts'
import type { Answer, Route } from './types.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})

type Sent = Readonly<Record<string, string>>
const send = (who: Cast, method: Route['method'], path: string, person: string, form: Sent = {}) =>
  house.as(who, (visit): Promise<Answer> => {
    const route = room.screens.find((one) => one.method === method && one.path === path)
    if (!route) throw new Error(`no ${method} ${path}`)
    return route.answer(visit, askedWith({ params: { person }, form: { _person: person, ...form } }))
  })
const mark = (person: string, form: Sent = { kind: 'staff or relative' }) =>
  send('amina', 'POST', '/people/:person/marked', person, form)
const why = (who: Cast, person: string, form: Sent = { reason: 'giving care' }) =>
  send(who, 'POST', '/people/:person/why', person, { to: `/people/${person}/plan`, ...form })
const opens = (who: Cast, person: string): Promise<string> =>
  withPerson(house, who, person, async () => 'open').catch((refusal: Refused) => refusal.kind)

describe('a record that is handled with more care', () => {
  it('asks everybody with a tie why, once in a sign-in, and nobody without one', async () => {
    const person = await someoneInCare(house)
    await mark(person)
    const token = await house.signIn('priya')
    expect(await opens('priya', person)).toBe('say why')
    expect(await opens('karl', person)).toBe('not for you')
    expect(await why('priya', person)).toEqual({ kind: 'go', to: `/people/${person}/plan` })
    expect(token).not.toBe('')
    // Each visit of the test house is a sign-in of its own, so the reason does not reach the next.
    expect(await opens('priya', person)).toBe('say why')
  })

  it('opens in the sign-in in which the reason was given, and the log has both', async () => {
    const person = await someoneInCare(house)
    await mark(person)
    await house.as('priya', async (visit) => {
      const route = room.screens.find(({ path }) => path === '/people/:person/why')
      await route?.answer(
        visit,
        askedWith({ params: { person }, form: { to: '/my-day', reason: 'they asked' } }),
      )
      expect((await permit(visit, person, lookWhole)).tie).toBe('episode')
    })
    const verbs = await house.arrange(
      "select verb from access.entry where person_id = $1 and verb in ('said why', 'read the record') order by id desc limit 2",
      [person],
    )
    expect(verbs.map(({ verb }) => verb)).toEqual(['read the record', 'said why'])
    const [note] = await house.arrange(
      "select facts ->> 'reason' as reason from journal.entry where what = 'reason given' and person_id = $1",
      [person],
    )
    expect(note).toEqual({ reason: 'they asked' })
  })

  it('is asked about where its page would stand, leading back to it, and names nobody', async () => {
    const person = await someoneInCare(house, { family: 'Colleague', given: 'Dear' })
    await mark(person)
    const refusal = await withPerson(house, 'priya', person, async () => undefined).catch(
      (error: Refused) => error,
    )
    const html = refusalPage(undefined, refusal as Refused, { method: 'GET', url: `/people/${person}/plan` })
    expect(html).toContain(`value="/people/${person}/plan"`)
    expect(wordsOf(html)).toContain('Why do you open it?')
    expect(html).not.toMatch(/Colleague|Dear/)
  })

  it.each([
    ['Select why you open it', {}],
    ['Enter what it is', { reason: 'other' }],
    ['Say it in 500 characters or fewer', { reason: 'other', words: 'x'.repeat(501) }],
  ])('says what to put right: %s', async (message, form) => {
    const person = await someoneInCare(house)
    const answer = await why('priya', person, form)
    expect(answer).toMatchObject({ status: 422 })
    expect(wordsOf(pageOf(answer)).split(message).length).toBeGreaterThanOrEqual(3)
  })

  it('leads nowhere else than where they were going here', async () => {
    const person = await someoneInCare(house)
    await mark(person)
    const sent = { reason: 'giving care', to: 'https://elsewhere.example/' }
    expect(await why('priya', person, sent)).toEqual({ kind: 'go', to: '/' })
  })

  it('takes no reason of somebody without a tie, and says no more than of nobody', async () => {
    const person = await someoneInCare(house)
    await mark(person)
    await expect(why('karl', person)).rejects.toMatchObject({ kind: 'not for you' })
    await expect(why('karl', newId())).rejects.toMatchObject({ kind: 'not for you' })
  })

  it('HZ36 opens at once in an emergency: that gave its reason', async () => {
    const person = await someoneInCare(house, { nhsNumber: '9991010300', bornOn: '1954-06-20' })
    await mark(person)
    const form = {
      ...{ number: '9991010300', 'born-day': '20', 'born-month': '6', 'born-year': '1954' },
      ...{ reason: 'life or serious harm', words: 'Brought in by ambulance.' },
    }
    const answer = await house.as('karl', async (visit) => {
      const route = room.screens.find(({ method, path }) => method === 'POST' && path === '/emergency')
      return route?.answer(visit, askedWith({ form }))
    })
    expect(answer).toMatchObject({ kind: 'go' })
    expect(await opens('karl', person)).toBe('open')
  })

  it('is any other record again once the mark is taken off, which stays to be read', async () => {
    const person = await someoneInCare(house)
    await mark(person)
    const [row] = await house.arrange('select id from people.mark where person_id = $1', [person])
    await house.as('amina', async (visit) => {
      const answer = (path: string, form: Sent) =>
        room.screens
          .find((one) => one.method === 'POST' && one.path === path)
          ?.answer(visit, askedWith({ params: { person }, form: { _person: person, ...form } }))
      await answer('/people/:person/why', { to: '/', reason: 'giving care' })
      await answer('/people/:person/marked/end', { mark: String(row?.id) })
    })
    expect(await opens('priya', person)).toBe('open')
    const marks = await house.arrange(
      'select ended_at is not null as off from people.mark where person_id = $1',
      [person],
    )
    expect(marks).toEqual([{ off: true }])
  })

  it('is read by the privacy officer by reference, naming nobody', async () => {
    const person = await someoneInCare(house, { family: 'Marked', given: 'Reviewed' })
    await mark(person, { kind: 'sensitive identity', words: 'Ring before visiting' })
    await why('priya', person, { reason: 'other', words: 'Rota of the week' })
    const list = await house.as('miriam', async (visit) => {
      const route = room.screens.find(({ method, path }) => method === 'GET' && path === '/privacy/openings')
      return route?.answer(visit, askedWith({ query: { kind: 'reason' } }))
    })
    if (!list) throw new Error('there is no list')
    expect(wordsOf(pageOf(list))).toContain('Marked records')
    expect(wordsOf(pageOf(list))).toMatch(
      /care co-ordinator, Quayside co-ordination team Other Not looked at/,
    )
    expect(pageOf(list)).not.toMatch(/Reviewed, |MARKED/)
  })
})
