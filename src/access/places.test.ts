import { beforeAll, describe, expect, it } from 'vitest'
import { addDays } from '#calendar'
import { askedWith, pageOf, wordsOf } from '../../test/asking.ts'
import { answerSharing, someoneInCare } from '../../test/care.ts'
import { type Cast, type House, openHouse, places, testDay } from '../../test/house.ts'
import { runningOut } from './agreement-parts.tsx'
import { permit } from './permit.ts'
import { placeRoutes } from './places.tsx'
import type { Answer, Route } from './types.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})

type Sent = Readonly<Record<string, string>>
const address = '/organisations/places'

const send = (method: Route['method'], path: string, form: Sent = {}, params: Sent = {}, who: Cast = 'jo') =>
  house.as(who, (visit): Promise<Answer> => {
    const route = placeRoutes.find((one) => one.method === method && one.path === path)
    if (!route) throw new Error(`no ${method} ${path}`)
    return route.answer(visit, askedWith({ form, params }))
  })
const page = async () => wordsOf(pageOf(await send('GET', address)))
const add = (form: Sent, who?: Cast) => send('POST', address, form, {}, who)
const team2 = { kind: 'team', name: 'Team of the north', code: 'north1', telephone: '01632 960 123' }

const from = { 'from-day': '1', 'from-month': '4', 'from-year': '2026' }
const paper = { partner: places.outOfHours, basis: 'Sharing agreement of 1 March 2026', ...from }
const make = (form: Sent = paper, who?: Cast) => send('POST', `${address}/agreements`, form, {}, who)
const end = (agreement: string, reason: string, who?: Cast) =>
  send(
    'POST',
    `${address}/agreements/:agreement/end`,
    { [`reason-${agreement}`]: reason },
    { agreement },
    who,
  )
const newest = async () => {
  const [row] = await house.arrange(
    `select id from organisations.agreement where partner_id = $1 and ended_at is null order by recorded_at desc`,
    [places.outOfHours],
  )
  return String(row?.id)
}
const isSeenAtNight = (person: string) =>
  house.as('drAshe', (visit) =>
    permit(visit, person, {
      may: 'see emergency summary',
      part: 'emergency summary',
      purpose: 'direct care',
      verb: 'read the emergency summary',
    }).then(
      () => true,
      () => false,
    ),
  )
const notes = async (what: string) =>
  (await house.arrange('select facts from journal.entry where what = $1', [what])).length

describe('a place', () => {
  it('added by the administrator is listed, and is left in the journal', async () => {
    expect(await add(team2)).toMatchObject({ kind: 'go' })
    expect(await page()).toContain('Team of the north Team NORTH1 01632 960 123')
    expect(await notes('place added')).toBe(1)
  })

  it.each([
    ['Select what kind of place it is', { kind: 'practice' }],
    ['Select what kind of place it is', { kind: '' }],
    ['Enter the name of the place', { name: ' ' }],
    ['Enter a code of 2 to 20 letters and digits, like TEAM2', { code: 'Ä' }],
    ['Another place has this code. Enter another', { code: 'NORTH1' }],
    ['There is an umbrella already. Select another kind', { kind: 'umbrella', code: 'UMB2' }],
  ])('is not added where something is missing: %s', async (message, change) => {
    if (message.startsWith('Another')) await add(team2)
    const answer = await add({ ...team2, code: 'NORTH9', ...change })
    expect(answer).toMatchObject({ status: 422 })
    expect(wordsOf(pageOf(answer)).split(message)).toHaveLength(3)
  })

  it('is added by nobody but who looks after places', async () => {
    await expect(add({ ...team2, code: 'NORTH3' }, 'amina')).rejects.toMatchObject({ kind: 'not for you' })
    await expect(make(paper, 'amina')).rejects.toMatchObject({ kind: 'not for you' })
  })
})

describe('a place that is there', () => {
  const one = async (code: string) => {
    const [row] = await house.arrange(
      "select id, name, coalesce(telephone, '') as telephone from organisations.organisation where code = $1",
      [code],
    )
    return { id: String(row?.id), name: String(row?.name), telephone: String(row?.telephone) }
  }
  const correct = (place: Awaited<ReturnType<typeof one>>, form: Sent, who?: Cast) =>
    send(
      'POST',
      `${address}/:place`,
      { 'seen-name': place.name, 'seen-telephone': place.telephone, name: place.name, ...form },
      { place: place.id },
      who,
    )

  it('of a practice is given the telephone its extract did not bring, and keeps the name it did', async () => {
    const practice = await one('Z00001')
    const asked = await send('GET', `${address}/:place`, {}, { place: practice.id })
    expect(pageOf(asked)).not.toContain('name="name"')
    await correct(practice, { name: 'Another surgery', telephone: '01632 960 144' })
    expect(await one('Z00001')).toEqual({ ...practice, telephone: '01632 960 144' })
    const facts = await house.arrange("select facts from journal.entry where what = 'place corrected'")
    const was = { nameWas: practice.name, telephoneWas: practice.telephone }
    expect(facts).toEqual([{ facts: { organisationId: practice.id, ...was } }])
  })

  it('is not written over when somebody else changed it since the page was opened', async () => {
    const seen = await one('TEAM1')
    await correct(seen, { telephone: '01632 960 191' })
    await expect(correct(seen, { telephone: '01632 960 192' })).rejects.toMatchObject({
      words: 'Somebody changed this place at the same moment. Look again.',
    })
    expect((await one('TEAM1')).telephone).toBe('01632 960 191')
  })

  it('asks for a name and for a number that can be rung, keeping what was typed', async () => {
    const answer = await correct(await one('TEAM1'), { name: ' ', telephone: 'the desk' })
    expect(answer).toMatchObject({ status: 422 })
    expect(wordsOf(pageOf(answer)).split('Enter the name of the place')).toHaveLength(3)
    expect(pageOf(answer)).toContain('value="the desk"')
    await expect(correct(await one('TEAM1'), {}, 'amina')).rejects.toMatchObject({ kind: 'not for you' })
  })
})

