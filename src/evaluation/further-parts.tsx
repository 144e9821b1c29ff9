import type { Interval } from '#statistics'
import { DataTable, Section } from '#ui'
import { aOrAn, type Thing, thingOf } from './asked-words.ts'
import { CostPlaneChart, FirstYearChart } from './further-charts.tsx'
import { type FurtherRow, furtherHeads, furtherRow } from './further-rows.ts'
import type { Further, OtherWay } from './further-types.ts'
import { fewest, number, peopleWords, rate } from './sentences.ts'
import type { EffectAsked } from './types.ts'

const saidOf = ({ value, low, high }: Interval) => `${rate(value)} (${rate(low)} to ${rate(high)})`
const keyed = (words: string) => words.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')

/** The other ways of asking, and for whom it helped: all that were written down beforehand. */
export function FurtherParts({ effect }: { readonly effect: EffectAsked }) {
  const { further, ratio } = effect
  const thing = thingOf(effect)
  if (!further) return null
  return (
    <>
      <FurtherOutcomes further={further} />
      <InNumbers further={further} thing={thing} />
      <FirstYearChart effect={effect} />
      <OtherWays further={further} ratio={ratio} thing={thing} />
      <ForWhom further={further} helped={effect.helped.people} thing={thing} />
    </>
  )
}

type Told = { readonly further: Further; readonly thing: Thing }

function InNumbers({ further: { differences, daysWithout }, thing }: Told) {
  const { admissions, pounds, costed } = differences
  const said = (value: number) => `${number(Math.abs(value))} ${value < 0 ? 'fewer' : 'more'}`
  const money = (value: number) => `£${number(Math.abs(value))} ${value < 0 ? 'less' : 'more'}`
  return (
    <Section heading="In numbers">
      <p>
        For 1,000 people a year, helped against matched: {said(admissions.value)} {thing.many} (95% interval{' '}
        {said(admissions.low)} to {said(admissions.high)}), not adjusted.
      </p>
      {daysWithout && (
        <p>
          Of {thing.span}, {said(daysWithout.value)} days alive and without {aOrAn(thing.one)} (95% interval{' '}
          {said(daysWithout.low)} to {said(daysWithout.high)}), not adjusted.
        </p>
      )}
      {pounds && (
        <p>
          Other care ({costed.join(', ')}): {money(pounds.value)} a person a year ({money(pounds.low)} to{' '}
          {money(pounds.high)}). A bed freed is not money in hand.{' '}
          <a className="kw-not-on-paper" href="/evaluation/prices">
            Prices
          </a>
        </p>
      )}
      <CostPlaneChart differences={differences} thing={thing} />
    </Section>
  )
}

/** What the study said it would count beside its question. */
function FurtherOutcomes({ further: { outcomes = [] } }: { readonly further: Further }) {
  if (outcomes.length === 0) return null
  return (
    <Section heading="Counted beside it">
      <p className="kw-second">
        Chosen before any outcome was read, a person-year. With several, one may differ by chance: the last
        column allows for that (Holm).
      </p>
      <DataTable
        caption="Further outcomes, set beforehand"
        isCaptionHidden
        rows={outcomes.map((line) => furtherRow(line))}
        keyOf={([what]) => keyed(what)}
        columns={furtherHeads.map((head, at) => ({
          head,
          cell: (row: FurtherRow) => row[at],
          isNumber: at > 0 && at < 4,
        }))}
      />
    </Section>
  )
}

function OtherWays({ further, ratio, thing }: Told & { readonly ratio: Interval }) {
  const rows: readonly OtherWay[] = [{ way: 'The question set beforehand', ratio }, ...further.otherWays]
  return (
    <Section heading="Asked in other ways">
      <p className="kw-second">
        All of these were set beforehand and all are shown. None is chosen afterwards.
      </p>
      <DataTable
        caption={`Ratio of ${thing.many}, asked in other ways`}
        isCaptionHidden
        rows={rows}
        keyOf={({ way }) => keyed(way)}
        columns={[
          { head: 'Way', cell: ({ way }) => way },
          {
            head: 'Ratio (95% interval)',
            cell: (row) => (row.ratio ? saidOf(row.ratio) : row.whyNone),
            isNumber: true,
          },
        ]}
      />
    </Section>
  )
}

// How many are in a group is told only where how many are not in it may be told too.
const countOf = (people: number, helped: number) =>
  Math.min(people, helped - people) < fewest ? '' : `, ${peopleWords(people)}`

function ForWhom({ further, helped, thing }: Told & { readonly helped: number }) {
  return (
    <Section heading="Did it help everybody alike?">
      {further.subgroups.length === 0 ? (
        <p>There are too few {thing.many} in every group chosen to tell, or no group was chosen.</p>
      ) : (
        <>
          <p className="kw-second">
            A group with fewer than 10 {thing.many} is not shown. With several groups, one may differ by
            chance alone.
          </p>
          <DataTable
            caption={`Ratio of ${thing.many} by group`}
            isCaptionHidden
            rows={further.subgroups}
            keyOf={({ group }) => keyed(group)}
            columns={[
              { head: 'Group', cell: ({ group, people }) => `${group}${countOf(people, helped)}` },
              { head: 'Ratio in it', cell: ({ inGroup }) => saidOf(inGroup), isNumber: true },
              { head: 'In the rest', cell: ({ inRest }) => saidOf(inRest), isNumber: true },
              { head: 'Do they differ?', cell: ({ ratioOfRatios }) => differWords(ratioOfRatios) },
            ]}
          />
        </>
      )}
    </Section>
  )
}

function differWords({ low, high }: Interval): string {
  if (high < 1) return 'Lower than in the rest'
  return low > 1 ? 'Higher than in the rest' : 'No clear difference'
}
