import { type Answer, type Asked, type Problem, type Route, require, type StaffVisit } from '#access'
import { type StaffPost, staffPosts } from '#organisations'
import {
  Button,
  type Column,
  CountLine,
  DataTable,
  EmptyState,
  FieldRow,
  FilterBar,
  HiddenFields,
  Paging,
  PostForm,
  renderPage,
  rowsAPage,
  Section,
  Select,
  TextField,
} from '#ui'
import { addWorker, endWork, type StillNeeded } from './actions.ts'
import { everyPlace, placeChoices, roleChoices } from './roles.tsx'

const address = '/organisations/staff'

async function show(visit: StaffVisit, asked: Asked, problems: readonly Problem[] = []): Promise<Answer> {
  require(visit, 'change roles')
  const words = asked.query.text('words')
  const page = Math.max(1, Number(asked.query.text('page')) || 1)
  const posts = await staffPosts(visit.db, words)
  const from = (page - 1) * rowsAPage
  const shown = posts.slice(from, from + rowsAPage)
  const html = renderPage({
    furniture: asked.furniture,
    title: 'Staff and their posts',
    lead: 'Somebody can sign in when they are on this list with their reference at the identity provider.',
    problems,
    typed: problems.length > 0 ? asked.form.typed : undefined,
    children: (
      <>
        <FilterBar
          action={address}
          label="Narrow the list"
          inForce={words ? [{ href: address, words: `“${words}”` }] : []}
        >
          <TextField
            name="words"
            label="Name, role or place"
            labelSize="plain"
            value={words}
            widthChars={20}
          />
        </FilterBar>
        <CountLine
          from={shown.length > 0 ? from + 1 : 0}
          to={from + shown.length}
          total={posts.length}
          orderedBy="by name"
        />
        {shown.length > 0 ? (
          <DataTable
            caption="Posts"
            isCaptionHidden
            columns={columns(visit.caller.postId)}
            rows={shown}
            keyOf={({ postId }) => postId}
          />
        ) : (
          <EmptyState says={`Nobody matches “${words}”.`}>
            <a href={address}>Show everybody</a>
          </EmptyState>
        )}
        <Paging
          page={page}
          total={posts.length}
          hrefFor={(to) => `${address}?${new URLSearchParams({ words, page: String(to) })}`}
        />
        <AddForm
          visit={visit}
          places={placeChoices(await everyPlace(visit))}
          staff={await staffPosts(visit.db)}
        />
      </>
    ),
  })
  return { kind: 'page', html, status: problems.length > 0 ? 422 : 200 }
}

const columns = (ownPostId: string): readonly Column<StaffPost>[] => [
  { head: 'Name', cell: ({ name }) => name },
  { head: 'Role', cell: ({ role }) => role },
  { head: 'Place', cell: ({ organisationName }) => organisationName },
  { head: 'Telephone', cell: ({ telephone }) => telephone ?? 'Not recorded' },
  {
    head: 'End the post',
    isHeadHidden: true,
    cell: ({ postId, role, name, organisationName }) =>
      postId === ownPostId ? (
        'Your own post'
      ) : (
        <PostForm action={`${address}/end`} layout="row">
          <HiddenFields fields={{ post: postId, role }} />
          <Button kind="secondary" isSmall about={`of ${name}, ${role} at ${organisationName}`}>
            End post
          </Button>
        </PostForm>
      ),
  },
]

function AddForm(props: {
  readonly visit: StaffVisit
  readonly places: readonly { readonly value: string; readonly words: string }[]
  readonly staff: readonly StaffPost[]
}) {
  const people = [...new Map(props.staff.map((post) => [post.staffId, post.name])).entries()]
  return (
    <Section heading="Give somebody a post, a telephone or a reference">
      <PostForm action={address}>
        <FieldRow>
          <Select
            name="staff"
            label="On the list already"
            isOptional
            prompt="Somebody new"
            choices={people.map(([value, words]) => ({ value, words }))}
          />
          <TextField name="name" label="Name of somebody new" isOptional widthChars={20} autoComplete="off" />
          <TextField name="telephone" label="Telephone" isOptional kind="telephone" widthChars={10} />
        </FieldRow>
        <FieldRow>
          <Select
            name="role"
            label="Role"
            hint="Leave role and place out to change only a telephone or a reference."
            prompt="Choose a role"
            choices={roleChoices}
          />
          <Select name="place" label="Place" prompt="Choose a place" choices={props.places} />
        </FieldRow>
        <FieldRow>
          <TextField
            name="subject"
            label="Reference at the identity provider"
            hint="They are shown both when they try to sign in."
            isOptional
            widthChars={20}
            autoComplete="off"
          />
          <TextField
            name="issuer"
            label="The provider’s address"
            hint="As OIDC_ISSUER has it, to the letter."
            isOptional
            widthChars={20}
            autoComplete="off"
          />
        </FieldRow>
        <Button>Save</Button>
      </PostForm>
    </Section>
  )
}

async function add(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const { form } = asked
  const outcome = await addWorker(visit, {
    staffId: form.text('staff'),
    name: form.text('name'),
    telephone: form.text('telephone'),
    role: form.text('role'),
    organisationId: form.text('place'),
    issuer: form.text('issuer'),
    subject: form.text('subject'),
  })
  if (!outcome.ok) return await show(visit, asked, outcome.problems)
  const saved = form.text('role') ? 'Post added. It can be used from now on.' : 'Written down.'
  return { kind: 'go', to: address, saved }
}

async function end(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const post = { id: asked.form.text('post'), role: asked.form.text('role') }
  const needed = await endWork(visit, { ...post, anyway: asked.form.text('anyway') === 'yes' })
  if (needed) return { kind: 'page', html: neededPage(asked, post, needed), status: 409 }
  return { kind: 'go', to: address, saved: 'Post ended. Whoever worked in it is signed out of it.' }
}

/** Says whom an ended post would leave without a case manager, before it ends. */
const neededPage = (
  asked: Asked,
  post: { readonly id: string; readonly role: string },
  { held, name, organisationName }: StillNeeded,
): string =>
  renderPage({
    furniture: asked.furniture,
    title: 'Nothing is ended yet',
    lead: `${name} is the case manager of ${held < 8 ? 'fewer than 8' : held} people at ${organisationName}.`,
    text: 'reading',
    back: { href: address, words: 'Back to staff and their posts' },
    children: (
      <>
        <p>
          Ask them, a colleague or the team lead to hand their people over first: under My people, “Hand a
          caseload over”. Then end the post.
        </p>
        <p>
          If they must not sign in any more, end it now. Everybody of {organisationName} then reads on My day
          and My people that these people have nobody, until they are handed over.
        </p>
        <PostForm action={`${address}/end`}>
          <HiddenFields fields={{ post: post.id, role: post.role, anyway: 'yes' }} />
          <Button kind="secondary">End the post now, before they are handed over</Button>
        </PostForm>
      </>
    ),
  })

export const staffRoutes: readonly Route[] = [
  { method: 'GET', path: address, may: 'change roles', answer: (visit, asked) => show(visit, asked) },
  { method: 'POST', path: address, may: 'change roles', answer: add },
  { method: 'POST', path: `${address}/end`, may: 'change roles', answer: end },
]
