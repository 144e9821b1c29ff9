import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { Provider } from 'oidc-provider'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connect, transaction } from '#database'
import { installation, shippedRoles } from '#organisations'
import { askedWith, formOf, pageOf, plainFurniture, wordsOf } from '../../test/asking.ts'
import {
  type Cast,
  type House,
  openEmptyHouse,
  openHouse,
  places,
  postId,
  staffId,
  testClock,
} from '../../test/house.ts'
import { asStaff } from '../visit.ts'
import {
  demoPosts,
  makeDemoSignIns,
  makeLocalAdministrator,
  newId,
  type Open,
  type OpenAnswer,
  openIdentityProvider,
  openRoutes,
  Refused,
  room,
  type SignInSettings,
} from './index.ts'

type Sent = {
  readonly query?: Record<string, string>
  readonly form?: Record<string, string>
  readonly cookies?: Record<string, string>
  readonly settings?: SignInSettings
}

/** Asks one of the pages that need no session, as the roof does. */
const asking =
  (house: House, from: string, settings: SignInSettings = {}) =>
  (method: 'GET' | 'POST', path: string, sent: Sent = {}): Promise<OpenAnswer> =>
    transaction(house.pool, async (db) => {
      const route = openRoutes.find((r) => r.method === method && r.path === path)
      if (!route) throw new Error(`no route ${method} ${path}`)
      const open: Open = {
        db,
        installation: await installation(db),
        path,
        query: formOf(sent.query),
        form: formOf(sent.form),
        cookies: sent.cookies ?? {},
        from,
        clock: testClock,
        baseUrl: 'http://127.0.0.1:8080',
        settings: sent.settings ?? settings,
        furniture: plainFurniture,
      }
      return await route.answer(open)
    })

const tokenOf = (answer: OpenAnswer) => (answer.kind === 'go' ? answer.signIn : undefined)
const cookieOf = (answer: OpenAnswer): Record<string, string> =>
  Object.fromEntries((answer.cookies ?? []).map(({ name, value }) => [name, value ?? '']))

const callerOf = (house: House, token: string | undefined) =>
  asStaff(house.pool, token ?? '', testClock, async (visit) => visit.caller)

