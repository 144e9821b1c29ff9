import { shippedRoles } from '#organisations'
import { Button, Columns, HiddenFields, PostForm, Row, RowList, renderPage, Select, TextField } from '#ui'
import { newId } from './ids.ts'
import { hashPassword, problemWithPassword, staffByPassword } from './local-administrator.ts'
import type { Open, OpenAnswer, OpenRoute } from './open.ts'
import { notForYou } from './refused.ts'
import { beginSession } from './session.ts'
import { chooserPage, localPage, providerPage, sentencePage } from './sign-in-page.tsx'
import { ownPath, signingIn } from './sign-in-rules.ts'
import {
  changePassword,
  demoPosts,
  endSignIn,
  newToken,
  type Post,
  type Proved,
  places,
  postsOf,
  proved,
  proveSignIn,
  staffBySubject,
  startSignIn,
  takeLocalPost,
  takeSignIn,
  takeTurn,
} from './sign-in-store.ts'
import type { Problem } from './types.ts'

const wait = (open: Open): OpenAnswer => ({
  kind: 'page',
  status: 429,
  html: sentencePage(open, 'Too many tries', 'Wait 5 minutes, then try again.'),
})

const page = (html: string, status?: 200 | 422 | 503): OpenAnswer => ({ kind: 'page', html, status })

const remember = (value: string) => [{ ...signingIn, value }]
const forget = [{ name: signingIn.name, path: signingIn.path, maxAgeSeconds: 0 }]

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

async function letIn(
  open: Open,
  post: Pick<Post, 'id' | 'staffId'>,
  to: string,
): Promise<OpenAnswer> {
  const { token } = await beginSession(open.db, { staffId: post.staffId, postId: post.id })
  return { kind: 'go', to, signIn: token, cookies: forget }
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

const startAgain = (open: Open): OpenAnswer => ({
  kind: 'page',
  html: sentencePage(
    open,
    'Sign in again',
    'The sign-in took more than 10 minutes, or was begun in another window. Sign in again.',
  ),
  cookies: forget,
})

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
  if (!staffId || !first) return noRole(open, who.subject)
  if (others.length === 0) return await letIn(open, first, kept.backTo)
  const token = await proveSignIn(open.db, staffId, kept.backTo)
  return { kind: 'go', to: '/sign-in/post', cookies: remember(token) }
}

const noRole = (open: Open, subject: string): OpenAnswer =>
  page(
    sentencePage(
      open,
      'No role here yet',
      'You are signed in, but have no role here yet. Ask your organisation’s Keyworker administrator to add you.',
      `Give them this reference: ${subject}`,
    ),
  )

async function whoProved(open: Open): Promise<{ readonly token: string; readonly who: Proved } | undefined> {
  const token = open.cookies[signingIn.name] ?? ''
  const who = await proved(open.db, token)
  return who && { token, who }
}

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

const isLocalDoorOpen = (open: Open) => !isSynthetic(open) && !open.settings.provider

async function signInLocally(open: Open): Promise<OpenAnswer> {
  if (!isLocalDoorOpen(open)) throw notForYou()
  // One key for the whole installation: guesses from many addresses are still guesses at one password.
  if (!(await takeTurn(open.db, 'sign-in:local', 10))) return wait(open)
  const staffId = await staffByPassword(open.db, open.form.text('password'))
  if (!staffId) {
    return page(localPage(open, [{ field: 'password', message: 'Check the password and enter it again' }]), 422)
  }
  const token = await proveSignIn(open.db, staffId, ownPath(open.form.text('back')))
  return { kind: 'go', to: '/sign-in/role', cookies: remember(token) }
}

async function showPassword(open: Open): Promise<OpenAnswer> {
  const done = isLocalDoorOpen(open) && (await whoProved(open))
  return done && done.who.isLocal ? page(passwordPage(open)) : startAgain(open)
}

