import type { Db } from '#database'
import type { Installation, OrganisationKind } from '#organisations'
import type { Furniture } from '#ui'
import type { IdentityProvider } from './identity-provider.ts'
import type { Answer, Form } from './types.ts'

/** A way into the demonstration by what there is to do: signs in as the role and lands on the page. */
export type Door = {
  readonly words: string
  /** What is waiting there, in one line. */
  readonly says?: string
  readonly role: string
  /** Where several places have the role. */
  readonly at?: OrganisationKind
  /** A path of ours. */
  readonly to: string
}

/** How this installation lets people in, decided once at start. */
export type SignInSettings = {
  readonly provider?: IdentityProvider
  readonly doors?: readonly Door[]
}

/**
 * What a page is asked with when nobody is signed in.
 *
 * `from` is the address the request came from; it is only counted, never kept. `path` has no query. `db` is one
 * transaction, kept when the answer is returned.
 */
export type Open = {
  readonly db: Db
  readonly installation: Installation
  readonly path: string
  readonly query: Form
  readonly form: Form
  readonly cookies: Readonly<Record<string, string | undefined>>
  readonly from: string
  readonly clock: () => Date
  /** Without a slash at its end: http://127.0.0.1:8080. */
  readonly baseUrl: string
  readonly settings: SignInSettings
  readonly furniture: Furniture
}

/** A cookie to set, HttpOnly, SameSite=Lax and on this path; without a value, to take away. */
export type CookieToSet = {
  readonly name: string
  readonly value?: string
  readonly path: string
  readonly maxAgeSeconds: number
}

/**
 * What is sent back to somebody not signed in. `signIn` is a new session's token: its cookie must be SameSite=Lax,
 * for Strict is not sent on the way back from an identity provider.
 */
export type OpenAnswer = (
  | { readonly kind: 'page'; readonly html: string; readonly status?: 200 | 422 | 429 | 503 }
  | Extract<Answer, { kind: 'go' }>
) & { readonly cookies?: readonly CookieToSet[] }

/** A page or form that is answered without a session. */
export type OpenRoute = {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly answer: (open: Open) => Promise<OpenAnswer>
}
