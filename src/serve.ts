// Answers browsers. One transaction a request: it opens the session, asks, answers, is kept, and only then is sent.
import { availableParallelism } from 'node:os'
import cookie from '@fastify/cookie'
import formbody from '@fastify/formbody'
import helmet from '@fastify/helmet'
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import {
  type Answer,
  type Asked,
  leaveWord,
  type OpenRoute,
  Refused,
  type Route,
  type SignInSettings,
  type StaffVisit,
  takeWord,
} from '#access'
import { type Pool, transaction } from '#database'
import { installation } from '#organisations'
import { assets } from '#ui'
import { asForm, contentSecurity, sendAnswer, tokenOf } from './answering.ts'
import type { Entrance } from './entrance.ts'
import { type Around, furnitureFor, openFurniture } from './furniture.ts'
import { type HelpPage, helpPages } from './help-pages.tsx'
import { hasTyped, isSurelyOurs, keptTypingPage } from './kept-typing.tsx'
import { takeFiles } from './receiving.ts'
import { sendError, sendRefusal } from './refusing.ts'
import type { Settings } from './settings.ts'
import { type InTurn, newTurns } from './turns.ts'
import { asStaff } from './visit.ts'

export type ServeParts = {
  readonly pool: Pool
  readonly settings: Pick<Settings, 'baseUrl' | 'helpTelephone'>
  readonly clock: () => Date
  readonly routes: readonly Route[]
  /** Pages and forms that are answered to somebody not signed in. */
  readonly openRoutes: readonly OpenRoute[]
  readonly signIn: SignInSettings
  /** Where the record can be set aside: where requests come in, and the page every address answers meanwhile. */
  readonly aside?: { readonly entrance: Entrance; readonly page: () => string }
}

/** The server, ready to listen. Nothing is kept in it: a second one beside it answers the same. */
export async function buildServer(parts: ServeParts): Promise<FastifyInstance> {
  const app = fastify({
    bodyLimit: 1024 * 1024,
    trustProxy: false,
    routerOptions: { ignoreTrailingSlash: true },
  })
  await app.register(cookie)
  await app.register(formbody, { bodyLimit: 1024 * 1024 })
  await app.register(helmet, {
    contentSecurityPolicy: contentSecurity,
    strictTransportSecurity: parts.settings.baseUrl.startsWith('https:'),
    referrerPolicy: { policy: 'no-referrer' },
  })
  app.addHook('onRequest', async (request, reply) => {
    const isAsset = request.url.startsWith('/assets/') || request.url === '/alive'
    if (isAsset || !parts.aside) return
    // Setting the record aside takes about a second: waiting it out keeps what somebody has just typed.
    const leave = await parts.aside.entrance.enter()
    // Whoever gave up while waiting has no end still to come.
    if (leave) return reply.raw.closed ? leave() : void reply.raw.once('close', leave)
    const page = parts.aside.page()
    return reply.code(503).header('retry-after', '5').type('text/html; charset=utf-8').send(page)
  })
  app.addHook('onSend', async (_, reply) => {
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store')
  })
  for (const asset of assets()) {
    app.get(asset.path, (_, reply) =>
      reply
        .header('cache-control', asset.isImmutable ? 'public, max-age=31536000, immutable' : 'no-cache')
        .type(asset.contentType)
        .send(asset.body),
    )
  }
  app.get('/alive', (_, reply) => reply.type('text/plain').send('keyworker'))
  const inTurn = newTurns(availableParallelism() + 1, 100)
  for (const route of parts.routes) if (!route.takesFile) addRoute(app, parts, route, inTurn)
  for (const route of parts.openRoutes) addOpenRoute(app, parts, route)
  for (const page of helpPages) addHelpPage(app, parts, page)
  app.setNotFoundHandler((request, reply) => sendRefusal(parts, request, reply, notFound))
  app.setErrorHandler((error, request, reply) => sendError(parts, request, reply, error))
  // After the rest: what is added within answers its errors as the house did when it was added.
  await app.register(async (within) => {
    await takeFiles(within)
    for (const route of parts.routes) if (route.takesFile) addRoute(within, parts, route, inTurn)
  })
  return app
}

const notFound = new Refused(
  'no such page',
  'Check that the address is typed in full, or go to the first page.',
)

function addRoute(app: FastifyInstance, parts: ServeParts, route: Route, inTurn: InTurn): void {
  app.route({
    method: route.method,
    url: route.path,
    handler: async (request, reply) => {
      const token = tokenOf(parts, request)
      const answer = await inTurn((isWorked) =>
        asStaff(parts.pool, token, parts.clock, async (visit, around) => {
          const answered = await answerRoute(parts, route, { visit, around }, request)
          // What is left is keeping it, for which the disk is waited for.
          isWorked()
          return answered
        }),
      )
      if (!answer) return await askToSignIn(parts, request, reply)
      return sendAnswer(parts.settings.baseUrl, reply, answer)
    },
  })
}

