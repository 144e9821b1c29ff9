import type { Answer, Asked, StaffVisit } from '#access'
import { instruments } from '#assessment'
import { newestAnswer } from '#evaluation'
import { type Programme, programmes } from '#organisations'
import { Chips, EmptyState, FilterBar, type Link, renderPage, Section, Select } from '#ui'
import { GoalsTable, MatchedNote, MeasuresTable, OutcomesTable } from './outcome-tables.tsx'
import { addedUp, changeSaid } from './outcome-words.ts'
import { reflectionTabs } from './place.ts'
import { type GoalsLine, goalsSeen, type MeasureLine, measuresSeen, outcomesSeen } from './store.ts'
import type { OutcomeLine } from './types.ts'

/** One line of the list: whose, and what. */
export type OwnedLine = OutcomeLine & { readonly ownerId: string; readonly ownerName: string }

type OutcomeFilter = {
  readonly isTeam: boolean
  readonly programme: string
  readonly year: string
  readonly owner: string
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
  }
  const all = await programmes(visit.db)
  const lines = (await outcomesSeen(visit.db, filter.isTeam)).flatMap(({ lines: own, ...whose }) =>
    own.map((line): OwnedLine => ({ ...line, ...whose })),
  )
  const html = renderPage({
    furniture: asked.furniture,
    title: filter.isTeam ? 'Our people’s outcomes' : 'My people’s outcomes',
    caption: filter.isTeam ? visit.caller.organisation.name : visit.caller.name,
    lead: 'What became of people after they joined, beside what would have come with no service at all.',
    tabs: reflectionTabs(visit, '/reflection/outcomes'),
    isStamped: true,
    children: (
      <Outcomes
        lines={lines}
        filter={filter}
        mayTeam={mayTeam}
        programmes={all}
        goals={await goalsSeen(visit.db, filter.isTeam)}
        measures={await measuresSeen(visit.db, filter.isTeam, scalesAsked)}
        matched={await matchedFalls(visit, all)}
      />
    ),
  })
  return { kind: 'page', html }
}

const scalesAsked = instruments.flatMap(({ key, scales }) =>
  scales.map((scale) => ({
    instrument: key,
    scale: scale.key,
    better: scale.higherIs === 'better' ? (1 as const) : (-1 as const),
    reliable: scale.reliableChange ?? null,
  })),
)

/** How far the matched people of each programme fell by themselves, where last night's study says so. */
async function matchedFalls(
  visit: StaffVisit,
  all: readonly Programme[],
): Promise<ReadonlyMap<string, number>> {
  const falls = new Map<string, number>()
  for (const { id } of all) {
    const answer = await newestAnswer(visit.db, id)
    if (answer?.kind === 'answered') falls.set(id, answer.regression.controlChangePercent)
  }
  return falls
}

function Outcomes(props: {
  readonly lines: readonly OwnedLine[]
  readonly filter: OutcomeFilter
  readonly mayTeam: boolean
  readonly programmes: readonly Programme[]
  readonly goals: readonly GoalsLine[]
  readonly measures: readonly MeasureLine[]
  readonly matched: ReadonlyMap<string, number>
}) {
  const { lines, filter, mayTeam, programmes: all, goals, measures, matched } = props
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
            isTeam={filter.isTeam}
            matchedChange={matched.get(id)}
          />
        ))
      )}
      <GoalsTable lines={goals.filter(isMine)} nameOf={nameOf} isTeam={filter.isTeam} />
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
  readonly isTeam: boolean
  readonly matchedChange: number | undefined
}) {
  const { name, lines, isTeam, matchedChange } = props
  const sum = addedUp(lines)
  if (!sum) return null
  const said = [
    ...changeSaid(sum, sum.admissions, 'Emergency admissions'),
    ...changeSaid(sum, sum.attendances, 'A&E visits'),
  ]
  return (
    <Section heading={name}>
      <p>
        {`${sum.people} ${sum.people === 1 ? 'person' : 'people'} joined and were followed for ${sum.yearsAfter.toFixed(1)} years in all; ${sum.died} died.`}
      </p>
      {said.map((words) => (
        <p key={words}>{words}</p>
      ))}
      <MatchedNote line={sum} matchedChange={matchedChange} />
      <OutcomesTable caption={`${name}: before and after joining`} lines={lines} isTeam={isTeam} />
    </Section>
  )
}

function Filters(props: {
  readonly lines: readonly OwnedLine[]
  readonly filter: OutcomeFilter
  readonly nameOf: (id: string) => string
}) {
  const { lines, filter, nameOf } = props
  const choices = (of: (line: OwnedLine) => readonly [string, string]) =>
    [...new Map(lines.map(of))].map(([value, words]) => ({ value, words }))
  const without = (name: 'programme' | 'year' | 'owner') => {
    const set = Object.entries({
      whose: filter.isTeam ? '' : 'mine',
      programme: filter.programme,
      year: filter.year,
      owner: filter.owner,
    }).filter(([key, value]) => value !== '' && key !== name)
    return `/reflection/outcomes?${new URLSearchParams(set)}`
  }
  const owner = lines.find(({ ownerId }) => ownerId === filter.owner)
  const inForce: readonly Link[] = [
    ...(filter.programme ? [{ href: without('programme'), words: nameOf(filter.programme) }] : []),
    ...(filter.year ? [{ href: without('year'), words: filter.year }] : []),
    ...(owner ? [{ href: without('owner'), words: owner.ownerName }] : []),
  ]
  return (
    <FilterBar
      action="/reflection/outcomes"
      label="Narrow the figures"
      keep={filter.isTeam ? {} : { whose: 'mine' }}
      inForce={inForce}
    >
      <Select
        name="programme"
        label="Programme"
        labelSize="plain"
        prompt="Any"
        choices={choices(({ programmeId }) => [programmeId, nameOf(programmeId)])}
        current={filter.programme}
      />
      <Select
        name="year"
        label="Joined, April to March"
        labelSize="plain"
        prompt="Any year"
        choices={choices(({ year }) => [year, year])}
        current={filter.year}
      />
      {filter.isTeam && (
        <Select
          name="owner"
          label="Case manager"
          labelSize="plain"
          prompt="Anybody"
          choices={choices(({ ownerId, ownerName }) => [ownerId, ownerName])}
          current={filter.owner}
        />
      )}
    </FilterBar>
  )
}
