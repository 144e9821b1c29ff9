import type { Asked, StaffVisit } from '#access'
import { shortDateWords } from '#calendar'
import { nameToSearch } from '#people'
import { DataTable, EmptyState, renderPage } from '#ui'
import { loadDay } from './day-load.ts'
import { daysSilent } from './rules.ts'
import type { Listed } from './types.ts'

export const whomAddress = '/my-day/contact'

/** Asks whom a contact was with: the caller's own people and those they cover, who was not heard from longest first. */
export async function showWhom(visit: StaffVisit, asked: Asked) {
  const { mine, theirs } = await loadDay(visit)
  const people = [...mine, ...theirs].toSorted(
    (a, b) => daysSilent(b, visit.today) - daysSilent(a, visit.today),
  )
  const html = renderPage({
    furniture: asked.furniture,
    title: 'Whom were you in touch with?',
    back: { href: '/my-day', words: 'Back to my day' },
    lead: 'Your own people, longest not heard from first. For anybody else, search at the top of the page.',
    isStamped: true,
    children:
      people.length === 0 ? (
        <EmptyState says="You have no people yet.">
          <p>
            <a href="/my-people">See your team’s people</a>
          </p>
        </EmptyState>
      ) : (
        <DataTable
          caption="Your people"
          isCaptionHidden
          rows={people}
          keyOf={({ personId }) => personId}
          columns={[
            { head: 'Who', width: 'wide', cell: (person) => <Whom person={person} /> },
            {
              head: 'Last heard from',
              cell: ({ lastContactOn }) =>
                lastContactOn ? shortDateWords(lastContactOn, visit.today) : 'No contact yet',
            },
            { head: 'Case manager', cell: ({ ownerName }) => ownerName },
          ]}
        />
      ),
  })
  return { kind: 'page' as const, html }
}

function Whom({ person }: { readonly person: Listed }) {
  return <a href={`/people/${person.personId}/contacts/record?from=my-day`}>{nameToSearch(person)}</a>
}
