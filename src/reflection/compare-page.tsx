import type { Answer, Asked, StaffVisit } from '#access'
import { dateWords } from '#calendar'
import { type Funnel, type FunnelPoint, funnelOf, indexedTo100 } from '#statistics'
import { Chips, Details, EmptyState, funnelPlot, renderPage, Section } from '#ui'
import { type Comparison, comparisons } from './comparisons.data.ts'
import { reflectionTabs } from './place.ts'
import { newestRun } from './store.ts'
import { type SeenUnit, unitsSeen } from './suppression.ts'
import type { FunnelFound, Run } from './types.ts'

/** Practices and teams beside what their own people would lead one to expect: words, by name, never ranks. */
export async function showCompare(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const run = await newestRun(visit.db)
  const found = run?.funnels.filter(({ units }) => units.length > 0) ?? []
  const chosen = found.find(({ key }) => key === asked.query.text('what')) ?? found[0]
  const comparison = comparisons.find(({ key }) => key === chosen?.key)
  const html = renderPage({
    furniture: asked.furniture,
    title: 'Compared fairly',
    lead: 'What each had, beside what its own people would lead one to expect. It says nothing of who is better.',
    tabs: reflectionTabs(visit, '/reflection/compare'),
    isStamped: true,
    children: (
      <>
        <Which found={found} chosen={chosen} />
        {run && chosen && comparison ? (
          <Compared run={run} found={chosen} comparison={comparison} ownId={visit.caller.organisation.id} />
        ) : (
          <EmptyState says="Nothing can be compared yet.">
            <p>It takes linked hospital records with at least 50 of what is counted.</p>
          </EmptyState>
        )}
      </>
    ),
  })
  return { kind: 'page', html }
}

function Which(props: { readonly found: readonly FunnelFound[]; readonly chosen: FunnelFound | undefined }) {
  const chips = props.found.map(({ key }) => ({
    href: `/reflection/compare?what=${key}`,
    words: comparisons.find((one) => one.key === key)?.words ?? key,
    isCurrent: key === props.chosen?.key,
  }))
  return chips.length < 2 ? null : <Chips label="What is compared" chips={chips} />
}

type Placed = { readonly unit: SeenUnit; readonly point?: FunnelPoint }

function Compared(props: {
  readonly run: Run
  readonly found: FunnelFound
  readonly comparison: Comparison
  readonly ownId: string
}) {
  const { run, found, comparison, ownId } = props
  const units = unitsSeen(found.units, ownId)
  const drawn = units.filter(({ isTold, observed, expected }) => isTold && observed >= 10 && expected > 0)
  const funnel =
    drawn.length > 0
      ? funnelOf(
          drawn.map(({ observed, expected }) => ({ events: observed, of: expected })),
          { kind: 'ratio', overdispersion: 'add' },
        )
      : undefined
  const placed = units.map((unit) => ({ unit, point: funnel?.points[drawn.indexOf(unit)] }))
  const outside = placed.filter(({ point }) => point?.place === 'outside 99.8%')
  return (
    <Section heading={comparison.heading}>
      <p>{`Year to ${dateWords(run.dataTo)}. ${summaryWords(outside, drawn.length)}`}</p>
      {funnel && plotOf(placed, funnel, comparison)}
      {placed.map((one) => (
        <p key={one.unit.placeId}>
          <b>{one.unit.name}:</b> {wordsOf(one)}
        </p>
      ))}
      <Details summary="How it is worked out, and what it cannot say">
        <p>{comparison.method}</p>
        {funnel && <p>{spreadWords(funnel, drawn.length)}</p>}
        <p>
          A place above its limits is not worse, and one below is not better: what is written down differs
          from place to place, and much of what makes people ill is in no record. It is a reason to look. The
          order is by name.
        </p>
      </Details>
    </Section>
  )
}

const summaryWords = (outside: readonly Placed[], all: number) =>
  outside.length === 0
    ? `None of the ${all} that can be compared is further from the average than chance explains.`
    : `${outside.map(({ unit }) => unit.name).join(', ')}: further from the average than chance explains. It is worth finding out why.`

/** @source Spiegelhalter 2005: units vary more than chance when phi is above 1 + 2 sqrt(2 / n). */
function spreadWords({ phi, isOverdispersed }: Funnel, units: number): string {
  const found = `The places differ ${phi.toFixed(1)} times as much as chance alone would make them`
  const few = units < 10 ? ` With ${units} places that can be told only roughly.` : ''
  return isOverdispersed
    ? `${found}, for reasons nobody has measured, so the limits are widened by as much.${few}`
    : `${found}, which chance can do, so the limits are those of chance alone.${few}`
}

function plotOf(placed: readonly Placed[], funnel: Funnel, { unit: name }: Comparison) {
  return funnelPlot({
    name,
    description: 'Each place at the number expected of it. 1 is the average of those compared.',
    limitsAt: funnel.limitsAt,
    points: placed.flatMap(({ unit, point }) =>
      point
        ? [
            {
              words: unit.name,
              expected: unit.expected,
              ratio: point.value,
              isOutside: point.place === 'outside 99.8%',
              isOwn: unit.isOwn,
            },
          ]
        : [],
    ),
    table: {
      columns: [
        { head: 'Place, by name' },
        { head: 'Had', isNumber: true },
        { head: 'Expected', isNumber: true },
        { head: 'As 100 expected', isNumber: true },
        { head: '95% interval', isNumber: true },
        { head: 'In words' },
      ],
      rows: placed.map((one) => rowOf(one)),
    },
  })
}

function rowOf(placed: Placed): readonly string[] {
  const { unit, point } = placed
  if (!unit.isTold) return [unit.name, 'Withheld', '', '', '', wordsOf(placed)]
  const expected = unit.expected.toFixed(1)
  if (!point) return [unit.name, String(unit.observed), expected, '', '', wordsOf(placed)]
  const { value, low, high } = indexedTo100(unit.observed, unit.expected)
  return [
    unit.name,
    unit.observed.toLocaleString('en-GB'),
    expected,
    value.toFixed(0),
    `${low.toFixed(0)} to ${high.toFixed(0)}`,
    wordsOf(placed),
  ]
}

function wordsOf({ unit, point }: Placed): string {
  if (!unit.isTold) return 'Withheld: it holds fewer than 8, or would give one away.'
  if (!point) return 'Fewer than 10: too few to say.'
  const side = point.value > 1 ? 'above' : 'below'
  if (point.place === 'as expected') return 'Within what chance explains.'
  return point.place === 'outside 95%'
    ? `A little ${side} the average: chance does this to 1 place in 20.`
    : `Further ${side} the average than chance explains.`
}
