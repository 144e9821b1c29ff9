import { type Answer, type Asked, notForYou, type Problem, type StaffVisit } from '#access'
import { dateWords, londonDate, readDate } from '#calendar'
import {
  Button,
  HiddenFields,
  PostForm,
  renderPage,
  Section,
  Select,
  SummaryList,
  TextArea,
  TextField,
  Timeline,
} from '#ui'
import { decideRebasing, takeRebasingBack } from './actions.ts'
import { oneChart } from './board-page.tsx'
import { MonthChart, monthWords } from './chart-parts.tsx'
import { type MonthMeasure, measures } from './measures.data.ts'
import { type Place, placeAsked } from './place.ts'
import { drawnChart, variationSaid } from './rules.ts'
import { monthsOf, newestRun, rebasingsOf } from './store.ts'
import type { MonthCount, Rebasing } from './types.ts'

/** One chart: what it says, how it is drawn, and who decided that its limits begin anew. */
export const showChart = (visit: StaffVisit, asked: Asked) => show(visit, asked, [])

async function show(visit: StaffVisit, asked: Asked, problems: readonly Problem[]): Promise<Answer> {
  const said = (field: string) => asked.form.text(field) || asked.query.text(field)
  const measure = measures.find(({ key }) => key === said('measure'))
  const place = await placeAsked(visit, said('place'))
  const run = await newestRun(visit.db)
  const months = place && run && measure && (await monthsOf(visit.db, run.id, place.id))?.[measure.key]
  if (!measure || !place || !run || !months) throw notForYou()
  const all = await rebasingsOf(visit.db, place.id)
  const { shown, rebasings } = oneChart(measure, months, place, all)
  const mayDecide = place.isOwn && visit.caller.activities.has('write plans') && measure.chart !== 'g'
  const html = renderPage({
    furniture: asked.furniture,
    title: measure.title,
    caption: place.name,
    back: { href: `/reflection?place=${place.id}`, words: 'Back to all charts' },
    isStamped: true,
    problems,
    typed: problems.length > 0 ? asked.form.typed : undefined,
    children: (
      <>
        {shown.by === 'withheld' ? (
          <p>Withheld: it holds counts under 8. Those who work with these people see it.</p>
        ) : (
          <MonthChart measure={measure} months={shown.months} rebasings={rebasings} by={shown.by} level={2} />
        )}
        <HowDrawn measure={measure} months={months} dataTo={dateWords(run.dataTo)} />
        <Decisions rebasings={rebasings} />
        {mayDecide && <Decide measure={measure} place={place} months={months} rebasings={rebasings} />}
      </>
    ),
  })
  return { kind: 'page', html, status: problems.length > 0 ? 422 : 200 }
}

function HowDrawn(props: {
  readonly measure: MonthMeasure
  readonly months: readonly MonthCount[]
  readonly dataTo: string
}) {
  const { measure, months, dataTo } = props
  const spread = drawnChart(measure, months, []).chart.segments.at(-1)?.spread
  const isWidened = measure.chart === 'u′' || measure.chart === 'p′'
  return (
    <Section heading="How it is drawn">
      <SummaryList
        rows={[
          { label: 'Chart', value: `${measure.chart} chart. ${measure.why}` },
          ...(isWidened && spread !== undefined
            ? [
                {
                  label: 'More than chance',
                  value: `Months differ ${spread.toFixed(1)} times as much as chance alone would make them; the limits are as much wider, or narrower.`,
                },
              ]
            : []),
          {
            label: 'A signal',
            value:
              'A point outside the limits; 7 in a row on one side of the average; 7 in a row rising or falling; 2 of 3 close to a limit. These are the rules of Making Data Count.',
          },
          { label: 'Better', value: measure.better === 'up' ? 'More' : 'Less' },
          {
            label: 'Counted',
            value: `Whole months to ${dataTo}, every night. Whoever objects to evaluation is not in it.`,
          },
        ]}
      />
    </Section>
  )
}

const deciderWords = ({ decidedByName, decidedAt }: Rebasing) =>
  `${decidedByName}, ${dateWords(londonDate(decidedAt))}`

