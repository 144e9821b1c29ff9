import { EmptyState, renderPage, Section } from '#ui'
import { begunAt, FirstSteps } from './first-steps.tsx'
import { newId } from './ids.ts'
import { notForYou } from './refused.ts'
import { beginSession } from './session.ts'
import { PostRows } from './sign-in.tsx'
import { problemsWithRole, RoleForm } from './sign-in-local.tsx'
import { endThisSession, isLocalAdministrator, places, postsOf, takeLocalPost } from './sign-in-store.ts'
import type { Answer, Asked, Problem, Route, StaffVisit } from './types.ts'

async function show(visit: StaffVisit, asked: Asked, problems: readonly Problem[] = []): Promise<Answer> {
  const { caller, db } = visit
  const posts = await postsOf(db, caller.staffId)
  const isLocal = await isLocalAdministrator(db, caller.staffId)
  const html = renderPage({
    furniture: asked.furniture,
    title: 'Change post',
    lead: `You work as ${caller.role} at ${caller.organisation.name}. You work in one post at a time.`,
    problems,
    typed: problems.length > 0 ? asked.form.typed : undefined,
    children: (
      <>
        {isLocal ? (
          <Section heading="Take another role">
            <FirstSteps begun={await begunAt(db)} />
            <RoleForm action="/post" places={await places(db)} />
          </Section>
        ) : posts.length > 1 ? (
          <PostRows action="/post" posts={posts} currentId={caller.postId} />
        ) : (
          <EmptyState says="This is your only post." />
        )}
      </>
    ),
  })
  return { kind: 'page', html, status: problems.length > 0 ? 422 : 200 }
}

/** Works on in another post, in a new session: what was opened under the old one stays there. */
async function change(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const { caller, db } = visit
  if (await isLocalAdministrator(db, caller.staffId)) return await takeRole(visit, asked)
  const post = (await postsOf(db, caller.staffId)).find(({ id }) => id === asked.form.text('post'))
  if (!post) throw notForYou()
  await endThisSession(db)
  const { token } = await beginSession(db, { staffId: caller.staffId, postId: post.id })
  return { kind: 'go', to: '/', signIn: token }
}

async function takeRole(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const { caller, db } = visit
  const wanted = { role: asked.form.text('role'), organisationId: asked.form.text('place') }
  const problems = problemsWithRole(wanted, await places(db))
  if (problems.length > 0) return await show(visit, asked, problems)
  const id = newId()
  await takeLocalPost(db, { id, staffId: caller.staffId, ...wanted })
  const { token } = await beginSession(db, { staffId: caller.staffId, postId: id })
  return { kind: 'go', to: '/', signIn: token }
}

async function signOut(visit: StaffVisit): Promise<Answer> {
  await endThisSession(visit.db)
  return { kind: 'go', to: '/sign-in?because=signed-out', signOut: true }
}

export const postRoutes: readonly Route[] = [
  { method: 'GET', path: '/post', may: 'anyone signed in', answer: (visit, asked) => show(visit, asked) },
  { method: 'POST', path: '/post', may: 'anyone signed in', answer: change },
  { method: 'POST', path: '/sign-out', may: 'anyone signed in', answer: signOut },
]
