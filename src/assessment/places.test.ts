import { renderToStaticMarkup } from 'react-dom/server'
import { beforeAll, describe, expect, it } from 'vitest'
import { newId, type Route } from '#access'
import { addDays, addMonths } from '#calendar'
import { askerOf, pageOf, wordsOf } from '../../test/asking.ts'
import { someoneInCare, withPerson } from '../../test/care.ts'
import { type Cast, type House, openHouse, programmeId, testDay } from '../../test/house.ts'
import { placesOfDeathOf, room } from './index.ts'
import { screens } from './screens.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})

type Sent = Readonly<Record<string, string>>
const askAs = askerOf(screens, () => house)
const send = (who: Cast, method: Route['method'], path: string, params: Sent, form: Sent = {}) =>
  askAs(who, method, path, { params, form, query: method === 'GET' ? form : {} })

const path = '/people/:person/places'
const wish: Sent = {
  kind: 'death',
  place: '21',
  by: 'the person',
  'on-day': '1',
  'on-month': '3',
  'on-year': '2026',
}
const say = (person: string, form: Sent = {}, who: Cast = 'amina') =>
  send(who, 'POST', path, { person }, { _person: person, ...wish, ...form })
const page = async (person: string, who: Cast = 'amina') =>
  wordsOf(pageOf(await send(who, 'GET', path, { person })))
/** Somebody dies, 5 days ago unless said otherwise; what they had wished was written down on the day they said it. */
async function dies(person: string, days = 5): Promise<void> {
  await house.arrange(`update assessment.place set recorded_at = said_on where person_id = $1`, [person])
  await house.arrange('update people.person set died_on = $1 where id = $2', [
    addDays(testDay, -days),
    person,
  ])
}
const heard = { kind: 'died', 'on-month': '4' }

describe('R-094 where somebody wishes to be cared for and to die', () => {
  it('R-094 is a dated history: the newest stands first, and every earlier one can be read', async () => {
    const person = await someoneInCare(house)
    expect(await page(person)).toContain('Nobody has asked yet')
    await say(person, { words: 'With the dog on the bed.' })
    await say(person, { place: '30', 'on-month': '4' })
    await say(person, { kind: 'care', place: 'undecided' })
    const words = await page(person)
    expect(words).toContain('Where they wish to die Hospice, said by the person on 1 April 2026')
    expect(words).toContain('Their own home, said by the person on 1 March 2026. With the dog on the bed.')
    expect(words).toContain('Where they wish to be cared for They have not decided')
    const panel = await withPerson(house, 'amina', person, async (visit, leave) =>
      room.panelFor?.(visit, leave),
    )
    expect(wordsOf(renderToStaticMarkup(panel?.contents))).toContain('Wishes to die: hospice (1 April 2026).')
  })

  it('starts with nothing chosen, and what is missing is said with nothing typed lost', async () => {
    const person = await someoneInCare(house)
    expect(pageOf(await send('amina', 'GET', path, { person }))).not.toMatch(/type="radio"[^>]*checked/)
    const answer = await say(person, { place: '', by: '', words: 'Typed words' })
    expect(answer).toMatchObject({ kind: 'page', status: 422 })
    expect(wordsOf(pageOf(answer))).toContain('Select which place')
    expect(wordsOf(pageOf(answer))).toContain('Select who said so')
    expect(pageOf(answer)).toContain('Typed words')
    expect(await say(person, { 'on-month': '5' })).toMatchObject({ status: 422 })
  })

  it('is written down once, however often the form is sent, and again by whoever changes their mind back', async () => {
    const person = await someoneInCare(house)
    await say(person)
    expect(await say(person)).toMatchObject({
      saved: 'This is written down already. Nothing was written down twice.',
    })
    await say(person, { place: '10' })
    expect(await page(person)).toContain('Everything written down (2)')
    await say(person)
    expect(await page(person)).toContain('Everything written down (3)')
  })

  it('a wrong one is struck with a reason, stays to be read, and the one before stands again', async () => {
    const person = await someoneInCare(house)
    await say(person)
    await say(person, { place: '10', 'on-month': '4' })
    const [wrong] = await house.arrange(
      `select id from assessment.place where person_id = $1 and place = '10'`,
      [person],
    )
    const strike = `${path}/:place`
    const params = { person, place: String(wrong?.id) }
    expect(await send('amina', 'POST', strike, params, { _person: person })).toMatchObject({ status: 422 })
    const reason = { _person: person, [`reason-${params.place}`]: 'Her sister’s' }
    expect(await send('amina', 'POST', strike, params, reason)).toMatchObject({ kind: 'go' })
    expect(await page(person)).toContain('Where they wish to die Their own home')
    expect(await page(person)).toContain('Struck, Amina Yusuf: Her sister’s')
    await expect(send('amina', 'POST', strike, params, reason)).rejects.toMatchObject({ kind: 'not for you' })
  })

  it('where somebody died is asked only once they have, and once', async () => {
    const person = await someoneInCare(house, { openedOn: addDays(testDay, -60) })
    await expect(say(person, { ...heard, place: '10' })).rejects.toMatchObject({ kind: 'changed meanwhile' })
    await dies(person)
    expect(await page(person)).toContain('Write down where they died')
    expect(await say(person, { ...heard, place: 'undecided' })).toMatchObject({ status: 422 })
    expect(await say(person, { ...heard, 'on-month': '3', place: '10' })).toMatchObject({ status: 422 })
    await say(person, { ...heard, place: '10' })
    expect(await page(person)).toContain('Where they died Hospital, heard on 1 April 2026')
    await expect(say(person, { ...heard, place: '21' })).rejects.toMatchObject({ kind: 'changed meanwhile' })
    expect(wordsOf(pageOf(await say(person, { 'on-month': '4' })))).toContain(
      'on or before the day they died',
    )
  })

  it('HZ01 drawn for one person and sent to another’s address keeps nothing', async () => {
    const [a, b] = [await someoneInCare(house), await someoneInCare(house)]
    await expect(say(b, { _person: a })).rejects.toMatchObject({ kind: 'changed meanwhile' })
    expect(await page(b)).toContain('Nothing has been written down yet')
  })

  it.each(['karl', 'yasmin', 'drAshe'] as const)('is not for %s', async (who) => {
    const person = await someoneInCare(house)
    await expect(page(person, who)).rejects.toMatchObject({ kind: 'not for you' })
  })
})

