import { type Answer, type Asked, changedMeanwhile, newId, type StaffVisit } from '#access'
import { dateWords, londonDate } from '#calendar'
import { Button, HiddenFields, PostForm } from '#ui'
import { type PracticeList, practiceList, programmeFor } from './candidates.ts'
import { belowTheCut } from './cuts/rules.ts'
import { addressOf, type ListQuery, listText, readList } from './list-rules.ts'
import { addSignOff } from './sign-off-store.ts'

/** How a practice's list came out, of those judged from the run that is read now. */
export function tallyOf({ candidates, run }: Pick<PracticeList, 'candidates' | 'run'>) {
  const tally = { left: 0, accepted: 0, deferred: 0, declined: 0 }
  for (const { standing, inForce } of candidates) {
    const { tab } = standing
    if (tab === 'to judge') tally.left++
    else if ((tab === 'accepted' || tab === 'deferred' || tab === 'declined') && inForce?.runId === run?.id)
      tally[tab]++
  }
  return tally
}

/** Under the list: how far the judging is, the form that signs it off when nobody is left, or who signed it. */
export function SignOffLine({ list, query }: { readonly list: PracticeList; readonly query: ListQuery }) {
  const { signed } = list
  if (signed) {
    return (
      <p>
        <b>Signed off</b> by {signed.signedByName} on {dateWords(londonDate(signed.signedAt))}:{' '}
        {signed.accepted} accepted, {signed.deferred} deferred, {signed.declined} declined.
      </p>
    )
  }
  const { left, accepted, deferred, declined } = tallyOf(list)
  const done = accepted + deferred + declined
  const below = belowTheCut(list.candidates)
  if (left > 0) {
    return (
      <p>
        <b>Sign-off</b> opens when everybody asked is judged. {done} done, {left} to go.
      </p>
    )
  }
  if (done === 0) return null
  return (
    <PostForm action="/case-finding/sign-off">
      <HiddenFields fields={{ list: listText(query), programme: list.programme.key }} />
      <Button>Sign off this list</Button>
      <p className="kw-second">
        It says that your practice has judged everybody the list asks
        {below > 0 && `, and not the ${below.toLocaleString('en-GB')} below the cut`}. Decisions can still be
        changed.
      </p>
    </PostForm>
  )
}

/** Signs the caller's practice's part of the list off. Nobody may be left to judge. */
export async function signOff(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const query = readList(asked.form.text('list'))
  const programme = await programmeFor(visit, asked.form.text('programme'))
  if (!programme) return { kind: 'go', to: addressOf(query) }
  const list = await practiceList(visit, programme, {
    purpose: 'direct care',
    verb: 'sign the case-finding list off',
  })
  const { left, ...tally } = tallyOf(list)
  if (!list.run || left > 0) {
    throw changedMeanwhile('Somebody is left to judge. Go back to the list, judge them, then sign it off.')
  }
  const row = {
    id: newId(),
    runId: list.run.id,
    practiceId: visit.caller.organisation.id,
    by: visit.caller.staffId,
    at: visit.now,
    ...tally,
  }
  const isNew = await addSignOff(visit.db, row)
  if (isNew) {
    await visit.note({
      what: 'list signed off',
      about: `run ${list.run.id}`,
      facts: { signOffId: row.id, runId: list.run.id },
    })
  }
  return { kind: 'go', to: addressOf(query), saved: 'The list is signed off.' }
}
