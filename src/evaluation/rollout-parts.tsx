import type { Asked } from '#access'
import { addDays, dateWords, londonDate } from '#calendar'
import { Button, DataTable, FilterBar, HiddenFields, Panel, PostForm, Section } from '#ui'
import { NumberField, numberAsked } from './numbers.tsx'
import { detectableFall, neededTo, periodStarts, type RolloutDesign, stepsOf } from './rollout-rules.ts'
import type { PeriodSum, Rollout, RolloutAnswer } from './rollout-types.ts'

/** One phased start: its plan and order, and its answer where there is one. */
export function OneRollout(props: {
  readonly rollout: Rollout
  readonly programme: string
  readonly nameOf: (code: string) => string
  readonly mayApprove: boolean
}) {
  const { rollout, programme, nameOf, mayApprove } = props
  const { plan, lock, answer } = rollout
  return (
    <article>
      <h3 className="nhsuk-heading-s">{`${programme}: ${plan.practices.length} practices in ${plan.steps} steps from ${dateWords(plan.startsOn)}`}</h3>
      <p>
        {`Counted: adults of ${plan.fromAge} or over${plan.leastAdmissions > 0 ? ` with ${plan.leastAdmissions} or more emergency admissions in the year before` : ''}, chosen before anybody starts and kept, whoever is helped. `}
        {`Written by ${rollout.draftedByName}, ${dateWords(londonDate(rollout.draftedAt))}.`}
      </p>
      {lock ? (
        <p>
          {`Drawn from the number ${lock.seed}, approved by ${lock.approvedByName}, ${dateWords(londonDate(lock.approvedAt))}. Locked: ${lock.sha256.slice(0, 12)}.`}
        </p>
      ) : (
        <p>Nothing has been drawn: somebody else than who wrote it must approve it first.</p>
      )}
      <Schedule rollout={rollout} nameOf={nameOf} />
      {!lock && mayApprove && (
        <PostForm action="/evaluation/rollouts/approve">
          <HiddenFields fields={{ rollout: rollout.id }} />
          <Button kind="secondary">Approve it and draw the lot</Button>
        </PostForm>
      )}
      {lock && <Found answer={answer} rollout={rollout} />}
    </article>
  )
}

function Schedule({
  rollout,
  nameOf,
}: {
  readonly rollout: Rollout
  readonly nameOf: (code: string) => string
}) {
  const { plan, lock } = rollout
  const starts = periodStarts(plan)
  const order = stepsOf(lock?.drawn ?? plan.practices, plan.steps)
  const steps = Array.from({ length: plan.steps }, (_, at) => at + 1)
  const who = (step: number) => [...order].filter(([, own]) => own === step).map(([code]) => nameOf(code))
  return (
    <DataTable
      caption={lock ? 'Who starts when, as the lot drew it' : 'How many start when'}
      rows={steps}
      keyOf={(step) => `${rollout.id}-step-${step}`}
      columns={[
        { head: 'Step', cell: (step) => step },
        { head: 'Starts', cell: (step) => dateWords(starts[step] ?? plan.startsOn) },
        {
          head: 'Practices',
          cell: (step) => (lock ? who(step).join(', ') : `${who(step).length}, not drawn yet`),
          width: 'wide',
        },
      ]}
    />
  )
}

const verdicts = {
  fewer: ['verdict-good', 'Fewer emergency admissions where it had started.'],
  'cannot tell': ['caution', 'We cannot tell.'],
  more: ['verdict-bad', 'More emergency admissions where it had started.'],
} as const

