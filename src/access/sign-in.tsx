import { Button, HiddenFields, PostForm, Row, RowList, renderPage } from '#ui'
import type { Open, OpenAnswer, OpenRoute } from './open.ts'
import { notForYou } from './refused.ts'
import { letIn, page, remember, startAgain, wait, whoProved } from './sign-in-answers.tsx'
import { localRoutes } from './sign-in-local.tsx'
import { chooserPage, localPage, providerPage, sentencePage } from './sign-in-page.tsx'
import { ownPath, signingIn } from './sign-in-rules.ts'
import {
  demoPosts,
  endSignIn,
  newToken,
  type Post,
  postsOf,
  proveSignIn,
  staffBySubject,
  startSignIn,
  takeSignIn,
  takeTurn,
} from './sign-in-store.ts'

const isSynthetic = (open: Open) => open.installation.kind === 'synthetic'

async function show(open: Open): Promise<OpenAnswer> {
  if (isSynthetic(open)) return page(chooserPage(open, await demoPosts(open.db)))
  return page(open.settings.provider ? providerPage(open) : localPage(open))
}

/** Only of a synthetic installation: in a real one this address answers as one that does not exist. */
async function signInAs(open: Open): Promise<OpenAnswer> {
  if (!isSynthetic(open)) throw notForYou()
  if (!(await takeTurn(open.db, `sign-in:${open.from}`, 300))) return wait(open)
  const post = (await demoPosts(open.db)).find(({ id }) => id === open.form.text('post'))
  if (!post) throw notForYou()
  return await letIn(open, post, ownPath(open.form.text('to')))
}

const backUrl = (open: Open) => `${open.baseUrl}/sign-in/back`

async function sendToProvider(open: Open): Promise<OpenAnswer> {
  const { provider } = open.settings
  if (!provider || isSynthetic(open)) throw notForYou()
  if (!(await takeTurn(open.db, `sign-in:${open.from}`, 300))) return wait(open)
  const started = await provider.start(backUrl(open)).catch(() => undefined)
  if (!started) return providerAway(open)
  const token = newToken()
  await startSignIn(open.db, token, started.secrets, ownPath(open.query.text('back')))
  return { kind: 'go', to: started.url, cookies: remember(token) }
}

const providerAway = (open: Open): OpenAnswer =>
  page(
    sentencePage(
      open,
      'Sign-in is not answering',
      'Your organisation’s sign-in is not answering. Try again, or use the emergency summaries printed this morning.',
    ),
    503,
  )

/** Back from the provider: what it says must fit what this browser was sent off with, once. */
async function comeBack(open: Open): Promise<OpenAnswer> {
  const { provider } = open.settings
  if (!provider || isSynthetic(open)) throw notForYou()
  const kept = await takeSignIn(open.db, open.cookies[signingIn.name] ?? '')
  if (!kept) return startAgain(open)
  const address = new URL(`${backUrl(open)}?${new URLSearchParams(open.query.typed)}`)
  const who = await provider.finish(address, kept).catch(() => 'away' as const)
  if (who === 'away') return providerAway(open)
  if (!who) return startAgain(open)
  const staffId = await staffBySubject(open.db, who)
  const posts = staffId ? await postsOf(open.db, staffId) : []
  const [first, ...others] = posts
  if (!staffId || !first) return noRole(open, who)
  if (others.length === 0) return await letIn(open, first, kept.backTo)
  const token = await proveSignIn(open.db, staffId, kept.backTo)
  return { kind: 'go', to: '/sign-in/post', cookies: remember(token) }
}

const noRole = (
  open: Open,
  { issuer, subject }: { readonly issuer: string; readonly subject: string },
): OpenAnswer =>
  page(
    sentencePage(
      open,
      'No role here yet',
      'You are signed in, but have no role here yet. Ask your organisation’s Keyworker administrator to add you.',
      `Give them this reference: ${subject} and this address of the provider: ${issuer}`,
    ),
  )

async function showPosts(open: Open): Promise<OpenAnswer> {
  const done = await whoProved(open)
  if (!done || done.who.isLocal) return startAgain(open)
  return page(choosePostPage(open, await postsOf(open.db, done.who.staffId)))
}

async function choosePost(open: Open): Promise<OpenAnswer> {
  const done = await whoProved(open)
  if (!done || done.who.isLocal) return startAgain(open)
  const posts = await postsOf(open.db, done.who.staffId)
  const post = posts.find(({ id }) => id === open.form.text('post'))
  if (!post) return page(choosePostPage(open, posts))
  await endSignIn(open.db, done.token)
  return await letIn(open, post, done.who.backTo)
}

const choosePostPage = (open: Open, posts: readonly Post[]): string =>
  renderPage({
    furniture: open.furniture,
    title: 'Choose where you work now',
    lead: 'You hold several posts. You work in one at a time, and can change it from the top of every page.',
    text: 'reading',
    children: <PostRows action="/sign-in/post" posts={posts} />,
  })

/** A button for each post. */
export function PostRows(props: {
  readonly action: string
  readonly posts: readonly Post[]
  readonly currentId?: string
}) {
  return (
    <RowList label="Your posts">
      {props.posts.map(({ id, role, organisationName }) => (
        <Row
          key={id}
          what={
            <>
              <b>{role}</b> at {organisationName}
            </>
          }
          act={
            id === props.currentId ? (
              'You work here now'
            ) : (
              <PostForm action={props.action} layout="row">
                <HiddenFields fields={{ post: id }} />
                <Button kind="secondary" isSmall about={`as ${role} at ${organisationName}`}>
                  Work here
                </Button>
              </PostForm>
            )
          }
        />
      ))}
    </RowList>
  )
}

/** Every page and form that is answered without a session. The roof checks that posts come from our own pages. */
export const openRoutes: readonly OpenRoute[] = [
  { method: 'GET', path: '/sign-in', answer: show },
  { method: 'POST', path: '/sign-in/as', answer: signInAs },
  { method: 'GET', path: '/sign-in/identity', answer: sendToProvider },
  { method: 'GET', path: '/sign-in/back', answer: comeBack },
  { method: 'GET', path: '/sign-in/post', answer: showPosts },
  { method: 'POST', path: '/sign-in/post', answer: choosePost },
  ...localRoutes,
]
