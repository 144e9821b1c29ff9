import type { Open, OpenAnswer } from './open.ts'
import { beginSession } from './session.ts'
import { sentencePage } from './sign-in-page.tsx'
import { signingIn } from './sign-in-rules.ts'
import { type Post, type Proved, proved } from './sign-in-store.ts'

/** Too many tries. */
export const wait = (open: Open): OpenAnswer => ({
  kind: 'page',
  status: 429,
  html: sentencePage(open, 'Too many tries', 'Wait 5 minutes, then try again.'),
})

export const page = (html: string, status?: 200 | 422 | 503): OpenAnswer => ({ kind: 'page', html, status })

/** The cookie of a sign-in under way, with its secret. */
export const remember = (value: string) => [{ ...signingIn, value }]
const forget = [{ name: signingIn.name, path: signingIn.path, maxAgeSeconds: 0 }]

/** Begins a session and goes on. */
export async function letIn(open: Open, post: Pick<Post, 'id' | 'staffId'>, to: string): Promise<OpenAnswer> {
  const { token } = await beginSession(open.db, { staffId: post.staffId, postId: post.id })
  return { kind: 'go', to, signIn: token, cookies: forget }
}

/** The way on for somebody whose sign-in under way is not there. */
export const startAgain = (open: Open): OpenAnswer => ({
  kind: 'page',
  html: sentencePage(
    open,
    'Sign in again',
    'The sign-in took more than 10 minutes, or was begun in another window. Sign in again.',
  ),
  cookies: forget,
})

/** Who has proved themselves in this browser and has no session yet. */
export async function whoProved(
  open: Open,
): Promise<{ readonly token: string; readonly who: Proved } | undefined> {
  const token = open.cookies[signingIn.name] ?? ''
  const who = await proved(open.db, token)
  return who && { token, who }
}
