import { dateWords } from '#calendar'
import { DataTable, Section, Tag } from '#ui'
import { shownCounts, shownWords } from '../equity-rules.ts'
import { intervalWords, shareWords } from './report-words.ts'
import type { TrainingReport } from './types.ts'
import { type GroupVerdict, groupVerdict } from './verdict.ts'

const number = (value: number) => value.toLocaleString('en-GB')

const colours: Readonly<Record<GroupVerdict, 'green' | 'yellow' | 'orange' | 'white'>> = {
  Fair: 'green',
  'Fair, wide': 'white',
  'Says too little': 'orange',
  'Says too much': 'orange',
  'Cannot tell': 'yellow',
  'Not shown': 'white',
}

/**
 * By group. Fewer than 8 people are not counted out, nor the next fewest where those alone would be given away by the
 * total; under 10 admitted there is no rate.
 */
export function IsItFair({ report }: { readonly report: TrainingReport }) {
  const { figures } = report
  const people = peopleShown(figures.subgroups)
  return (
    <Section heading="Is it fair? Happened against expected, by group" isRuled={false}>
      <DataTable
        caption="Happened against expected, by group"
        isCaptionHidden
        rows={figures.subgroups}
        keyOf={({ by, group }) => `${by}-${group}`.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}
        columns={[
          { head: 'Group', cell: ({ group }) => group },
          {
            head: 'People',
            cell: (group) => people.get(group) ?? 'Not shown',
            isNumber: true,
          },
          {
            head: 'Admitted',
            cell: ({ events }) => (events === null ? 'Not shown' : number(events)),
            isNumber: true,
          },
          {
            head: 'Ratio and interval',
            cell: ({ observedOverExpected: ratio }) =>
              ratio ? `${ratio.value.toFixed(2)} (${intervalWords(ratio)})` : 'Not shown',
          },
          {
            head: 'Of 100 admitted, found',
            cell: ({ sensitivity }) => (sensitivity ? shareWords(sensitivity) : 'Not shown'),
          },
          { head: 'Of 100 listed, admitted', cell: ({ ppv }) => (ppv ? shareWords(ppv) : 'Not shown') },
          {
            head: 'Verdict',
            cell: (group) => <Tag colour={colours[groupVerdict(group)]}>{groupVerdict(group)}</Tag>,
          },
        ]}
      />
      <p className="kw-second">
        Fair is 0.90 to 1.10. The interval holds the chance of the year it learned from and of the year it is
        tested on: where nothing is wrong about 5 in 100 still lie wholly above or below 1.00. Under 10
        admitted nothing is worked out. Where one group of a split is not shown, the next smallest is not
        either: the total would give it away.
      </p>
      <p className="kw-second">{careHomeWords(report)}</p>
      {figures.subgroups.some(({ by }) => by === 'Hold-out') && (
        <p className="kw-second">
          A hold-out ran in the year it was tested on. Where the list helps, fewer of those shown are admitted
          than it says; of those held out as many as it says. It is those held out who show whether it is
          right.
        </p>
      )}
    </Section>
  )
}

/** Of what day “in a care home” is, or why nobody is told apart by it. */
export function careHomeWords({ careHomes, tested }: Pick<TrainingReport, 'careHomes' | 'tested'>): string {
  const on = dateWords(tested.indexOn)
  if (careHomes === 'dated')
    return `In a care home: who lived in one on ${on}, by the council’s packages and the practices’ codes. Whoever pays for their own place is in no package.`
  if (careHomes === 'not known')
    return `In a care home: not known for ${on}. These records say only who lives in one on the day they were sent, and whoever moved in after being admitted would count. People in care homes are not told apart.`
  return `In a care home: who lived in one on the day the records were sent, not on ${on}. Whoever moved in after being admitted is in that group, so its ratio lies too high. Train again to tell it by date.`
}

type Group = TrainingReport['figures']['subgroups'][number]

/** How many people each group has, as it may be told: suppressed within its own split. */
export function peopleShown(groups: readonly Group[]): ReadonlyMap<Group, string> {
  const splits = new Set(groups.map(({ by }) => by))
  return new Map(
    [...splits].flatMap((split) => {
      const own = groups.filter(({ by }) => by === split)
      const shown = shownCounts(own.map(({ people }) => people))
      return own.map((group, at): [Group, string] => [group, capital(shownWords(shown[at] ?? 'not shown'))])
    }),
  )
}

const capital = (words: string) => (words === 'not shown' ? 'Not shown' : words)
