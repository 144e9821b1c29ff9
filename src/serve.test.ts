import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { serverOver } from '../test/access-matrix.ts'
import { wordsOf } from '../test/asking.ts'
import { someoneInCare } from '../test/care.ts'
import { type House, openHouse } from '../test/house.ts'

let house: House
let app: FastifyInstance
beforeAll(async () => {
  house = await openHouse()
  app = await serverOver(house)
})
afterAll(() => app.close())

describe('an address', () => {
  const at = async (url: string) =>
    app.inject({ method: 'GET', url, cookies: { keyworker: await house.signIn('amina') } })

  it('that nobody knows says that there is no such page, and not that it is somebody else’s', async () => {
    const answer = await at('/my-peeple')
    expect(answer.statusCode).toBe(404)
    expect(wordsOf(answer.body)).toContain('Page not found Check that the address is typed in full')
    expect(answer.body).not.toContain('You cannot see this')
  })

  it('of a person says the same of one who does not exist and one who is not theirs', async () => {
    const theirs = await house.arrangePerson({ practice: 'canalSide' })
    const [unknown, forbidden] = [
      await at('/people/01900000-0000-7000-8000-0000000000ff'),
      await at(`/people/${theirs}`),
    ]
    expect([unknown.statusCode, forbidden.statusCode]).toEqual([404, 404])
    expect(wordsOf(unknown.body)).toContain('You cannot see this')
    expect(wordsOf(forbidden.body)).toBe(wordsOf(unknown.body))
  })

  it('with a letter in it that no text can hold is answered as it would be without', async () => {
    expect((await at('/my-people?stage=%00&sort=na%00me')).statusCode).toBe(200)
    expect((await at('/people/%00')).statusCode).toBe(404)
  })
})

describe('a form sent after the sign-in it was opened in has ended', () => {
  const address = (person: string) => `/people/${person}/contacts/record`
  const typed =
    'kind=home+visit&on-day=1&on-month=4&on-year=2026&words=She+walked+to+the+door&ticked=a&ticked=b'
  const sent = (url: string, token: string, more: { readonly body?: string; readonly site?: string } = {}) =>
    app.inject({
      method: 'POST',
      url,
      cookies: token ? { keyworker: token } : {},
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'sec-fetch-site': more.site ?? 'same-origin',
      },
      payload: more.body ?? `_csrf=of-before&${typed}`,
    })
  const hidden = (html: string, name: string) =>
    [...html.matchAll(new RegExp(`<input type="hidden" name="${name}" value="([^"]*)"`, 'g'))].map(
      ([, it]) => it,
    )

  it('keeps what was typed, and says to sign in', async () => {
    const answer = await sent(address(await house.arrangePerson()), '')
    expect(answer.statusCode).toBe(403)
    expect(wordsOf(answer.body)).toContain('You were signed out Nothing is saved yet. What you typed is kept')
    expect(hidden(answer.body, 'words')).toEqual(['She walked to the door'])
    expect(hidden(answer.body, 'ticked')).toEqual(['a', 'b'])
  })

  it('is saved by a second press, in the name the button says', async () => {
    const person = await someoneInCare(house, { family: 'Kept' })
    const token = await house.signIn('amina')
    const answer = await sent(address(person), token)
    expect(answer.statusCode).toBe(409)
    expect(wordsOf(answer.body)).toContain('Save as Amina Yusuf')
    const [csrf] = hidden(answer.body, '_csrf')
    const saved = await sent(address(person), token, { body: `_csrf=${csrf}&${typed}` })
    expect(saved.statusCode).toBe(303)
    const rows = await house.arrange('select words from co_ordination.contact where person_id = $1', [person])
    expect(rows).toEqual([{ words: 'She walked to the door' }])
  })

  it('is not kept when another site sent it, or nothing was typed', async () => {
    const person = await house.arrangePerson()
    const token = await house.signIn('amina')
    const other = await sent(address(person), token, { site: 'cross-site' })
    expect([other.statusCode, other.body.includes('walked')]).toEqual([403, false])
    const nobody = await sent(address(person), '', { site: 'cross-site' })
    expect([nobody.statusCode, nobody.headers.location]).toEqual([303, '/sign-in'])
    const empty = await sent(address(person), '', { body: '_csrf=of-before' })
    expect([empty.statusCode, empty.headers.location]).toEqual([303, '/sign-in'])
  })
})

describe('a form we could not save', () => {
  const address = (person: string) => `/people/${person}/contacts/record`
  const typed =
    'kind=telephone&on-day=1&on-month=4&on-year=2026&words=She+walked+to+the+gate&ticked=a&ticked=b'
  const sent = (url: string, token: string, payload: string, site = 'same-origin') =>
    app.inject({
      method: 'POST',
      url,
      cookies: { keyworker: token },
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': site },
      payload,
    })
  const csrfOf = async (token: string) =>
    String(
      (
        await house.arrange(
          `select csrf from access.session where token_hash = sha256(convert_to($1, 'UTF8'))`,
          [token],
        )
      )[0]?.csrf,
    )
  /** As PostgreSQL says it where it finds no room for a row, or where a table is away. */
  const breaks = (code: string) =>
    house.arrange(`create function public.no_room() returns trigger language plpgsql as $$
        begin raise exception '${code === '53100' ? 'could not extend file: No space left on device' : 'the row is torn'}' using errcode = '${code}'; end $$;
      create trigger no_room before insert on co_ordination.contact for each row execute function public.no_room()`)
  const mend = () => house.arrange('drop function public.no_room cascade')
  const contacts = (person: string) =>
    house.arrange('select words from co_ordination.contact where person_id = $1', [person])

  it.each([
    [
      'because the disk is full',
      '53100',
      503,
      'There is no room to save this The disk of this installation is full',
    ],
    [
      'for a fault of ours',
      'XX001',
      500,
      'Sorry, there is a problem with Keyworker Something went wrong on our side',
    ],
  ])(
    '%s comes back with what was typed, and is saved by sending it again',
    async (_why, code, status, said) => {
      const person = await someoneInCare(house, { family: 'Notsaved' })
      const token = await house.signIn('amina')
      const form = `_csrf=${await csrfOf(token)}&_person=${person}&${typed}`
      await breaks(code)
      const answer = await sent(address(person), token, form).finally(mend)
      expect(answer.statusCode).toBe(status)
      expect(wordsOf(answer.body)).toContain(said)
      expect(wordsOf(answer.body)).toContain('is not saved. It is kept in this page: leave it open')
      expect(await contacts(person)).toEqual([])
      const again = [...answer.body.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(
        ([, name = '', value = '']): [string, string] => [name, value],
      )
      expect(again).toContainEqual(['ticked', 'b'])
      expect(/action="([^"]+)"/.exec(answer.body)?.[1]).toBe(address(person))
      const saved = await sent(address(person), token, new URLSearchParams(again).toString())
      expect(saved.statusCode).toBe(303)
      expect(await contacts(person)).toEqual([{ words: 'She walked to the gate' }])
    },
  )

  it('is not shown again when another site sent it', async () => {
    const person = await someoneInCare(house, { family: 'Othersite' })
    const token = await house.signIn('amina')
    await breaks('53100')
    const form = `_csrf=${await csrfOf(token)}&_person=${person}&${typed}`
    const answer = await sent(address(person), token, form, 'cross-site').finally(mend)
    expect([answer.statusCode, answer.body.includes('walked')]).toEqual([503, false])
  })
})
