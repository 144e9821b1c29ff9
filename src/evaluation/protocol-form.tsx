import { Button, Details, HiddenFields, PostForm, Radios, Section, TextArea, TextField } from '#ui'
import { CohortFields, MatchingFields, OutcomeFields } from './choice-fields.tsx'
import { usualChoices } from './choices.ts'
import type { ProtocolView } from './protocol-page.tsx'
import { followUpChoices } from './protocol-rules.ts'

/** Whether a new version changes one that somebody locked, or one by which an answer has been seen. */
export const isAmendment = ({ studies, chosen }: Pick<ProtocolView, 'studies' | 'chosen'>): boolean =>
  studies.some(({ lockedByName }) => lockedByName !== undefined) ||
  chosen.result?.answer.kind === 'answered' ||
  chosen.result?.answer.kind === 'few events'

/** The form for the next version of a study. */
export function WriteOne({ view }: { readonly view: ProtocolView }) {
  const plan = view.draft?.plan ?? view.studies[0]?.protocol.plan
  const { programme } = view.chosen
  const shipped = view.studies[0]?.protocol
  const chosen = {
    now: plan?.choices ?? usualChoices,
    facts: view.facts,
    from: plan?.choices ? 'the newest version' : 'the method that ships',
  }
  return (
    <Section heading="Write the next version">
      <Details summary="Open the form" isOpen={view.problems.length > 0}>
        <p>
          The limits of how alike people must be, and the checks, are the same for every programme and are not
          for choosing. What nobody changes below is what the method that ships does.
        </p>
        <PostForm action="/evaluation/protocol">
          <HiddenFields fields={{ programme: programme.key }} />
          <TextArea
            name="question"
            label="What is the question?"
            value={
              plan?.question ?? `Does ${programme.template.name} change emergency admissions within a year?`
            }
            rows={2}
          />
          <OutcomeFields {...chosen} />
          <CohortFields {...chosen} />
          <TextField
            name="smallestThatMattersPercent"
            label="What is the smallest fall that would change what you do?"
            suffix="%"
            widthChars={3}
            value={String(plan?.smallestThatMattersPercent ?? 15)}
          />
          <TextField
            name="ratio"
            label="How many matched people for each person helped?"
            hint="1 to 5. Beyond 3 little is gained"
            widthChars={2}
            value={String(plan?.ratio ?? shipped?.ratio ?? 3)}
          />
          <Radios
            name="leastFollowUpDays"
            label="How long must people have been followed?"
            choices={followUpChoices.map((days) => ({ value: String(days), words: `At least ${days} days` }))}
            known={{
              value: String(plan?.leastFollowUpDays ?? shipped?.leastFollowUpDays ?? 90),
              from: 'the version in force',
            }}
          />
          <MatchingFields {...chosen} />
          <TextArea
            name="otherInitiatives"
            label="What else goes on at the same time?"
            value={plan?.otherInitiatives}
            isOptional
            rows={2}
          />
          <TextArea
            name="whatChanged"
            label="What changes, and why?"
            hint={
              isAmendment(view) ? 'An answer has been seen: this is printed beside the new one' : undefined
            }
            isOptional={!isAmendment(view)}
            rows={2}
          />
          <Button kind="secondary">Write it down and check it</Button>
        </PostForm>
      </Details>
    </Section>
  )
}
