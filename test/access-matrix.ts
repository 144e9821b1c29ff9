import type { FastifyInstance } from 'fastify'
import { newId, openRoutes, type Route } from '#access'
import { cookieName } from '../src/answering.ts'
import { rooms } from '../src/pathway.ts'
import { personScreens } from '../src/roof.ts'
import { buildServer } from '../src/serve.ts'
import { type Cast, type House, places, testClock } from './house.ts'

/** Every page and form about one person, from the table the server itself is built from. */
export const personRoutes: readonly Route[] = [
  ...rooms.flatMap((room) => room.screens),
  ...personScreens,
].filter(({ path }) => path.includes(':person'))

const baseUrl = 'http://127.0.0.1:8080'

/** The whole server over a test's house, asked in process. */
export const serverOver = (
  house: House,
  told: { readonly helpTelephone?: string } = {},
): Promise<FastifyInstance> =>
  buildServer({
    pool: house.pool,
    settings: { baseUrl, ...told },
    clock: testClock,
    routes: [...rooms.flatMap((room) => room.screens), ...personScreens],
    openRoutes,
    signIn: {},
  })

/** Somebody signed in, asking pages of the server. */
export type Knock = (
  route: Route,
  person: string,
) => Promise<{ readonly status: number; readonly page: string }>

/**
 * Signs somebody in to knock at every door.
 *
 * The page comes back without what differs by session and by address, so that two can be compared to the letter.
 */
export async function knockAs(house: House, app: FastifyInstance, who: Cast): Promise<Knock> {
  const token = await house.signIn(who)
  const [session] = await house.arrange(
    `select csrf from access.session where token_hash = sha256(convert_to($1, 'UTF8'))`,
    [token],
  )
  const csrf = String(session?.csrf)
  const other = newId()
  return async (route, person) => {
    // A form that adds something sends everybody to its own address with an id first; what is behind it is asked here.
    const url = `${route.path.replace(':person', person).replace(/:\w+/g, other)}?id=${other}`
    const answer = await app.inject({
      method: route.method,
      url,
      cookies: { [cookieName(baseUrl)]: token },
      ...(route.method === 'POST'
        ? {
            headers: { 'content-type': 'application/x-www-form-urlencoded' },
            payload: new URLSearchParams({ _csrf: csrf, _person: person }).toString(),
          }
        : {}),
    })
    return { status: answer.statusCode, page: answer.body.replaceAll(csrf, '').replaceAll(person, '') }
  }
}

/**
 * What is wrong with a route for somebody without a tie to a person; undefined when nothing is: it must say 404, and
 * the same to the letter as for a person who does not exist.
 */
export async function leakOf(knock: Knock, route: Route, stranger: string): Promise<string | undefined> {
  const theirs = await knock(route, stranger)
  const nobody = await knock(route, newId())
  const name = `${route.method} ${route.path}`
  if (theirs.status !== 404) return `${name} answers ${theirs.status}`
  if (theirs.page !== nobody.page) return `${name} tells a stranger from nobody`
  return undefined
}

/**
 * Somebody registered at a practice where nobody of the cast works, while the day's work is under way: a ward round is
 * being held, so that its pages are reached and not refused for want of one.
 */
export async function arrangeStranger(house: House, app: FastifyInstance): Promise<string> {
  const id = await house.arrangePerson({ family: 'Whitcombe', given: 'Harold', nhsNumber: '9991010203' })
  await house.arrange('update people.registration set practice_id = $1 where person_id = $2', [
    places.umbrella,
    id,
  ])
  const startRound = rooms
    .flatMap((room) => room.screens)
    .find(({ method, path }) => method === 'POST' && path === '/ward/round')
  if (startRound) await (await knockAs(house, app, 'pat'))(startRound, id)
  return id
}
