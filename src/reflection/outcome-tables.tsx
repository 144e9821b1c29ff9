import { instrumentOf } from '#assessment'
import { DataTable, EmptyState, Panel, Section } from '#ui'
import { outcomeMeasures } from './outcome-measures.data.ts'
import { figuresOf } from './outcome-words.ts'
import type { GoalsLine, MeasureLine } from './store.ts'
import type { Change, OutcomeKey, OutcomeSums } from './types.ts'

/** Some people's counts of one kind as a row: whose, of what, and whether the counts may be told. */
export type ChangeRow = {
  readonly id: string
  readonly who: string
  readonly what: string
  readonly sums: OutcomeSums
  readonly change: Change | undefined
  readonly isTold: boolean
}

/** Counts and figures with the year before as 100, where there are enough to have any. */
export function ChangeTable({
  caption,
  rows,
}: {
  readonly caption: string
  readonly rows: readonly ChangeRow[]
}) {
  const told = (row: ChangeRow, words: string | undefined, none: string) =>
    row.isTold ? (words ?? none) : 'Withheld'
  const figures = ({ sums, change }: ChangeRow) => figuresOf(sums, change)
  return (
    <DataTable
      caption={caption}
      rows={rows}
      keyOf={({ id }) => id}
      columns={[
        { head: 'Who', cell: ({ who }) => who, width: 'middle' },
        { head: 'What', cell: ({ what }) => what },
        {
          head: 'Year before',
          cell: (row) => told(row, row.change && number(row.change.before), 'Not linked'),
          isNumber: true,
        },
        {
          head: 'Since',
          cell: (row) => told(row, row.change && number(row.change.after), ''),
          isNumber: true,
        },
        {
          head: 'Expected since, with no service',
          cell: (row) => told(row, row.change?.expected?.toFixed(0), 'Not known'),
          isNumber: true,
        },
        {
          head: 'Since, a year, as 100 before',
          cell: (row) => told(row, figures(row)?.afterAs100.toFixed(0), 'Too few'),
          isNumber: true,
        },
        {
          head: 'Expected, as 100 before',
          cell: (row) => told(row, figures(row)?.expectedAs100.toFixed(0), 'Too few'),
          isNumber: true,
        },
        {
          head: 'Had, of 100 expected (95% interval)',
          cell: (row) => told(row, againstFigures(figures(row)), 'Too few'),
          isNumber: true,
        },
      ]}
    />
  )
}

/** What the columns of such a table mean: once, under the last of them. */
export const HowCounted = () => (
  <p className="kw-second">
    Since: up to a year after joining, to death, leaving or the end of the records. Leaving the programme
    early removes nobody. Expected: by the count formula, from how often everybody of that age was admitted in
    the year before anybody joined. It takes nobody’s conditions into account, so for very ill people it may
    expect too few. The interval is wider in truth, because admissions come in spells.
  </p>
)

const number = (count: number) => count.toLocaleString('en-GB')
const againstFigures = (figures: ReturnType<typeof figuresOf>) =>
  figures &&
  `${figures.against.value.toFixed(0)} (${figures.against.low.toFixed(0)} to ${figures.against.high.toFixed(0)})`

/** The rows of one line: a row for each measure that is known, its counts told or withheld. */
export const changeRows = (
  line: OutcomeSums,
  id: string,
  who: string,
  tells: (key: OutcomeKey) => boolean = () => true,
): readonly ChangeRow[] =>
  outcomeMeasures.flatMap(({ key, words }) =>
    line[key]
      ? [
          {
            id: `${id}-${key.toLowerCase()}`,
            who: `${who}, ${number(line.people)} ${line.people === 1 ? 'person' : 'people'}`,
            what: words,
            sums: line,
            change: line[key],
            isTold: tells(key),
          },
        ]
      : [],
  )

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

const scaleWords = ({ instrument, scale }: MeasureLine) => {
  const known = instrumentOf(instrument)
  return `${known?.name ?? instrument}: ${known?.scales.find(({ key }) => key === scale)?.words ?? scale}`
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
                  `${scaleWords(line)}${line.isOwn ? '' : ', answered by somebody else'}. ${isTeam ? `${line.ownerName}, ` : ''}${nameOf(line.programmeId)}`,
                width: 'wide',
              },
              { head: 'People', cell: ({ people }) => people, isNumber: true },
              { head: 'First', cell: ({ meanFirst }) => meanFirst.toFixed(1), isNumber: true },
              { head: 'Newest', cell: ({ meanLast }) => meanLast.toFixed(1), isNumber: true },
              { head: 'Better', cell: ({ better }) => better, isNumber: true },
              { head: 'Much the same', cell: ({ same }) => same, isNumber: true },
              { head: 'Worse', cell: ({ worse }) => worse, isNumber: true },
            ]}
          />
          <p className="kw-second">
            People are often first asked when things are at their worst, so scores tend to come back towards
            the usual without any help. How much of this that is cannot be worked out here: nobody else was
            asked. Better and worse: by more than asking twice gives by itself.
          </p>
        </>
      )}
    </Section>
  )
}