describe('an agreement that runs out', () => {
  const holds = {
    id: 'a',
    partnerId: 'p',
    partnerName: 'Out of hours',
    basis: 'paper',
    fromOn: addDays(testDay, -300),
  }
  const until = (days: number) => ({ ...holds, untilOn: addDays(testDay, days) })
  it.each([
    ['within 60 days is said', [until(60)], ['a']],
    ['later is not', [until(61)], []],
    ['never is not', [holds], []],
    ['already is not', [until(0)], []],
    [
      'and is followed by the next is not',
      [until(30), { ...holds, id: 'b', fromOn: addDays(testDay, 30) }],
      [],
    ],
    ['was ended by somebody is not', [{ ...until(30), endedByName: 'Jo Marchetti' }], []],
  ])('HZ37 %s', (_, agreements, said) => {
    expect(runningOut(agreements, testDay).map(({ id }) => id)).toEqual(said)
  })
})

describe('with out of hours', () => {
  it('HZ37 an agreement holds from its first day until it is ended, and says who made and ended it and why', async () => {
    const person = await someoneInCare(house, { family: 'Night' })
    await answerSharing(house, person, 'yes')
    expect(await page()).toContain('There is no agreement. Out of hours sees nobody.')
    expect(await isSeenAtNight(person)).toBe(false)
    expect(await make()).toMatchObject({ kind: 'go' })
    expect(await page()).toContain('From 1 April 2026 until somebody ends it')
    expect(await isSeenAtNight(person)).toBe(true)
    const id = await newest()
    expect(await end(id, ' ')).toMatchObject({ status: 422 })
    await expect(end(id, 'No more', 'amina')).rejects.toMatchObject({ kind: 'not for you' })
    expect(await end(id, 'They have closed')).toMatchObject({ kind: 'go' })
    expect(await page()).toContain('Ended by Jo Marchetti: They have closed')
    expect(await isSeenAtNight(person)).toBe(false)
    await expect(end(id, 'They have closed')).rejects.toMatchObject({ kind: 'changed meanwhile' })
    expect(await notes('agreement made')).toBe(1)
    expect(await notes('agreement ended')).toBe(1)
  })

  it('may begin later and end by itself, and may be ended before it began', async () => {
    const person = await someoneInCare(house, { family: 'Later' })
    await answerSharing(house, person, 'yes')
    const days = { 'from-year': '2027', 'last-day': '31', 'last-month': '3', 'last-year': '2028' }
    expect(await make({ ...paper, ...days })).toMatchObject({ kind: 'go' })
    expect(await page()).toContain('From 1 April 2027 to 31 March 2028. It has not begun.')
    expect(await isSeenAtNight(person)).toBe(false)
    expect(await end(await newest(), 'Written down twice')).toMatchObject({ kind: 'go' })
    expect(await page()).toContain('Ended by Jo Marchetti: Written down twice')
  })

  it('does not hold twice on one day', async () => {
    await make()
    const again = await make({ ...paper, 'from-year': '2027' })
    expect(wordsOf(pageOf(again))).toContain('holds on some of these days already. End it first')
    await end(await newest(), 'Over')
  })

  const yesterday = addDays(testDay, -1)
  it.each([
    ['Select an out-of-hours organisation', { partner: places.team }],
    ['Enter which agreement it is', { basis: '' }],
    ['Its first day must be a real date, like 27 3 2026', { 'from-day': '31' }],
    ['Its last day must be a real date, like 27 3 2027', { 'last-day': '1' }],
    [
      'Its last day must be its first day or later',
      { 'last-day': '31', 'last-month': '3', 'last-year': '2026' },
    ],
    [
      'Its last day must be today or later',
      {
        'from-year': '2025',
        'last-day': yesterday.slice(8),
        'last-month': yesterday.slice(5, 7),
        'last-year': '2026',
      },
    ],
  ])('is not written down where something is wrong: %s', async (message, change: Sent) => {
    const answer = await make({ ...paper, ...change })
    expect(answer).toMatchObject({ status: 422 })
    expect(wordsOf(pageOf(answer)).split(message)).toHaveLength(3)
  })
})