function Found(props: { readonly answer: RolloutAnswer | undefined; readonly rollout: Rollout }) {
  const { answer, rollout } = props
  if (answer?.kind === 'few events')
    return (
      <Panel kind="caution" heading="We cannot tell: too few emergency admissions." headingLevel={3}>
        <p>A ratio needs at least 10 before and after starting.</p>
      </Panel>
    )
  if (answer?.kind !== 'answered')
    return (
      <Panel kind="withheld" heading="Not yet." headingLevel={3}>
        <p>
          {`The records must reach ${dateWords(neededTo(rollout.plan))}, the end of the last step. Until then nobody looks: an answer on the way would be chosen by when it was looked at.`}
        </p>
      </Panel>
    )
  const [kind, heading] = verdicts[answer.verdict]
  const { value, low, high } = answer.ratio
  return (
    <>
      <Panel kind={kind} heading={heading} headingLevel={3}>
        <p>{`Ratio ${value.toFixed(2)} (95% interval ${low.toFixed(2)} to ${high.toFixed(2)}): admissions where the service had started over those where it had not, of the same practice and time.`}</p>
        <p>{`Of ${answer.orders.toLocaleString('en-GB')} other orders the lot could have drawn, ${Math.round(answer.asFarShare * 100)} in 100 would show a difference as large with no service at all.`}</p>
        {rollout.plan.practices.length < 12 && (
          <p>With fewer than 12 practices the interval is rough: believe the lot first.</p>
        )}
      </Panel>
      <Periods rollout={rollout} periods={answer.periods} />
      <p className="kw-second">
        A Poisson model with an effect for each practice and each period and one for having started (Hussey
        and Hughes 2007), its interval clustered on practices. What falls with time by itself falls in all
        practices and is in the periods: this needs no before and after.
      </p>
    </>
  )
}

function Periods({
  rollout,
  periods,
}: {
  readonly rollout: Rollout
  readonly periods: readonly PeriodSum[]
}) {
  const starts = periodStarts(rollout.plan)
  const rate = ({ practices, events, years }: PeriodSum['before']) =>
    practices === 0 ? 'None' : events < 10 ? 'Too few' : (events / years).toFixed(2)
  return (
    <DataTable
      caption="Emergency admissions a person-year, by time"
      rows={periods}
      keyOf={({ period }) => `${rollout.id}-period-${period}`}
      columns={[
        {
          head: 'From',
          cell: ({ period }) =>
            `${dateWords(starts[period] ?? rollout.plan.startsOn)} to ${dateWords(addDays(starts[period + 1] ?? rollout.plan.startsOn, -1))}`,
        },
        { head: 'Not started', cell: ({ before }) => rate(before), isNumber: true },
        { head: 'Started', cell: ({ after }) => rate(after), isNumber: true },
      ]}
    />
  )
}

/** How small a fall a phased start of this size could show, before anybody plans one. */
export function RolloutPower({ asked }: { readonly asked: Asked }) {
  const whole = (name: string, usual: number, least: number, most: number) =>
    Math.round(numberAsked(asked, name, { usual, least, most }))
  const practices = whole('clusters', 12, 4, 200)
  const design: RolloutDesign = {
    practices,
    steps: Math.min(practices, whole('inSteps', 4, 2, 24)),
    monthsEach: whole('eachMonths', 3, 1, 12),
    peopleEach: whole('people', 200, 1, 20_000),
    baseRate: numberAsked(asked, 'rate', { usual: 0.5, least: 0.01, most: 10 }),
    practicesDiffer: numberAsked(asked, 'differ', { usual: 0.2, least: 0, most: 2 }),
    overdispersion: 0.8,
  }
  const fall = detectableFall(design)
  return (
    <Section heading="Could it show anything?">
      <FilterBar action="/evaluation/rollouts" label="The phased start">
        <NumberField name="clusters" label="Practices" widthChars={3} value={design.practices} />
        <NumberField name="inSteps" label="Steps" widthChars={3} value={design.steps} />
        <NumberField name="eachMonths" label="Months each" widthChars={3} value={design.monthsEach} />
        <NumberField
          name="people"
          label="People counted in each practice"
          widthChars={5}
          value={design.peopleEach}
        />
        <NumberField
          name="rate"
          label="Emergency admissions a person a year"
          widthChars={4}
          value={design.baseRate}
        />
        <NumberField
          name="differ"
          label="How far practices differ"
          hint="The spread of their rates over the rate: 0.2 is usual"
          widthChars={4}
          value={design.practicesDiffer}
        />
      </FilterBar>
      <p>
        <b>
          {fall >= 100
            ? 'No fall could be told from chance.'
            : `Falls of ${fall}% or more could be told from chance, in 8 of 10 such starts.`}
        </b>{' '}
        {`It takes ${(design.steps + 1) * design.monthsEach} months, and then the records of them (Hussey and Hughes 2007).`}
      </p>
    </Section>
  )
}
