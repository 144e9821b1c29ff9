import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Answer, Form, OpenAnswer } from '#access'

/** What a page may ask a browser for: nothing of another host, nothing written into the page. */
export const contentSecurity = {
  directives: {
    defaultSrc: ["'none'"],
    styleSrc: ["'self'"],
    scriptSrc: ["'self'"],
    imgSrc: ["'self'", 'data:'],
    connectSrc: ["'self'"],
    formAction: ["'self'"],
    frameAncestors: ["'none'"],
    baseUri: ["'none'"],
    manifestSrc: ["'self'"],
  },
  useDefaults: false,
}

/** The name of the session's cookie. With https it is bound to this host and never sent in clear. */
export const cookieName = (baseUrl: string): string =>
  baseUrl.startsWith('https:') ? '__Host-keyworker' : 'keyworker'

/** The session's token a browser sent, or nothing. */
export const tokenOf = (
  parts: { readonly settings: { readonly baseUrl: string } },
  request: FastifyRequest,
): string => request.cookies[cookieName(parts.settings.baseUrl)] ?? ''

/**
 * Fields as text, whatever was sent: of a field sent twice the last is `text` and all are `all`. The letter of number 0, which
 * nobody can type and no text of PostgreSQL can hold, is left out.
 */
export function asForm(sent: unknown): Form {
  const fields = new Map<string, readonly string[]>()
  for (const [field, value] of Object.entries(sent ?? {})) {
    fields.set(
      field,
      (Array.isArray(value) ? value : [value]).map((one) => String(one).replaceAll('\0', '')),
    )
  }
  return {
    text: (field) => fields.get(field)?.at(-1)?.trim() ?? '',
    all: (field) => fields.get(field) ?? [],
    typed: Object.fromEntries([...fields].map(([field, values]) => [field, values.at(-1) ?? ''])),
  }
}

/** Sends an answer that was kept, with the cookies it sets or takes away. */
export function sendAnswer(baseUrl: string, reply: FastifyReply, answer: Answer | OpenAnswer): FastifyReply {
  setCookies(baseUrl, reply, answer)
  switch (answer.kind) {
    case 'page':
      return reply
        .code(answer.status ?? 200)
        .type('text/html; charset=utf-8')
        .send(answer.html)
    case 'go':
      return reply.redirect(answer.to, 303)
    case 'file':
      return reply
        .type(answer.contentType)
        .header('content-disposition', `attachment; filename="${answer.name.replace(/[^\w.-]/g, '-')}"`)
        .send(answer.body)
  }
}

function setCookies(baseUrl: string, reply: FastifyReply, answer: Answer | OpenAnswer): void {
  const shut = {
    httpOnly: true,
    sameSite: 'lax',
    path: '/',
    secure: baseUrl.startsWith('https:'),
  } as const
  const name = cookieName(baseUrl)
  if (answer.kind === 'go' && answer.signIn) reply.setCookie(name, answer.signIn, shut)
  if (answer.kind === 'go' && answer.signOut) reply.clearCookie(name, shut)
  for (const cookie of ('cookies' in answer && answer.cookies) || []) {
    const own = { ...shut, path: cookie.path }
    if (cookie.value === undefined) reply.clearCookie(cookie.name, own)
    else reply.setCookie(cookie.name, cookie.value, { ...own, maxAge: cookie.maxAgeSeconds })
  }
}
