import { beforeAll, describe, expect, it } from 'vitest'
import type { Route } from '#access'
import { addDays, addMonths } from '#calendar'
import { askerOf, pageOf, wordsOf } from '../../test/asking.ts'
import { someoneInCare, withPerson } from '../../test/care.ts'
import { type Cast, type House, openHouse, programmeId, testDay } from '../../test/house.ts'
import { importedOnly } from './imported.data.ts'
import { measuresOf, outcomesOf } from './index.ts'
import { screens } from './screens.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})

type Sent = Readonly<Record<string, string>>
const askAs = askerOf(screens, () => house)
const send = (who: Cast, method: Route['method'], path: string, params: Sent, form: Sent = {}) =>
  askAs(who, method, path, { params, form, query: method === 'GET' ? form : {} })

const elsewhere = '/people/:person/measures/elsewhere'
const whole: Sent = {
  instrument: 'eq-5d-5l',
  profile: '21231',
  index: '0.853',
  set: 'EQ-5D-5L UK 2026',
  vas: '70',
  form: 'UK English, on paper',
  from: 'Respiratory clinic',
  who: 'the person',
  via: 'post',
  'on-day': '1',
  'on-month': '4',
  'on-year': '2026',
}
const save = (person: string, form: Sent = {}, who: Cast = 'amina') =>
  send(who, 'POST', elsewhere, { person }, { _person: person, ...whole, ...form })
const kept = (person: string) =>
  withPerson(house, 'amina', person, (visit, leave) => measuresOf(visit.db, leave))