/** The way in; for whoever sent a form of ours after their sign-in had ended, with what they typed kept. */
async function askToSignIn(parts: ServeParts, request: FastifyRequest, reply: FastifyReply) {
  const form = asForm(request.body)
  if (request.method !== 'POST' || !hasTyped(form) || !isSurelyOurs(parts.settings.baseUrl, request.headers))
    return reply.redirect(signInAddress(request), 303)
  const house = await transaction(parts.pool, (db) => installation(db))
  const furniture = openFurniture(house, parts.clock(), parts.settings.helpTelephone)
  return reply
    .code(403)
    .type('text/html; charset=utf-8')
    .send(keptTypingPage(furniture, { action: request.url, form }))
}

function addOpenRoute(app: FastifyInstance, parts: ServeParts, route: OpenRoute): void {
  app.route({
    method: route.method,
    url: route.path,
    handler: async (request, reply) => {
      if (route.method === 'POST' && !isFromOurPage(parts, request)) {
        throw new Refused(
          'signed out',
          'This form did not come from our page. Go to the first page and try again.',
        )
      }
      const answer = await transaction(parts.pool, async (db) => {
        const house = await installation(db)
        return await route.answer({
          db,
          installation: house,
          path: request.url.split('?')[0] ?? '/',
          query: asForm(request.query),
          form: asForm(request.body),
          cookies: request.cookies,
          from: request.ip,
          clock: parts.clock,
          baseUrl: parts.settings.baseUrl,
          settings: parts.signIn,
          furniture: openFurniture(house, parts.clock(), parts.settings.helpTelephone),
        })
      })
      return sendAnswer(parts.settings.baseUrl, reply, answer)
    },
  })
}

// Whoever is signed in stays so: the page has their name and their navigation around it.
function addHelpPage(app: FastifyInstance, parts: ServeParts, { path, html }: HelpPage): void {
  const { helpTelephone } = parts.settings
  app.get(path, async (request, reply) => {
    const page =
      (await asStaff(parts.pool, tokenOf(parts, request), parts.clock, async (visit, around) =>
        html(await furnitureFor(visit, around, { path, helpTelephone }), visit.caller.house.kind),
      )) ??
      (await transaction(parts.pool, async (db) => {
        const house = await installation(db)
        return html(openFurniture(house, parts.clock(), helpTelephone), house.kind)
      }))
    return sendAnswer(parts.settings.baseUrl, reply, { kind: 'page', html: page })
  })
}

// Without a session there is no token to check: the browser itself says which page a form came from.
function isFromOurPage(parts: ServeParts, request: FastifyRequest): boolean {
  const site = request.headers['sec-fetch-site']
  if (site) return site === 'same-origin' || site === 'none'
  const { origin } = request.headers
  return !origin || origin === parts.settings.baseUrl
}

// Only a page can be gone back to: what a form posted is kept in a page, never in an address.
const signInAddress = (request: FastifyRequest): string =>
  request.method === 'GET' && request.url !== '/'
    ? `/sign-in?back=${encodeURIComponent(request.url)}`
    : '/sign-in'

async function answerRoute(
  parts: ServeParts,
  route: Route,
  { visit, around }: { readonly visit: StaffVisit; readonly around: Around },
  request: FastifyRequest,
): Promise<Answer> {
  const form = asForm(request.body)
  if (route.method === 'POST' && form.text('_csrf') !== visit.caller.csrf) {
    if (!route.takesFile && hasTyped(form) && isSurelyOurs(parts.settings.baseUrl, request.headers)) {
      const { helpTelephone } = parts.settings
      const furniture = await furnitureFor(visit, around, { path: request.url, helpTelephone })
      return { kind: 'page', status: 409, html: keptTypingPage(furniture, { action: request.url, form }) }
    }
    throw new Refused(
      'signed out',
      'This page is from an earlier sign-in. Go back, reload it, and save again.',
    )
  }
  if (route.may !== 'anyone signed in' && !visit.caller.activities.has(route.may)) {
    throw new Refused('not for you', 'Your role does not do this. Ask your team lead or administrator.')
  }
  const { person } = request.params as { readonly person?: string }
  // A page left open in another tab saves only to the person it was opened for.
  if (form.text('_person') && person && form.text('_person') !== person) {
    throw new Refused(
      'changed meanwhile',
      'This form was opened for somebody else. Go back and open it again.',
    )
  }
  const said = route.method === 'GET' && visit.caller.hasWord ? await takeWord(visit.db) : undefined
  const asked: Asked = {
    path: request.url,
    params: request.params as Readonly<Record<string, string>>,
    query: asForm(request.query),
    form,
    file: request.sentFile,
    furniture: await furnitureFor(visit, around, {
      path: request.url,
      said,
      helpTelephone: parts.settings.helpTelephone,
    }),
  }
  const answer = await route.answer(visit, asked)
  if (answer.kind === 'go' && answer.saved)
    await leaveWord(visit.db, { words: answer.saved, undo: answer.undo })
  return answer
}
