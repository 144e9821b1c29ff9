import { type Answer, type Asked, requireSamePerson, type StaffVisit } from '#access'
import { deathAddress, nameInSentence } from '#people'
import { Button, PostForm, type Problem, Radios, renderPage } from '#ui'
import { cameOn, leaveWard, wardOf } from './actions.ts'
import { type OpenPerson, openPerson } from './person.tsx'
import { dayOnWard, mayLeaveAsReady } from './rules.ts'
import { stayOf } from './store.ts'
import type { LeavingReason, OnWard } from './types.ts'

const leavingChoices: readonly { readonly value: LeavingReason; readonly words: string }[] = [
  { value: 'ready to leave', words: 'Ready to leave, decided on the round' },
  { value: 'stays in hospital', words: 'In hospital, and will not come back to this ward' },
  { value: 'moved away', words: 'Moved away' },
  { value: 'asked to leave', words: 'Asked to leave' },
  { value: 'died', words: 'Died' },
]

/** Asks why somebody leaves the ward. */
export async function leavePage(visit: StaffVisit, asked: Asked): Promise<Answer> {
  return { kind: 'page', html: await draw(visit, asked, await openFor(visit, asked), []) }
}

/** Takes somebody off the ward and frees the bed. */
export async function leavePerson(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const person = await openFor(visit, asked)
  const reason = leavingChoices.find(({ value }) => value === asked.form.text('reason'))?.value
  const done = reason
    ? await leaveWard(visit, person.permit, reason)
    : ({ ok: false, problems: [{ field: 'reason', message: 'Select why they leave the ward' }] } as const)
  if (done.ok) return { kind: 'go', to: '/ward', saved: `Bed ${done.value.bed} is free.` }
  return { kind: 'page', status: 422, html: await draw(visit, asked, person, done.problems) }
}

async function openFor(visit: StaffVisit, asked: Asked): Promise<OpenPerson> {
  requireSamePerson(asked)
  const ward = await wardOf(visit)
  return openPerson(visit, asked.params.person ?? '', ward.programmeId, 'take off the ward')
}

async function draw(
  visit: StaffVisit,
  asked: Asked,
  { identity, banner, permit }: OpenPerson,
  problems: readonly Problem[],
): Promise<string> {
  const there = await stayOf(visit.db, permit)
  return renderPage({
    furniture: asked.furniture,
    title: 'Leave the ward',
    heading: `${nameInSentence(identity)} leaves the ward`,
    banner,
    back: { href: '/ward', words: 'Back to the ward' },
    lead: there
      ? `In bed ${there.bed}, day ${dayOnWard(cameOn(there), visit.today)} on the ward.`
      : 'Not in a bed on this ward.',
    problems,
    ...(problems.length > 0 && { typed: asked.form.typed }),
    children: there && <LeaveForm person={permit.person} givenName={identity.givenName} there={there} />,
  })
}

function LeaveForm(props: { readonly person: string; readonly givenName: string; readonly there: OnWard }) {
  return (
    <PostForm action={`/ward/leave/${props.person}`} personToken={props.person}>
      <Radios
        name="reason"
        label={`Why does ${props.givenName} leave the ward?`}
        hint={
          mayLeaveAsReady(props.there)
            ? 'A round decided, with a second name, that they are ready.'
            : 'No round has decided that they are ready to leave.'
        }
        choices={leavingChoices}
      />
      <p>
        The bed is free at once. Their episode goes on until it is closed. Have they died?{' '}
        <a href={deathAddress(props.person)}>Write that down as well</a>: freeing the bed tells nobody else.
      </p>
      <Button quickKey="S">Free the bed</Button>
    </PostForm>
  )
}
