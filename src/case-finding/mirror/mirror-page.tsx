import type { Answer, Asked, Route, StaffVisit } from '#access'
import { dateWords } from '#calendar'
import { type Programme, programmes } from '#organisations'
import { DataTable, EmptyState, Panel, renderPage, Section } from '#ui'
import { programmeFor } from '../candidates.ts'
import { groupNames, type NameOf } from '../group-names.ts'
import { ProgrammeChips } from '../programme-chips.tsx'
import { currentRun } from '../store.ts'
import { linesHere, People } from './mirror-people.tsx'
import { hasMirror, missedGroups } from './store.ts'
import type { MirrorGroup } from './types.ts'

/** The practice's people who are like those served and of a group served less: a place to look, and no list to judge. */
async function showMirror(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const programme = await programmeFor(visit, asked.query.text('programme'))
  const run = programme && (await currentRun(visit.db, programme.id))
  const isHeld = run !== undefined && (await hasMirror(visit.db, run.id))
  const missed = run && isHeld ? await missedGroups(visit.db, run.id) : []
  const lines = programme && run && isHeld ? await linesHere(visit, programme, run) : []
  const nameOf = await groupNames(visit.db)
  const html = renderPage({
    furniture: asked.furniture,
    title: 'Like those we help, in groups we miss',
    caption: programme && run && `${programme.template.name}, list of ${dateWords(run.indexOn)}`,
    lead: 'The list orders people by what was recorded. Who is seen less is recorded less, and found less.',
    back: { href: `/case-finding?programme=${programme?.key ?? ''}`, words: 'Back to the list' },
    isStamped: true,
    children: (
      <>
        <ProgrammeChips
          all={await programmes(visit.db)}
          chosen={programme}
          hrefFor={(key) => `/case-finding/mirror?programme=${key}`}
        />
        {(missed.length > 0 || !isHeld) && <Warning />}
        {isHeld ? (
          <>
            <Missed groups={missed} programme={programme} nameOf={nameOf} />
            {programme && missed.length > 0 && (
              <People visit={visit} asked={asked} programme={programme} lines={lines} nameOf={nameOf} />
            )}
          </>
        ) : (
          <EmptyState says="No list has been held against a mirror yet. The next one is." />
        )}
      </>
    ),
  })
  return { kind: 'page', html }
}

const Warning = () => (
  <Panel kind="caution" heading="What this page is for, and what it is not">
    <p>
      It is for finding people a list passes over. It shows groups that are with us less than others with
      records like theirs, and who of them comes first beyond the list.
    </p>
    <p>
      Somebody’s group is never a reason to accept or decline them. Read their record, and add them to the
      list if you would for anybody. A group may be served less for good reasons that records do not show.
    </p>
  </Panel>
)

const few = 8
const told = (count: number) => (count > 0 && count < few ? 'fewer than 8' : count.toLocaleString('en-GB'))

function Missed(props: {
  readonly groups: readonly MirrorGroup[]
  readonly programme?: Programme
  readonly nameOf: NameOf
}) {
  const { groups, programme, nameOf } = props
  if (groups.length === 0) {
    return (
      <EmptyState says="No group is shown to be served less than others with records like theirs.">
        <p>
          A group is told only where at least 10 would be expected and chance is an unlikely reason (99%
          interval). That none is shown does not prove that none is missed.
        </p>
        <p>
          <a href={`/case-finding/equity?programme=${programme?.key ?? ''}`}>
            Who is found, and who is missed, by group
          </a>
        </p>
      </EmptyState>
    )
  }
  return (
    <Section heading="Groups served less than others like them" count={groups.length}>
      <DataTable
        caption="Groups served less than others with records like theirs, in all practices"
        isCaptionHidden
        rows={groups}
        keyOf={({ by, group }) => `${by}-${group}`.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}
        columns={[
          { head: 'Group', cell: ({ group }) => nameOf(group), width: 'middle' },
          { head: 'Considered', cell: ({ considered }) => told(considered), isNumber: true },
          { head: 'With us or accepted', cell: ({ served }) => told(served), isNumber: true },
          {
            head: 'Served like others with such records',
            cell: ({ expected }) => `about ${Math.round(expected).toLocaleString('en-GB')}`,
            isNumber: true,
          },
        ]}
      />
    </Section>
  )
}

/** The mirror of a list. */
export const mirrorRoutes: readonly Route[] = [
  { method: 'GET', path: '/case-finding/mirror', may: 'judge candidates', answer: showMirror },
]