describe('a result of an EQ-5D form used elsewhere', () => {
  it('is kept as its profile, its index with the value set, and where it is from; nothing is worked out', async () => {
    const person = await someoneInCare(house)
    // Not the index that any value set gives this profile: it is kept as it came.
    expect(await save(person, { index: '0.111' })).toMatchObject({ kind: 'go' })
    expect(await kept(person)).toMatchObject([
      {
        instrument: 'eq-5d-5l',
        version: 'EQ-5D-5L, index by EQ-5D-5L UK 2026',
        answers: {},
        result: {
          profile: '21231',
          valueSet: 'EQ-5D-5L UK 2026',
          formVersion: 'UK English, on paper',
          obtainedFrom: 'Respiratory clinic',
        },
        scores: [
          { scale: 'index', value: 0.111 },
          { scale: 'vas', value: 70 },
        ],
      },
    ])
  })

  it('shows no question, no answer in words and no figure of a value set, on any page', async () => {
    const person = await someoneInCare(house)
    await save(person)
    const [measure] = await kept(person)
    const pages = [
      await send('amina', 'GET', elsewhere, { person }),
      await send('amina', 'GET', '/people/:person/measures', { person }),
      await send('amina', 'GET', '/people/:person/measures/answers/:answers', {
        person,
        answers: measure?.id ?? '',
      }),
    ].map((page) => wordsOf(pageOf(page)))
    for (const page of pages) {
      expect(page).not.toMatch(
        /mobility|self-care|usual activities|discomfort|anxiety|slight problems|unable to/i,
      )
    }
    expect(pages[2]).toContain('0.853 of 1')
    expect(pages[2]).toContain('Profile 21231')
    expect(pages[2]).toContain('Value set EQ-5D-5L UK 2026')
    expect(importedOnly.every(({ items }) => items.length === 0)).toBe(true)
  })

  it.each([
    [{ profile: '11126' }, 'Enter 5 digits from 1 to 5, with 9 for a part not answered, like 11214'],
    [{ profile: '1112' }, 'Enter 5 digits from 1 to 5'],
    [{ profile: '11154', instrument: 'eq-5d-3l', set: 'EQ-5D-3L UK 1997' }, 'Enter 5 digits from 1 to 3'],
    [{ index: '1.2' }, 'Enter the index as it came, from -1 to 1, like 0.735'],
    [{ index: 'high' }, 'Enter the index as it came'],
    [{ set: '' }, 'Select the value set the index was worked out by'],
    [{ set: 'EQ-5D-3L UK 1997' }, 'Select the value set the index was worked out by'],
    [{ index: '' }, 'Enter the index that came by this value set'],
    [{ profile: '91111' }, 'Leave the index empty: with a part not answered no value set gives one'],
    [{ vas: '101' }, 'Enter a whole number from 0 to 100, or leave it empty'],
    [{ vas: '70.5' }, 'Enter a whole number from 0 to 100'],
    [{ form: '' }, 'Enter which version of the form it was'],
    [{ from: '' }, 'Enter who held the licence and gave the result'],
    [{ instrument: '' }, 'Select which form it was'],
    [{ who: 'a carer, about themselves' }, 'Select who answered'],
    [{ 'on-day': '2' }, 'Enter the day it was answered, today or earlier'],
  ])('with %j says what to put right, keeps what was typed and keeps no result', async (change, said) => {
    const person = await someoneInCare(house)
    const answer = await save(person, change)
    expect(answer).toMatchObject({ kind: 'page', status: 422 })
    expect(wordsOf(pageOf(answer))).toContain(said)
    expect(pageOf(answer)).toContain(`value="${'from' in change ? whole.form : 'Respiratory clinic'}"`)
    expect(await kept(person)).toEqual([])
  })

  it('HZ07 with a part not answered has its profile, and no index', async () => {
    const person = await someoneInCare(house)
    await save(person, { profile: '91111', index: '', set: '', vas: '' })
    expect((await kept(person))[0]).toMatchObject({
      result: { profile: '91111' },
      scores: [{ whyNone: 'no index came with it' }, { whyNone: 'not given' }],
    })
  })

  it('HZ07 an impossible profile or an index without its value set is refused by the database as well', async () => {
    const person = await someoneInCare(house)
    await save(person)
    const change = (set: string) =>
      house.arrange(`update assessment.assessment set ${set} where person_id = $1`, [person])
    await expect(change(`profile = '11126'`)).rejects.toThrow(/profile_of_its_form/)
    await expect(change(`profile = null`)).rejects.toThrow(/check/)
    await expect(change(`profile = '91111'`)).rejects.toThrow(/index_of_a_whole_profile/)
    await expect(change(`obtained_from = null`)).rejects.toThrow(/result_says_where_from/)
  })

  it('is compared only within one value set', async () => {
    const person = await someoneInCare(house, { openedOn: addDays(testDay, -60) })
    await save(person, { 'on-month': '3', index: '0.5', set: 'EQ-5D-5L England 2018' })
    await save(person)
    const page = async () =>
      wordsOf(pageOf(await send('amina', 'GET', '/people/:person/measures', { person })))
    expect(await page()).toContain('EQ-5D-5L index: Nothing to compare with yet')
    await save(person, { 'on-month': '3', 'on-day': '2', index: '0.6' })
    expect(await page()).toContain('EQ-5D-5L index: 0.253 up since 2 March 2026, better')
  })

  it('the same form sent twice is one result; with another index it is a problem', async () => {
    const person = await someoneInCare(house)
    const id = '01900000-0000-7000-8000-0000000000aa'
    await save(person, { id })
    expect(await save(person, { id })).toMatchObject({ kind: 'go' })
    expect(await save(person, { id, index: '0.2' })).toMatchObject({ kind: 'page', status: 422 })
    expect(await kept(person)).toHaveLength(1)
  })

  it('HZ01 drawn for one person and sent to another’s address keeps nothing', async () => {
    const [a, b] = [await someoneInCare(house), await someoneInCare(house)]
    await expect(save(b, { _person: a })).rejects.toMatchObject({ kind: 'changed meanwhile' })
    expect(await kept(b)).toEqual([])
  })

  it('can be struck, and counts no more', async () => {
    const person = await someoneInCare(house)
    await save(person)
    const [measure] = await kept(person)
    const path = '/people/:person/measures/answers/:answers'
    const params = { person, answers: measure?.id ?? '' }
    expect(
      await send('amina', 'POST', path, params, { _person: person, reason: 'Another person’s' }),
    ).toMatchObject({
      kind: 'go',
    })
    expect((await kept(person))[0]?.struckReason).toBe('Another person’s')
  })

  it('counts in a programme’s outcomes, its index and its VAS apart', async () => {
    const opened = addDays(testDay, -60)
    for (let n = 0; n < 8; n++) {
      const person = await someoneInCare(house, {
        openedOn: opened,
        programme: 'virtual-ward',
        team: 'ward',
        owner: 'ana',
      })
      await save(person, { 'on-month': '2', index: '0.5', vas: '40' }, 'ana')
      await save(person, {}, 'ana')
    }
    const months = {
      programmeId: programmeId('virtual-ward'),
      from: addMonths(testDay, -3),
      before: addMonths(testDay, 1),
    }
    const rows = await house.as('yasmin', (visit) => outcomesOf(visit, months))
    expect(rows).toMatchObject([
      {
        scale: 'index',
        pairs: 8,
        meanFirst: 0.5,
        meanLast: expect.closeTo(0.853, 6),
        version: 'EQ-5D-5L, index by EQ-5D-5L UK 2026',
      },
      { scale: 'vas', pairs: 8, meanFirst: 40, meanLast: 70 },
    ])
  })

  it.each(['karl', 'pat', 'drAshe', 'yasmin'] as const)('is not for %s to write down', async (who) => {
    const person = await someoneInCare(house)
    await expect(save(person, {}, who)).rejects.toMatchObject({ kind: 'not for you' })
  })
})
