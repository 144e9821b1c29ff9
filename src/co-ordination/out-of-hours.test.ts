import { beforeAll, describe, expect, it } from 'vitest'
import { newId, permit, type Route } from '#access'
import { room as assessment } from '#assessment'
import { askedWith, pageOf, wordsOf } from '../../test/asking.ts'
import {
  agreeWithOutOfHours,
  answerSharing,
  arrangePlan,
  someoneInCare,
  withPerson,
} from '../../test/care.ts'
import { type Cast, type House, openHouse, places } from '../../test/house.ts'
import { screens } from './screens.tsx'

let house: House
beforeAll(async () => {
  house = await openHouse()
  await agreeWithOutOfHours(house)
})

const route = (method: Route['method'], path: string): Route => {
  const found = screens.find((one) => one.method === method && one.path === path)
  if (!found) throw new Error(`no ${method} ${path}`)
  return found
}

const list = (who: Cast = 'drAshe') =>
  house.as(who, async (visit) =>
    wordsOf(pageOf(await route('GET', '/out-of-hours').answer(visit, askedWith()))),
  )

const search = (form: Readonly<Record<string, string>>) =>
  house.as('drAshe', async (visit) =>
    wordsOf(pageOf(await route('POST', '/out-of-hours').answer(visit, askedWith({ form })))),
  )

const summary = (who: Cast, person: string) =>
  house.as(who, async (visit) =>
    wordsOf(
      pageOf(
        await route('GET', '/people/:person/emergency').answer(visit, askedWith({ params: { person } })),
      ),
    ),
  )

const plan = (person: string, what: string, isForOutOfHours = true) =>
  withPerson(house, 'amina', person, (visit, leave) => arrangePlan(visit, leave, { what, isForOutOfHours }))

describe('the out-of-hours list', () => {
  it('an action marked for out of hours is on the out-of-hours list as soon as it is saved', async () => {
    const person = await someoneInCare(house, { family: 'Marked' })
    await answerSharing(house, person, 'yes')
    expect(await list()).not.toContain('Check the oxygen')
    await plan(person, 'Check the oxygen')
    expect(await list()).toMatch(/MARKED, June.*Check the oxygen/)
  })

  it('an action not marked for out of hours is not on it', async () => {
    const person = await someoneInCare(house, { family: 'Unmarked' })
    await answerSharing(house, person, 'yes')
    await plan(person, 'Look at the benefits letter', false)
    expect(await list()).toContain('UNMARKED')
    expect(await list()).not.toContain('benefits letter')
  })

  it('withdrawing the wish to share takes somebody off the out-of-hours list at once', async () => {
    const person = await someoneInCare(house, { family: 'Withdrawn' })
    await answerSharing(house, person, 'yes')
    expect(await list()).toContain('WITHDRAWN')
    await answerSharing(house, person, 'no')
    expect(await list()).not.toContain('WITHDRAWN')
    await expect(summary('drAshe', person)).rejects.toMatchObject({ kind: 'not for you' })
  })

  it('somebody who was never asked is not on it', async () => {
    const person = await someoneInCare(house, { family: 'Unasked' })
    await plan(person, 'Rail')
    expect(await list()).not.toContain('UNASKED')
    await expect(summary('drAshe', person)).rejects.toMatchObject({ kind: 'not for you' })
  })

  it('somebody without an open episode is not on it', async () => {
    const person = await house.arrangePerson({ family: 'Unenrolled' })
    await house.arrange(
      `insert into people.wish (id, person_id, kind, answer, source, since, recorded_at)
       values ($1, $2, 'share with out of hours', 'yes', 'test', '2026-01-01', now())`,
      [newId(), person],
    )
    expect(await list()).not.toContain('UNENROLLED')
  })

  it('without an agreement in force nobody is on it', async () => {
    const person = await someoneInCare(house, { family: 'Agreement' })
    await answerSharing(house, person, 'yes')
    await house.arrange(
      `update organisations.agreement set during = '[2025-01-01,2026-04-01)' where partner_id = $1`,
      [places.outOfHours],
    )
    expect(await list()).toContain('Nobody is on the list now')
    await expect(summary('drAshe', person)).rejects.toMatchObject({ kind: 'not for you' })
    await house.arrange(`update organisations.agreement set during = '[2025-01-01,)' where partner_id = $1`, [
      places.outOfHours,
    ])
  })

  it('is one row in the access log for each look, with exactly the people shown', async () => {
    const person = await someoneInCare(house, { family: 'Logged' })
    await answerSharing(house, person, 'yes')
    await list()
    const rows = await house.arrange(
      `select e.verb, l.people from access.entry e join access.people_list l on l.hash = e.list_hash
       where e.tie = 'listed' order by e.id desc limit 1`,
    )
    expect(rows[0]).toMatchObject({ verb: 'read the out-of-hours list' })
    expect(rows[0]?.people).toContain(person)
  })

  it('is no page for a GP, a case manager or an analyst', async () => {
    for (const who of ['drLund', 'amina'] as const) {
      await expect(list(who)).rejects.toMatchObject({ kind: 'not for you' })
    }
    await expect(list('yasmin')).rejects.toMatchObject({ kind: 'not for you' })
  })

  it('is searched by number, or by family name and birth date together', async () => {
    const person = await someoneInCare(house, {
      family: 'Sought',
      nhsNumber: '9991010203',
      bornOn: '1941-09-14',
    })
    await answerSharing(house, person, 'yes')
    expect(await search({ number: '999 101 0203' })).toContain('SOUGHT')
    const born = { 'born-day': '14', 'born-month': '9', 'born-year': '1941' }
    expect(await search({ family: 'sought', ...born })).toContain('SOUGHT')
    expect(await search({ family: 'Sought', ...born, 'born-day': '15' })).toContain(
      'Nobody on the list matches',
    )
    expect(await search({ family: 'Sought' })).toContain('Enter the birth date')
    expect(await search({ number: '999 101 0204' })).toContain('Check the NHS number')
  })

  it('opens the emergency summary and nothing else of the record', async () => {
    const person = await someoneInCare(house, { family: 'Summary' })
    await answerSharing(house, person, 'yes')
    await plan(person, 'Check the oxygen')
    expect(await summary('drAshe', person)).toContain('Sit up, ring rapid response')
    await expect(
      house.as('drAshe', (visit) =>
        permit(visit, person, {
          may: 'see emergency summary',
          part: 'whole',
          purpose: 'direct care',
          verb: 'read the record',
        }),
      ),
    ).rejects.toMatchObject({ kind: 'not for you' })
  })
})

