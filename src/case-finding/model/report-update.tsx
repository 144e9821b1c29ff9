import { afterwards, type Update } from '#prediction'
import { DataTable, Section } from '#ui'
import { in100 } from './report-words.ts'
import { targetOf } from './targets.data.ts'
import type { TrainingReport } from './types.ts'

/** What a list says where this report says another number: the model in use is brought to the year it was tested on. */
export function WhatAListWillSay({ report }: { readonly report: TrainingReport }) {
  const { update } = report
  if (!update) return null
  return (
    <Section heading="The numbers a list will say" isRuled={false}>
      {updateSentences(update, targetOf(report).many).map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      {update.how !== 'as it was' && (
        <DataTable
          caption="The same person in this report and on a list"
          rows={shown}
          keyOf={(risk) => `said-${100 * risk}`}
          columns={[
            { head: 'This report says, of 100', cell: (risk) => in100(risk) },
            { head: 'A list says, of 100', cell: (risk) => in100(afterwards(risk, update)), isNumber: true },
          ]}
        />
      )}
    </Section>
  )
}

const shown = [0.05, 0.1, 0.2, 0.4, 0.6, 0.8]

/** Why the numbers in use are others than those tested, and what is not known of them. */
export function updateSentences(
  { how, people, events, intercept, slope }: Update,
  many = 'admissions',
): readonly string[] {
  const year = `${people.toLocaleString('en-GB')} people and ${events.toLocaleString('en-GB')} ${many} of the year it was tested on`
  if (how === 'as it was')
    return [`A list says the numbers of this report: ${year} give no reason for others beyond chance.`]
  const by =
    how === 'intercept'
      ? `all by the same step (${intercept.toFixed(3)} on the log-odds)`
      : `by a step and a stretch (${intercept.toFixed(3)} and ${slope.toFixed(3)} on the log-odds)`
  return [
    `A model is two years old when it is used, so its numbers are brought to the newest complete year: ${by}, from ${year}. Nobody's place on a list changes.`,
    'Everything else in this report is of the model before that, on people it had not seen. How well the new numbers fit shows with the next loads.',
  ]
}
