import { dateWords } from '#calendar'
import type { Cut, Report, Subgroup } from '#prediction'
import { DataTable, measuredLines, Panel, Section, SummaryList } from '#ui'
import { peopleShown } from '../model/report-fair.tsx'
import { in100, intervalWords, shareWords } from '../model/report-words.ts'
import { kindWords, saysHowLikely } from './rules.ts'
import type { OutsideReport, OutsideScore } from './types.ts'

const number = (value: number) => value.toLocaleString('en-GB')

/** One score of somebody else's: what it is, how it came out here, and ours on the same people. */
export function OutsideReportPage({ score }: { readonly score: OutsideScore }) {
  const { facts, report } = score
  return (
    <>
      {report ? (
        <Panel kind="neutral" heading={headingOf(report)}>
          {sentencesOf(score, report).map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
        </Panel>
      ) : (
        <Panel kind="withheld" heading="We cannot tell yet">
          <p>{facts.whyNot}</p>
        </Panel>
      )}
      {report && <Figures score={score} report={report} />}
      {report && saysHowLikely(facts) && <Calibration report={report} />}
      {report && <HowLong report={report} />}
      {report && <Groups report={report} isCalibrated={saysHowLikely(facts)} />}
      <WhatItIs score={score} />
    </>
  )
}

const ownCut = ({ cuts }: Report, percent: number) =>
  cuts.find((cut) => cut.percent === null) ?? cuts.find((cut) => cut.percent === percent)

function headingOf({ ours }: OutsideReport): string {
  if (!ours) return 'Tested here. There is no model of ours to stand beside it.'
  const { low, high } = ours.theirsMore
  if ((low ?? -1) > 0) return 'At the length of our list it finds more than ours.'
  if ((high ?? 1) < 0) return 'At the length of our list it finds fewer than ours.'
  return 'At the length of our list we cannot tell it from ours.'
}

function sentencesOf({ facts }: OutsideScore, report: OutsideReport): readonly string[] {
  const { theirs, ours, listPercent, cutOn, adults } = report
  const cut = ownCut(theirs, listPercent)
  return [
    isTold(cut)
      ? `Of 100 people at the top of it, at a list of ${listPercent} in 100, ${in100(cut.ppv.value)} had an emergency admission in the year after ${dateWords(cutOn)}.`
      : `Of those at the top of it, at a list of ${listPercent} in 100, fewer than 10 had an emergency admission in the year after ${dateWords(cutOn)}: too few to say how many of 100.`,
    `${number(theirs.people)} of ${number(adults)} adults registered for 12 months or more had a value in the year to that day. Those without one are in neither column.`,
    ...orderSentences(theirs.auc),
    ...(ours?.isOfThatYear
      ? ['Ours was trained on some of that very year, and so looks better here than it is.']
      : []),
    ...(saysHowLikely(facts)
      ? []
      : [
          'It does not say how likely an emergency admission in 12 months is, so whether its numbers come true is not asked: only how it puts people in order.',
        ]),
  ]
}

/** A score that orders as chance does has no wrong way round: that is said only where chance is an unlikely reason. */
function orderSentences({ low, high }: Report['auc']): readonly string[] {
  if (high !== null && high < 0.5)
    return ['It ranks the wrong way round for this: ask whether a low value means a high need.']
  return low === null || low <= 0.5
    ? ['As far as these people can tell, it ranks no better than chance.']
    : []
}

/** A rate needs 10 to whom it happened, as everywhere. */
const isTold = (cut: Cut | undefined): cut is Cut => cut !== undefined && cut.events >= 10

const cutWords = (cut: Cut | undefined, of: 'ppv' | 'sensitivity') =>
  isTold(cut) ? shareWords(cut[of]) : 'Not shown'

type Row = { readonly question: string; readonly theirs: string; readonly ours: string }

function Figures({ score, report }: { readonly score: OutsideScore; readonly report: OutsideReport }) {
  const { theirs, ours, listPercent } = report
  const row = (question: string, of: (figures: Report) => string): Row => ({
    question,
    theirs: of(theirs),
    ours: ours ? of(ours.figures) : 'None',
  })
  const cutOf = (of: 'ppv' | 'sensitivity') => (figures: Report) => {
    return cutWords(ownCut(figures, listPercent), of)
  }
  const rows = [
    row('Given 1 person admitted and 1 not, right in 100', ({ auc }) => shareWords(auc)),
    row(`Of 100 on a list of ${listPercent}%, admitted`, cutOf('ppv')),
    row(`Of 100 admitted, found by a list of ${listPercent}%`, cutOf('sensitivity')),
    ...(saysHowLikely(score.facts)
      ? [
          row(
            'Admitted for each one expected',
            ({ observedOverExpected: ratio }) => `${ratio.value.toFixed(2)} (${intervalWords(ratio)})`,
          ),
          row(
            'Slope; 1 is right',
            ({ calibrationSlope: slope }) => `${slope.value.toFixed(2)} (${intervalWords(slope)})`,
          ),
        ]
      : []),
  ]
  return (
    <Section heading="Beside ours, on the same people" isRuled={false}>
      <DataTable
        caption="Beside ours, on the same people"
        isCaptionHidden
        rows={rows}
        keyOf={({ question }) => question}
        columns={[
          { head: 'Question', cell: ({ question }) => question, width: 'wide' },
          { head: score.score, cell: (one) => <b>{one.theirs}</b> },
          { head: ours ? `Ours, ${ours.name}` : 'Ours', cell: (one) => one.ours },
        ]}
      />
    </Section>
  )
}

function Calibration({ report: { theirs, ours } }: { readonly report: OutsideReport }) {
  const pointsOf = ({ bins }: Report) =>
    bins.map(({ risk, observed, low, high }) => ({
      x: 100 * risk,
      y: 100 * observed,
      low: 100 * low,
      high: 100 * high,
    }))
  const end = Math.max(...pointsOf(theirs).map(({ x }) => x))
  return (
    <Section heading="When it says 20 in 100, is it 20?" isRuled={false}>
      {measuredLines({
        name: 'What happened, in 100',
        across: 'What it said, in 100',
        description: 'Where a line lies on the dashed one, what was said is what happened.',
        lines: [
          { words: 'theirs', points: pointsOf(theirs) },
          ...(ours ? [{ words: 'ours', points: pointsOf(ours.figures) }] : []),
        ],
        compare: {
          words: 'perfect',
          points: [
            [0, 0],
            [end, end],
          ],
        },
      })}
    </Section>
  )
}

function HowLong({ report: { theirs, ours } }: { readonly report: OutsideReport }) {
  const cuts = theirs.cuts.filter(({ percent }) => percent !== null)
  const oursAt = (percent: number | null) => ours?.figures.cuts.find((cut) => cut.percent === percent)
  return (
    <Section heading="How long a list?" isRuled={false}>
      <DataTable
        caption="How long a list?"
        isCaptionHidden
        rows={cuts}
        keyOf={({ percent }) => `outside-top-${percent}`}
        columns={[
          { head: 'List', cell: ({ percent }) => `Top ${percent}%` },
          { head: 'People', cell: ({ people }) => number(people), isNumber: true },
          { head: 'Of 100 listed, admitted: theirs', cell: (cut) => cutWords(cut, 'ppv') },
          { head: 'Ours', cell: ({ percent }) => cutWords(oursAt(percent), 'ppv') },
          { head: 'Of 100 admitted, found: theirs', cell: (cut) => cutWords(cut, 'sensitivity') },
          { head: 'Ours', cell: ({ percent }) => cutWords(oursAt(percent), 'sensitivity') },
        ]}
      />
    </Section>
  )
}

const wordsOf = (estimate: Subgroup['ppv'] | undefined) => (estimate ? shareWords(estimate) : 'Not shown')

function Groups(props: { readonly report: OutsideReport; readonly isCalibrated: boolean }) {
  const { theirs, ours } = props.report
  const people = peopleShown(theirs.subgroups)
  const oursOf = (group: Subgroup) =>
    ours?.figures.subgroups.find((one) => one.by === group.by && one.group === group.group)
  return (
    <Section heading="By group" isRuled={false}>
      <DataTable
        caption="By group"
        isCaptionHidden
        rows={theirs.subgroups}
        keyOf={({ by, group }) => `outside-${by}-${group}`.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}
        columns={[
          { head: 'Group', cell: ({ group }) => group },
          { head: 'People', cell: (group) => people.get(group) ?? 'Not shown', isNumber: true },
          { head: 'Right in 100 pairs: theirs', cell: ({ auc }) => wordsOf(auc) },
          { head: 'Ours', cell: (group) => wordsOf(oursOf(group)?.auc) },
          { head: 'Of 100 admitted, found: theirs', cell: ({ sensitivity }) => wordsOf(sensitivity) },
          { head: 'Ours', cell: (group) => wordsOf(oursOf(group)?.sensitivity) },
          ...(props.isCalibrated
            ? [
                {
                  head: 'Admitted for each one expected: theirs',
                  cell: ({ observedOverExpected: ratio }: Subgroup) =>
                    ratio ? `${ratio.value.toFixed(2)} (${intervalWords(ratio)})` : 'Not shown',
                },
              ]
            : []),
        ]}
      />
      <p className="kw-second">Under 10 admitted nothing is worked out.</p>
    </Section>
  )
}

function WhatItIs({ score: { score, version, facts } }: { readonly score: OutsideScore }) {
  return (
    <Section heading="What it is" isRuled={false}>
      <SummaryList
        rows={[
          { label: 'Tool and version', value: `${score}, ${version}` },
          { label: 'Number', value: kindWords(facts) },
          { label: 'Given', value: `${dateWords(facts.firstOn)} to ${dateWords(facts.lastOn)}` },
          { label: 'People', value: number(facts.people) },
          {
            label: 'Worked out of',
            value: facts.feeds.length > 0 ? facts.feeds.join(', ') : 'The load does not say',
          },
          { label: 'Used for', value: 'Shown beside a person with its day. In no rank of ours' },
        ]}
      />
    </Section>
  )
}