describe('the emergency summary', () => {
  it('says what to do first, what matters, whom to ring, and never more about CPR than is recorded', async () => {
    const person = await someoneInCare(house)
    await plan(person, 'Check the oxygen')
    const words = await summary('amina', person)
    expect(words).toMatch(
      /Do this first.*More breathless at rest.*What matters to June.*walk round my garden/,
    )
    expect(words).toContain('Amina Yusuf, case manager')
    expect(words).toContain('No CPR decision recorded.')
    expect(words).not.toMatch(/attempt CPR/i)
    expect(words).toContain('Uncontrolled copy. Page 1 of 1.')
    expect(words).toContain('SYNTHETIC')
  })

  it('of somebody without a plan says so, and shows the allergies of the record', async () => {
    const person = await someoneInCare(house)
    const words = await summary('amina', person)
    expect(words).toContain('NO PLAN YET')
    expect(words).toContain('Allergies not recorded')
  })

  it('tells recorded, none known and not recorded allergies apart', async () => {
    const [penicillin, none] = [await someoneInCare(house), await someoneInCare(house)]
    await house.arrange(
      `insert into people.allergy (id, person_id, name, reaction, source) values ($1, $2, 'penicillin', 'rash', 'GP')`,
      [newId(), penicillin],
    )
    await house.arrange(
      `insert into people.mark (id, person_id, kind, since, recorded_at) values ($1, $2, 'no known allergies', '2025-10-02', now())`,
      [newId(), none],
    )
    expect(await summary('amina', penicillin)).toContain('ALLERGY: penicillin (rash)')
    expect(await summary('amina', none)).toContain('No known allergies, checked 2 October 2025')
  })

  it('whose review has passed says since when nobody checked it', async () => {
    const person = await someoneInCare(house)
    await plan(person, 'Rail')
    await house.arrange(
      `update care_plan.version set review_on = '2026-03-01', agreed_on = '2026-02-01' where person_id = $1`,
      [person],
    )
    expect(await summary('amina', person)).toContain('NOT CHECKED SINCE 1 FEBRUARY 2026')
  })

  it('HZ37 says why out of hours cannot see it, until they can', async () => {
    const person = await someoneInCare(house)
    expect(await summary('amina', person)).toContain('because June has not been asked')
    await answerSharing(house, person, 'no')
    expect(await summary('amina', person)).toContain('because June said no on 1 April 2026')
    await answerSharing(house, person, 'yes')
    expect(await summary('amina', person)).toContain('Shared with out of hours since 1 April 2026')
    expect(await summary('drAshe', person)).toContain('Emergency summary')
  })
})

