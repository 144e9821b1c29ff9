import { readDateBoxes } from '#calendar'
import { readNhsNumber } from '#people'
import { Button, DateField, Panel, PostForm, Radios, renderPage, TextArea, TextField } from '#ui'
import { type Claim, type ClaimKind, claimPerson } from './claims-store.ts'
import { newId } from './ids.ts'
import { permit } from './permit.ts'
import { recordAddress } from './record-address.ts'
import { tooMany } from './refused.ts'
import type { Answer, Asked, Form, Outcome, Problem, Route, StaffVisit } from './types.ts'

const reasons = {
  'break-glass': {
    'life or serious harm': 'Somebody’s life or safety is at risk now',
    'urgent care, not on our list': 'They need urgent care and are not on a list I can see',
    'cannot reach their team': 'I must act and cannot reach their own team',
  },
  'self-claimed': {
    'seeing them today': 'I am seeing them today',
    'asked by a colleague': 'A colleague asked me to help with their care',
    'following up': 'I am following up care I gave',
  },
} as const

const hours = { 'break-glass': 4, 'self-claimed': 24 } as const satisfies Record<ClaimKind, number>
const leastCharacters = 5

/** What to say of a birth date that cannot be read: whether anything was typed decides. */
export function noBirthDate({ text }: Form): Problem {
  const typed = ['day', 'month', 'year'].some((part) => text(`born-${part}`))
  const message = typed
    ? 'Date of birth must be a real date, like 14 3 1936'
    : 'Enter the date of birth, like 14 3 1936'
  return { field: 'born', message }
}

/** Reads who is to be opened and why. */
export function readClaim(form: Form, kind: ClaimKind): Outcome<Omit<Claim, 'id'>> {
  const problems: Problem[] = []
  const nhsNumber = readNhsNumber(form.text('number'))
  if (!nhsNumber) problems.push({ field: 'number', message: 'Enter the NHS number: 10 digits' })
  const bornOn = readDateBoxes(form.text('born-day'), form.text('born-month'), form.text('born-year'))
  if (!bornOn) problems.push(noBirthDate(form))
  const reason = form.text('reason')
  if (!Object.hasOwn(reasons[kind], reason))
    problems.push({ field: 'reason', message: 'Select why you need this record' })
  const words = form.text('words')
  if (words.length < leastCharacters)
    problems.push({ field: 'words', message: 'Say in a few words what is happening' })
  if (words.length > 500) problems.push({ field: 'words', message: 'Say it in 500 characters or fewer' })
  if (problems.length > 0 || !nhsNumber || !bornOn) return { ok: false, problems }
  return { ok: true, value: { kind, nhsNumber, bornOn, reason, words, hours: hours[kind] } }
}

/** Opens a record, or says why not. The journal tells the person's own team; the privacy officer reviews it. */
async function open(visit: StaffVisit, asked: Asked, kind: ClaimKind): Promise<Answer> {
  const read = readClaim(asked.form, kind)
  if (!read.ok) return page(asked, kind, read.problems)
  const claimId = newId()
  const answer = await claimPerson(visit.db, { id: claimId, ...read.value })
  if (answer.answer === 'wait') throw tooMany()
  // A page, not a refusal: what is thrown undoes the row of the access log with it.
  if (answer.answer !== 'opened') {
    return page(asked, kind, [answer.answer === 'own record' ? ownRecord : nobody])
  }
  const isEmergency = kind === 'break-glass'
  await permit(visit, answer.person, {
    may: isEmergency ? 'break glass' : 'claim relationship',
    part: 'whole',
    purpose: 'direct care',
    verb: isEmergency ? 'opened in an emergency' : 'claimed a relationship',
  })
  await visit.note({
    what: isEmergency ? 'opened in an emergency' : 'relationship claimed',
    person: answer.person,
    about: `claim ${claimId}`,
    facts: { claimId, reason: read.value.reason },
  })
  const saved = isEmergency
    ? 'Open to you for 4 hours. Everything you open is recorded and will be looked at.'
    : 'Open to you for 24 hours. Everything you open is recorded.'
  return { kind: 'go', to: recordAddress(visit.caller, answer.person), saved }
}

const nobody: Problem = {
  field: 'number',
  message: 'Nobody has this NHS number and date of birth together. Check both',
}

const ownRecord: Problem = {
  field: 'number',
  message: 'Nobody opens their own record here. Ask your practice to see yours',
}

function page(asked: Asked, kind: ClaimKind, problems: readonly Problem[] = []): Answer {
  const html = renderPage({
    furniture: asked.furniture,
    ...headings[kind],
    text: 'reading',
    slim: kind === 'break-glass',
    problems,
    typed: problems.length > 0 ? asked.form.typed : undefined,
    children: <ClaimForm kind={kind} />,
  })
  return { kind: 'page', html, status: problems.length > 0 ? 422 : 200 }
}

const headings = {
  'break-glass': {
    title: 'Open a record in an emergency',
    lead: 'It opens at once, for 4 hours. The privacy officer looks at every opening afterwards.',
  },
  'self-claimed': {
    title: 'Say that you are giving somebody care',
    lead: 'Their record opens to you for 24 hours. The privacy officer can see that you did this, and why.',
  },
} as const

const acts = {
  'break-glass': { address: '/emergency', words: 'Open the record now' },
  'self-claimed': { address: '/claim', words: 'Open the record for 24 hours' },
} as const

function ClaimForm({ kind }: { readonly kind: ClaimKind }) {
  return (
    <PostForm action={acts[kind].address}>
      <TextField
        name="number"
        label="NHS number"
        hint="With or without spaces"
        widthChars={20}
        autoComplete="off"
      />
      <DateField name="born" label="Date of birth" hint="For example, 14 3 1936" />
      <Radios
        name="reason"
        label="Why do you need this record?"
        choices={Object.entries(reasons[kind]).map(([value, words]) => ({ value, words }))}
      />
      <TextArea
        name="words"
        label="What is happening?"
        hint="In a few words, for whoever looks at it afterwards"
      />
      <Panel kind="neutral" heading="Who will know">
        <p>
          {kind === 'break-glass'
            ? 'The privacy officer is told now, by a reference without names. The opening stays in the person’s own timeline.'
            : 'The claim stays in the person’s own timeline, and the privacy officer may look at it.'}
        </p>
      </Panel>
      <Button>{acts[kind].words}</Button>
    </PostForm>
  )
}

const routes = (kind: ClaimKind, may: Route['may']): readonly Route[] => [
  { method: 'GET', path: acts[kind].address, may, answer: async (_, asked) => page(asked, kind) },
  { method: 'POST', path: acts[kind].address, may, answer: (visit, asked) => open(visit, asked, kind) },
]

export const claimRoutes: readonly Route[] = [
  ...routes('break-glass', 'break glass'),
  ...routes('self-claimed', 'claim relationship'),
]
