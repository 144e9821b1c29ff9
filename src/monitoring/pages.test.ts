import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#access'
import { serverOver } from '../../test/access-matrix.ts'
import { askedWith, askerOf, pageOf, type Sent, wordsOf } from '../../test/asking.ts'
import { someoneInCare, withPerson } from '../../test/care.ts'
import { type Cast, furnish, type House, openEmptyHouse, openHouse, places } from '../../test/house.ts'
import { cookieName } from '../answering.ts'
import { rooms } from '../pathway.ts'
import { workshopFor } from '../work.ts'
import { giveAlerts, takeInAlerts } from './index.ts'

let house: House
let app: FastifyInstance
beforeAll(async () => {
  house = await openHouse()
  app = await serverOver(house)
})
afterAll(() => app.close())

const screens = rooms.flatMap((room) => room.screens)
const ask = askerOf(screens, () => house)
const words = async (who: Cast, path: string, sent: Sent = {}) =>
  wordsOf(pageOf(await ask(who, 'GET', path, sent)))

const kit = '/people/:person/kit'
const whenOf = (name: string, day: string, time: string) => ({
  [`${name}-day`]: day,
  [`${name}-month`]: '3',
  [`${name}-year`]: '2026',
  [`${name}-time`]: time,
})

let made = 0
async function addedKit(who: Cast = 'amina'): Promise<{ readonly id: string; readonly serial: string }> {
  const piece = { id: newId(), serial: `PG-${++made}` }
  const form = { ...piece, kind: 'pulse oximeter', maker: 'Nobody Ltd', product: 'Made-up Oxygen Watch' }
  expect(await ask(who, 'POST', '/kit', { form })).toMatchObject({ kind: 'go' })
  return piece
}

const lendForm = (person: string, piece: { id: string; serial: string }, more = {}) => ({
  params: { person },
  form: {
    ...{ _person: person, id: newId(), kit: piece.id, serial: piece.serial, checked: 'the person' },
    ...whenOf('from', '2', '9am'),
    ...more,
  },
})

/** Takes a file in by its page, and lets the program give what is in it. */
async function sendFile(who: Cast, text: string) {
  const answer = await ask(who, 'POST', '/kit/alerts/take-in', { file: { field: 'chosen', text } })
  await giveAlerts(workshopFor(house.workPool, '/tmp', 'give alerts of kit'), {})
  return answer
}

const head = 'message_id,product,serial,happened_at,level,words'
const fileOf = (...serials: readonly string[]) =>
  [
    head,
    ...serials.map((serial) => `${newId()},Made-up Oxygen Watch,${serial},2026-03-31T08:00Z,RED,Oxygen low`),
  ].join('\n')

