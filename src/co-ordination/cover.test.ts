import { beforeAll, describe, expect, it } from 'vitest'
import type { Answer, Route } from '#access'
import { addDays, type LondonDate } from '#calendar'
import { askedWith, pageOf, wordsOf } from '../../test/asking.ts'
import { agreeWithOutOfHours, answerSharing, someoneInCare, withPerson } from '../../test/care.ts'
import { type Cast, type House, openHouse, staffId, testDay } from '../../test/house.ts'
import { problemsWithCover } from './cover-rules.ts'
import { addTask } from './index.ts'
import { screens } from './screens.tsx'

let house: House
beforeAll(async () => {
  house = await openHouse()
  await agreeWithOutOfHours(house)
})

type Sent = NonNullable<Parameters<typeof askedWith>[0]>

const ask = (who: Cast, method: Route['method'], path: string, sent: Sent = {}) =>
  house.as(who, (visit): Promise<Answer> => {
    const route = screens.find((one) => one.method === method && one.path === path)
    if (!route) throw new Error(`no ${method} ${path}`)
    return route.answer(visit, askedWith(sent))
  })
const wordsAt = async (who: Cast, path: string, params: Sent['params'] = {}) =>
  wordsOf(pageOf(await ask(who, 'GET', path, { params })))

const boxes = (field: string, on: LondonDate) => ({
  [`${field}-day`]: on.slice(8),
  [`${field}-month`]: on.slice(5, 7),
  [`${field}-year`]: on.slice(0, 4),
})
const cover = (away: Cast, by: Cast, from: number, last: number, who: Cast = by) =>
  ask(who, 'POST', '/my-day/cover', {
    form: {
      ...{ away: staffId(away), by: staffId(by) },
      ...boxes('from', addDays(testDay, from)),
      ...boxes('last', addDays(testDay, last)),
    },
  })
const newest = async () => {
  const [row] = await house.arrange(
    'select id from co_ordination.cover order by made_at desc, id desc limit 1',
  )
  return String(row?.id)
}
const endNewest = async (who: Cast) =>
  ask(who, 'POST', '/my-day/cover/end', { form: { cover: await newest() } })

async function heldBy(who: Cast, what: string, isUrgent = false): Promise<string> {
  const person = await someoneInCare(house, { family: 'Covered', given: what, owner: who })
  await withPerson(house, 'amina', person, (visit, leave) =>
    addTask(visit, leave, { what, holder: { staffId: staffId(who) }, dueOn: testDay, isUrgent }),
  )
  return person
}

describe('a colleague covers for somebody away', () => {
  it('HZ09 and finds an alert they hold first in their own day, marked as theirs, until the cover ends', async () => {
    await heldBy('omar', 'Ring about the new tablets', true)
    expect(await wordsAt('priya', '/my-day')).not.toContain('Ring about the new tablets')
    expect(await cover('omar', 'priya', 0, 13)).toMatchObject({ kind: 'go' })
    const covered = await wordsAt('priya', '/my-day')
    expect(covered).toContain('You cover for a colleague')
    expect(covered).toMatch(/Now \(1\).*Ring about the new tablets For Omar Sayed/)
    expect(await wordsAt('omar', '/my-day')).toContain('Priya Raman covers for you')
    expect(await wordsAt('omar', '/my-day')).toContain('Ring about the new tablets')
    await endNewest('omar')
    expect(await wordsAt('priya', '/my-day')).not.toContain('Ring about the new tablets')
  })

  it('from the first day written down, not before', async () => {
    await heldBy('omar', 'Later thing')
    await cover('omar', 'priya', 3, 9)
    expect(await wordsAt('priya', '/my-day')).not.toContain('Later thing')
    expect(await wordsAt('priya', '/my-day/cover')).toMatch(/Omar Sayed Priya Raman/)
    await endNewest('priya')
  })

  it('HZ37 and out of hours reads on the summary whom to ring meanwhile', async () => {
    const person = await heldBy('omar', 'Night thing')
    await answerSharing(house, person, 'yes')
    await cover('omar', 'priya', 0, 2)
    const sheet = await wordsAt('drAshe', '/people/:person/emergency', { person })
    expect(sheet).toMatch(/Omar Sayed, case manager, away to/)
    expect(sheet).toContain('Priya Raman, covers')
    await endNewest('priya')
  })

  it('opens their people to whoever covers, and to nobody else of the house', async () => {
    const person = await someoneInCare(house, { owner: 'omar', team: 'otherTeam' })
    const mayOpen = (who: Cast) => withPerson(house, who, person, async () => true).catch(() => false)
    expect(await mayOpen('priya')).toBe(false)
    await cover('omar', 'priya', 0, 0)
    expect(await mayOpen('priya')).toBe(true)
    const [look] = await house.arrange(
      'select tie from access.entry where person_id = $1 and staff_id = $2 order by at desc limit 1',
      [person, staffId('priya')],
    )
    expect(look).toEqual({ tie: 'cover' })
    await endNewest('priya')
    expect(await mayOpen('priya')).toBe(false)
  })

  it('one at a time, and ends once', async () => {
    await cover('omar', 'priya', 0, 5)
    const second = await cover('omar', 'amina', 5, 8)
    expect(second).toMatchObject({ status: 422 })
    expect(wordsOf(pageOf(second))).toContain('Somebody covers for them on some of these days')
    const id = await newest()
    await endNewest('amina')
    const again = ask('amina', 'POST', '/my-day/cover/end', { form: { cover: id } })
    await expect(again).rejects.toMatchObject({ words: 'This cover has ended already. Look again.' })
  })

  it('of another place is nothing one can arrange or end', async () => {
    expect(await cover('karl', 'priya', 0, 1)).toMatchObject({ status: 422 })
    await cover('omar', 'priya', 0, 1)
    await expect(endNewest('karl')).rejects.toMatchObject({ kind: 'changed meanwhile' })
    await endNewest('priya')
  })
})

describe('what a cover needs', () => {
  const known = new Set(['a', 'b'])
  const whole = { awayId: 'a', coveredById: 'b', fromOn: testDay, lastOn: addDays(testDay, 13) }
  it.each([
    ['nothing where it is whole', {}, []],
    ['somebody who is away', { awayId: 'x' }, ['Choose who is away']],
    ['somebody who covers', { coveredById: '' }, ['Choose who covers']],
    [
      'another to cover',
      { coveredById: 'a' },
      ['Choose somebody else to cover: they are the one who is away'],
    ],
    ['a first day', { fromOn: undefined }, ['The first day must be a real date, like 27 3 2026']],
    ['a first day to come', { fromOn: addDays(testDay, -1) }, ['The first day must be today or later']],
    ['a last day', { lastOn: undefined }, ['The last day must be a real date, like 27 3 2026']],
    [
      'an end after the beginning',
      { lastOn: addDays(testDay, -1) },
      ['The last day must be the first day or later'],
    ],
  ])('is %s', (_, change, messages) => {
    expect(problemsWithCover({ ...whole, ...change }, known, testDay).map(({ message }) => message)).toEqual(
      messages,
    )
  })

  it('is an end within 6 months: whoever is away for longer hands their people over', () => {
    const long = problemsWithCover({ ...whole, lastOn: addDays(testDay, 200) }, known, testDay)
    expect(long[0]?.message).toContain('hand their caseload over')
  })
})
