import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { serverOver } from '../test/access-matrix.ts'
import { wordsOf } from '../test/asking.ts'
import { type Cast, type House, openHouse } from '../test/house.ts'
import { mostFileBytes } from './receiving.ts'

let house: House
let app: FastifyInstance
beforeAll(async () => {
  house = await openHouse()
  app = await serverOver(house)
})
afterAll(() => app.close())

type Part = { readonly name: string; readonly filename?: string; readonly bytes: Uint8Array | string }

/** A form with files as a browser writes it. */
function formWith(parts: readonly Part[]) {
  const edge = 'edge-of-a-part'
  const written = parts.flatMap(({ name, filename, bytes }) => [
    `--${edge}\r\ncontent-disposition: form-data; name="${name}"`,
    filename === undefined
      ? '\r\n\r\n'
      : `; filename="${filename}"\r\ncontent-type: application/json\r\n\r\n`,
    bytes,
    '\r\n',
  ])
  return {
    headers: { 'content-type': `multipart/form-data; boundary=${edge}` },
    payload: Buffer.concat([...written, `--${edge}--\r\n`].map((piece) => Buffer.from(piece))),
  }
}

async function send(parts: readonly Part[], to: { url?: string; who?: Cast; csrf?: string } = {}) {
  const { url = '/measures/packs', who = 'jo' } = to
  const token = await house.signIn(who)
  const [session] = await house.arrange(
    `select csrf from access.session where token_hash = sha256(convert_to($1, 'UTF8'))`,
    [token],
  )
  const csrf = { name: '_csrf', bytes: to.csrf ?? String(session?.csrf) }
  const answer = await app.inject({
    method: 'POST',
    url,
    cookies: { keyworker: token },
    ...formWith([csrf, ...parts]),
  })
  return { status: answer.statusCode, page: answer.body, words: wordsOf(answer.body) }
}

const chosen = (bytes: Uint8Array | string, filename = 'pack.json'): Part => ({
  name: 'chosen',
  filename,
  bytes,
})
const pasted = (bytes: string): Part => ({ name: 'file', bytes })

describe('a form with a file', () => {
  it('is read: what does not fit is said, and the words of the file come back', async () => {
    const { status, page, words } = await send([chosen('{"format": "something else"}'), pasted('')])
    expect(status).toBe(422)
    expect(words).toContain('There is a problem')
    expect(words).toContain('its first line must give the format')
    expect(page).toMatch(/<textarea[^>]*name="file"[^>]*>\{&quot;format&quot;: &quot;something else&quot;\}</)
  })

  it('without a file chosen reads what was pasted, as if no file had been asked for', async () => {
    const { status, words } = await send([chosen('', ''), pasted('{"format": "pasted"}')])
    expect(status).toBe(422)
    expect(words).toContain('its first line must give the format')
    expect((await send([chosen('', ''), pasted('')])).words).toContain('Choose the file, or paste all')
  })

  it.each([
    ['Choose a file of 256 KB or less', 'x'.repeat(mostFileBytes + 1)],
    ['Choose a file of plain text, saved as UTF-8', Uint8Array.of(0xff, 0xfe, 0x41, 0x00)],
    ['Choose a file of plain text, saved as UTF-8', Uint8Array.of(0x50, 0x4b, 0x03, 0x04, 0x00)],
    ['Choose a file that is not empty', '  \r\n'],
  ])('that cannot be read says: %s', async (sentence, bytes) => {
    const { status, words } = await send([chosen(bytes), pasted('what was typed')])
    expect(status).toBe(422)
    expect(words.split(sentence)).toHaveLength(3)
    expect(words).toContain('what was typed')
  })

  it('is read though it begins with the mark Windows writes', async () => {
    const { words } = await send([chosen('\uFEFF{"format": "marked"}')])
    expect(words).toContain('its first line must give the format')
  })

  it('of more than one file, or of more fields than any form has, is not read', async () => {
    const twice = await send([chosen('{}'), chosen('{}')])
    expect([twice.status, twice.page]).toEqual([413, 'What was sent could not be read.'])
    const many = Array.from({ length: 40 }, (_, at) => ({ name: `field-${at}`, bytes: 'x' }))
    expect((await send(many)).status).toBe(413)
    expect((await send([pasted('x'.repeat(mostFileBytes + 1))])).status).toBe(413)
  })

  it('from another page, or from somebody who may not, changes nothing', async () => {
    expect((await send([chosen('{}')], { csrf: 'from elsewhere' })).status).toBe(403)
    expect((await send([chosen('{}')], { who: 'amina' })).status).toBe(404)
  })

  it('is refused unread wherever no file is asked for', async () => {
    expect((await send([chosen('{}')], { url: '/find' })).status).toBe(415)
  })
})