describe('a person’s kit', () => {
  it('is lent on their page, stands in the list of kit, and is taken back', async () => {
    const person = await someoneInCare(house, { family: 'Pillay', given: 'Jean' })
    const piece = await addedKit()
    expect(await words('amina', kit, { params: { person } })).toContain('No kit is lent')
    expect(await ask('amina', 'POST', `${kit}/lend`, lendForm(person, piece))).toMatchObject({ kind: 'go' })
    const page = await words('amina', kit, { params: { person } })
    expect(page).toContain(`Pulse oximeter, serial ${piece.serial}`)
    expect(page).toContain('2 March 2026, 9am until now')
    expect(page).toContain('No readings come here.')
    const listed = pageOf(await ask('amina', 'GET', '/kit', { query: { find: piece.serial } }))
    expect(wordsOf(listed)).toContain('Jean Pillay')
    const loan = /\/kit\/([0-9a-f-]{36})/.exec(
      pageOf(await ask('amina', 'GET', kit, { params: { person } })),
    )?.[1]
    const back = {
      params: { person, loan: loan ?? '' },
      form: { _person: person, turn: '1', change: 'taken back', ...whenOf('until', '31', '10am') },
    }
    expect(await ask('amina', 'POST', `${kit}/:loan`, back)).toMatchObject({ kind: 'go' })
    expect(await words('amina', kit, { params: { person } })).toContain('to 31 March 2026, 10am')
    await expect(ask('amina', 'POST', `${kit}/:loan`, back)).rejects.toThrow(/meanwhile/)
  })

  it('HZ01 kit typed for one person and sent to another’s address is lent to nobody', async () => {
    const [june, jean] = [await someoneInCare(house), await someoneInCare(house)]
    const sent = { ...lendForm(june, await addedKit()), params: { person: jean } }
    await expect(ask('amina', 'POST', `${kit}/lend`, sent)).rejects.toThrow()
    expect(await words('amina', kit, { params: { person: jean } })).toContain('No kit is lent')
  })

  it('what is wrong comes back at its field, with what was typed', async () => {
    const person = await someoneInCare(house)
    const piece = await addedKit()
    const wrong = await ask(
      'amina',
      'POST',
      `${kit}/lend`,
      lendForm(person, piece, { serial: 'X-9', 'from-time': 'noonish' }),
    )
    expect(wrong).toMatchObject({ status: 422 })
    const page = pageOf(wrong)
    expect(wordsOf(page)).toContain('This is not the serial of the kit you chose. Read it again from the kit')
    expect(wordsOf(page)).toContain('Enter when it was handed over, with the time')
    expect(page).toContain('value="X-9"')
  })

  it('an alert given stands on the page with banner and date of birth, and leads to its task', async () => {
    const person = await someoneInCare(house, { family: 'Adair', given: 'Ruth', bornOn: '1938-02-11' })
    const piece = await addedKit()
    await ask('amina', 'POST', `${kit}/lend`, lendForm(person, piece))
    await sendFile('amina', fileOf(piece.serial))
    const page = pageOf(await ask('amina', 'GET', kit, { params: { person } }))
    const task = /\/tasks\/([0-9a-f-]{36})/.exec(page)?.[1] ?? ''
    const answered = await words('amina', '/people/:person/tasks/:task', { params: { person, task } })
    expect(answered).toContain('ADAIR, Ruth')
    expect(answered).toContain('11 February 1938')
    expect(answered).toContain('Made-up Oxygen Watch says: “Oxygen low”')
    expect(answered).toContain('its words, not judged here')
    expect(await words('amina', '/my-day')).toContain('Made-up Oxygen Watch says: “Oxygen low”')
  })

  it('HZ09 stands first in the day of whoever covers for the case manager', async () => {
    const person = await someoneInCare(house, { owner: 'omar', family: 'Covered', given: 'Cora' })
    const piece = await addedKit('omar')
    await ask('omar', 'POST', `${kit}/lend`, lendForm(person, piece))
    await sendFile('omar', fileOf(piece.serial))
    expect(await words('priya', '/my-day')).not.toContain('Cora Covered')
    const form = {
      ...{ away: await staffIdOf('Omar Sayed'), by: await staffIdOf('Priya Raman') },
      ...{ 'from-day': '1', 'from-month': '4', 'from-year': '2026' },
      ...{ 'last-day': '8', 'last-month': '4', 'last-year': '2026' },
    }
    expect(await ask('priya', 'POST', '/my-day/cover', { form })).toMatchObject({ kind: 'go' })
    expect(await words('priya', '/my-day')).toContain('Cora Covered')
  })

  const staffIdOf = async (name: string) =>
    String((await house.arrange('select id from organisations.staff where name = $1', [name]))[0]?.id)

  it('is asked back by a task when the episode closes while they have it', async () => {
    const person = await someoneInCare(house)
    const piece = await addedKit()
    await ask('amina', 'POST', `${kit}/lend`, lendForm(person, piece))
    const close = {
      params: { person },
      form: {
        ...{
          _person: person,
          turn: '1',
          reason: 'moved away',
          'on-day': '1',
          'on-month': '4',
          'on-year': '2026',
        },
        ...{ episode: await episodeOf(person), told: 'plan', words: 'Gone to her son' },
      },
    }
    const page = pageOf(await ask('amina', 'GET', '/people/:person/close', { params: { person } }))
    const reason = /name="reason"[^>]*value="([^"]+)"/.exec(page)?.[1] ?? ''
    const told = [...page.matchAll(/name="told"[^>]*value="([^"]+)"/g)].map(([, value]) => value ?? '')
    const answer = await ask('amina', 'POST', '/people/:person/close', {
      ...close,
      form: { ...close.form, reason, told },
    })
    expect(answer).toMatchObject({ kind: 'go' })
    expect(await words('amina', '/people/:person/tasks/add', { params: { person } })).toContain('Add a task')
    const tasks = await withPerson(house, 'amina', person, ({ db }) =>
      db.client.query('select what from co_ordination.task'),
    )
    expect(tasks.rows.map(({ what }) => what)).toEqual([
      `Ask for kit back: pulse oximeter, serial ${piece.serial}`,
    ])
    expect(await words('amina', kit, { params: { person } })).toContain('Kit is still out')
  })

  const episodeOf = async (person: string) =>
    String((await house.arrange('select id from people.episode where person_id = $1', [person]))[0]?.id)
})

