import { type Asked, permit, type StaffVisit } from '#access'
import { dateWords, londonDate, timeWords } from '#calendar'
import { saidOf } from '#co-ordination'
import { type JournalEntry, journalOf } from '#journal'
import { aboutPerson, personTabs } from '#people'
import { EmptyState, renderPage, Timeline } from '#ui'
import { noteWords } from './note-words.ts'

const reading = {
  may: 'see people',
  part: 'whole',
  purpose: 'direct care',
  verb: 'read the timeline',
} as const

/** What happened to the person, the newest first, as the journal has it. */
export async function showTimeline(visit: StaffVisit, asked: Asked) {
  const leave = await permit(visit, asked.params.person ?? '', reading)
  const about = await aboutPerson(visit, leave)
  const isAll = asked.query.text('show') === 'all'
  const entries = await journalOf(visit.db, leave, isAll ? 500 : 51)
  const shown = isAll ? entries : entries.slice(0, 50)
  const said = await saidOf(visit.db, leave)
  const html = renderPage({
    furniture: asked.furniture,
    title: 'Timeline',
    banner: about.banner,
    tabs: personTabs(visit, leave.person, 'Timeline'),
    lead:
      shown.length === 0
        ? undefined
        : 'What happened, the newest first. What was written down later says so.',
    children: (
      <>
        {shown.length === 0 ? (
          <EmptyState says={`Nothing has happened with ${about.called} here yet.`} />
        ) : (
          <Timeline items={shown.map((entry) => asItem(entry, said.get(entry.about ?? '')))} />
        )}
        {entries.length > shown.length && (
          <p>
            <a href={`/people/${leave.person}/timeline?show=all`}>Show all (up to 500)</a>
          </p>
        )}
      </>
    ),
  })
  return { kind: 'page' as const, html }
}

const dayMs = 86_400_000

function asItem(entry: JournalEntry, said: string | undefined) {
  const { happenedAt, recordedAt, byName, system } = entry
  const isLate = recordedAt.getTime() - happenedAt.getTime() > dayMs
  const late = isLate ? `, written down ${dateWords(londonDate(recordedAt))}` : ''
  return {
    when: `${dateWords(londonDate(happenedAt))}, ${timeWords(happenedAt)}`,
    what: said ? `${noteWords(entry)} “${said}”` : noteWords(entry),
    by: `${byName ?? `Keyworker (${system})`}${late}`,
  }
}