describe('HZ01 a form of one person never saves to another', () => {
  const send = (path: string, person: string, form: Readonly<Record<string, string>>) =>
    house.as('amina', (visit) => route('POST', path).answer(visit, askedWith({ params: { person }, form })))

  it('HZ01 a contact typed for A and sent to B’s address saves nothing', async () => {
    const [a, b] = [await someoneInCare(house), await someoneInCare(house)]
    const form = {
      _person: a,
      kind: 'telephone',
      words: 'x',
      'on-day': '1',
      'on-month': '4',
      'on-year': '2026',
    }
    await expect(send('/people/:person/contacts/record', b, form)).rejects.toMatchObject({
      kind: 'changed meanwhile',
    })
    const rows = await house.arrange('select * from co_ordination.contact where person_id = any ($1)', [
      [a, b],
    ])
    expect(rows).toEqual([])
  })

  it('HZ01 a form of a tab left open saves to the person it was opened for', async () => {
    const [a, b] = [await someoneInCare(house), await someoneInCare(house)]
    const form = {
      _person: a,
      kind: 'telephone',
      words: 'x',
      'on-day': '1',
      'on-month': '4',
      'on-year': '2026',
    }
    await summary('amina', b)
    await send('/people/:person/contacts/record', a, form)
    const rows = await house.arrange(
      'select person_id from co_ordination.contact where person_id = any ($1)',
      [[a, b]],
    )
    expect(rows).toEqual([{ person_id: a }])
  })

  it.each(
    screens
      .filter(({ method, path }) => method === 'POST' && path.includes(':person'))
      .map(({ path }) => path),
  )('HZ01 %s refuses a form drawn for somebody else', async (path) => {
    const [a, b] = [await someoneInCare(house), await someoneInCare(house)]
    await expect(send(path, b, { _person: a })).rejects.toMatchObject({ kind: 'changed meanwhile' })
  })
})

describe('where somebody wishes to be', () => {
  const says = (person: string, form: Readonly<Record<string, string>>) =>
    house.as('amina', async (visit) => {
      const found = assessment.screens.find(
        ({ method, path }) => method === 'POST' && path === '/people/:person/places',
      )
      const day = { 'on-day': '1', 'on-month': '4', 'on-year': '2026' }
      const sent = { _person: person, id: newId(), by: 'the person', ...day, ...form }
      const answer = await found?.answer(visit, askedWith({ params: { person }, form: sent }))
      expect(answer).toMatchObject({ kind: 'go' })
    })
  const shares = (person: string, form: Readonly<Record<string, string>>) =>
    house.as('amina', async (visit) => {
      const sent = { _person: person, source: 'the person', ...form }
      const asked = askedWith({ params: { person }, form: sent })
      expect(await route('POST', '/people/:person/sharing').answer(visit, asked)).toMatchObject({
        kind: 'go',
      })
    })

  it('is on the summary for whoever may see it once the person said yes to that as well', async () => {
    const person = await someoneInCare(house, { family: 'Places' })
    await says(person, { kind: 'care', place: '21' })
    await says(person, { kind: 'death', place: '30' })
    await shares(person, { answer: 'yes' })
    expect(await summary('drAshe', person)).not.toContain('Wishes to')
    expect(await summary('amina', person)).not.toContain('Wishes to')
    await shares(person, { answer: 'yes', places: 'yes' })
    expect(await summary('drAshe', person)).toContain(
      'Wishes to be cared for: Their own home. Said 1 April 2026',
    )
    expect(await summary('drAshe', person)).toContain('Wishes to die: Hospice')
  })

  it('is taken off by a no, and stays as it stood when the question is left open', async () => {
    const person = await someoneInCare(house, { family: 'Taken' })
    await says(person, { kind: 'care', place: '21' })
    await shares(person, { answer: 'yes', places: 'yes' })
    await shares(person, { answer: 'yes' })
    expect(await summary('drAshe', person)).toContain('Wishes to be cared for')
    await shares(person, { answer: 'yes', places: 'no' })
    expect(await summary('drAshe', person)).not.toContain('Wishes to')
    await shares(person, { answer: 'no', places: 'yes' })
    expect(await summary('amina', person)).not.toContain('Wishes to')
  })

  it('is not said of somebody who changed their mind and has not decided', async () => {
    const person = await someoneInCare(house, { family: 'Undecided' })
    await says(person, { kind: 'care', place: '21' })
    await shares(person, { answer: 'yes', places: 'yes' })
    await says(person, { kind: 'care', place: 'undecided' })
    expect(await summary('drAshe', person)).not.toContain('Wishes to')
  })
})