describe('alerts with nobody', () => {
  it('HZ09 an alert with nobody is told on every page of the team whose kit it is, with its age in the queue', async () => {
    const piece = await addedKit('karl')
    await sendFile('karl', fileOf(piece.serial))
    await house.arrange(
      `update monitoring.alert set recorded_at = recorded_at - interval '3 days' where serial = $1`,
      [piece.serial],
    )
    const home = async (who: Cast) =>
      wordsOf(
        (
          await app.inject({
            url: '/my-day',
            cookies: { [cookieName('http://127.0.0.1:8080')]: await house.signIn(who) },
          })
        ).body,
      )
    expect(await home('karl')).toContain('Kit: 1 alert with nobody')
    expect(await home('amina')).not.toContain('with nobody')
    const queue = await words('karl', '/kit/alerts')
    expect(queue).toContain('Nobody has been lent this kit yet')
    expect(queue).toContain('Came 3 days ago')
    expect(queue).toContain('Showing 1 to 1 of 1 , longest waiting first')
  })

  it('are found by serial and by reason, at an address that can be shared and names nobody', async () => {
    const [one, other] = [await addedKit(), await addedKit()]
    await sendFile('amina', fileOf(one.serial, other.serial))
    const page = pageOf(
      await ask('amina', 'GET', '/kit/alerts', { query: { find: one.serial, why: 'never lent' } }),
    )
    expect(wordsOf(page)).toContain(`serial ${one.serial}`)
    expect(wordsOf(page)).not.toContain(`serial ${other.serial}`)
    expect(page).toContain('href="/kit/alerts?why=never+lent"')
    const none = await words('amina', '/kit/alerts', { query: { find: one.serial, why: 'clock ahead' } })
    expect(none).toContain('No alert waits here')
  })

  it('are paged by 50, with all on request', async () => {
    const serials = Array.from({ length: 60 }, (_, at) => `MANY-${at}`)
    await sendFile('amina', fileOf(...serials))
    const query = { find: 'MANY-' }
    expect(await words('amina', '/kit/alerts', { query })).toContain('1 to 50 of 60')
    expect(await words('amina', '/kit/alerts', { query: { ...query, page: '2' } })).toContain(
      '51 to 60 of 60',
    )
    expect(await words('amina', '/kit/alerts', { query: { ...query, page: 'all' } })).toContain(
      '1 to 60 of 60',
    )
  })

  it('are settled by a named worker with a reason; without one the page asks for it', async () => {
    const piece = await addedKit()
    await sendFile('amina', fileOf(piece.serial))
    const listed = pageOf(await ask('amina', 'GET', '/kit/alerts', { query: { find: piece.serial } }))
    const alert = /\/kit\/alerts\/([0-9a-f-]{36})/.exec(listed)?.[1] ?? ''
    const settle = (words: string) =>
      ask('amina', 'POST', '/kit/alerts/:alert', {
        params: { alert },
        form: { turn: '2', answer: 'not ours', words },
      })
    const asked = await settle('')
    expect(asked).toMatchObject({ status: 422 })
    expect(wordsOf(pageOf(asked))).toContain('Enter what you decided and how you know')
    expect(await settle('Tried out in the office')).toMatchObject({ kind: 'go' })
    const answered = await words('amina', '/kit/alerts/:alert', { params: { alert } })
    expect(answered).toContain('Somebody said: not ours')
    expect(answered).toContain('Tried out in the office')
    expect(answered).toContain('Take the answer back: it waits again')
  })

  it('opens to nobody of another place, and does not say that it is there', async () => {
    const piece = await addedKit()
    await sendFile('amina', fileOf(piece.serial))
    const listed = pageOf(await ask('amina', 'GET', '/kit/alerts', { query: { find: piece.serial } }))
    const alert = /\/kit\/alerts\/([0-9a-f-]{36})/.exec(listed)?.[1] ?? ''
    const refusal = (who: Cast, id: string) =>
      ask(who, 'GET', '/kit/alerts/:alert', { params: { alert: id } }).catch((error: Error) => error.message)
    expect(await refusal('karl', alert)).toBe(await refusal('karl', newId()))
  })
})