describe('the made-up town', () => {
  let house: House
  let ask: ReturnType<typeof asking>
  beforeAll(async () => {
    house = await openHouse()
    ask = asking(house, 'a browser')
  })

  it('offers one sign-in a role and kind of place, by name', async () => {
    const posts = await transaction(house.pool, demoPosts)
    expect(posts.map(({ name }) => name)).toContain('Dr Astrid Lund')
    expect(posts.filter(({ role }) => role === 'GP')).toHaveLength(1)
    const words = wordsOf(pageOf(await ask('GET', '/sign-in')))
    expect(words).toContain('Choose who to be')
    expect(words).toContain('Priya Raman , care co-ordinator at Quayside co-ordination team')
    expect(words).toContain('Planning and checking')
  })

  it('lets a stranger in as whom they chose, at the page they chose', async () => {
    const answer = await ask('POST', '/sign-in/as', { form: { post: postId('amina'), to: '/my-day' } })
    expect(answer).toMatchObject({ kind: 'go', to: '/my-day' })
    expect(await callerOf(house, tokenOf(answer))).toMatchObject({ name: 'Amina Yusuf' })
  })

  it('has doors by what there is to do', async () => {
    const doors = [
      { words: 'The ward round', role: 'ward clerk', to: '/ward' },
      { words: 'Nobody here does this', role: 'astronaut', to: '/moon' },
    ]
    const words = wordsOf(pageOf(await ask('GET', '/sign-in', { settings: { doors } })))
    expect(words).toContain('The ward round As Pat Doyle, ward clerk')
    expect(words).not.toContain('astronaut')
  })

  it('lets nobody in with a post that is not one of its doors', async () => {
    await expect(ask('POST', '/sign-in/as', { form: { post: postId('omar') } })).rejects.toThrow(Refused)
  })

  it.each(['https://elsewhere.test/', '//elsewhere.test', '/\\elsewhere.test', 'javascript:alert(1)'])(
    'sends nobody on to %s',
    async (to) => {
      const answer = await ask('POST', '/sign-in/as', { form: { post: postId('amina'), to } })
      expect(answer).toMatchObject({ kind: 'go', to: '/' })
    },
  )

  it('A36 gives a new session at every sign-in, whatever cookie the browser brought', async () => {
    const form = { post: postId('amina') }
    const cookies = { keyworker: 'planted', 'keyworker-signing-in': 'planted' }
    const first = tokenOf(await ask('POST', '/sign-in/as', { form, cookies }))
    const second = tokenOf(await ask('POST', '/sign-in/as', { form, cookies: { keyworker: first ?? '' } }))
    expect([first, second]).not.toContain('planted')
    expect(second).not.toBe(first)
  })

  it('A36 signing out ends the session for good', async () => {
    const token = tokenOf(await ask('POST', '/sign-in/as', { form: { post: postId('amina') } }))
    const answer = await asStaff(house.pool, token ?? '', testClock, (visit) =>
      screen('POST', '/sign-out').answer(visit, askedWith()),
    )
    expect(answer).toMatchObject({ kind: 'go', signOut: true })
    expect(await callerOf(house, token)).toBeUndefined()
  })

  it.each([
    ['15 minutes without a page', `seen_at = now() - interval '15 minutes 1 second'`],
    ['10 hours', `started_at = now() - interval '10 hours 1 second', ends_at = now() - interval '1 second'`],
  ])('a session ends after %s', async (_, change) => {
    const token = tokenOf(await ask('POST', '/sign-in/as', { form: { post: postId('amina') } }))
    expect(await callerOf(house, token)).toBeDefined()
    await house.arrange(
      `update access.session set ${change} where token_hash = sha256(convert_to($1, 'UTF8'))`,
      [token],
    )
    expect(await callerOf(house, token)).toBeUndefined()
  })

  it('signing in is on the access log', async () => {
    await ask('POST', '/sign-in/as', { form: { post: postId('amina') } })
    const rows = await house.arrange(`select 1 from access.entry where verb = 'signed in' and post_id = $1`, [
      postId('amina'),
    ])
    expect(rows.length).toBeGreaterThan(0)
  })

  it('gives every role that ships a sign-in, once', async () => {
    const made = await transaction(house.pool, makeDemoSignIns)
    expect(made).toBeGreaterThan(0)
    const posts = await transaction(house.pool, demoPosts)
    expect(new Set(posts.map(({ role }) => role))).toEqual(new Set(Object.keys(shippedRoles)))
    expect(posts.filter(({ role }) => role === 'GP')).toHaveLength(1)
    expect(await transaction(house.pool, makeDemoSignIns)).toBe(0)
  })

  it('has no local administrator', async () => {
    await expect(ask('POST', '/sign-in/local', { form: { password: 'x' } })).rejects.toThrow(Refused)
  })

  it('A37 asks who tries too often to wait 5 minutes', async () => {
    const tries = asking(house, 'an eager browser')
    await house.arrange(
      `insert into access.throttle values ('sign-in:an eager browser',
        date_bin('5 minutes', now(), '2000-01-01 00:00Z'), 300)`,
    )
    const answer = await tries('POST', '/sign-in/as', { form: { post: postId('amina') } })
    expect(answer).toMatchObject({ kind: 'page', status: 429 })
    expect(wordsOf(pageOf(answer))).toContain('Wait 5 minutes, then try again.')
    expect(tokenOf(await ask('POST', '/sign-in/as', { form: { post: postId('amina') } }))).toBeDefined()
  })
})

