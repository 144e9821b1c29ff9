import type { Estimate } from '#prediction'
import { DataTable, Section } from '#ui'
import { in100, intervalWords, shareWords } from './report-words.ts'
import type { SocialCareChange } from './social-care.ts'
import { type Target, targetOf } from './targets.data.ts'
import type { TrainingReport } from './types.ts'

const number = (value: number) => value.toLocaleString('en-GB')

/** Whether adding social care changed the order: with and without it on the same people. A report of before says nothing. */
export function WhatSocialCareAdds({ report }: { readonly report: TrainingReport }) {
  const { socialCare } = report
  const target = targetOf(report)
  if (!socialCare) return null
  return (
    <Section heading="Does social care change the order?" isRuled={false}>
      {socialCareSentences(socialCare, target).map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      {socialCare !== 'not in it' && <Figures change={socialCare} past={target.past} />}
    </Section>
  )
}

/** What adding social care changed, the list first: a change is only told as one where its interval leaves nought out. */
export function socialCareSentences(
  change: SocialCareChange | 'not in it',
  { key, past }: Target = targetOf({}),
): readonly string[] {
  const whom = key === 'emergency admission' ? 'who were then admitted' : `who then ${past}`
  if (change === 'not in it')
    return [
      'There is no fact of social care in this model: it is not linked, does not reach back far enough, or says the same of everybody. What it would change cannot be told.',
    ]
  const { facts, listed, others, ppv } = change
  const sure = (ppv.low ?? -1) > 0 ? 'more' : (ppv.high ?? 1) < 0 ? 'fewer' : undefined
  return [
    `Without ${listWords(facts)}, ${number(Math.round(others.value * listed))} of the ${number(listed)} people on the list would be others: ${shareWords(others)} of 100.`,
    sure
      ? `With social care the list holds ${sure} people ${whom}.`
      : `Whether the list with social care holds more people ${whom} cannot be told: the interval holds no difference.`,
  ]
}

const listWords = (words: readonly string[]) =>
  [words.slice(0, -1).join(', '), words.at(-1) ?? ''].filter((part) => part !== '').join(' and ')

function Figures({ change, past }: { readonly change: SocialCareChange; readonly past: string }) {
  const rows = [
    {
      what: 'AUC',
      with: figure(change.with.auc, 3),
      without: figure(change.without.auc, 3),
      difference: figure(change.auc, 4),
    },
    {
      what: `Of 100 people on a list of ${number(change.listed)}, ${past}`,
      with: shareWords(change.with.ppv),
      without: shareWords(change.without.ppv),
      difference: `${(100 * change.ppv.value).toFixed(1)} (${intervalWords(change.ppv, 1, 100)})`,
    },
    {
      what: 'Of 100 people on the list, others without it',
      with: '',
      without: '',
      difference: `${in100(change.others.value)} (${intervalWords(change.others, 0, 100)})`,
    },
  ]
  return (
    <>
      <DataTable
        caption="The same people ordered with and without social care"
        rows={rows}
        keyOf={({ what }) => what}
        columns={[
          { head: 'Figure', cell: ({ what }) => what },
          { head: 'With', cell: (row) => row.with },
          { head: 'Without', cell: (row) => row.without },
          { head: 'Difference', cell: ({ difference }) => difference },
        ]}
      />
      <p className="kw-second">
        {number(change.people)} people of the year it was tested on. The penalty was not chosen anew without
        social care. The intervals of a difference are of the same people in both orders.
      </p>
    </>
  )
}

const figure = (estimate: Estimate, digits: number) =>
  `${estimate.value.toFixed(digits)} (${intervalWords(estimate, digits)})`
