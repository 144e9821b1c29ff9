import { type Asked, permitList, type StaffVisit } from '#access'
import { organisationById, type Programme } from '#organisations'
import { openEpisodesIn } from '#people'
import { peopleBehind } from '#population'
import { CountLine, DataTable, EmptyState, FilterBar, Paging, Section, Select } from '#ui'
import type { NameOf } from '../group-names.ts'
import { pageAsked, paged } from '../paged.ts'
import { AddToTheList, PersonCell } from '../person-cells.tsx'
import { judgementsIn, type ListedPerson, listedPeople } from '../store.ts'
import type { Run } from '../types.ts'
import { counted } from '../words.ts'
import { mirroredAt } from './store.ts'
import type { Mirrored } from './types.ts'

type Line = Mirrored & { readonly person: ListedPerson }

/** The people of the caller's practice in the mirror, narrowed by group where the address says so. */
export function People(props: {
  readonly visit: StaffVisit
  readonly asked: Asked
  readonly programme: Programme
  readonly lines: readonly Line[]
  readonly nameOf: NameOf
}) {
  const { visit, asked, programme, lines, nameOf } = props
  const group = asked.query.text('group')
  const groups = [...new Set(lines.flatMap((line) => line.groups))].sort()
  const found = lines.filter((line) => group === '' || line.groups.includes(group))
  const { page, from, to, shown } = paged(found, pageAsked(asked.query.text('page')))
  const address = (at: number | 'all') =>
    `/case-finding/mirror?${new URLSearchParams({ programme: programme.key, group, page: String(at) })}`
  if (lines.length === 0) return <EmptyState says="Nobody of this practice is among them." />
  return (
    <Section heading="People of this practice to look at">
      <FilterBar
        action="/case-finding/mirror"
        label="Narrow to a group"
        keep={{ programme: programme.key }}
        inForce={
          group ? [{ href: `/case-finding/mirror?programme=${programme.key}`, words: nameOf(group) }] : []
        }
      >
        <Select
          name="group"
          label="Group"
          labelSize="plain"
          current={group}
          choices={[
            { value: '', words: 'Any of them' },
            ...groups.map((name) => ({ value: name, words: nameOf(name) })),
          ]}
        />
      </FilterBar>
      <CountLine from={from} to={to} total={found.length} orderedBy="those most like people with us first" />
      <DataTable
        caption="People of this practice to look at"
        isCaptionHidden
        density="list"
        rows={shown}
        keyOf={({ person }) => person.id}
        columns={columnsFor(visit, programme, nameOf)}
      />
      <Paging page={page} total={found.length} hrefFor={address} />
    </Section>
  )
}

const columnsFor = (visit: StaffVisit, { key }: Programme, nameOf: NameOf) => [
  {
    head: 'Person',
    width: 'middle' as const,
    cell: ({ person }: Line) => <PersonCell person={person} programmeKey={key} today={visit.today} />,
  },
  { head: 'Records', width: 'wide' as const, cell: (line: Line) => recordsWords(line) },
  { head: 'Group', cell: ({ groups }: Line) => groups.map(nameOf).join(', ') },
  {
    head: 'Add',
    isHeadHidden: true,
    cell: ({ person }: Line) => <AddToTheList person={person} programmeKey={key} />,
  },
]

const fewestServed = 10

function recordsWords({ emergencyAdmissions, aeVisits, conditions, alike, alikeServed }: Line): string {
  const records = [
    counted(emergencyAdmissions, 'emergency admission', 'emergency admissions'),
    counted(aeVisits, 'A&E visit', 'A&E visits'),
    counted(conditions, 'condition', 'conditions'),
  ].join(', ')
  const share = (100 * alikeServed) / alike
  return alikeServed < fewestServed
    ? `${records}. Few people with such records are with us.`
    : `${records}. Of 100 people with such records about ${share < 1 ? share.toFixed(1) : Math.round(share)} are with us.`
}

/** Re-identified for the caller's own practice and logged; whoever was judged or is with us since is left out. */
export async function linesHere(visit: StaffVisit, programme: Programme, run: Run): Promise<readonly Line[]> {
  const { db, caller } = visit
  const code = (await organisationById(db, caller.organisation.id))?.code ?? ''
  const mirrored = await mirroredAt(db, run.id, code)
  if (mirrored.length === 0) return []
  const behind = await peopleBehind(
    visit,
    mirrored.map(({ pseudonym }) => pseudonym),
  )
  const leave = await permitList(visit, {
    ...{ may: 'judge candidates', circle: 'practice', ids: [...new Set(behind.values())] },
    ...{ purpose: 'direct care', verb: 'read people like those we help' },
  })
  const people = new Map((await listedPeople(db, leave)).map((person) => [person.id, person]))
  const judged = await judgementsIn(db, leave, programme.id)
  const open = (await openEpisodesIn(db, leave)).filter(({ programmeId }) => programmeId === programme.id)
  const done = new Set([...judged, ...open].map(({ personId }) => personId))
  return mirrored.flatMap((line) => {
    const person = people.get(behind.get(line.pseudonym) ?? '')
    return person && !done.has(person.id) ? [{ ...line, person }] : []
  })
}
