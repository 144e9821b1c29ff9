import {
  type Asked,
  isReference,
  notForYou,
  type Problem,
  permit,
  requireSamePerson,
  type StaffVisit,
} from '#access'
import { aboutPerson, personTabs } from '#people'
import { Button, PostForm, renderPage, TextField } from '#ui'
import { strike } from './actions.ts'
import { OneContact } from './contact-parts.tsx'
import { contactOf } from './store.ts'

const striking = {
  may: 'record contacts',
  part: 'whole',
  purpose: 'direct care',
  verb: 'strike a contact',
} as const

/** The form that strikes a wrong contact. */
export async function showStrike(visit: StaffVisit, asked: Asked, problems: readonly Problem[] = []) {
  const leave = await permit(visit, asked.params.person ?? '', striking)
  const id = asked.params.contact ?? ''
  const contact = isReference(id) ? await contactOf(visit.db, leave, id) : undefined
  if (!contact || contact.struckAt) throw notForYou()
  const about = await aboutPerson(visit, leave)
  const html = renderPage({
    furniture: asked.furniture,
    title: 'Strike a contact',
    banner: about.banner,
    tabs: personTabs(visit, leave.person, 'Contacts'),
    back: { href: `/people/${leave.person}/contacts`, words: 'Back to contacts' },
    lead: 'It stays to be read, struck through, and counts no more. Then write down what is right.',
    problems,
    typed: problems.length > 0 ? asked.form.typed : undefined,
    children: (
      <>
        <OneContact contact={contact} person={leave.person} mayStrike={false} />
        <PostForm action={`/people/${leave.person}/contacts/${contact.id}/strike`} personToken={leave.person}>
          <TextField name="reason" label="What is wrong with it?" />
          <Button>Strike this contact</Button>
        </PostForm>
      </>
    ),
  })
  return { kind: 'page' as const, html, status: problems.length > 0 ? (422 as const) : (200 as const) }
}

export async function sendStrike(visit: StaffVisit, asked: Asked) {
  requireSamePerson(asked)
  const leave = await permit(visit, asked.params.person ?? '', striking)
  const id = asked.params.contact ?? ''
  if (!isReference(id)) throw notForYou()
  const outcome = await strike(visit, leave, id, asked.form.text('reason'))
  if (!outcome.ok) return showStrike(visit, asked, outcome.problems)
  return { kind: 'go' as const, to: `/people/${leave.person}/contacts`, saved: 'Contact struck.' }
}
