import { unnamed } from '#organisations'
import {
  Button,
  Columns,
  HiddenFields,
  Panel,
  PostForm,
  Row,
  RowList,
  renderPage,
  Section,
  TextField,
} from '#ui'
import type { Open } from './open.ts'
import { groupPosts, openDoors, ownPath, roleSays } from './sign-in-rules.ts'
import type { Post } from './sign-in-store.ts'
import type { Problem } from './types.ts'

const whySignedOut: Readonly<Record<string, string>> = {
  idle: 'You were signed out after 15 minutes. Sign in to go back to where you were.',
  'signed-out': 'You have signed out.',
}

const leadFor = (open: Open) => whySignedOut[open.query.text('because')]

/** The demonstration's way in: by task, or by whom to be. */
export function chooserPage(open: Open, posts: readonly Post[]): string {
  const { installation, settings } = open
  const doors = openDoors(settings.doors ?? [], posts)
  const { caring, planning } = groupPosts(posts)
  const back = ownPath(open.query.text('back'))
  return renderPage({
    furniture: open.furniture,
    title: 'Choose who to be',
    lead:
      leadFor(open) ??
      `${installation.name === unnamed ? 'Everybody here is made up.' : `This is a demonstration. ${installation.name} is a made-up town.`} You cannot harm anyone here, so try things.`,
    children: (
      <>
        <p>
          Keyworker finds the few people whose health and life are most likely to unravel, gives each one
          named person who co-ordinates their care around what matters to them, and then says honestly whether
          it helped. Everybody here is invented.
        </p>
        {doors.length > 0 && (
          <Section heading="Start with something to do">
            <RowList label="Things to do">
              {doors.map(({ door, post }) => (
                <Row
                  key={`${door.words} ${door.to}`}
                  what={<b>{door.words}</b>}
                  why={`${door.says ? `${door.says}. ` : ''}As ${post.name}, ${post.role}`}
                  act={<SignInAs post={post} to={door.to} words="Start" about={door.words} />}
                />
              ))}
            </RowList>
          </Section>
        )}
        <Columns
          split="half"
          main={<People heading="Caring for people" posts={caring} to={back} />}
          side={
            <>
              <People heading="Planning and checking" posts={planning} to={back} />
              <Panel kind="neutral" heading="In real use">
                <p>
                  This page is replaced by one button, “Sign in with your NHS identity”. These made-up
                  sign-ins do not exist there.
                </p>
              </Panel>
            </>
          }
        />
      </>
    ),
  })
}

function People(props: { readonly heading: string; readonly posts: readonly Post[]; readonly to: string }) {
  const { heading, posts, to } = props
  if (posts.length === 0) return null
  return (
    <Section heading={heading}>
      <RowList label={heading}>
        {posts.map((post) => (
          <Row
            key={post.id}
            what={
              <>
                <b>{post.name}</b>, {post.role} at {post.organisationName}
              </>
            }
            why={roleSays[post.role]}
            act={
              <SignInAs
                post={post}
                to={to}
                words="Sign in"
                about={`as ${post.name}, ${post.role} at ${post.organisationName}`}
              />
            }
          />
        ))}
      </RowList>
    </Section>
  )
}

function SignInAs(props: {
  readonly post: Post
  readonly to: string
  readonly words: string
  readonly about: string
}) {
  return (
    <PostForm action="/sign-in/as" layout="row">
      <HiddenFields fields={{ post: props.post.id, to: props.to }} />
      <Button kind="secondary" isSmall about={props.about}>
        {props.words}
      </Button>
    </PostForm>
  )
}

/** A real installation's way in by its identity provider. Nothing else is on it. */
export function providerPage(open: Open): string {
  const { helpTelephone } = open.furniture
  const back = ownPath(open.query.text('back'))
  return renderPage({
    furniture: open.furniture,
    title: 'Sign in to Keyworker',
    lead: leadFor(open),
    text: 'reading',
    children: (
      <>
        <p>
          <Button href={`/sign-in/identity?back=${encodeURIComponent(back)}`}>
            Sign in with your NHS identity
          </Button>
        </p>
        <p>
          You need to be on the staff list of your organisation.{' '}
          {helpTelephone ? `Ring ${helpTelephone} if you are not.` : 'Ask your administrator if you are not.'}
        </p>
      </>
    ),
  })
}

/** A real installation's way in where there is no identity provider yet. */
export function localPage(open: Open, problems: readonly Problem[] = []): string {
  return renderPage({
    furniture: open.furniture,
    title: 'Sign in to Keyworker',
    lead: leadFor(open),
    text: 'reading',
    problems,
    children: (
      <>
        <p>
          This installation has no identity provider yet, so only its local administrator can sign in, on this
          machine. The first password was printed once, when Keyworker started.
        </p>
        <PostForm action="/sign-in/local">
          <HiddenFields fields={{ back: ownPath(open.query.text('back') || open.form.text('back')) }} />
          <TextField name="password" label="Password" kind="password" autoComplete="current-password" />
          <Button>Sign in</Button>
        </PostForm>
      </>
    ),
  })
}

/** A sentence for who cannot be let in now, with the way on. */
export function sentencePage(open: Open, title: string, sentence: string, more?: string): string {
  return renderPage({
    furniture: open.furniture,
    title,
    lead: sentence,
    text: 'reading',
    children: (
      <>
        {more && <p>{more}</p>}
        <p>
          <a href="/sign-in">Go to sign in</a>
        </p>
      </>
    ),
  })
}
