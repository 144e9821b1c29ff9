import type { Answer, Asked, Problem, Route, StaffVisit } from '#access'
import { dateWords } from '#calendar'
import { Button, DataTable, DateField, EmptyState, Panel, PostForm, Radios, renderPage, Section } from '#ui'
import { ApprovalFields } from '../approval-fields.tsx'
import { modelInUse } from '../model/model-store.ts'
import { beginHoldout, endHoldoutNow } from './actions.ts'
import { runningOn, shares } from './rules.ts'
import { holdouts } from './store.ts'
import type { Holdout } from './types.ts'

const may = 'approve lots'

/** The hold-out that runs, the form that begins one, and every one there was. */
async function showHoldout(visit: StaffVisit, asked: Asked, problems?: readonly Problem[]): Promise<Answer> {
  const all = await holdouts(visit.db)
  const running = runningOn(all, visit.today)
  const isInUse = (await modelInUse(visit.db)) !== undefined
  const html = renderPage({
    furniture: asked.furniture,
    title: 'Hold-out for renewing the model',
    lead: running ? (
      <>
        <b>A hold-out runs</b> until {dateWords(running.endsOn)}, approved by {running.approvedByName}. It
        ends by itself.
      </>
    ) : (
      <>
        <b>No hold-out runs.</b> Everybody on a list is shown.
      </>
    ),
    back: { href: '/models', words: 'Models' },
    isStamped: true,
    problems,
    typed: problems && asked.form.typed,
    children: (
      <>
        <Why />
        {running ? (
          <EndNow />
        ) : isInUse ? (
          <Begin />
        ) : (
          <EmptyState says="No model is in use, so there is nothing to renew." />
        )}
        <Before all={all} />
      </>
    ),
  })
  return { kind: 'page', html, status: problems ? 422 : 200 }
}

const Why = () => (
  <Panel kind="caution" heading="What a hold-out is, and what it costs">
    <p>
      People a list helped are admitted less. A model renewed on them learns that people like them need no
      help, and leaves them out. A few people by chance who are not shown keep it honest.
    </p>
    <p>
      The cost is theirs: for a time the list does not bring them up. They are shown as soon as a new list
      knows of an emergency admission or of a number risen by half. Nobody whose risk is rising is held out.
      Every list says that a hold-out runs, and a clinician may add or accept anybody all the while.
    </p>
  </Panel>
)

const Begin = () => (
  <Section heading="Begin a hold-out">
    <PostForm action="/models/hold-out">
      <Radios
        name="share"
        label="How many of 100 on each list are held out?"
        choices={shares.map((share) => ({ value: share, words: `${share} in 100` }))}
      />
      <DateField
        name="ends"
        label="The first day everybody is shown again"
        hint="For example, 27 9 2026. Within 12 months"
      />
      <ApprovalFields
        label="Why is it needed?"
        hint="Everybody who works down a list reads this"
        act="this hold-out"
      />
      <Button>Begin the hold-out</Button>
    </PostForm>
  </Section>
)

const EndNow = () => (
  <PostForm action="/models/hold-out/end">
    <Button kind="secondary">End it now</Button>
    <p className="kw-second">At the next page everybody is shown again.</p>
  </PostForm>
)

function Before({ all }: { readonly all: readonly Holdout[] }) {
  if (all.length === 0) return <EmptyState says="There has been no hold-out." />
  return (
    <Section heading="Hold-outs so far" count={all.length}>
      <DataTable
        caption="Hold-outs, the newest first"
        isCaptionHidden
        rows={all}
        keyOf={({ id }) => id}
        columns={[
          { head: 'Began', cell: ({ beganOn }) => dateWords(beganOn) },
          {
            head: 'Ends',
            cell: ({ endsOn, endedOn, endedByName }) =>
              endedOn ? `${dateWords(endedOn)}, ended early by ${endedByName}` : dateWords(endsOn),
          },
          { head: 'Of 100', cell: ({ sharePercent }) => sharePercent, isNumber: true },
          { head: 'Held out', cell: ({ heldOut }) => heldOut.toLocaleString('en-GB'), isNumber: true },
          {
            head: 'Got worse, shown again',
            cell: ({ letGo }) => letGo.toLocaleString('en-GB'),
            isNumber: true,
          },
          { head: 'Approved by', cell: ({ approvedByName }) => approvedByName },
          { head: 'Why', cell: ({ reason }) => reason, width: 'wide' },
        ]}
      />
    </Section>
  )
}

async function begin(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const { text } = asked.form
  const outcome = await beginHoldout(visit, {
    share: text('share'),
    ends: { day: text('ends-day'), month: text('ends-month'), year: text('ends-year') },
    reason: text('reason'),
    isApproved: text('approved') === 'yes',
  })
  if (!outcome.ok) return showHoldout(visit, asked, outcome.problems)
  return { kind: 'go', to: '/models/hold-out', saved: 'The hold-out runs. Every list says so.' }
}

async function end(visit: StaffVisit): Promise<Answer> {
  const wasRunning = await endHoldoutNow(visit)
  return {
    kind: 'go',
    to: '/models/hold-out',
    saved: wasRunning ? 'The hold-out is over. Everybody is shown.' : 'No hold-out was running.',
  }
}

/** The hold-out: its page, its beginning and its end. */
export const holdoutRoutes: readonly Route[] = [
  { method: 'GET', path: '/models/hold-out', may, answer: (visit, asked) => showHoldout(visit, asked) },
  { method: 'POST', path: '/models/hold-out', may, answer: begin },
  { method: 'POST', path: '/models/hold-out/end', may, answer: end },
]
