import type { Form } from '#access'
import { Checkboxes, Radios, Select } from '#ui'
import { howSoonClasses } from './how-soon.data.ts'
import { checkedAs, howSoonClass, toCheck } from './how-soon-rules.ts'
import type { Written } from './types.ts'

const priorities = [
  { value: 'routine', words: 'Routine' },
  { value: 'urgent', words: 'Urgent' },
  { value: 'asap', words: 'As soon as possible (ASAP)' },
  { value: 'stat', words: 'Immediately (STAT)' },
  { value: 'something else', words: 'Something else' },
] as const

// What is none of the choices was said all the same: it is something else, and never nothing.
const priorityIn = (said: string): string | undefined =>
  said ? (priorities.find(({ value }) => value === said)?.value ?? 'something else') : undefined

/** How soon, as a form sent it: nothing that was not chosen. */
export const howSoonSent = (form: Form) => ({
  howSoon: form.text('how-soon'),
  referrerSaid: priorityIn(form.text('referrer-said')),
  checked: form.text('checked') || undefined,
})

/**
 * How soon somebody needs to be seen: nothing is chosen on arrival. Once it was sent with words that ask for a second
 * look, a box stands below that confirms it for these words and this class alone.
 */
export function HowSoonField(props: {
  /** "Does she need", as the question goes on. */
  readonly doTheyNeed: string
  readonly sent?: ReturnType<typeof howSoonSent>
  readonly written: readonly Written[]
}) {
  const { doTheyNeed, sent, written } = props
  const chosen = howSoonClass(sent?.howSoon ?? '')
  const checks = chosen ? toCheck(chosen.code, written, sent?.referrerSaid) : []
  return (
    <>
      <Radios
        name="how-soon"
        label={`How soon ${doTheyNeed} to be seen?`}
        hint="Nothing is chosen for you, and nothing you type chooses it"
        choices={howSoonClasses.map(({ code, words, hint }) => ({ value: code, words, hint }))}
      />
      {chosen && checks.length > 0 && (
        <Checkboxes
          name="checked"
          label={`${checks.join('. ')}. Is ${chosen.inWords} soon enough?`}
          hint="Choose a sooner time above, or say that you have looked again"
          choices={[
            {
              value: checkedAs(chosen.code, checks),
              words: `I have checked: ${chosen.inWords} is soon enough`,
            },
          ]}
        />
      )}
    </>
  )
}

/** The priority a referral came with, as it was given: it chooses nothing, and a slower choice asks for a second look. */
export const ReferrerSaidField = () => (
  <Select
    name="referrer-said"
    label="Which priority did the referrer give?"
    hint="As it stands on the referral. It is kept, and chooses nothing for you"
    prompt="None was given"
    choices={[...priorities]}
    isOptional
  />
)
