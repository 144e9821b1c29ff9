import type { ReactNode } from 'react'
import { type Answer, type Asked, newId, type Problem, type Route, require, type StaffVisit } from '#access'
import { dateWords, londonDate } from '#calendar'
import {
  type Acceptance,
  acceptanceOf,
  acceptPurpose,
  installation,
  type PurposePart,
  withdrawPurpose,
} from '#organisations'
import { Button, Checkboxes, HiddenFields, Panel, PostForm, renderPage } from '#ui'

const address = '/purposes'
const may = 'accept purposes'

/** A part with a switch: its name, what it is meant for and the field of its form. */
type Part = {
  readonly part: PurposePart
  readonly name: string
  readonly field: string
  readonly meant: ReactNode
}

const parts: readonly Part[] = [
  {
    part: 'case-finding',
    name: 'Case-finding',
    field: 'accepted',
    meant: (
      <>
        <p>
          It is meant for showing a clinician whose record to look at first, for an offer of care
          co-ordination, by published counts of emergency admissions, A&E visits and long-term conditions.
        </p>
        <p>
          It decides about nobody and guides no treatment. Its order has not been validated where it is used,
          and every list says so. A number is shown only by a model trained and tested here, once you put it
          in use under Models; that is asked apart.
        </p>
      </>
    ),
  },
  {
    part: 'kit alerts',
    name: 'Alerts of kit',
    field: 'accepted-kit-alerts',
    meant: (
      <>
        <p>
          It is meant for handing on what a monitoring product says, in the product’s own words, to the case
          manager of whoever had the kit when it happened. Each product that sends alerts here is registered
          as a medical device, and answers for its own limits.
        </p>
        <p>
          It takes no readings, sets no limits, raises no alarm of its own and puts nothing in order. It is
          not an alarm: an alert is here once its file is taken in. Whoever must act at once hears it from the
          product.
        </p>
      </>
    ),
  },
]

async function show(visit: StaffVisit, asked: Asked, problems: readonly Problem[] = []): Promise<Answer> {
  require(visit, may)
  const { kind } = await installation(visit.db)
  const standing: { readonly part: Part; readonly accepted: Acceptance | undefined }[] = []
  for (const part of parts) standing.push({ part, accepted: await acceptanceOf(visit.db, part.part) })
  const html = renderPage({
    furniture: asked.furniture,
    title: 'What each part is meant for',
    lead: standing
      .map(({ part, accepted }) => `${part.name}: ${stateWords(accepted, kind === 'synthetic')}`)
      .join(' '),
    problems,
    typed: problems.length > 0 ? asked.form.typed : undefined,
    children: standing.map(({ part, accepted }) => (
      <section key={part.part}>
        <Panel kind="neutral" heading={part.name}>
          {part.meant}
        </Panel>
        {accepted ? <Withdraw part={part} /> : <Accept part={part} />}
      </section>
    )),
  })
  return { kind: 'page', html, status: problems.length > 0 ? 422 : 200 }
}

function stateWords(accepted: Acceptance | undefined, isSynthetic: boolean): string {
  if (accepted)
    return `On. ${accepted.acceptedByName} accepted its purpose on ${dateWords(londonDate(accepted.acceptedAt))}.`
  return isSynthetic ? 'On, because everybody here is made up.' : 'Off until you accept its purpose.'
}

const inSentence = ({ name }: Part) => `${name.charAt(0).toLowerCase()}${name.slice(1)}`

const Accept = ({ part }: { readonly part: Part }) => (
  <PostForm action={address}>
    <HiddenFields fields={{ part: part.part }} />
    <Checkboxes
      name={part.field}
      label={`Do you accept the purpose of ${inSentence(part)} for this installation?`}
      choices={[
        { value: 'yes', words: 'I accept it, and I am the clinical safety officer or act in their name' },
      ]}
    />
    <Button>Accept and switch {inSentence(part)} on</Button>
  </PostForm>
)

const Withdraw = ({ part }: { readonly part: Part }) => (
  <PostForm action={`${address}/withdraw`}>
    <HiddenFields fields={{ part: part.part }} />
    <Button kind="secondary">Withdraw, and switch {inSentence(part)} off</Button>
  </PostForm>
)

// Case-finding was the only part once: a form drawn then names none.
const partOf = ({ form }: Asked): Part | undefined =>
  parts.find(({ part }) => part === (form.text('part') || 'case-finding'))

async function accept(visit: StaffVisit, asked: Asked): Promise<Answer> {
  require(visit, may)
  const part = partOf(asked)
  if (!part || asked.form.text(part.field) !== 'yes') {
    const field = part?.field ?? 'accepted'
    return show(visit, asked, [{ field, message: 'Tick the box to accept this purpose' }])
  }
  const { db, caller, now } = visit
  await acceptPurpose(db, { id: newId(), part: part.part, by: caller.staffId, at: now })
  await visit.note({ what: 'purpose accepted', facts: { part: part.part } })
  return { kind: 'go', to: address, saved: `${part.name}: on.` }
}

async function withdraw(visit: StaffVisit, asked: Asked): Promise<Answer> {
  require(visit, may)
  const part = partOf(asked)
  if (!part) return show(visit, asked)
  await withdrawPurpose(visit.db, part.part, visit.caller.staffId, visit.now)
  await visit.note({ what: 'purpose withdrawn', facts: { part: part.part } })
  return { kind: 'go', to: address, saved: `${part.name}: off, unless everybody here is made up.` }
}

export const purposeRoutes: readonly Route[] = [
  { method: 'GET', path: address, may, answer: (visit, asked) => show(visit, asked) },
  { method: 'POST', path: address, may, answer: accept },
  { method: 'POST', path: `${address}/withdraw`, may, answer: withdraw },
]
