import { dateWords } from '#calendar'
import { DataTable, Details, Section, Tag } from '#ui'
import { shownCounts, shownWords } from '../equity-rules.ts'
import { intervalWords, shareWords } from './report-words.ts'
import { targetOf } from './targets.data.ts'
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
  const { past, those, many } = targetOf(report)
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
            head: past.charAt(0).toUpperCase() + past.slice(1),
            cell: ({ events }) => (events === null ? 'Not shown' : number(events)),
            isNumber: true,
          },
          {
            head: 'Ratio and interval',
            cell: ({ observedOverExpected: ratio }) =>
              ratio ? `${ratio.value.toFixed(2)} (${intervalWords(ratio)})` : 'Not shown',
          },
          {
            head: `Of 100 ${those}, found`,
            cell: ({ sensitivity }) => (sensitivity ? shareWords(sensitivity) : 'Not shown'),
          },
          { head: `Of 100 listed, ${past}`, cell: ({ ppv }) => (ppv ? shareWords(ppv) : 'Not shown') },
          {
            head: 'Verdict',
            cell: (group) => <Tag colour={colours[groupVerdict(group)]}>{groupVerdict(group)}</Tag>,
          },
        ]}
      />
      <Details summary="Does it rank and scale right in each group?">
        <RanksAndScales report={report} />
      </Details>
      <p className="kw-second">
        Fair is 0.90 to 1.10. The interval holds the chance of the year it learned from and of the year it is
        tested on: where nothing is wrong about 5 in 100 still lie wholly above or below 1.00. Under 10 {many}{' '}
        nothing is worked out. Where one group of a split is not shown, the next smallest is not either: the
        total would give it away.
      </p>
      {report.together && <p>{togetherWords(report.together)}</p>}
      <p className="kw-second">{careHomeWords(report)}</p>
      {figures.subgroups.some(({ by }) => by === 'Hold-out') && (
        <p className="kw-second">
          A hold-out ran in the year it was tested on. Where the list helps, it happens to fewer of those
          shown than it says; of those held out to as many as it says. It is those held out who show whether
          it is right.
        </p>
      )}
    </Section>
  )
}

/** Of each group what the whole report says first of everybody: who comes first, and whether 20 means 20. */
const RanksAndScales = ({ report }: { readonly report: TrainingReport }) => (
  <DataTable
    caption="Right in 100 pairs, and slope, by group"
    rows={report.figures.subgroups}
    keyOf={({ by, group }) => `ranks-${by}-${group}`.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}
    columns={[
      { head: 'Group', cell: ({ group }) => group },
      { head: 'Right in 100 pairs', cell: ({ auc }) => (auc ? shareWords(auc) : 'Not shown') },
      {
        head: 'Slope',
        cell: ({ slope }) => (slope ? `${slope.value.toFixed(2)} (${intervalWords(slope)})` : 'Not shown'),
      },
    ]}
  />
)

/** What all groups say together: some lie apart by chance alone, and the same people are in several of them. */
export function togetherWords(together: NonNullable<TrainingReport['together']>): string {
  const { groups, excluding, usual, most, p, names } = together
  const chance = Math.max(1, Math.round(1000 * p))
  const found = `Of ${number(groups)} groups with 100 or more, ${number(excluding)} ${excluding === 1 ? 'lies' : 'lie'} wholly above or below 1.00. Everybody is in several groups, so they rise and fall together: where nothing is wrong there are ${usual.toFixed(1)} on average and ${number(most)} or fewer in 95 of 100 reports.`
  const verdict =
    p <= 0.01
      ? `This many or more come about by chance in ${chance < 10 ? `${chance} of 1,000` : `${Math.round(chance / 10)} of 100`} reports: something is wrong beyond chance.`
      : `This many or more come about by chance in ${Math.round(100 * p)} of 100 reports, so their number is no sign of a fault.`
  const apart =
    names.length > 0
      ? `Further from 1.00 than chance puts any of them in 95 of 100 reports: ${names.join('; ')}. Look at ${names.length === 1 ? 'it' : 'these'} first.`
      : 'None lies further from 1.00 than chance puts one of so many.'
  return `${found} ${verdict} ${apart}`
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