describe('a real installation with an identity provider', () => {
  let house: House
  let provider: Awaited<ReturnType<typeof startProvider>>
  let ask: ReturnType<typeof asking>
  beforeAll(async () => {
    house = await openHouse()
    await makeReal(house)
    provider = await startProvider()
    ask = asking(house, 'a browser', { provider: openIdentityProvider(provider.settings) })
    const known = async (who: Cast, subject: string) =>
      house.arrange('update organisations.staff set issuer = $1, subject = $2 where id = $3', [
        provider.settings.url,
        subject,
        staffId(who),
      ])
    await known('drLund', 'lund-0001')
    await known('amina', 'amina-0002')
    await house.arrange(
      `insert into organisations.post (id, staff_id, organisation_id, role) values (gen_random_uuid(), $1, $2, 'case manager')`,
      [staffId('amina'), places.ward],
    )
  })
  afterAll(() => provider.stop())

  /** Goes to the provider as a browser would, and comes back with what it says. */
  const walk = async (login: string) => {
    const sent = await ask('GET', '/sign-in/identity', { query: { back: '/my-day' } })
    if (sent.kind !== 'go') throw new Error('not sent to the provider')
    const back = await provider.signIn(sent.to, login)
    return { cookies: cookieOf(sent), query: Object.fromEntries(back.searchParams) }
  }

  it('makes no made-up sign-ins', async () => {
    expect(await transaction(house.pool, makeDemoSignIns)).toBe(0)
  })

  it('shows one button and none of the made-up sign-ins', async () => {
    const html = pageOf(await ask('GET', '/sign-in'))
    expect(wordsOf(html)).toContain('Sign in with your NHS identity')
    expect(html).not.toContain('/sign-in/as')
    expect(html).not.toContain('Lund')
    await expect(ask('POST', '/sign-in/as', { form: { post: postId('drLund') } })).rejects.toThrow(Refused)
  })

  it('lets in who the provider says is on the staff list, where they wanted to go', async () => {
    const answer = await ask('GET', '/sign-in/back', await walk('lund-0001'))
    expect(answer).toMatchObject({ kind: 'go', to: '/my-day' })
    expect(await callerOf(house, tokenOf(answer))).toMatchObject({ name: 'Dr Astrid Lund', role: 'GP' })
  })

  it('asks somebody with several posts where they work now', async () => {
    const answer = await ask('GET', '/sign-in/back', await walk('amina-0002'))
    expect(answer).toMatchObject({ kind: 'go', to: '/sign-in/post' })
    expect(tokenOf(answer)).toBeUndefined()
    const cookies = cookieOf(answer)
    const words = wordsOf(pageOf(await ask('GET', '/sign-in/post', { cookies })))
    expect(words).toContain('case manager at Harrowmere virtual ward')
    const chosen = await ask('POST', '/sign-in/post', { cookies, form: { post: postId('amina') } })
    expect(await callerOf(house, tokenOf(chosen))).toMatchObject({ postId: postId('amina') })
    const again = await ask('POST', '/sign-in/post', { cookies, form: { post: postId('amina') } })
    expect(tokenOf(again)).toBeUndefined()
  })

  it('does not let them choose a post of somebody else', async () => {
    const cookies = cookieOf(await ask('GET', '/sign-in/back', await walk('amina-0002')))
    const answer = await ask('POST', '/sign-in/post', { cookies, form: { post: postId('drLund') } })
    expect(tokenOf(answer)).toBeUndefined()
  })

  it('tells somebody who is known but has no role what to ask for', async () => {
    const answer = await ask('GET', '/sign-in/back', await walk('stranger-9'))
    expect(tokenOf(answer)).toBeUndefined()
    expect(wordsOf(pageOf(answer))).toContain(
      'You are signed in, but have no role here yet. Ask your organisation’s Keyworker administrator to add you. Give them this reference: stranger-9 and this address of the provider: ' +
        provider.settings.url,
    )
  })

  it('A36 an answer used twice, of another browser or with another state lets nobody in', async () => {
    const good = await walk('lund-0001')
    const otherBrowser = await ask('GET', '/sign-in/back', { query: good.query })
    expect(tokenOf(otherBrowser)).toBeUndefined()
    const otherState = await walk('lund-0001')
    const forged = await ask('GET', '/sign-in/back', { ...otherState, query: good.query })
    expect(tokenOf(forged)).toBeUndefined()
    expect(wordsOf(pageOf(forged))).toContain('Sign in again')
    expect(tokenOf(await ask('GET', '/sign-in/back', good))).toBeDefined()
    expect(tokenOf(await ask('GET', '/sign-in/back', good))).toBeUndefined()
  })

  it('somebody who has left is not let in', async () => {
    await house.arrange(`update organisations.staff set left_on = '2020-01-01' where id = $1`, [
      staffId('drLund'),
    ])
    const answer = await ask('GET', '/sign-in/back', await walk('lund-0001'))
    await house.arrange('update organisations.staff set left_on = null where id = $1', [staffId('drLund')])
    expect(tokenOf(answer)).toBeUndefined()
  })

  it('says so when the provider does not answer', async () => {
    const away = openIdentityProvider({ ...provider.settings, url: 'http://127.0.0.1:9' })
    const answer = await ask('GET', '/sign-in/identity', { settings: { provider: away } })
    expect(answer).toMatchObject({ kind: 'page', status: 503 })
    expect(wordsOf(pageOf(answer))).toContain('Your organisation’s sign-in is not answering.')
  })

  it('a provider that is neither on this machine nor reached in secret stops the start', () => {
    expect(() => openIdentityProvider({ ...provider.settings, url: 'http://id.example' })).toThrow('https://')
  })
})

