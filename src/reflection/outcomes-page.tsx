import type { Answer, Asked, StaffVisit } from '#access'
import { scorings } from '#assessment'
import { type Programme, programmes } from '#organisations'
import { Button, Chips, EmptyState, renderPage, Section } from '#ui'
import { type GoalsRated, goalsRatedSeen } from './goal-store.ts'
import { matchedFalls } from './matched-falls.ts'
import { Filters } from './outcome-filters.tsx'
import { measureAsked, type OutcomeMeasure } from './outcome-measures.data.ts'
import {
  ChangeTable,
  GoalsRatedTable,
  GoalsTable,
  HowCounted,
  MatchedNote,
  MeasuresTable,
} from './outcome-tables.tsx'
import { addedUp, doneWarning, outcomesSaid } from './outcome-words.ts'
import { reflectionTabs } from './place.ts'
import { doneSeen, type GoalsLine, goalsSeen, type MeasureLine, measuresSeen, outcomesSeen } from './store.ts'
import type { GroupLine, OutcomeLine } from './types.ts'

type Whose = { readonly ownerId: string; readonly ownerName: string }
export type OwnedLine = OutcomeLine & Whose
type DoneLine = GroupLine & Whose

export type OutcomeFilter = {
  readonly isTeam: boolean
  readonly programme: string
  readonly year: string
  readonly owner: string
  readonly measure: OutcomeMeasure
}

/** What became of the reader's own people, by programme and year; a team lead may see the team's. */
export async function showOutcomes(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const mayTeam = visit.caller.activities.has('see counts')
  const { query } = asked
  const filter: OutcomeFilter = {
    isTeam: mayTeam && query.text('whose') !== 'mine',
    programme: query.text('programme'),
    year: query.text('year'),
    owner: query.text('owner'),
    measure: measureAsked(query.text('what')),
  }
  const all = await programmes(visit.db)
  const lines = (await outcomesSeen(visit.db, filter.isTeam)).flatMap(({ lines: own, ...whose }) =>
    own.map((line): OwnedLine => ({ ...line, ...whose })),
  )
  const done = (await doneSeen(visit.db, filter.isTeam)).flatMap(({ lines: own, ...whose }) =>
    own.map((line): DoneLine => ({ ...line, ...whose })),
  )
  const html = renderPage({
    furniture: asked.furniture,
    title: filter.isTeam ? 'Our people’s outcomes' : 'My people’s outcomes',
    caption: filter.isTeam ? visit.caller.organisation.name : visit.caller.name,
    lead: 'What became of people after they joined, beside what would have come with no service at all.',
    tabs: reflectionTabs(visit, '/reflection/outcomes'),
    acts: visit.caller.activities.has('write plans') && (
      <Button href="/reflection/audits/new" kind="secondary">
        Open an audit
      </Button>
    ),
    isStamped: true,
    children: (
      <Outcomes
        lines={lines}
        done={done}
        filter={filter}
        mayTeam={mayTeam}
        programmes={all}
        goals={await goalsSeen(visit.db, filter.isTeam)}
        rated={await goalsRatedSeen(visit.db, filter.isTeam)}
        measures={await measuresSeen(visit.db, filter.isTeam, scalesAsked)}
        matched={await matchedFalls(visit, all)}
      />
    ),
  })
  return { kind: 'page', html }
}

const scalesAsked = scorings.flatMap(({ key, scales }) =>
  scales.map((scale) => ({
    instrument: key,
    scale: scale.key,
    better: scale.higherIs === 'better' ? (1 as const) : (-1 as const),
    // Half a point, the database’s own, is nearly the whole of an index.
    reliable: scale.reliableChange ?? (scale.highest <= 1 ? 0.0005 : null),
  })),
)

