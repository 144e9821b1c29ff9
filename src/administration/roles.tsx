import { type Answer, type Asked, type Route, require, type StaffVisit } from '#access'
import { dateWords, londonDate } from '#calendar'
import {
  type Organisation,
  type OrganisationKind,
  organisationsOf,
  type Role,
  roleChangesInForce,
  shippedRoles,
} from '#organisations'
import {
  Button,
  type Column,
  DataTable,
  FilterBar,
  HiddenFields,
  PostForm,
  renderPage,
  Select,
  Tag,
} from '#ui'
import { changeRole } from './actions.ts'
import { activityWords } from './activities.data.ts'
import { isRole, type MayLine, mayLines } from './rules.ts'

const kinds: readonly OrganisationKind[] = [
  'umbrella',
  'locality',
  'practice',
  'team',
  'ward',
  'hospital',
  'out of hours',
  'provider',
  'charity',
]

/** Every place, by kind. One after another: a connection does one thing at a time. */
export async function everyPlace(visit: StaffVisit): Promise<readonly Organisation[]> {
  const places: Organisation[] = []
  for (const kind of kinds) places.push(...(await organisationsOf(visit.db, kind)))
  return places
}

export const placeChoices = (places: readonly Organisation[]) =>
  places.map(({ id, name, kind }) => ({ value: id, words: `${name} (${kind})` }))

export const roleChoices = Object.keys(shippedRoles).map((role) => ({ value: role, words: role }))

const addressOf = (at: string, role: string): string =>
  `/organisations/roles?${new URLSearchParams({ at, role })}`

async function show(visit: StaffVisit, asked: Asked): Promise<Answer> {
  require(visit, 'change roles')
  const places = await everyPlace(visit)
  const place = places.find(({ id }) => id === asked.query.text('at')) ?? places[0]
  // Where nobody asked for one: their own, which there is.
  const role: Role = [asked.query.text('role'), visit.caller.role].find(isRole) ?? 'system administrator'
  const changes = place ? await roleChangesInForce(visit.db, place.id, role) : []
  const lines = mayLines(role, changes)
  const html = renderPage({
    furniture: asked.furniture,
    title: 'What each role may do',
    lead:
      place &&
      `A ${role} at ${place.name} may do ${lines.filter(({ may }) => may).length} of ${lines.length} things. ${changedWords(changes.length)}`,
    children: place && (
      <>
        <FilterBar action="/organisations/roles" label="Choose a place and a role">
          <Select
            name="at"
            label="Place"
            labelSize="plain"
            choices={placeChoices(places)}
            current={place.id}
          />
          <Select name="role" label="Role" labelSize="plain" choices={roleChoices} current={role} />
        </FilterBar>
        <p>
          A relationship to the person is always asked for besides. A change bites at the next page of
          everybody in this role there, and stays on record.
        </p>
        <DataTable
          caption={`${place.name}: ${role}`}
          columns={columns(place.id, role)}
          rows={lines}
          keyOf={({ activity }) => activity.replaceAll(' ', '-')}
        />
      </>
    ),
  })
  return { kind: 'page', html }
}

const changedWords = (changes: number): string =>
  changes === 0
    ? 'Nothing differs from what ships.'
    : `${changes} ${changes === 1 ? 'differs' : 'differ'} from what ships.`

const columns = (at: string, role: Role): readonly Column<MayLine>[] => [
  {
    head: 'Activity',
    width: 'wide',
    cell: ({ activity }) => (
      <>
        {activity.charAt(0).toUpperCase() + activity.slice(1)}
        <div className="kw-second">{activityWords[activity]}</div>
      </>
    ),
  },
  {
    head: 'May',
    cell: ({ may }) => <Tag colour={may ? 'blue' : 'white'}>{may ? 'Yes' : 'No'}</Tag>,
    width: 'narrow',
  },
  { head: 'Why', cell: (line) => whyWords(line), width: 'middle' },
  {
    head: 'Change',
    isHeadHidden: true,
    cell: ({ activity, may }) => (
      <PostForm action="/organisations/roles" layout="row">
        <HiddenFields fields={{ at, role, activity, wish: may ? 'take away' : 'give' }} />
        <Button kind="secondary" isSmall about={`“${activity}” ${may ? 'from' : 'to'} this role`}>
          {may ? 'Take away' : 'Give'}
        </Button>
      </PostForm>
    ),
  },
]

function whyWords({ isShipped, change }: MayLine): string {
  if (!change) return isShipped ? 'Ships with the role' : 'Does not ship with the role'
  const when = dateWords(londonDate(change.changedAt))
  return `${change.change === 'added' ? 'Given' : 'Taken away'} by ${change.changedByName} on ${when}`
}

async function change(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const { form } = asked
  const wish = form.text('wish') === 'give' ? 'give' : 'take away'
  const [at, role, activity] = [form.text('at'), form.text('role'), form.text('activity')]
  const outcome = await changeRole(visit, { organisationId: at, role, activity, wish })
  if (!outcome.ok) return { kind: 'go', to: '/organisations/roles' }
  const words = outcome.value
    ? `“${activity}” ${wish === 'give' ? 'given to' : 'taken away from'} this role.`
    : 'That was so already.'
  return { kind: 'go', to: addressOf(at, role), saved: words }
}

export const roleRoutes: readonly Route[] = [
  { method: 'GET', path: '/organisations/roles', may: 'change roles', answer: show },
  { method: 'POST', path: '/organisations/roles', may: 'change roles', answer: change },
]
