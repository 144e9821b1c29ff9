import { type Asked, permit, type StaffVisit } from '#access'
import { aboutPerson, personTabs } from '#people'
import { Button, EmptyState, renderPage } from '#ui'
import { OneContact } from './contact-parts.tsx'
import { contactsOf } from './store.ts'

const reading = {
  may: 'see people',
  part: 'whole',
  purpose: 'direct care',
  verb: 'read the contacts',
} as const
/** Everything anybody has done with the person, the newest first. */
export async function showContacts(visit: StaffVisit, asked: Asked) {
  const leave = await permit(visit, asked.params.person ?? '', reading)
  const about = await aboutPerson(visit, leave)
  const contacts = await contactsOf(visit.db, leave)
  const isRecorder = visit.caller.activities.has('record contacts')
  const add = `/people/${leave.person}/contacts/record`
  const standing = contacts.filter((contact) => !contact.struckAt).length
  const html = renderPage({
    furniture: asked.furniture,
    title: 'Contacts',
    banner: about.banner,
    tabs: personTabs(visit, leave.person, 'Contacts'),
    lead:
      standing === 0
        ? undefined
        : `${standing} ${standing === 1 ? 'contact' : 'contacts'}, the newest first.`,
    acts: isRecorder && contacts.length > 0 && (
      <Button href={add} quickKey="C">
        Record a contact
      </Button>
    ),
    children:
      contacts.length === 0 ? (
        <EmptyState says={`Nobody has been in touch with ${about.called} yet.`}>
          {isRecorder && <Button href={add}>Record a contact</Button>}
        </EmptyState>
      ) : (
        contacts.map((contact) => (
          <OneContact key={contact.id} contact={contact} person={leave.person} mayStrike={isRecorder} />
        ))
      ),
  })
  return { kind: 'page' as const, html }
}
