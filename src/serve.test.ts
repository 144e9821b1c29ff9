import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { serverOver } from '../test/access-matrix.ts'
import { wordsOf } from '../test/asking.ts'
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
