import { meanWords, scaleName } from '#assessment'
import { DataTable, EmptyState, Panel, Section } from '#ui'
import { goalsReached } from './goal-rules.ts'
import type { GoalsRated } from './goal-store.ts'
import type { OutcomeMeasure } from './outcome-measures.data.ts'
import { figuresOf } from './outcome-words.ts'
import type { GoalsLine, MeasureLine } from './store.ts'
import type { OutcomeSums } from './types.ts'

/** Some people as a row: who they are, what was counted of them, and whether it may be told. */
export type ChangeRow = {
  readonly id: string
  readonly who: string
  readonly sums: OutcomeSums
  readonly isTold: boolean
}

/** One measure's counts and figures, with the year before as 100, where there are enough to have any. */
export function ChangeTable(props: {
  readonly caption: string
  readonly measure: OutcomeMeasure
  readonly rows: readonly ChangeRow[]
}) {
  const { caption, measure, rows } = props
  const change = ({ sums }: ChangeRow) => sums[measure.key]
  const figures = (row: ChangeRow) => figuresOf(row.sums, change(row))
  const column = (head: string, words: (row: ChangeRow) => string | undefined, none: string) => ({
    head,
    cell: (row: ChangeRow) => (row.isTold ? (words(row) ?? none) : 'Withheld'),
    isNumber: true,
  })
  return (
    <DataTable
      caption={caption}
      rows={rows}
      keyOf={({ id }) => id}
      columns={[
        {
          head: 'Who',
          cell: ({ who, sums: { people } }) =>
            `${who}, ${number(people)} ${people === 1 ? 'person' : 'people'}`,
          width: 'middle',
        },
        column('Year before', (row) => numberOf(change(row)?.before), 'Not known'),
        column('Since', (row) => numberOf(change(row)?.after), 'Not known'),
        column('Expected since, with no service', (row) => numberOf(change(row)?.expected), 'Not known'),
        column('Since, a year, as 100 before', (row) => numberOf(figures(row)?.afterAs100), 'Too few'),
        column('Expected, as 100 before', (row) => numberOf(figures(row)?.expectedAs100), 'Too few'),
        column('Had, of 100 expected (95% interval)', (row) => againstFigures(figures(row)), 'Too few'),
      ]}
    />
  )
}

/** What the columns of such a table mean: once, under the last of them. */
export const HowCounted = () => (
  <p className="kw-second">
    Since: up to a year after joining, to death, leaving or the end of the records. Leaving the programme
    early removes nobody. Expected: by the count formula, from how often everybody of that age had the same in
    the year before anybody joined. It takes nobody’s conditions into account, so for very ill people it may
    expect too few. The interval is wider in truth, because such things come in spells.
  </p>
)

const number = (count: number) => Math.round(count).toLocaleString('en-GB')
const numberOf = (count: number | undefined) => (count === undefined ? undefined : number(count))
const againstFigures = (figures: ReturnType<typeof figuresOf>) =>
  figures &&
  `${number(figures.against.value)} (${number(figures.against.low)} to ${number(figures.against.high)})`

/** Beside the count formula, what matched people did: and a warning where the two do not agree. */
export function MatchedNote(props: {
  readonly line: OutcomeSums
  readonly matchedChange: number | undefined
}) {
  const { line, matchedChange } = props
  const expected = figuresOf(line, line.admissions)?.expectedPercent
  const differs =
    expected !== undefined && matchedChange !== undefined ? Math.abs(expected - matchedChange) : 0
  return (
    <Panel kind="caution" heading="Most of a fall like this comes by itself" headingLevel={3} isSmall>
      <p>
        People join after a bad year, and most bad years are followed by better ones. A fall after joining is
        not proof that anybody helped.{' '}
        {matchedChange !== undefined &&
          `In the whole programme, matched people who did not join ${matchedChange <= 0 ? 'fell' : 'rose'} ${Math.round(Math.abs(matchedChange))}% by themselves. `}
        {differs > 15 &&
          `That differs by ${Math.round(differs)} points from what the count formula expects here: believe the matched people first. `}
        <a href="/evaluation">Did it help?</a> compares everybody with matched people.
      </p>
    </Panel>
  )
}

type Named = { readonly nameOf: (id: string) => string; readonly isTeam: boolean }

