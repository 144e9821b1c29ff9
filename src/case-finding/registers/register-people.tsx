import { type Asked, permitList, type StaffVisit } from '#access'
import { dateWords } from '#calendar'
import type { Programme } from '#organisations'
import { openEpisodesIn } from '#people'
import { peopleBehind } from '#population'
import { CountLine, DataTable, EmptyState, Paging } from '#ui'
import { pageAsked, paged } from '../paged.ts'
import { AddToTheList, PersonCell } from '../person-cells.tsx'
import { judgementsIn, type ListedPerson, listedPeople } from '../store.ts'
import { registerWords } from './rules.ts'
import { entriesAt } from './store.ts'
import type { RegisterEntry } from './types.ts'

/** Somebody on a register, and what has been done about them in the programme. */
export type RegisterLine = RegisterEntry & {
  readonly person: ListedPerson
  readonly standing: 'with us' | 'judged' | 'not looked at'
}

/** Re-identified for the caller's own practice and logged; whoever objects or is registered elsewhere now is not among them. */
export async function linesOf(
  visit: StaffVisit,
  programme: Programme,
  from: { readonly loadId: string; readonly practiceCode: string; readonly register: string },
): Promise<readonly RegisterLine[]> {
  const { db } = visit
  const entries = await entriesAt(db, from.loadId, from.practiceCode, from.register)
  if (entries.length === 0) return []
  const behind = await peopleBehind(
    visit,
    entries.map(({ pseudonym }) => pseudonym),
  )
  const leave = await permitList(visit, {
    ...{ may: 'judge candidates', circle: 'practice', ids: [...new Set(behind.values())] },
    ...{ purpose: 'direct care', verb: `read the register ${from.register}` },
  })
  const people = new Map((await listedPeople(db, leave)).map((person) => [person.id, person]))
  const judged = new Set((await judgementsIn(db, leave, programme.id)).map(({ personId }) => personId))
  const open = (await openEpisodesIn(db, leave)).filter(({ programmeId }) => programmeId === programme.id)
  const withUs = new Set(open.map(({ personId }) => personId))
  return entries.flatMap((entry) => {
    const person = people.get(behind.get(entry.pseudonym) ?? '')
    if (!person) return []
    const standing = withUs.has(person.id) ? 'with us' : judged.has(person.id) ? 'judged' : 'not looked at'
    return [{ ...entry, person, standing }]
  })
}

/** People of the caller's practice on one register, or taken off it in the last 12 months. */
export function RegisterPeople(props: {
  readonly visit: StaffVisit
  readonly asked: Asked
  readonly programme: Programme
  readonly register: string
  readonly show: 'on' | 'off'
  readonly lines: readonly RegisterLine[]
}) {
  const { visit, asked, programme, register, show, lines } = props
  const found = lines.filter(({ toOn }) => (show === 'on') === (toOn === null))
  const { page, from, to, shown } = paged(found, pageAsked(asked.query.text('page')))
  const address = (at: number | 'all') =>
    `/case-finding/registers?${new URLSearchParams({ programme: programme.key, register, show, page: String(at) })}`
  if (found.length === 0)
    return (
      <EmptyState
        says={
          show === 'on'
            ? 'Nobody of this practice is on it.'
            : 'Nobody of this practice was taken off it in the 12 months before.'
        }
      />
    )
  const caption = `${registerWords(register)}, ${show === 'on' ? 'on the register' : 'taken off in the last 12 months'}`
  return (
    <>
      <CountLine from={from} to={to} total={found.length} orderedBy="those who came on it last first" />
      <DataTable
        caption={caption}
        isCaptionHidden
        density="list"
        rows={shown}
        keyOf={({ person, fromOn }) => `${person.id}-${fromOn}`}
        columns={columnsFor(visit, programme)}
      />
      <Paging page={page} total={found.length} hrefFor={address} />
    </>
  )
}

const columnsFor = (visit: StaffVisit, { key, template }: Programme) => [
  {
    head: 'Person',
    width: 'middle' as const,
    cell: ({ person }: RegisterLine) => <PersonCell person={person} programmeKey={key} today={visit.today} />,
  },
  { head: 'On it since', cell: ({ fromOn }: RegisterLine) => dateWords(fromOn) },
  { head: 'Taken off', cell: ({ toOn }: RegisterLine) => (toOn ? dateWords(toOn) : 'Still on it') },
  {
    head: template.name,
    cell: ({ person, standing }: RegisterLine) =>
      standing === 'not looked at' ? (
        <AddToTheList person={person} programmeKey={key} />
      ) : standing === 'with us' ? (
        'With us'
      ) : (
        'Looked at before'
      ),
  },
]
