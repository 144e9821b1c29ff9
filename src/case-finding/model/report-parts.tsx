import { dateWords } from '#calendar'
import { Columns, DataTable, measuredLines, Section, SummaryList } from '#ui'
import { EveryRule, WhereTheyStand } from './report-folded.tsx'
import { fiveNumbers, in100, intervalWords, ownCut, shareWords, shownCuts } from './report-words.ts'
import { targetOf } from './targets.data.ts'
import type { TrainingReport } from './types.ts'

const number = (value: number) => value.toLocaleString('en-GB')

export const FiveNumbers = ({ report }: { readonly report: TrainingReport }) => (
  <Section heading="The 5 numbers that matter" isRuled={false}>
    <DataTable
      caption="The 5 numbers that matter"
      isCaptionHidden
      rows={fiveNumbers(report)}
      keyOf={({ question }) => question}
      columns={[
        { head: 'Question', cell: ({ question }) => question },
        { head: 'Answer', cell: ({ answer }) => <b>{answer}</b> },
        { head: '95% interval', cell: ({ interval }) => interval },
        { head: 'Means', cell: ({ means }) => means, width: 'wide' },
      ]}
    />
  </Section>
)

export const HowWell = ({ report }: { readonly report: TrainingReport }) => (
  <Columns
    split="half"
    main={
      <>
        <Calibration report={report} />
        <Rivals report={report} />
      </>
    }
    side={
      <>
        <HowLong report={report} />
        <Decision report={report} />
      </>
    }
  />
)

function Calibration({ report }: { readonly report: TrainingReport }) {
  const { figures } = report
  const points = figures.bins.map(({ risk, observed, low, high }) => ({
    x: 100 * risk,
    y: 100 * observed,
    low: 100 * low,
    high: 100 * high,
  }))
  const end = Math.max(...points.map(({ x }) => x))
  return (
    <Section heading="When it says 20 in 100, is it 20?" isRuled={false}>
      {measuredLines({
        name: 'What happened, in 100',
        across: 'What the model said, in 100',
        description: 'Where the line lies on the dashed one, what the model said is what happened.',
        lines: [{ words: 'this model', points }],
        compare: {
          words: 'perfect',
          points: [
            [0, 0],
            [end, end],
          ],
        },
      })}
      <p className="kw-second">
        The gap is {(100 * figures.ici.value).toFixed(1)} in 100 on average (
        {intervalWords(figures.ici, 1, 100)}
        ), and under {(100 * figures.e90.value).toFixed(1)} ({intervalWords(figures.e90, 1, 100)}) for 9 of 10
        people.
      </p>
      <WhereTheyStand report={report} />
    </Section>
  )
}

function HowLong({ report }: { readonly report: TrainingReport }) {
  const own = ownCut(report)
  return (
    <Section heading="How long a list?" isRuled={false}>
      <DataTable
        caption="How long a list?"
        isCaptionHidden
        rows={shownCuts(report)}
        keyOf={({ percent, people }) => `top-${percent ?? 'own'}-${people}`}
        columns={[
          {
            head: 'List',
            cell: (cut) => (cut === own ? <b>Your list, {report.listPercent}%</b> : `Top ${cut.percent}%`),
          },
          { head: 'People', cell: ({ people }) => number(people), isNumber: true },
          { head: `Of 100 listed, ${targetOf(report).past}`, cell: ({ ppv }) => shareWords(ppv) },
          {
            head: `Of 100 ${targetOf(report).those}, found`,
            cell: ({ sensitivity }) => shareWords(sensitivity),
          },
          {
            head: 'To look at for each found',
            cell: ({ numberNeeded }) =>
              `${numberNeeded.value.toFixed(1)} (${intervalWords(numberNeeded, 1)})`,
          },
          { head: 'From a risk of, in 100', cell: ({ threshold }) => in100(threshold), isNumber: true },
        ]}
      />
      <p className="kw-second">A longer list finds more people and is wrong more often. Both columns move.</p>
    </Section>
  )
}

