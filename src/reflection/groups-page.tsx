import type { Answer, Asked, StaffVisit } from '#access'
import { dateWords } from '#calendar'
import { otherHeads } from '#evaluation'
import { type Programme, programmes } from '#organisations'
import { Chips, EmptyState, FilterBar, PrintButton, renderPage, Section, Select } from '#ui'
import { everybody, type Grouping, groupings } from './groupings.data.ts'
import { matchedFalls } from './matched-falls.ts'
import { MeasureSelect } from './outcome-filters.tsx'
import { measureAsked, type OutcomeMeasure } from './outcome-measures.data.ts'
import { type ChangeRow, ChangeTable, HowCounted, MatchedNote } from './outcome-tables.tsx'
import { doneWarning, outcomesSaid } from './outcome-words.ts'
import { reflectionTabs } from './place.ts'
import { newestRun } from './store.ts'
import { groupsSeen, type SeenGroup } from './suppression.ts'
import type { GroupLine, OutcomeKey, Run } from './types.ts'

/** What became of a programme's people by what was done, by place and by group: counts of groups, small ones left out. */
export async function showGroups(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const run = await newestRun(visit.db)
  const all = await programmes(visit.db)
  const known = all.filter(({ id }) => run?.groups.some(({ programmeId }) => programmeId === id))
  const programme = known.find(({ key }) => key === asked.query.text('programme')) ?? known[0]
  const by = groupings.find(({ key }) => key === asked.query.text('by')) ?? groupings[0]
  const measure = measureAsked(asked.query.text('what'))
  const falls = await matchedFalls(visit, known)
  const html = renderPage({
    furniture: asked.furniture,
    title: 'Outcomes by group',
    caption: programme?.template.name,
    lead: 'What became of everybody who joined, beside what would have come with no service at all.',
    tabs: reflectionTabs(visit, '/reflection/groups'),
    acts: programme && <PrintButton>Print this page</PrintButton>,
    isStamped: true,
    children:
      run && programme && by ? (
        <>
          <Which known={known} programme={programme} by={by} measure={measure} />
          <Groups
            run={run}
            programme={programme}
            by={by}
            measure={measure}
            matchedChange={falls.get(programme.id)}
          />
          {await otherHeads(visit, programme.id)}
        </>
      ) : (
        <EmptyState says="Nobody can be followed yet.">
          <p>
            People count once they joined at least 90 days before the end of the records and were registered a
            year before.
          </p>
        </EmptyState>
      ),
  })
  return { kind: 'page', html }
}

function Which(props: {
  readonly known: readonly Programme[]
  readonly programme: Programme
  readonly by: Grouping
  readonly measure: OutcomeMeasure
}) {
  const { known, programme, by, measure } = props
  return (
    <>
      {known.length > 1 && (
        <Chips
          label="Programme"
          chips={known.map(({ key, template }) => ({
            href: `/reflection/groups?programme=${encodeURIComponent(key)}&by=${by.key}&what=${measure.key}`,
            words: template.name,
            isCurrent: key === programme.key,
          }))}
        />
      )}
      <FilterBar
        action="/reflection/groups"
        label="Put people together by"
        keep={{ programme: programme.key }}
        inForce={[]}
      >
        <Select
          name="by"
          label="Put people together by"
          labelSize="plain"
          choices={groupings.map(({ key, words }) => ({ value: key, words }))}
          current={by.key}
        />
        <MeasureSelect measure={measure} />
      </FilterBar>
    </>
  )
}

/** The lines of one grouping as they may be told, with those of the larger groups they lie in taken into account. */
export function linesTold(
  groups: readonly GroupLine[],
  programmeId: string,
  { key, isPartition }: Pick<Grouping, 'key' | 'isPartition'>,
): { readonly whole: SeenGroup | undefined; readonly lines: readonly SeenGroup[] } {
  const own = (of: GroupLine['of']) =>
    groups.filter((line) => line.programmeId === programmeId && line.of === of)
  const whole = own(everybody.key)[0]
  const larger = key === 'practice' ? groupsSeen(own('locality'), whole, true) : []
  const untold = new Set(larger.filter(({ isTold }) => !isTold).map(({ group }) => group))
  return {
    whole: groupsSeen(whole ? [whole] : [], undefined, false)[0],
    lines: groupsSeen(own(key), whole, isPartition, untold),
  }
}

function Groups(props: {
  readonly run: Run
  readonly programme: Programme
  readonly by: Grouping
  readonly measure: OutcomeMeasure
  readonly matchedChange: number | undefined
}) {
  const { run, programme, by, measure, matchedChange } = props
  const { whole, lines } = linesTold(run.groups, programme.id, by)
  if (!whole?.isTold)
    return <EmptyState says="Fewer than 8 people have been followed: nothing is told yet." />
  const rest = lines.filter(({ isTold }) => !isTold)
  return (
    <Section heading={by.heading ?? by.words} count={lines.length}>
      <p>
        {`${whole.people.toLocaleString('en-GB')} people joined and were followed to ${dateWords(run.dataTo)}, at most a year each.`}
      </p>
      {outcomesSaid(whole, [measure], (key) => !whole.withheld.has(key)).map((words) => (
        <p key={words}>{words}</p>
      ))}
      <MatchedNote line={whole} matchedChange={matchedChange} />
      <ChangeTable
        caption={`${measure.words} before and after joining, by group`}
        measure={measure}
        rows={[whole, ...lines.filter(({ isTold }) => isTold)].map((line) => rowOf(line, measure.key))}
      />
      <HowCounted />
      {rest.length > 0 && (
        <p>{`Not told: ${rest.map(({ group }) => group).join('; ')}. Fewer than 8 people, or all but fewer than 8, or it would give such a count away.`}</p>
      )}
      <p className="kw-second">
        {by.key === 'done'
          ? doneWarning
          : 'Groups differ in how ill they are, and the count formula knows only how often people were admitted before. A group further from what was expected than another is a reason to look, and proves nothing.'}{' '}
        Counts from 1 to 7 are withheld. <a href="/evaluation">Did it help?</a> compares everybody with
        matched people.
      </p>
    </Section>
  )
}

const rowOf = (line: SeenGroup, key: OutcomeKey): ChangeRow => ({
  id: `${line.of}-${line.group}`.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-'),
  who: line.group,
  sums: line,
  isTold: !line.withheld.has(key),
})
