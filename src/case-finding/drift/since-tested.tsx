import { dateWords, daysBetween, type LondonDate, londonDate } from '#calendar'
import { Columns, DataTable, measuredLines, Panel, Section, Tag } from '#ui'
import { shownCounts, shownWords } from '../equity-rules.ts'
import { areNumbersTooOld, isOldList } from '../list-age.ts'
import { intervalWords } from '../model/report-words.ts'
import type { Target } from '../model/targets.data.ts'
import type { ModelSwitch } from '../model/types.ts'
import { bounds, type Moved, mustAct, ratioMoved, stabilityMoved, whatToDo } from './rules.ts'
import type { ListMovement, ModelCheck } from './types.ts'

/** What every load since said of a model, the newest first. */
export type Since = {
  /** What the model says how often it happens. */
  readonly target: Target
  readonly testedOn: LondonDate
  readonly checks: readonly ModelCheck[]
  readonly movements: readonly ListMovement[]
  readonly switches: readonly ModelSwitch[]
  /** The newest list by it. */
  readonly listOn?: LondonDate
  readonly today: LondonDate
}

/** What must be known first: that the model has gone past a bound set beforehand. */
export function DriftPanel({ check, target }: { readonly check?: ModelCheck; readonly target: Target }) {
  if (!check || !mustAct(check)) return null
  return (
    <Panel kind="verdict-bad" heading={`Look at this model: the list of ${dateWords(check.indexOn)}`}>
      {whatToDo(check, target).map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
    </Panel>
  )
}

/** Whether a model still fits: by each load since it was tested, with the bounds and what to do. */
export function SinceTested({ since }: { readonly since: Since }) {
  const { checks } = since
  const newest = checks[0]
  if (!newest) {
    return (
      <Section heading="Does it still fit?" isRuled={false}>
        <p>Not looked at yet. It is with the next load.</p>
        <HowOld since={since} />
      </Section>
    )
  }
  return (
    <Section heading="Does it still fit?" isRuled={false}>
      <ul className="nhsuk-list nhsuk-list--bullet">
        {whatToDo(newest, since.target).map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <Columns
        split="half"
        main={<Came checks={checks} testedOn={since.testedOn} past={since.target.past} />}
        side={<People checks={checks} testedOn={since.testedOn} />}
      />
      <ByLoad since={since} />
      <Facts check={newest} />
      {since.listOn && <Lists movements={since.movements} />}
      <HowOld since={since} />
    </Section>
  )
}

const monthDays = 30.4
const monthsAt = (testedOn: LondonDate, { yearFrom }: ModelCheck) =>
  Math.round((10 * daysBetween(testedOn, yearFrom)) / monthDays) / 10

/** From the first to the last, and a month at least, so that one point has a scale to stand on. */
const acrossOf = (testedOn: LondonDate, checks: readonly ModelCheck[]) =>
  Math.max(1, ...checks.map((check) => monthsAt(testedOn, check)))

type Drawn = { readonly checks: readonly ModelCheck[]; readonly testedOn: LondonDate }

function Came({ checks, testedOn, past }: Drawn & { readonly past: string }) {
  const points = [...checks].reverse().map((check) => ({
    x: monthsAt(testedOn, check),
    y: check.observedOverExpected.value,
    low: check.observedOverExpected.low ?? undefined,
    high: check.observedOverExpected.high ?? undefined,
  }))
  return measuredLines({
    name: `${capital(past)} for each one it expected, in the year to each load`,
    across: 'Months since the year it was tested on',
    description: `1 is right. ${bounds.ratio.from} to ${bounds.ratio.to} is asked for; under ${bounds.ratio.actFrom} or over ${bounds.ratio.actTo} it must be looked at.`,
    to: bounds.ratio.actTo,
    lines: [{ words: 'this model', points }],
    compare: {
      words: 'right',
      points: [
        [0, 1],
        [acrossOf(testedOn, checks), 1],
      ],
    },
  })
}

function People({ checks, testedOn }: Drawn) {
  const points = [...checks].reverse().map((check) => ({ x: monthsAt(testedOn, check), y: check.riskIndex }))
  return measuredLines({
    name: 'How far the people have moved, by stability index of their risks',
    across: 'Months since the year it was tested on',
    description: `Under ${bounds.stability.watch} is little, over ${bounds.stability.act} is much.`,
    to: bounds.stability.act,
    lines: [{ words: 'people of the list’s day', points }],
    compare: {
      words: `much: ${bounds.stability.act}`,
      points: [
        [0, bounds.stability.act],
        [acrossOf(testedOn, checks), bounds.stability.act],
      ],
    },
  })
}

const capital = (words: string) => `${words.charAt(0).toUpperCase()}${words.slice(1)}`

const number = (value: number) => Math.round(value).toLocaleString('en-GB')

function ByLoad({ since }: { readonly since: Since }) {
  return (
    <>
      <DataTable
        caption="What each load says"
        rows={since.checks}
        keyOf={({ indexOn }) => `load-${indexOn}`}
        columns={[
          { head: 'List of', cell: ({ indexOn }) => dateWords(indexOn) },
          { head: 'In use then', cell: ({ indexOn }) => (wasInUse(since.switches, indexOn) ? 'Yes' : 'No') },
          { head: 'Expected', cell: ({ expected }) => number(expected), isNumber: true },
          {
            head: capital(since.target.past),
            cell: ({ observed }) => admittedWords(observed),
            isNumber: true,
          },
          {
            head: 'Ratio and interval',
            cell: ({ observed, observedOverExpected: ratio }) =>
              observed < 10 ? 'too few' : `${ratio.value.toFixed(2)} (${intervalWords(ratio)})`,
          },
          {
            head: 'Stability of risk',
            cell: ({ riskIndex }) => riskIndex.toFixed(2),
            isNumber: true,
          },
          { head: 'Verdict', cell: (check) => <Verdict check={check} /> },
        ]}
      />
      <p className="kw-second">
        Bounds set beforehand: {since.target.past} over expected {bounds.ratio.from} to {bounds.ratio.to} is
        asked for, and under {bounds.ratio.actFrom} or over {bounds.ratio.actTo} with an interval without 1
        somebody must act. Stability under {bounds.stability.watch} is little, over {bounds.stability.act}{' '}
        much. Each row looks back on the 365 days before the list; the people are those of the list’s day.
      </p>
    </>
  )
}

const admittedWords = (observed: number) => (observed > 0 && observed < 8 ? 'fewer than 8' : number(observed))

const wasInUse = (switches: readonly ModelSwitch[], on: LondonDate) =>
  switches.some(({ onAt, offAt }) => londonDate(onAt) <= on && (!offAt || londonDate(offAt) > on))

function Verdict({ check }: { readonly check: ModelCheck }) {
  const ratio = ratioMoved(check.observedOverExpected)
  const people = stabilityMoved(check.riskIndex, check.peopleNow)
  if (ratio === 'act') {
    const way = check.observedOverExpected.value > 1 ? 'Says too little' : 'Says too much'
    return <Tag colour="orange">{way}</Tag>
  }
  if (people === 'act') return <Tag colour="yellow">Over</Tag>
  return tags[worseOf(ratio, people)]
}

const worseOf = (one: Moved, other: Moved): Moved =>
  (['act', 'watch', 'cannot tell'] as const).find((moved) => moved === one || moved === other) ?? 'as it was'

const tags: Readonly<Record<Moved, React.ReactNode>> = {
  act: <Tag colour="yellow">Over</Tag>,
  watch: <Tag colour="yellow">Watch</Tag>,
  'cannot tell': <Tag colour="yellow">Cannot tell yet</Tag>,
  'as it was': <Tag colour="green">Good</Tag>,
}

function Facts({ check }: { readonly check: ModelCheck }) {
  return (
    <DataTable
      caption={`The facts it weighs most, among the people of ${dateWords(check.indexOn)}`}
      rows={check.facts}
      keyOf={({ column }) => `moved-${column}`.replaceAll(/[^A-Za-z0-9]+/g, '-')}
      columns={[
        { head: 'Fact', cell: ({ words }) => words.charAt(0).toUpperCase() + words.slice(1), width: 'wide' },
        { head: 'Stability index', cell: ({ index }) => index.toFixed(2), isNumber: true },
        { head: 'Verdict', cell: ({ index }) => tags[stabilityMoved(index, check.peopleNow)] },
      ]}
    />
  )
}

function Lists({ movements }: { readonly movements: readonly ListMovement[] }) {
  if (movements.length === 0) return <p>There is one list by it so far: none moved yet.</p>
  return (
    <DataTable
      caption="How its lists moved"
      rows={movements}
      keyOf={({ runId }) => `moved-${runId}`}
      columns={[
        { head: 'List of', cell: ({ indexOn }) => dateWords(indexOn) },
        { head: 'Programme', cell: ({ programme }) => programme },
        { head: 'Against the list of', cell: ({ beforeOn }) => dateWords(beforeOn) },
        { head: 'Were on it', cell: (list) => movedWords(list).stayed, isNumber: true },
        { head: 'Were not', cell: (list) => movedWords(list).isNew, isNumber: true },
        { head: 'Of 100, new', cell: (list) => movedWords(list).share, isNumber: true },
      ]}
    />
  )
}

function movedWords({ people, stayed }: ListMovement) {
  const [was = 0, isNew = 0] = shownCounts([stayed, people - stayed])
  const areTold = typeof was === 'number' && typeof isNew === 'number' && isNew >= 10
  return {
    stayed: shownWords(was),
    isNew: shownWords(isNew),
    share: areTold ? String(Math.round((100 * isNew) / people)) : 'too few',
  }
}

/** @source Design safety-security 1.7: a score older than 35 days says so, and after 90 days is not used. */
function HowOld({ since: { listOn, today } }: { readonly since: Since }) {
  const rule =
    'After 35 days a list says that it is old. After 90 days no number is shown about anybody, and the rule’s list is read.'
  if (!listOn) return <p className="kw-second">No list was made by it. {rule}</p>
  const days = Math.max(0, daysBetween(listOn, today))
  const now = areNumbersTooOld(listOn, today)
    ? 'Its numbers are not shown.'
    : isOldList(listOn, today)
      ? 'It says that it is old.'
      : 'It is fresh enough.'
  return (
    <p>
      <b>Its newest list is of {dateWords(listOn)}</b>, {days === 1 ? '1 day' : `${number(days)} days`} before
      today. {now} <span className="kw-second">{rule}</span>
    </p>
  )
}