describe('taking a file in', () => {
  it('goes to what became of it, in numbers that add up', async () => {
    const person = await someoneInCare(house)
    const piece = await addedKit()
    await ask('amina', 'POST', `${kit}/lend`, lendForm(person, piece))
    const answer = await sendFile('amina', `${fileOf(piece.serial, 'NOBODYS-7')}\ntoo,few`)
    const to = answer.kind === 'go' ? answer.to : ''
    const file = new URL(to, 'http://127.0.0.1').searchParams.get('file') ?? ''
    const page = await words('amina', '/kit/alerts', { query: { file } })
    expect(page).toContain(
      '3 alerts read: 1 given to a case manager, 1 with nobody yet, 0 here before and 1 refused.',
    )
    expect(page).toContain('Line 4: it has 2 cells and the heading 6')
  })

  it('says in one sentence what does not fit, and takes nothing', async () => {
    const [before] = await house.arrange('select count(*)::int as files from monitoring.delivery')
    const answer = await sendFile('amina', 'serial;words\n1;June Okafor')
    expect(answer).toMatchObject({ status: 422 })
    const said = wordsOf(pageOf(answer))
    expect(said).toContain(
      'The file, line 1: the columns are not separated by commas. Save it as CSV with commas',
    )
    expect(said).not.toContain('Okafor')
    const binary = await ask('amina', 'POST', '/kit/alerts/take-in', {
      file: { field: 'chosen', mistake: 'Choose a file of plain text, saved as UTF-8' },
    })
    expect(wordsOf(pageOf(binary))).toContain('Choose a file of plain text, saved as UTF-8')
    const [after] = await house.arrange('select count(*)::int as files from monitoring.delivery')
    expect(after).toEqual(before)
  })

  it('HZ12 on real people it is off until a named person accepts what it is meant for, and off again in one step', async () => {
    const real = await openEmptyHouse()
    await furnish(real.ownerUrl, 'real')
    const sent = (path: string, form = {}) =>
      real.as('sofia', async (visit) =>
        screens
          .find((one) => one.method === 'POST' && one.path === path)
          ?.answer(visit, askedWith({ form: { part: 'kit alerts', ...form } })),
      )
    const take = () =>
      real.as('amina', (visit) => takeInAlerts(visit, places.team, { called: 'a', text: fileOf('R-1') }))
    expect(await take()).toMatchObject({ ok: false })
    await sent('/purposes', { 'accepted-kit-alerts': 'yes' })
    expect(await take()).toMatchObject({ ok: true })
    await sent('/purposes/withdraw')
    expect(await take()).toMatchObject({ ok: false })
  })
})