describe('R-282 dying where one wished', () => {
  it.each([
    ['21', '21', 'met'],
    ['20', '22', 'met'],
    ['21', '20', 'cannot tell'],
    ['30', '10', 'not met'],
    ['21', '22', 'not met'],
    ['40', '42', 'met'],
    ['41', '40', 'cannot tell'],
    ['undecided', '21', 'no wish'],
    [null, '21', 'no wish'],
    ['21', null, 'not recorded'],
  ])('R-282 wished %s and died in %s: %s', async (wished, died, met) => {
    expect(await house.arrange('select assessment.place_met($1, $2) as met', [wished, died])).toEqual([
      { met },
    ])
  })

  const months = {
    programmeId: programmeId('virtual-ward'),
    from: addMonths(testDay, -3),
    before: addMonths(testDay, 1),
  }
  const told = () => house.as('yasmin', (visit) => placesOfDeathOf(visit, months))
  const opened = addDays(testDay, -80)
  const inWard = () =>
    someoneInCare(house, { programme: 'virtual-ward', team: 'ward', owner: 'ana', openedOn: opened })

  it('R-282 is not told of fewer than 8 deaths', async () => {
    for (let n = 0; n < 7; n++) {
      const person = await inWard()
      await say(person, {}, 'ana')
      await dies(person)
      await say(person, { ...heard, place: '21' }, 'ana')
    }
    expect(await told()).toBeUndefined()
  })

  it('R-282 the last wish of the living counts, none written down after the death', async () => {
    const person = await inWard()
    await say(person, { place: '10' }, 'ana')
    await say(person, { place: '21', 'on-day': '2' }, 'ana')
    await dies(person)
    await say(person, { ...heard, place: '21' }, 'ana')
    expect(await told()).toEqual({ people: 8, met: 8, notMet: 0, cannotTell: 0, notRecorded: 0, noWish: 0 })
    // Said before and written down after: it cannot change what was known.
    await say(person, { place: '30', 'on-day': '4' }, 'ana')
    expect(await told()).toMatchObject({ met: 8 })
  })

  it('R-282 whoever had no wish is counted as that, and small counts are left out', async () => {
    for (let n = 0; n < 9; n++) await dies(await inWard())
    const one = await inWard()
    await say(one, {}, 'ana')
    await dies(one)
    await say(one, { ...heard, place: '10' }, 'ana')
    // 8 where they wished, 1 not, 9 without a wish: the 1 is small and the 8 would give it away.
    expect(await told()).toEqual({ people: 18, cannotTell: 0, notRecorded: 0, noWish: 9 })
  })

  it('R-282 leaves out whoever objects to evaluation, and whoever had long left', async () => {
    const [objects, left] = [await inWard(), await inWard()]
    await house.arrange(
      `insert into people.wish (id, person_id, kind, purpose, answer, source, since, recorded_at)
       values ($1, $2, 'objection', 'evaluation', 'yes', 'test', '2026-01-01', now())`,
      [newId(), objects],
    )
    await house.arrange(`update people.episode set closed_on = $1 where person_id = $2`, [
      addDays(testDay, -60),
      left,
    ])
    await dies(objects)
    await dies(left)
    expect((await told())?.people).toBe(18)
  })

  it('is for those who see evaluation', async () => {
    await expect(house.as('pat', (visit) => placesOfDeathOf(visit, months))).rejects.toMatchObject({
      kind: 'not for you',
    })
  })
})