/** Every decision, the ones taken back among them: nothing about limits happens without a name. */
function Decisions({ rebasings }: { readonly rebasings: readonly Rebasing[] }) {
  return (
    <Section heading="Who changed the limits">
      {rebasings.length === 0 ? (
        <p>
          Nobody. The limits are worked out from all months, each new one counted in. Where they begin changes
          only when somebody decides it here.
        </p>
      ) : (
        <Timeline
          items={rebasings.map((one) => ({
            when: `From ${monthWords(one.fromMonth)}`,
            what: (
              <>
                {one.reason}
                {one.endedAt && (
                  <>
                    <br />
                    Taken back by {one.endedByName}, {dateWords(londonDate(one.endedAt))}: {one.endedReason}
                  </>
                )}
              </>
            ),
            by: deciderWords(one),
          }))}
        />
      )}
    </Section>
  )
}

function Decide(props: {
  readonly measure: MonthMeasure
  readonly place: Place
  readonly months: readonly MonthCount[]
  readonly rebasings: readonly Rebasing[]
}) {
  const { measure, place, months, rebasings } = props
  const inForce = rebasings.filter(({ endedAt }) => !endedAt)
  const fields = { measure: measure.key, place: place.id }
  return (
    <>
      <Section heading="Let the limits begin anew">
        <p>
          Only where you know what changed, the change has lasted, and there are 12 months after it. Both
          charts stay to be seen, with your name.
        </p>
        <PostForm action="/reflection/chart">
          <HiddenFields fields={fields} />
          <Select
            name="from"
            label="From which month?"
            prompt="Choose a month"
            choices={months.slice(1).map(({ month }) => ({ value: month, words: monthWords(month) }))}
          />
          <TextArea name="reason" label="What is known to have changed?" rows={2} />
          <Button kind="secondary">Begin anew, in my name</Button>
        </PostForm>
      </Section>
      {inForce.length > 0 && (
        <Section heading="Take a decision back">
          <PostForm action="/reflection/chart/back">
            <HiddenFields fields={fields} />
            <Select
              name="decision"
              label="Which decision?"
              prompt="Choose one"
              choices={inForce.map((one) => ({
                value: one.id,
                words: `From ${monthWords(one.fromMonth)}: ${deciderWords(one)}`,
              }))}
            />
            <TextField name="why" label="Why is it taken back?" widthChars={30} />
            <Button kind="secondary">Take it back</Button>
          </PostForm>
        </Section>
      )}
    </>
  )
}

const addressOf = (measure: MonthMeasure, place: string) =>
  `/reflection/chart?measure=${measure.key}&place=${place}`

/** Lets the limits of one of the caller's own charts begin anew, in their name. */
export async function sendRebasing(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const measure = measures.find(({ key }) => key === asked.form.text('measure'))
  const place = await placeAsked(visit, asked.form.text('place'))
  if (!measure || !place?.isOwn) throw notForYou()
  const inForce = (await rebasingsOf(visit.db, place.id)).filter(
    (one) => one.measure === measure.key && !one.endedAt,
  )
  const fromMonth = readDate(asked.form.text('from'))
  const decided = await decideRebasing(visit, measure, {
    fromMonth,
    reason: asked.form.text('reason'),
    inForce: inForce.map((one) => one.fromMonth),
  })
  if (!decided.ok) return show(visit, asked, decided.problems)
  const run = await newestRun(visit.db)
  const months = (run && (await monthsOf(visit.db, run.id, place.id))?.[measure.key]) ?? []
  const starts = [...inForce.map((one) => one.fromMonth), ...(fromMonth ? [fromMonth] : [])]
  return {
    kind: 'go',
    to: addressOf(measure, place.id),
    saved: `The limits begin anew. Now: ${variationSaid(drawnChart(measure, months, starts)).toLowerCase()}.`,
  }
}

/** Takes a decision back. */
export async function sendRebasingBack(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const measure = measures.find(({ key }) => key === asked.form.text('measure'))
  const place = await placeAsked(visit, asked.form.text('place'))
  if (!measure || !place?.isOwn) throw notForYou()
  const decision = asked.form.text('decision')
  if (!decision)
    return show(visit, asked, [{ field: 'decision', message: 'Select the decision to take back' }])
  const ended = await takeRebasingBack(visit, decision, asked.form.text('why'))
  if (!ended.ok) return show(visit, asked, ended.problems)
  return { kind: 'go', to: addressOf(measure, place.id), saved: 'The limits are what they were.' }
}
