import type { Answer, Asked, StaffVisit } from '#access'
import { dateWords } from '#calendar'
import { Chips, EmptyState, renderPage, Section } from '#ui'
import { MonthChart } from './chart-parts.tsx'
import { type MonthMeasure, measures, notKnownYet } from './measures.data.ts'
import { type Place, placeAsked, placesToChoose, reflectionTabs } from './place.ts'
import { drawnChart, type Shown, shownToOthers, variationIn } from './rules.ts'
import { monthsOf, newestRun, rebasingsOf } from './store.ts'
import type { MonthCount, Rebasing, Run } from './types.ts'

type OneChart = {
  readonly measure: MonthMeasure
  /** What the reader may see: whole, by quarter, or withheld. */
  readonly shown: Shown
  readonly rebasings: readonly Rebasing[]
  readonly isChanged: boolean
}

/** Every chart of one team, ward or practice, as its reader may see it. */
export async function showBoard(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const place = await placeAsked(visit, asked.query.text('place'))
  const run = await newestRun(visit.db)
  const charts = place && run ? await chartsOf(visit, run, place) : []
  const isOnlyChanged = asked.query.text('show') === 'changed'
  const html = renderPage({
    furniture: asked.furniture,
    title: 'How are we doing?',
    caption: place?.name,
    lead: leadOf(charts, run),
    tabs: reflectionTabs(visit, '/reflection'),
    isStamped: true,
    children: (
      <>
        <Places places={await placesToChoose(visit)} current={place} />
        {place && run && charts.length > 0 ? (
          <Board charts={charts} place={place} isOnlyChanged={isOnlyChanged} />
        ) : (
          <EmptyState says="Nothing has been counted here yet.">
            <p>The months are counted every night, and after each load of records.</p>
          </EmptyState>
        )}
      </>
    ),
  })
  return { kind: 'page', html }
}

const leadOf = (charts: readonly OneChart[], run: Run | undefined) =>
  run &&
  `${charts.filter(({ isChanged }) => isChanged).length} of ${charts.length} show a change by more than chance at their last point. Whole months to ${dateWords(run.dataTo)}.`

async function chartsOf(visit: StaffVisit, run: Run, place: Place): Promise<readonly OneChart[]> {
  const months = (await monthsOf(visit.db, run.id, place.id)) ?? {}
  const rebasings = await rebasingsOf(visit.db, place.id)
  return measures.flatMap((measure) => {
    const own = months[measure.key]
    return own ? [oneChart(measure, own, place, rebasings)] : []
  })
}

/** One measure as its reader may see it. */
export function oneChart(
  measure: MonthMeasure,
  months: readonly MonthCount[],
  place: Place,
  all: readonly Rebasing[],
): OneChart {
  const shown: Shown = place.isOwn ? { by: 'month', months } : shownToOthers(measure, months)
  const rebasings = all.filter((one) => one.measure === measure.key)
  const starts = rebasings.filter(({ endedAt }) => !endedAt).map(({ fromMonth }) => fromMonth)
  const isChanged =
    shown.by !== 'withheld' &&
    variationIn(drawnChart(measure, shown.months, starts)).variation !== 'chance alone'
  return { measure, shown, rebasings, isChanged }
}

function Places(props: {
  readonly places: readonly { readonly id: string; readonly name: string }[]
  readonly current: Place | undefined
}) {
  const chips = props.places.map(({ id, name }) => ({
    href: `/reflection?place=${id}`,
    words: name,
    isCurrent: id === props.current?.id,
  }))
  return chips.length < 2 ? null : <Chips label="Whose months" chips={chips} />
}

function Board(props: {
  readonly charts: readonly OneChart[]
  readonly place: Place
  readonly isOnlyChanged: boolean
}) {
  const { charts, place, isOnlyChanged } = props
  const changed = charts.filter(({ isChanged }) => isChanged)
  const kept = isOnlyChanged ? changed : charts
  const address = (show: string) => `/reflection?place=${place.id}${show}`
  return (
    <>
      <Chips
        label="Which charts"
        chips={[
          { href: address(''), words: 'All', count: charts.length, isCurrent: !isOnlyChanged },
          {
            href: address('&show=changed'),
            words: 'Changed by more than chance',
            count: changed.length,
            isCurrent: isOnlyChanged,
          },
        ]}
      />
      {!place.isOwn && (
        <p>
          You do not work with these people, so months with counts from 1 to 7 are put together by quarter, or
          withheld.
        </p>
      )}
      {kept.map(({ measure, shown, rebasings }) => (
        <Section key={measure.key} id={measure.key} heading={measure.title} isRuled>
          {shown.by === 'withheld' ? (
            <p>Withheld: it holds counts under 8. Those who work with these people see it.</p>
          ) : (
            <MonthChart measure={measure} months={shown.months} rebasings={rebasings} by={shown.by} />
          )}
          <p>
            <a href={`/reflection/chart?measure=${measure.key}&place=${place.id}`}>
              How it is drawn, and its limits
              <span className="nhsuk-u-visually-hidden">: {measure.title}</span>
            </a>
          </p>
        </Section>
      ))}
      {!isOnlyChanged && (
        <Section heading="Not known yet">
          <ul>
            {notKnownYet.map((words) => (
              <li key={words}>{words}</li>
            ))}
          </ul>
        </Section>
      )}
    </>
  )
}