async function savePassword(open: Open): Promise<OpenAnswer> {
  const done = isLocalDoorOpen(open) && (await whoProved(open))
  if (!done || !done.who.isLocal) return startAgain(open)
  const message = problemWithPassword(open.form.text('password'), open.form.text('again'))
  if (message) return page(passwordPage(open, [{ field: 'password', message }]), 422)
  await changePassword(open.db, done.token, await hashPassword(open.form.text('password')))
  return { kind: 'go', to: '/sign-in/role' }
}

const passwordPage = (open: Open, problems: readonly Problem[] = []): string =>
  renderPage({
    furniture: open.furniture,
    title: 'Choose your own password',
    lead: 'The password that was printed works once. Choose your own to go on.',
    text: 'reading',
    problems,
    children: (
      <PostForm action="/sign-in/password">
        <TextField
          name="password"
          label="New password"
          hint="12 characters or more. Three or four words are easy to remember."
          kind="password"
          autoComplete="new-password"
        />
        <TextField name="again" label="The same again" kind="password" autoComplete="new-password" />
        <Button>Save and go on</Button>
      </PostForm>
    ),
  })

async function showRoles(open: Open): Promise<OpenAnswer> {
  const done = isLocalDoorOpen(open) && (await whoProved(open))
  if (!done || !done.who.isLocal) return startAgain(open)
  if (done.who.isPasswordChangeDue) return { kind: 'go', to: '/sign-in/password' }
  return page(await rolePage(open))
}

async function chooseRole(open: Open): Promise<OpenAnswer> {
  const done = isLocalDoorOpen(open) && (await whoProved(open))
  if (!done || !done.who.isLocal || done.who.isPasswordChangeDue) return startAgain(open)
  const asked = { role: open.form.text('role'), organisationId: open.form.text('place') }
  const problems = problemsWithRole(asked, await places(open.db))
  if (problems.length > 0) return page(await rolePage(open, problems), 422)
  const id = newId()
  await takeLocalPost(open.db, { id, staffId: done.who.staffId, ...asked })
  await endSignIn(open.db, done.token)
  return await letIn(open, { id, staffId: done.who.staffId }, done.who.backTo)
}

/** What to put right in the role and place the local administrator asks for. */
export function problemsWithRole(
  asked: { readonly role: string; readonly organisationId: string },
  known: readonly { readonly id: string }[],
): readonly Problem[] {
  const problems: Problem[] = []
  if (!Object.hasOwn(shippedRoles, asked.role)) problems.push({ field: 'role', message: 'Choose a role' })
  if (!known.some(({ id }) => id === asked.organisationId)) {
    problems.push({ field: 'place', message: 'Choose a place' })
  }
  return problems
}

async function rolePage(open: Open, problems: readonly Problem[] = []): Promise<string> {
  const known = await places(open.db)
  return renderPage({
    furniture: open.furniture,
    title: 'Choose the role to work in',
    lead: 'You may take any role at any place, one at a time. Each is written in the access log.',
    text: 'reading',
    problems,
    typed: problems.length > 0 ? open.form.typed : undefined,
    children: <RoleForm action="/sign-in/role" places={known} />,
  })
}

/** Which role at which place, for the local administrator. */
export function RoleForm(props: {
  readonly action: string
  readonly places: readonly { readonly id: string; readonly name: string; readonly kind: string }[]
}) {
  return (
    <PostForm action={props.action}>
      <Columns
        split="half"
        main={
          <Select
            name="role"
            label="Role"
            prompt="Choose a role"
            choices={Object.keys(shippedRoles).map((role) => ({ value: role, words: role }))}
          />
        }
        side={
          <Select
            name="place"
            label="Place"
            prompt="Choose a place"
            choices={props.places.map(({ id, name, kind }) => ({ value: id, words: `${name} (${kind})` }))}
          />
        }
      />
      <Button>Work in this role</Button>
    </PostForm>
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
  { method: 'POST', path: '/sign-in/local', answer: signInLocally },
  { method: 'GET', path: '/sign-in/password', answer: showPassword },
  { method: 'POST', path: '/sign-in/password', answer: savePassword },
  { method: 'GET', path: '/sign-in/role', answer: showRoles },
  { method: 'POST', path: '/sign-in/role', answer: chooseRole },
]