function Decision({ report: { figures } }: { readonly report: TrainingReport }) {
  const points = figures.decision.filter(({ threshold }) => threshold >= 0.01 && threshold <= 0.5)
  const rules = Object.keys(points[0]?.comparators ?? {}).sort()
  // The rule most in use is drawn; a stored report does not keep the order they were worked out in.
  const [rule = ''] = rules
  const lineOf = (
    of: (
      point: (typeof points)[number],
    ) => { value: number; low: number | null; high: number | null } | undefined,
  ) =>
    points.flatMap((point) => {
      const benefit = of(point)
      return benefit
        ? [
            {
              x: 100 * point.threshold,
              y: 100 * benefit.value,
              ...(benefit.low !== null &&
                benefit.high !== null && { low: 100 * benefit.low, high: 100 * benefit.high }),
            },
          ]
        : []
    })
  const everybody = lineOf(({ everybody: all }) => all).filter(({ y }) => y >= 0)
  return (
    <Section heading="Better than a simple rule?" isRuled={false}>
      {measuredLines({
        name: 'Benefit per 100 people, after taking off false alarms',
        across: 'Offer help when risk is above, in 100',
        description: 'The higher line does more good at that threshold. Nought is helping nobody.',
        lines: [
          { words: 'this model', points: lineOf(({ model }) => model) },
          { words: rule, points: lineOf(({ comparators }) => comparators[rule]) },
        ],
        compare: { words: 'helping everybody', points: everybody.map(({ x, y }) => [x, y] as const) },
      })}
      <EveryRule points={points} rules={rules} />
    </Section>
  )
}

function Rivals({ report }: { readonly report: TrainingReport }) {
  const own = ownCut(report)
  const rows = [
    ...(own
      ? [{ words: 'This model', auc: report.figures.auc, ppv: own.ppv, sensitivity: own.sensitivity }]
      : []),
    ...report.rivals,
  ]
  return (
    <Section heading={`Against simpler ways, at a list of ${report.listPercent}%`} isRuled={false}>
      <DataTable
        caption="Against simpler ways, on the same people"
        isCaptionHidden
        rows={rows}
        keyOf={({ words }) => words.toLowerCase().replaceAll(/[^a-z]+/g, '-')}
        columns={[
          { head: 'Order by', cell: ({ words }) => words },
          { head: 'Right in 100 pairs', cell: ({ auc }) => shareWords(auc) },
          { head: `Of 100 listed, ${targetOf(report).past}`, cell: ({ ppv }) => shareWords(ppv) },
          {
            head: `Of 100 ${targetOf(report).those}, found`,
            cell: ({ sensitivity }) => shareWords(sensitivity),
          },
        ]}
      />
      {report.challenger && (
        <p className="kw-second">Trees instead of this model: {report.challenger.words}</p>
      )}
    </Section>
  )
}

export function WhoWasCounted({ report }: { readonly report: TrainingReport }) {
  const { trained, tested, figures } = report
  const { had, without, past, key } = targetOf(report)
  const who = key === 'care home entry' ? ' and not living in a care home' : ''
  const year = ({ people, admitted, died, left }: TrainingReport['tested']) =>
    `${number(people)} adults registered for 12 months or more${who}. ${number(admitted)} ${had} in the 365 days after. ${number(died)} died and ${number(left)} left in that time; ${without}`
  return (
    <Section heading="Who was counted" isRuled={false}>
      <SummaryList
        rows={[
          { label: `Trained on, from ${dateWords(trained.indexOn)}`, value: year(trained) },
          { label: `Tested on, from ${dateWords(tested.indexOn)}`, value: year(tested) },
          {
            label: `${past.charAt(0).toUpperCase()}${past.slice(1)} in 100`,
            value: shareWords(figures.rate),
          },
          ...(report.heldOut ? [{ label: 'Held out by chance', value: heldOutWords(report.heldOut) }] : []),
          ...(report.practices ? [{ label: 'Practices', value: practiceWords(report.practices) }] : []),
          { label: 'Not counted', value: 'People who object never reach the records this is made from' },
        ]}
      />
    </Section>
  )
}

function heldOutWords({ people, admitted, shown, times, isUsed }: NonNullable<TrainingReport['heldOut']>) {
  const who = `${number(people)} people trained on were held out of the list by chance, ${admitted < 8 ? 'fewer than 8' : number(admitted)} of them admitted`
  return isUsed
    ? `${who}. The list may have helped the ${number(shown)} it showed, so they were not trained on: each held out counts for ${times}`
    : `${who}: too few to stand in for the ${number(shown)} it showed, 100 admitted are needed. Everybody was trained on, and the model may say too little of people the list helped`
}

const practiceWords = ({ count, lowest, highest }: NonNullable<TrainingReport['practices']>) =>
  `It does not happen equally often everywhere to people with the same record. Each of ${number(count)} practices has its own level, from ${lowest.toFixed(2)} to ${highest.toFixed(2)} times the odds of the others. A new practice is taken as they are on the whole`
