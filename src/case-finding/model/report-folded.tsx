import type { Estimate, NetBenefit } from '#prediction'
import { DataTable, Details } from '#ui'
import { intervalWords } from './report-words.ts'
import { targetOf } from './targets.data.ts'
import type { TrainingReport } from './types.ts'

const number = (value: number) => value.toLocaleString('en-GB')

/** How the risks of those to whom it happened lie beside the risks of the others: what a good model pulls apart. */
export function WhereTheyStand({ report: { figures, target } }: { readonly report: TrainingReport }) {
  const { those } = targetOf({ target })
  const without = figures.people - figures.events
  return (
    <Details summary="How the numbers lie, of those to whom it happened and of the others">
      <DataTable
        caption="People by the number they were given, lowest first"
        rows={figures.bins}
        keyOf={({ risk }) => `given-${risk}`}
        columns={[
          { head: 'Given about, of 100', cell: ({ risk }) => (100 * risk).toFixed(0), isNumber: true },
          { head: 'People', cell: ({ people }) => number(people), isNumber: true },
          {
            head: `Of 100 ${those}`,
            cell: ({ events }) => oneDecimal(events, figures.events),
            isNumber: true,
          },
          {
            head: 'Of 100 others',
            cell: ({ people, events }) => oneDecimal(people - events, without),
            isNumber: true,
          },
        ]}
      />
    </Details>
  )
}

// A share needs 10 people, as everywhere.
const oneDecimal = (part: number, whole: number) =>
  part < 10 ? 'Too few' : ((100 * part) / Math.max(1, whole)).toFixed(1)

/** Beside every simple rule, at a few thresholds; what lies below nought does harm. */
export function EveryRule(props: {
  readonly points: readonly NetBenefit[]
  readonly rules: readonly string[]
}) {
  const told = [0.05, 0.1, 0.2, 0.3, 0.4, 0.5]
  const per100 = (benefit: Estimate | undefined) =>
    benefit ? `${(100 * benefit.value).toFixed(1)} (${intervalWords(benefit, 1, 100)})` : 'Not known'
  return (
    <Details summary="Beside every simple rule, at 6 thresholds">
      <DataTable
        caption="Benefit per 100 people, after taking off false alarms"
        rows={props.points.filter(({ threshold }) => told.some((one) => Math.abs(one - threshold) < 1e-9))}
        keyOf={({ threshold }) => `at-${Math.round(100 * threshold)}`}
        columns={[
          {
            head: 'Above, in 100',
            cell: ({ threshold }) => Math.round(100 * threshold),
            isNumber: true,
          },
          { head: 'This model', cell: ({ model }) => per100(model) },
          ...props.rules.map((rule) => ({
            head: `${rule.charAt(0).toUpperCase()}${rule.slice(1)}`,
            cell: ({ comparators }: NetBenefit) => per100(comparators[rule]),
          })),
          { head: 'Helping everybody', cell: ({ everybody }) => per100(everybody) },
        ]}
      />
    </Details>
  )
}
