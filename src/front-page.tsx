import { demoPosts, enter, type Open, type OpenAnswer, type OpenRoute, type Post } from '#access'
import { type Progress, progress } from '#jobs'
import { Button, HiddenFields, Panel, PostForm, Row, RowList, renderPage, Section } from '#ui'
import { cookieName } from './answering.ts'
import { doors } from './demonstration/doors.data.ts'
import { doorPaths, isCopyKept } from './demonstration/store.ts'
import { demonstrationTask, isOpen } from './first-start.ts'
import { navigation } from './navigation.data.ts'

/** How the first page asks for the town to be put back. Absent where nobody keeps a copy of it. */
export type StartAgain = () => Promise<void>

/** The first page: for somebody signed in their own first place, for a stranger the demonstration or the way in. */
export const frontRoutes = (startAgain?: StartAgain): readonly OpenRoute[] => [
  { method: 'GET', path: '/', answer: (open) => showFirst(open, startAgain !== undefined) },
  ...(startAgain ? [startAgainRoute(startAgain)] : []),
]

async function showFirst(open: Open, canStartAgain: boolean): Promise<OpenAnswer> {
  const caller = await enter(open.db, open.cookies[cookieName(open.baseUrl)] ?? '')
  if (caller) return { kind: 'go', to: homeOf(caller) }
  const long = await progress(open.db)
  const making = long.find(({ task }) => task === demonstrationTask)
  const paths = await doorPaths(open.db)
  const hasCopy = canStartAgain && (await isCopyKept(open.db))
  if (making && !isOpen(long)) return { kind: 'page', html: makingPage(open, making) }
  if (open.installation.kind !== 'synthetic') return { kind: 'go', to: '/sign-in' }
  return { kind: 'page', html: frontPage(open, await demoPosts(open.db), paths, hasCopy) }
}

type Caller = NonNullable<Awaited<ReturnType<typeof enter>>>

const homeOf = (caller: Caller): string =>
  navigation.find(
    ({ may, at }) => caller.activities.has(may) && (!at || at.includes(caller.organisation.kind)),
  )?.href ?? '/find'

/** How far the made-up town is, in one sentence. */
export function makingWords({ shareDone, startedAt, outcome }: Progress, now: Date): string {
  const percent = Math.floor(shareDone * 100)
  if (outcome === 'failed')
    return `Making the made-up town stopped at ${percent}%. It is tried again by itself.`
  const elapsed = (now.getTime() - startedAt.getTime()) / 1000
  if (shareDone < 0.05) return `Making the made-up town. ${percent}% done.`
  const left = Math.max(5, Math.ceil(((elapsed / shareDone) * (1 - shareDone)) / 5) * 5)
  const words = left < 90 ? `${left} seconds` : `${Math.ceil(left / 60)} minutes`
  return `Making the made-up town. ${percent}% done, about ${words} left.`
}

function makingPage(open: Open, making: Progress): string {
  return renderPage({
    furniture: { ...open.furniture, synthetic: true },
    title: 'Keyworker is getting ready',
    lead: makingWords(making, open.clock()),
    text: 'reading',
    refreshSeconds: 2,
    children: (
      <>
        <p>{making.words}.</p>
        <p>
          This page looks again by itself. <a href="/">Look again now</a>
        </p>
      </>
    ),
  })
}

function frontPage(
  open: Open,
  posts: readonly Post[],
  paths: ReadonlyMap<string, string>,
  canStartAgain: boolean,
): string {
  // Made-up people somebody loaded themselves have no doors of ours, and are as many as they are.
  const isTown = paths.size > 0
  return renderPage({
    furniture: open.furniture,
    title: 'Keyworker',
    heading: 'Care that one person holds together',
    text: 'reading',
    children: (
      <>
        <p>
          Keyworker finds the few people in a population whose health and life are most likely to unravel,
          gives each one named person who co-ordinates their care around what matters to them, and then says
          honestly whether it helped.{' '}
          {isTown
            ? `Everybody in ${open.installation.name} is invented, all 30,000. You cannot harm anyone here.`
            : 'Everybody loaded here is made up. You cannot harm anyone here.'}
        </p>
        {isTown && (
          <Section heading="Start with something to do">
            <RowList label="Things to do">
              {doors.map((door) => (
                <DoorRow key={door.key} door={door} posts={posts} to={paths.get(door.key)} />
              ))}
            </RowList>
          </Section>
        )}
        <p>
          <a href="/sign-in">Choose who to be</a>: GP, case manager, analyst, privacy officer and the others
        </p>
        {canStartAgain && (
          <Panel kind="neutral" heading="Start again">
            <p>Puts the town back as it was on 1 April 2026. What anybody did here since is gone.</p>
            <PostForm action="/start-again" layout="row">
              <Button kind="secondary">Put the town back</Button>
            </PostForm>
          </Panel>
        )}
      </>
    ),
  })
}

function DoorRow(props: {
  readonly door: (typeof doors)[number]
  readonly posts: readonly Post[]
  readonly to: string | undefined
}) {
  const { door, posts, to } = props
  const post = posts.find(({ role, organisationKind }) => role === door.role && organisationKind === door.at)
  if (!post || !to) return null
  return (
    <Row
      what={<b>{door.words}</b>}
      why={`${door.says} As ${post.name}, ${post.role}`}
      act={
        <PostForm action="/sign-in/as" layout="row">
          <HiddenFields fields={{ post: post.id, to }} />
          <Button kind="secondary" isSmall about={door.words}>
            Start
          </Button>
        </PostForm>
      }
    />
  )
}

const startAgainRoute = (startAgain: StartAgain): OpenRoute => ({
  method: 'POST',
  path: '/start-again',
  answer: async (open) => {
    if (open.installation.kind === 'synthetic') await startAgain()
    return { kind: 'go', to: '/' }
  },
})

/** What every address answers while the record is set aside: copied to go back to, or put back. */
export const oneMomentPage = (furniture: Open['furniture']): string =>
  renderPage({
    furniture,
    title: 'One moment',
    lead: 'Putting the made-up town in order. About 5 seconds.',
    text: 'reading',
    refreshSeconds: 2,
    children: (
      <p>
        This page looks again by itself. <a href="/">Look again now</a>
      </p>
    ),
  })
