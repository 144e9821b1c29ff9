import { Button, type Furniture, HiddenFields, PostForm, Radios, renderPage, TextField } from '#ui'
import { newId } from './ids.ts'
import { giveReason } from './marks-store.ts'
import { isReference, permit } from './permit.ts'
import { notForYou, Refused } from './refused.ts'
import { ownPath } from './sign-in-rules.ts'
import type { Answer, Asked, Problem, Route, StaffVisit } from './types.ts'

const address = '/people/:person/why'

/** Why somebody with a tie opens a marked record. Their own words only where none of these fits. */
export const openingReasons = {
  'giving care': 'I am giving or arranging their care now',
  'they asked': 'They, or their carer, asked me to',
  'asked by a colleague': 'A colleague asked me to help with their care',
  other: 'Something else',
} as const

const isReason = (text: string): text is keyof typeof openingReasons => Object.hasOwn(openingReasons, text)

/** Asks why, in the place of a record that is marked. */
export function reasonPage(view: {
  readonly furniture: Furniture
  readonly person: string
  /** Where they were going. */
  readonly to: string
  readonly problems?: readonly Problem[]
  readonly typed?: Asked['form']['typed']
}): string {
  const { furniture, person, to, problems = [], typed } = view
  return renderPage({
    furniture,
    title: 'Why do you need this record?',
    lead: 'It is handled with more care than others. You are asked once each time you sign in.',
    text: 'reading',
    problems,
    typed: problems.length > 0 ? typed : undefined,
    children: (
      <PostForm action={`/people/${person}/why`}>
        <HiddenFields fields={{ to, reasonId: newId() }} />
        <Radios
          name="reason"
          label="Why do you open it?"
          hint="The privacy officer can read your answer, and the person can ask for it"
          choices={Object.entries(openingReasons).map(([value, words]) => ({
            value,
            words,
            ...(value === 'other' && { whenChosen: <TextField name="words" label="What is it?" /> }),
          }))}
        />
        <Button>Open the record</Button>
      </PostForm>
    ),
  })
}

async function sendReason(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const { form, params, furniture } = asked
  const person = params.person ?? ''
  const to = ownPath(form.text('to'))
  const reason = form.text('reason')
  const words = reason === 'other' ? form.text('words') : ''
  const problems: Problem[] = []
  if (!isReason(reason)) problems.push({ field: 'reason', message: 'Select why you open it' })
  if (reason === 'other' && !words) problems.push({ field: 'words', message: 'Enter what it is' })
  if (words.length > 500) problems.push({ field: 'words', message: 'Say it in 500 characters or fewer' })
  if (problems.length > 0) {
    await mustHaveTie(visit, person)
    const html = reasonPage({ furniture, person, to, problems, typed: form.typed })
    return { kind: 'page', html, status: 422 }
  }
  const known = form.text('reasonId')
  const id = isReference(known) ? known : newId()
  if (!isReference(person) || !(await giveReason(visit.db, { id, person, reason, words }))) throw notForYou()
  await visit.note({ what: 'reason given', person, about: `claim ${id}`, facts: { claimId: id, reason } })
  return { kind: 'go', to }
}

// Whoever has no tie is told what everybody is told of a record that is not theirs, whatever they sent.
async function mustHaveTie(visit: StaffVisit, person: string): Promise<void> {
  const mayAll = visit.caller.activities.has('see people')
  try {
    await permit(visit, person, {
      ...(mayAll
        ? { may: 'see people', part: 'whole' }
        : { may: 'see emergency summary', part: 'emergency summary' }),
      ...{ purpose: 'direct care', verb: 'said why' },
    })
  } catch (error) {
    if (!(error instanceof Refused && error.kind === 'say why')) throw error
  }
}

export const reasonRoutes: readonly Route[] = [
  { method: 'POST', path: address, may: 'anyone signed in', answer: sendReason },
]
