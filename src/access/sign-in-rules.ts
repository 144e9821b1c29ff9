import type { Door } from './open.ts'
import type { Post } from './sign-in-store.ts'

/** The cookie of a sign-in under way; the session's own cookie is the roof's. */
export const signingIn = { name: 'keyworker-signing-in', path: '/sign-in', maxAgeSeconds: 600 } as const

/** A path of ours to go on to, or the first page for anything else, so that nobody is sent to another site. */
export const ownPath = (text: string | undefined): string =>
  text && /^\/(?![/\\])[\w\-./?=&%+,~:]*$/.test(text) && !text.startsWith('/sign-in') ? text : '/'

const planningRoles: readonly string[] = [
  'analyst',
  'commissioner',
  'privacy officer',
  'clinical safety officer',
  'system administrator',
]

/** The sign-ins of a demonstration in the two groups of its page, in the order people look for them. */
export function groupPosts(posts: readonly Post[]): {
  readonly caring: readonly Post[]
  readonly planning: readonly Post[]
} {
  const place = ({ role }: Post) => {
    const at = order.indexOf(role)
    return at === -1 ? order.length : at
  }
  const sorted = [...posts].sort((a, b) => place(a) - place(b))
  return {
    caring: sorted.filter(({ role }) => !planningRoles.includes(role)),
    planning: sorted.filter(({ role }) => planningRoles.includes(role)),
  }
}

const order: readonly string[] = [
  'care co-ordinator',
  'case manager',
  'GP',
  'ward clerk',
  'out-of-hours clinician',
  'team lead',
  ...planningRoles,
]

/** Each door with the post that opens it; a door nobody can open is left out. */
export const openDoors = (
  doors: readonly Door[],
  posts: readonly Post[],
): readonly { readonly door: Door; readonly post: Post }[] =>
  doors.flatMap((door) => {
    const post = posts.find(
      ({ role, organisationKind }) => role === door.role && (!door.at || organisationKind === door.at),
    )
    return post ? [{ door, post }] : []
  })

/** What each role finds here, in a line. */
export const roleSays: Readonly<Record<string, string>> = {
  GP: 'Judges who is offered the service, and sees the people of the practice',
  'practice administrator': 'Finds and traces people. Sees no clinical record',
  'case manager': 'Co-ordinates the care of the people they hold',
  'care co-ordinator': 'Works through the day: tasks, contacts and plans',
  'ward clerk': 'Runs the ward round and its list',
  'help desk': 'Traces people for those who ring',
  'community clinician': 'Reads and writes the records of the team’s people',
  'social worker': 'Records contacts and tasks with the team',
  pharmacist: 'Reads the record and does tasks about medicines',
  'out-of-hours clinician': 'Sees emergency summaries only',
  'volunteer broker': 'Finds volunteers for what is asked',
  'team lead': 'Looks after a team, its people and its programme',
  analyst: 'Studies and counts. Never sees a name',
  commissioner: 'Did it help, and how sure are we?',
  'privacy officer': 'Reviews emergency openings',
  'clinical safety officer': 'Checks what the program claims',
  'system administrator': 'People, places, roles and programmes',
}
