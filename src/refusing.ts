import { randomUUID } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { logRefusal, Refused } from '#access'
import { isDiskFull, type Pool } from '#database'
import { asForm, tokenOf } from './answering.ts'
import { faultPage, refusalPage } from './error-pages.tsx'
import { furnitureFor } from './furniture.ts'
import { mayBeKept, notSavedPage } from './kept-typing.tsx'
import type { Settings } from './settings.ts'
import { asStaff } from './visit.ts'
import { logFault } from './work.ts'

type Parts = {
  readonly pool: Pool
  readonly settings: Pick<Settings, 'baseUrl' | 'helpTelephone'>
  readonly clock: () => Date
}

const statusOf = {
  'say why': 403,
  'no such page': 404,
  'not for you': 404,
  'changed meanwhile': 409,
  'not now': 409,
  'signed out': 403,
  'too many': 429,
}

/** Answers a refusal, with the reader's own furniture where they are signed in; a refused opening is logged. */
export async function sendRefusal(
  parts: Parts,
  request: FastifyRequest,
  reply: FastifyReply,
  refusal: Refused,
): Promise<FastifyReply> {
  const token = tokenOf(parts, request)
  const html = await asStaff(parts.pool, token, parts.clock, async (visit, around) => {
    if (refusal.attempt) await logRefusal(visit.db, token, refusal.attempt)
    const { helpTelephone } = parts.settings
    return refusalPage(
      await furnitureFor(visit, around, { path: request.url, helpTelephone }),
      refusal,
      request,
    )
  })
  return reply
    .code(statusOf[refusal.kind])
    .type('text/html; charset=utf-8')
    .send(html ?? refusalPage(undefined, refusal))
}

/** Answers whatever went wrong: a refusal as such, what could not be read as the sender's, a fault with its reference. */
export async function sendError(
  parts: Parts,
  request: FastifyRequest,
  reply: FastifyReply,
  error: unknown,
): Promise<FastifyReply> {
  if (error instanceof Refused) return sendRefusal(parts, request, reply, error)
  const status = statusFrom(error)
  if (status)
    return reply.code(status).type('text/plain; charset=utf-8').send('What was sent could not be read.')
  const reference = randomUUID().slice(0, 4).toUpperCase()
  logFault(`${request.method} ${request.routeOptions.url ?? 'no route'}`, error, reference)
  const fault = { reference, at: parts.clock(), isDiskFull: isDiskFull(error) }
  return reply
    .code(fault.isDiskFull ? 503 : 500)
    .type('text/html; charset=utf-8')
    .send(faultOf(parts, request, fault))
}

// What was typed comes back with it: nobody has to type for a second time what we could not save.
function faultOf(parts: Parts, request: FastifyRequest, fault: Parameters<typeof notSavedPage>[0]): string {
  const form = asForm(request.body)
  return request.method === 'POST' && mayBeKept(form, parts.settings.baseUrl, request.headers)
    ? notSavedPage(fault, { action: request.url, form })
    : faultPage(fault.reference, fault.at)
}

// The server's own refusals of what it could not read (too long, wrong kind of content) are the sender's mistakes.
function statusFrom(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('statusCode' in error)) return undefined
  const status = Number(error.statusCode)
  return status >= 400 && status < 500 ? status : undefined
}