/** How episodes ended, and what became of the actions that fell due. */
export function GoalsTable({ lines, nameOf, isTeam }: Named & { readonly lines: readonly GoalsLine[] }) {
  return (
    <Section heading="Goals and actions">
      {lines.length === 0 ? (
        <EmptyState says="Nobody has been in your care yet." />
      ) : (
        <DataTable
          caption="How episodes ended, and what became of actions of the plan"
          isCaptionHidden
          rows={lines}
          keyOf={({ ownerId, programmeId }) => `goals-${ownerId}-${programmeId}`}
          columns={[
            {
              head: 'Who',
              cell: ({ ownerName, programmeId }) =>
                isTeam ? `${ownerName}, ${nameOf(programmeId)}` : nameOf(programmeId),
              width: 'middle',
            },
            { head: 'With us now', cell: ({ withUs }) => withUs, isNumber: true },
            { head: 'Closed', cell: ({ closed }) => closed, isNumber: true },
            { head: 'Closed with goals met', cell: ({ goalsMet }) => goalsMet, isNumber: true },
            { head: 'Actions fallen due', cell: ({ actionsDue }) => actionsDue, isNumber: true },
            { head: 'Of them done', cell: ({ actionsDone }) => actionsDone, isNumber: true },
          ]}
        />
      )}
    </Section>
  )
}

/** How far the goals of plans were reached, from where they began: an episode counts once, whatever its goals. */
export function GoalsRatedTable({
  lines,
  nameOf,
  isTeam,
}: Named & { readonly lines: readonly GoalsRated[] }) {
  const keys = [...new Set(lines.map(({ ownerId, programmeId }) => `${ownerId} ${programmeId}`))]
  const rows = keys.flatMap((key) => {
    const own = lines.filter(({ ownerId, programmeId }) => `${ownerId} ${programmeId}` === key)
    const [first, reached] = [own[0], goalsReached(own)]
    return first && reached ? [{ key, first, ...reached }] : []
  })
  if (rows.length === 0) return null
  return (
    <Section heading="How far goals were reached">
      <DataTable
        caption="Goals rated at the start and again"
        isCaptionHidden
        rows={rows}
        keyOf={({ key }) => `rated-${key.replace(' ', '-')}`}
        columns={[
          {
            head: 'Who',
            cell: ({ first }) =>
              isTeam ? `${first.ownerName}, ${nameOf(first.programmeId)}` : nameOf(first.programmeId),
            width: 'middle',
          },
          { head: 'People', cell: ({ people }) => people, isNumber: true },
          { head: 'Goals', cell: ({ goals }) => goals, isNumber: true },
          { head: 'As hoped or better', cell: ({ reached }) => reached, isNumber: true },
          {
            head: 'Attainment at the start, mean',
            cell: ({ meanStart }) => meanStart.toFixed(0),
            isNumber: true,
          },
          { head: 'Now, mean', cell: ({ meanLast }) => meanLast.toFixed(0), isNumber: true },
        ]}
      />
      <p className="kw-second">
        50 is every goal as hoped. It starts low because a goal is set below what is hoped, and easy goals
        give a high number; nobody who was not helped set any. It proves no effect.
      </p>
    </Section>
  )
}

/** What people answered to measures, newest against first, with what moves by itself said beside it. */
export function MeasuresTable({ lines, nameOf, isTeam }: Named & { readonly lines: readonly MeasureLine[] }) {
  return (
    <Section heading="What people say">
      {lines.length === 0 ? (
        <EmptyState says="Nobody has been asked twice yet.">
          <p>
            <a href="/measures">Which measures are due</a>
          </p>
        </EmptyState>
      ) : (
        <>
          <DataTable
            caption="Measures: the newest answer beside the first of the episode"
            isCaptionHidden
            rows={lines}
            keyOf={(line) =>
              `measure-${line.ownerId}-${line.programmeId}-${line.instrument}-${line.scale}-${line.isOwn ? 'own' : 'other'}`
            }
            columns={[
              {
                head: 'Measure',
                cell: (line) =>
                  `${scaleName(line)}${line.isOwn ? '' : ', answered by somebody else'}. ${isTeam ? `${line.ownerName}, ` : ''}${nameOf(line.programmeId)}`,
                width: 'wide',
              },
              { head: 'People', cell: ({ people }) => people, isNumber: true },
              { head: 'First', cell: (line) => meanWords(line, line.meanFirst), isNumber: true },
              { head: 'Newest', cell: (line) => meanWords(line, line.meanLast), isNumber: true },
              { head: 'Better', cell: ({ better }) => better, isNumber: true },
              { head: 'Much the same', cell: ({ same }) => same, isNumber: true },
              { head: 'Worse', cell: ({ worse }) => worse, isNumber: true },
            ]}
          />
          <p className="kw-second">
            People are often first asked when things are at their worst, so scores tend to come back towards
            the usual without any help. How much of this that is cannot be worked out here: nobody else was
            asked. Better and worse: by more than asking twice gives by itself; where no such size is
            published, by half a point or more, and of an index by anything.
          </p>
        </>
      )}
    </Section>
  )
}
