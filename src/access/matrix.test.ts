import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { arrangeStranger, knockAs, leakOf, personRoutes, serverOver } from '../../test/access-matrix.ts'
import { type Cast, cast, type House, openHouse } from '../../test/house.ts'

let house: House
let app: FastifyInstance
let stranger: string
let june: string
beforeAll(async () => {
  house = await openHouse()
  app = await serverOver(house)
  june = await house.arrangePerson({ given: 'June' })
  stranger = await arrangeStranger(house, app)
})
afterAll(() => app.close())

describe('A01 every page about a person, made from the table of routes', () => {
  it('opens for somebody with a relationship: the matrix knocks at real doors', async () => {
    const knock = await knockAs(house, app, 'drLund')
    const mine = personRoutes.find(({ path }) => path === '/people/:person/who-looked')
    expect(mine && (await knock(mine, june)).status).toBe(200)
  })

  // Each route is tried by a colleague of another practice and one other of the cast; test:long tries everybody.
  const everybody = Object.keys(cast).filter((who) => who !== 'drBello') as Cast[]
  it.each(personRoutes.map((route, at) => [`${route.method} ${route.path}`, route, at] as const))(
    '%s gives nothing to somebody without one, and does not say whether the person exists',
    async (_, route, at) => {
      const other = everybody[at % everybody.length] ?? 'amina'
      for (const who of ['drBello', other] as const) {
        expect([who, await leakOf(await knockAs(house, app, who), route, stranger)]).toEqual([who, undefined])
      }
    },
  )

  it('A09 without a session no page answers at all', async () => {
    for (const { method, path } of personRoutes) {
      const answer = await app.inject({ method, url: path.replace(/:\w+/g, stranger) })
      expect([path, answer.statusCode, answer.headers.location?.split('?')[0]]).toEqual([
        path,
        303,
        '/sign-in',
      ])
    }
  })

  it('A01 the refusal is on the access log', async () => {
    const rows = await house.arrange(
      `select 1 from access.entry where person_id = $1 and outcome = 'refused' limit 1`,
      [stranger],
    )
    expect(rows).toHaveLength(1)
  })
})
