import { dateWords, readDate } from '#calendar'
import { nameToSearch, nhsNumberWords } from '#people'
import type { Column } from '#ui'
import type { PersonChanged } from './change-store.ts'

type Change = PersonChanged['changes'][number]

const day = (text: string | null) => {
  const on = text ? readDate(text) : undefined
  return on ? dateWords(on) : 'a day not known'
}

const fromTo = (what: string, { was, became }: Change) =>
  `${what}: ${was ?? 'nothing'} before, ${became ?? 'nothing'} now`

function changeWords(change: Change): string {
  const { kind, was, became } = change
  if (kind === 'new') return 'New here'
  if (kind === 'gone') return `No longer sent or registered; was at ${was ?? 'no practice'}`
  if (kind === 'moved') return `Moved from ${was ?? 'no practice'} to ${became ?? 'no practice'}`
  if (kind === 'back') return `Registered again, at ${became ?? 'no practice'}`
  if (kind === 'died') return was ? `Died ${day(became)}; ${day(was)} was said before` : `Died ${day(became)}`
  if (kind === 'death withdrawn')
    return `No longer said to have died on ${day(was)}: ${became === 'asked' ? 'it stands, and a worker is asked' : 'taken off'}`
  if (kind === 'death held back')
    return `Said again to have died on ${day(was)}: held back, somebody here says they are alive`
  return fromTo(kind.charAt(0).toUpperCase() + kind.slice(1), change)
}

/** A person a load changed, with what it was and what it became. */
export const changeColumns: readonly Column<PersonChanged>[] = [
  { head: 'Name', cell: (person) => nameToSearch({ familyName: person.family, givenName: person.given }) },
  { head: 'Born', cell: ({ bornOn }) => (bornOn ? dateWords(bornOn) : 'not known') },
  { head: 'NHS number', cell: ({ nhsNumber }) => (nhsNumber ? nhsNumberWords(nhsNumber) : 'none') },
  { head: 'Practice now', cell: ({ practice }) => practice ?? 'not registered' },
  {
    head: 'What changed',
    width: 'wide',
    cell: ({ changes }) => (
      <ul className="nhsuk-list">
        {changes.map((change) => (
          <li key={change.kind}>{changeWords(change)}</li>
        ))}
      </ul>
    ),
  },
]
