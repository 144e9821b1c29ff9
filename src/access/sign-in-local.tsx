import { shippedRoles } from '#organisations'
import { Button, Columns, PostForm, renderPage, Select, TextField } from '#ui'
import { begunAt, FirstSteps } from './first-steps.tsx'
import { newId } from './ids.ts'
import { hashPassword, problemWithPassword, staffByPassword } from './local-administrator.ts'
import type { Open, OpenAnswer, OpenRoute } from './open.ts'
import { notForYou } from './refused.ts'
import { letIn, page, remember, startAgain, wait, whoProved } from './sign-in-answers.tsx'
import { localPage } from './sign-in-page.tsx'
import { ownPath } from './sign-in-rules.ts'
import { changePassword, endSignIn, places, proveSignIn, takeLocalPost, takeTurn } from './sign-in-store.ts'
import type { Problem } from './types.ts'

const isLocalDoorOpen = (open: Open) => open.installation.kind !== 'synthetic' && !open.settings.provider

const provedLocally = async (open: Open) => {
  const done = isLocalDoorOpen(open) ? await whoProved(open) : undefined
  return done?.who.isLocal ? done : undefined
}

async function signInLocally(open: Open): Promise<OpenAnswer> {
  if (!isLocalDoorOpen(open)) throw notForYou()
  // One key for the whole installation: guesses from many addresses are still guesses at one password.
  if (!(await takeTurn(open.db, 'sign-in:local', 10))) return wait(open)
  const staffId = await staffByPassword(open.db, open.form.text('password'))
  if (!staffId) {
    return page(
      localPage(open, [{ field: 'password', message: 'Check the password and enter it again' }]),
      422,
    )
  }
  const token = await proveSignIn(open.db, staffId, ownPath(open.form.text('back')))
  return { kind: 'go', to: '/sign-in/role', cookies: remember(token) }
}

async function showPassword(open: Open): Promise<OpenAnswer> {
  const done = await provedLocally(open)
  return done ? page(passwordPage(open)) : startAgain(open)
}

async function savePassword(open: Open): Promise<OpenAnswer> {
  const done = await provedLocally(open)
  if (!done) return startAgain(open)
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
  const done = await provedLocally(open)
  if (!done) return startAgain(open)
  if (done.who.isPasswordChangeDue) return { kind: 'go', to: '/sign-in/password' }
  return page(await rolePage(open))
}

async function chooseRole(open: Open): Promise<OpenAnswer> {
  const done = await provedLocally(open)
  if (!done || done.who.isPasswordChangeDue) return startAgain(open)
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
  if (!Object.hasOwn(shippedRoles, asked.role)) problems.push({ field: 'role', message: 'Select a role' })
  if (!known.some(({ id }) => id === asked.organisationId)) {
    problems.push({ field: 'place', message: 'Select a place' })
  }
  return problems
}

async function rolePage(open: Open, problems: readonly Problem[] = []): Promise<string> {
  const known = await places(open.db)
  return renderPage({
    furniture: open.furniture,
    title: known.length === 0 ? 'Nothing is loaded yet' : 'Choose the role to work in',
    lead:
      known.length === 0
        ? 'There is no place to work at before your own extract is here.'
        : 'You may take any role at any place, one at a time. Each is written in the access log.',
    text: 'reading',
    problems,
    typed: problems.length > 0 ? open.form.typed : undefined,
    children: (
      <>
        <FirstSteps begun={await begunAt(open.db)} />
        {known.length === 0 ? (
          <p>
            <a href="/sign-in/role">Look again</a>
          </p>
        ) : (
          <RoleForm action="/sign-in/role" places={known} />
        )}
      </>
    ),
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

/** The local administrator's way in: password, their own password, a role. */
export const localRoutes: readonly OpenRoute[] = [
  { method: 'POST', path: '/sign-in/local', answer: signInLocally },
  { method: 'GET', path: '/sign-in/password', answer: showPassword },
  { method: 'POST', path: '/sign-in/password', answer: savePassword },
  { method: 'GET', path: '/sign-in/role', answer: showRoles },
  { method: 'POST', path: '/sign-in/role', answer: chooseRole },
]