describe('a real installation without an identity provider', () => {
  let house: House
  let ask: ReturnType<typeof asking>
  let password: string | undefined
  beforeAll(async () => {
    house = await openHouse()
    await makeReal(house)
    ask = asking(house, 'this machine')
    const owner = connect(house.ownerUrl, 1)
    password = await transaction(owner, makeLocalAdministrator)
    const again = await transaction(owner, makeLocalAdministrator)
    expect(again).toBeUndefined()
    await owner.end()
  })

  const enterPassword = async (typed: string | undefined) =>
    cookieOf(await ask('POST', '/sign-in/local', { form: { password: typed ?? '' } }))
  const own = 'correct horse battery staple'

  it('asks for the password that was printed, and for one of their own before anything else', async () => {
    expect(password).toMatch(/^(\w{4}-){4}\w{4}$/)
    const wrong = await ask('POST', '/sign-in/local', { form: { password: 'guess' } })
    expect(wrong).toMatchObject({ status: 422 })
    expect(wordsOf(pageOf(wrong))).toContain('Check the password and enter it again')
    const cookies = await enterPassword(password)
    expect(await ask('GET', '/sign-in/role', { cookies })).toMatchObject({ to: '/sign-in/password' })
    const early = { role: 'GP', place: places.lundStreet }
    expect(tokenOf(await ask('POST', '/sign-in/role', { cookies, form: early }))).toBeUndefined()
    const short = await ask('POST', '/sign-in/password', {
      cookies,
      form: { password: 'short', again: 'short' },
    })
    expect(wordsOf(pageOf(short))).toContain('Enter a password of 12 characters or more')
    await ask('POST', '/sign-in/password', { cookies, form: { password: own, again: own } })
    expect(await enterPassword(password)).toEqual({})
    expect(Object.keys(await enterPassword(own))).toHaveLength(1)
  })

  it('takes one role at one place at a time, named on every page and on the log', async () => {
    const cookies = await enterPassword(own)
    const gp = await ask('POST', '/sign-in/role', { cookies, form: { role: 'GP', place: places.lundStreet } })
    const caller = await callerOf(house, tokenOf(gp))
    expect(caller).toMatchObject({
      name: 'Local administrator',
      role: 'GP',
      organisation: { name: 'Lund Street Surgery' },
    })
    const next = await asStaff(house.pool, tokenOf(gp) ?? '', testClock, (visit) =>
      screen('POST', '/post').answer(visit, askedWith({ form: { role: 'analyst', place: places.umbrella } })),
    )
    expect(await callerOf(house, tokenOf(gp))).toBeUndefined()
    const token = next?.kind === 'go' ? next.signIn : undefined
    expect(await callerOf(house, token)).toMatchObject({ role: 'analyst' })
    const log = await house.arrange(
      `select verb from access.entry where verb like 'took the role%' order by id`,
    )
    expect(log.map(({ verb }) => verb)).toEqual(['took the role GP', 'took the role analyst'])
  })

  it('reads where to begin, until the first steps are taken', async () => {
    const cookies = await enterPassword(own)
    const words = async () => wordsOf(pageOf(await ask('GET', '/sign-in/role', { cookies })))
    expect(await words()).toMatch(
      /Where to begin Load your extract.*Done As clinical safety officer:.*accept it Now As system administrator:.*Done/,
    )
    await house.arrange(
      `insert into organisations.purpose_acceptance (id, part, statement_version, accepted_by, accepted_at)
       select gen_random_uuid(), 'case-finding', 1, id, now() from organisations.staff limit 1`,
    )
    expect(await words()).not.toContain('Where to begin')
    await house.arrange('delete from organisations.purpose_acceptance')
  })

  it('is told to load an extract where there is nothing to work at, and is asked for no place', async () => {
    const bare = await openEmptyHouse()
    const owner = connect(bare.ownerUrl, 1)
    const printed = await transaction(owner, makeLocalAdministrator)
    await owner.end()
    const askBare = asking(bare, 'this machine')
    const cookies = cookieOf(await askBare('POST', '/sign-in/local', { form: { password: printed ?? '' } }))
    await askBare('POST', '/sign-in/password', { cookies, form: { password: own, again: own } })
    const answer = pageOf(await askBare('GET', '/sign-in/role', { cookies }))
    expect(wordsOf(answer)).toMatch(/Nothing is loaded yet.*keyworker -- load .\/my-extract.*Now.*Look again/)
    expect(answer).not.toContain('name="place"')
  })

  it('gives no role that does not ship and no place that is not there', async () => {
    const cookies = await enterPassword(own)
    const answer = await ask('POST', '/sign-in/role', { cookies, form: { role: 'king', place: 'here' } })
    expect(wordsOf(pageOf(answer))).toContain('There is a problem Select a role Select a place')
  })

  it('A37 lets nobody guess more than 10 times in 5 minutes, from wherever they guess', async () => {
    const answers = []
    for (let guess = 0; guess < 12; guess++) {
      const from = asking(house, `address ${guess}`)
      answers.push(await from('POST', '/sign-in/local', { form: { password: 'guess' } }))
    }
    expect(answers.at(-1)).toMatchObject({ kind: 'page', status: 429 })
  })
})