function Outcomes(props: {
  readonly lines: readonly OwnedLine[]
  readonly done: readonly DoneLine[]
  readonly filter: OutcomeFilter
  readonly mayTeam: boolean
  readonly programmes: readonly Programme[]
  readonly goals: readonly GoalsLine[]
  readonly rated: readonly GoalsRated[]
  readonly measures: readonly MeasureLine[]
  readonly matched: ReadonlyMap<string, number>
}) {
  const { lines, done, filter, mayTeam, programmes: all, goals, rated, measures, matched } = props
  const kept = lines.filter((line) => isKept(line, filter))
  const nameOf = (id: string) => all.find((one) => one.id === id)?.template.name ?? 'A programme'
  const isMine = <Of extends { ownerId: string; programmeId: string }>(one: Of) =>
    (!filter.owner || one.ownerId === filter.owner) &&
    (!filter.programme || one.programmeId === filter.programme)
  return (
    <>
      {mayTeam && (
        <Chips
          label="Whose people"
          chips={[
            { href: '/reflection/outcomes', words: 'The team’s', isCurrent: filter.isTeam },
            { href: '/reflection/outcomes?whose=mine', words: 'Mine', isCurrent: !filter.isTeam },
          ]}
        />
      )}
      <Filters lines={lines} filter={filter} nameOf={nameOf} />
      {kept.length === 0 ? (
        <EmptyState says={lines.length === 0 ? 'Nobody can be followed yet.' : `0 of ${lines.length} match.`}>
          <p>
            People count once they joined at least 90 days before the end of the records and were registered a
            year before.
          </p>
        </EmptyState>
      ) : (
        [...new Set(kept.map(({ programmeId }) => programmeId))].map((id) => (
          <ProgrammePart
            key={id}
            name={nameOf(id)}
            lines={kept.filter(({ programmeId }) => programmeId === id)}
            done={done.filter(
              (one) => one.programmeId === id && isMine(one) && (!filter.year || one.year === filter.year),
            )}
            filter={filter}
            matchedChange={matched.get(id)}
          />
        ))
      )}
      <GoalsTable lines={goals.filter(isMine)} nameOf={nameOf} isTeam={filter.isTeam} />
      <GoalsRatedTable lines={rated.filter(isMine)} nameOf={nameOf} isTeam={filter.isTeam} />
      <MeasuresTable lines={measures.filter(isMine)} nameOf={nameOf} isTeam={filter.isTeam} />
    </>
  )
}

const isKept = (line: OwnedLine, { programme, year, owner }: OutcomeFilter) =>
  (!programme || line.programmeId === programme) &&
  (!year || line.year === year) &&
  (!owner || line.ownerId === owner)

function ProgrammePart(props: {
  readonly name: string
  readonly lines: readonly OwnedLine[]
  readonly done: readonly DoneLine[]
  readonly filter: OutcomeFilter
  readonly matchedChange: number | undefined
}) {
  const { name, lines, done, matchedChange } = props
  const { isTeam, measure } = props.filter
  const sum = addedUp(lines)
  if (!sum) return null
  return (
    <Section heading={name}>
      <p>
        {`${sum.people} ${sum.people === 1 ? 'person' : 'people'} joined and were followed for ${sum.yearsAfter.toFixed(1)} years in all; ${sum.died} died.`}
      </p>
      {outcomesSaid(sum).map((words) => (
        <p key={words}>{words}</p>
      ))}
      <MatchedNote line={sum} matchedChange={matchedChange} />
      <ChangeTable
        caption={`${measure.words} before and after joining`}
        measure={measure}
        rows={lines.map((line) => ({
          id: `${line.programmeId}-${line.ownerId}-${line.year.slice(0, 4)}`,
          who: isTeam ? `${line.ownerName}: joined ${line.year}` : `Joined ${line.year}`,
          sums: line,
          isTold: true,
        }))}
      />
      {done.length > 0 && (
        <>
          <ChangeTable
            caption={`${measure.words}, by what was done in the first 90 days`}
            measure={measure}
            rows={[...new Set(done.map(({ group }) => group))].flatMap((group) => {
              const sums = addedUp(done.filter((line) => line.group === group))
              return sums
                ? [{ id: keyed(`${sums.programmeId}-${group}`), who: group, sums, isTold: true }]
                : []
            })}
          />
          <p className="kw-second">{doneWarning}</p>
        </>
      )}
      <HowCounted />
    </Section>
  )
}

const keyed = (words: string) => words.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')
