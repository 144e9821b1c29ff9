import { type Answer, type Asked, newId, type Problem, type Route, require, type StaffVisit } from '#access'
import { dateWords, londonDate } from '#calendar'
import { acceptanceOf, acceptPurpose, installation, withdrawPurpose } from '#organisations'
import { Button, Checkboxes, Panel, PostForm, renderPage } from '#ui'

const address = '/purposes'
const may = 'accept purposes'

async function show(visit: StaffVisit, asked: Asked, problems: readonly Problem[] = []): Promise<Answer> {
  require(visit, may)
  const { kind } = await installation(visit.db)
  const accepted = await acceptanceOf(visit.db, 'case-finding')
  const state = accepted
    ? `On. ${accepted.acceptedByName} accepted its purpose on ${dateWords(londonDate(accepted.acceptedAt))}.`
    : kind === 'synthetic'
      ? 'On, because everybody here is made up.'
      : 'Off until you accept its purpose.'
  const html = renderPage({
    furniture: asked.furniture,
    title: 'What each part is meant for',
    lead: `Case-finding: ${state}`,
    problems,
    typed: problems.length > 0 ? asked.form.typed : undefined,
    children: (
      <>
        <Panel kind="neutral" heading="Case-finding">
          <p>
            It is meant for showing a clinician whose record to look at first, for an offer of care
            co-ordination, by published counts of emergency admissions, A&E visits and long-term conditions.
          </p>
          <p>
            It decides about nobody and guides no treatment. Its order has not been validated where it is
            used, and every list says so. A number is shown only by a model trained and tested here, once you
            put it in use under Models; that is asked apart.
          </p>
        </Panel>
        {accepted ? <Withdraw /> : <Accept />}
      </>
    ),
  })
  return { kind: 'page', html, status: problems.length > 0 ? 422 : 200 }
}

const Accept = () => (
  <PostForm action={address}>
    <Checkboxes
      name="accepted"
      label="Do you accept this purpose for this installation?"
      choices={[
        { value: 'yes', words: 'I accept it, and I am the clinical safety officer or act in their name' },
      ]}
    />
    <Button>Accept and switch case-finding on</Button>
  </PostForm>
)

const Withdraw = () => (
  <PostForm action={`${address}/withdraw`}>
    <Button kind="secondary">Withdraw, and switch case-finding off</Button>
  </PostForm>
)

async function accept(visit: StaffVisit, asked: Asked): Promise<Answer> {
  require(visit, may)
  if (asked.form.text('accepted') !== 'yes') {
    return show(visit, asked, [{ field: 'accepted', message: 'Tick the box to accept this purpose' }])
  }
  const { db, caller, now } = visit
  await acceptPurpose(db, { id: newId(), part: 'case-finding', by: caller.staffId, at: now })
  await visit.note({ what: 'purpose accepted', facts: { part: 'case-finding' } })
  return { kind: 'go', to: address, saved: 'Case-finding is on.' }
}

async function withdraw(visit: StaffVisit): Promise<Answer> {
  require(visit, may)
  await withdrawPurpose(visit.db, 'case-finding', visit.caller.staffId, visit.now)
  await visit.note({ what: 'purpose withdrawn', facts: { part: 'case-finding' } })
  return { kind: 'go', to: address, saved: 'Case-finding is off, unless everybody here is made up.' }
}

export const purposeRoutes: readonly Route[] = [
  { method: 'GET', path: address, may, answer: (visit, asked) => show(visit, asked) },
  { method: 'POST', path: address, may, answer: accept },
  { method: 'POST', path: `${address}/withdraw`, may, answer: withdraw },
]