describe('a worker with two posts', () => {
  it('works in one at a time, and changing ends the session of the other', async () => {
    const house = await openHouse()
    const second = newId()
    await house.arrange(
      `insert into organisations.post (id, staff_id, organisation_id, role) values ($1, $2, $3, 'case manager')`,
      [second, staffId('amina'), places.ward],
    )
    const token = await house.signIn('amina')
    const answer = await asStaff(house.pool, token, testClock, async (visit) => {
      expect(visit.caller.mayChangePost).toBe(true)
      const words = wordsOf(pageOf(await screen('GET', '/post').answer(visit, askedWith())))
      expect(words).toContain('You work as case manager at Quayside co-ordination team.')
      return screen('POST', '/post').answer(visit, askedWith({ form: { post: second } }))
    })
    expect(await callerOf(house, token)).toBeUndefined()
    const next = answer?.kind === 'go' ? answer.signIn : undefined
    expect(await callerOf(house, next)).toMatchObject({ organisation: { name: 'Harrowmere virtual ward' } })
    await expect(
      asStaff(house.pool, next ?? '', testClock, (visit) =>
        screen('POST', '/post').answer(visit, askedWith({ form: { post: postId('drLund') } })),
      ),
    ).rejects.toThrow(Refused)
  })
})

function screen(method: 'GET' | 'POST', path: string) {
  const route = room.screens.find((r) => r.method === method && r.path === path)
  if (!route) throw new Error(`no page ${method} ${path}`)
  return route
}

/** Synthetic is for life, so a test makes its house real behind every wall. */
async function makeReal(house: House): Promise<void> {
  await house.arrange('alter table organisations.installation disable trigger keep_kind')
  await house.arrange(`update organisations.installation set kind = 'real', day_on = null`)
  await house.arrange('alter table organisations.installation enable trigger keep_kind')
}

/** A real OpenID Connect provider on this machine, where every login is believed. */
async function startProvider() {
  const server: Server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const url = `http://127.0.0.1:${port}`
  const settings = { url, clientId: 'keyworker', clientSecret: 'a-secret-of-the-test-provider' }
  const provider = new Provider(url, {
    clients: [
      {
        client_id: settings.clientId,
        client_secret: settings.clientSecret,
        redirect_uris: ['http://127.0.0.1:8080/sign-in/back'],
      },
    ],
    cookies: { keys: ['test'] },
    findAccount: (_: unknown, id: string) => ({ accountId: id, claims: () => ({ sub: id }) }),
    ttl: { AccessToken: 60, AuthorizationCode: 60, Grant: 600, IdToken: 60, Interaction: 600, Session: 600 },
  })
  server.on('request', provider.callback())
  return {
    settings,
    signIn: (start: string, login: string) => signInAt(start, login),
    stop: () =>
      new Promise<void>((stopped) => {
        server.closeAllConnections()
        server.close(() => stopped())
      }),
  }
}

/** Follows the provider's pages, signs in, agrees, and stops at the address it sends the browser back to. */
async function signInAt(start: string, login: string): Promise<URL> {
  const cookies = new Map<string, string>()
  let next = new URL(start)
  let body: URLSearchParams | undefined
  for (let steps = 0; steps < 12; steps++) {
    const answer = await fetch(next, {
      method: body ? 'POST' : 'GET',
      ...(body ? { body } : {}),
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
    })
    for (const cookie of answer.headers.getSetCookie()) {
      const [name = '', value = ''] = (cookie.split(';')[0] ?? '').split('=')
      if (value) cookies.set(name, value)
      else cookies.delete(name)
    }
    const location = answer.headers.get('location')
    body = undefined
    if (location) {
      next = new URL(location, next)
      if (next.pathname === '/sign-in/back') return next
      continue
    }
    const html = await answer.text()
    const action = /action="([^"]+)"/.exec(html)?.[1]
    if (!action) throw new Error(`the provider's page has no form: ${answer.status}`)
    next = new URL(action, next)
    const prompt = /name="prompt" value="(\w+)"/.exec(html)?.[1] ?? 'login'
    body = new URLSearchParams({ prompt, login, password: 'any' })
  }
  throw new Error('the provider never sent the browser back')
}
