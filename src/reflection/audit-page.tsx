import { type Answer, type Asked, isReference, notForYou, type Problem, type StaffVisit } from '#access'
import { dateWords, londonDate, readDateBoxes } from '#calendar'
import { type Staff, shippedRoles, staffAt } from '#organisations'
import { nameToSearch } from '#people'
import {
  Button,
  DataTable,
  DateField,
  EmptyState,
  Panel,
  PostForm,
  renderPage,
  Section,
  Select,
  SummaryList,
  TextArea,
} from '#ui'
import { isFinished, reAuditSaid, readChange, resultSaid } from './audit-rules.ts'
import { auditsHere, changesOf, insertChange, openSample, sampledOf } from './audit-store.ts'
import type { Audit, AuditChange, Sampled } from './audit-types.ts'

/** One round: what it asks, what was found in whose record, what it came to and what is changed because of it. */
export const showAudit = (visit: StaffVisit, asked: Asked) => show(visit, asked, [])

/** Everybody who works at the caller's place. */
export const colleagues = (visit: StaffVisit): Promise<readonly Staff[]> =>
  staffAt(visit.db, visit.caller.organisation.id, Object.keys(shippedRoles))

/** A round of the caller's own place. @throws Refused for any other. */
export async function auditAsked(
  visit: StaffVisit,
  id: string,
): Promise<{ readonly audit: Audit; readonly all: readonly Audit[] }> {
  const all = await auditsHere(visit.db)
  const audit = all.find((one) => one.id === id)
  if (!isReference(id) || !audit) throw notForYou()
  return { audit, all }
}

async function show(visit: StaffVisit, asked: Asked, problems: readonly Problem[]): Promise<Answer> {
  const { audit, all } = await auditAsked(visit, asked.params.audit ?? '')
  const leave = await openSample(visit, audit.id)
  const sampled = await sampledOf(visit.db, leave, audit.id)
  const mayWrite = visit.caller.activities.has('write plans')
  const html = renderPage({
    furniture: asked.furniture,
    title: 'An audit',
    heading: audit.question,
    caption: `${visit.caller.organisation.name}${audit.reAuditOf ? ', re-audit' : ''}`,
    back: { href: '/reflection/audits', words: 'Back to audits' },
    isStamped: true,
    problems,
    typed: problems.length > 0 ? asked.form.typed : undefined,
    children: (
      <>
        <Panel kind="neutral" heading={resultSaid(audit)}>
          <Rounds audit={audit} all={all} />
        </Panel>
        <About audit={audit} />
        <Sample audit={audit} sampled={sampled} />
        <Changes
          audit={audit}
          changes={await changesOf(visit.db, audit.id)}
          owners={mayWrite ? await colleagues(visit) : []}
        />
        {mayWrite && isFinished(audit) && !all.some(({ reAuditOf }) => reAuditOf === audit.id) && (
          <p>
            <Button kind="secondary" href={`/reflection/audits/new?again=${audit.id}`}>
              Open the re-audit
            </Button>
          </p>
        )}
      </>
    ),
  })
  return { kind: 'page', html, status: problems.length > 0 ? 422 : 200 }
}

/** The round before and the round after, with what can be said of the two. */
function Rounds({ audit, all }: { readonly audit: Audit; readonly all: readonly Audit[] }) {
  const before = all.find(({ id }) => id === audit.reAuditOf)
  const after = all.find(({ reAuditOf }) => reAuditOf === audit.id)
  return (
    <>
      {before && (
        <p>
          {reAuditSaid(before, audit)}{' '}
          <a href={`/reflection/audits/${before.id}`}>
            The round before, opened {dateWords(londonDate(before.openedAt))}
          </a>
        </p>
      )}
      {after && (
        <p>
          {reAuditSaid(audit, after)}{' '}
          <a href={`/reflection/audits/${after.id}`}>
            The re-audit, opened {dateWords(londonDate(after.openedAt))}
          </a>
        </p>
      )}
    </>
  )
}

function About({ audit }: { readonly audit: Audit }) {
  return (
    <SummaryList
      rows={[
        { label: 'Criterion', value: audit.criterion },
        { label: 'Standard', value: `${audit.standardPercent} in 100` },
        {
          label: 'Sample',
          value: `${audit.drawn} of ${audit.drawnFrom} in care here, drawn ${dateWords(londonDate(audit.openedAt))} in the order of a hash of this audit’s number and the person’s: nobody chose, and it can be drawn again. Whoever objects to evaluation was not drawn.`,
        },
        { label: 'Opened by', value: audit.openedByName },
        {
          label: 'Found',
          value: `${audit.met} met, ${audit.notMet} not met, ${audit.other} to whom it does not apply, ${audit.drawn - audit.met - audit.notMet - audit.other} still to look at`,
        },
      ]}
    />
  )
}

const findingWords = { met: 'Met', 'not met': 'Not met', 'does not apply': 'Does not apply' } as const

function Sample({ audit, sampled }: { readonly audit: Audit; readonly sampled: readonly Sampled[] }) {
  const gone = audit.drawn - sampled.length
  return (
    <Section heading="The records" count={sampled.length}>
      {sampled.length === 0 ? (
        <EmptyState says="There is no record here for you to open." />
      ) : (
        <DataTable
          caption="What was found in each record, in the order of the draw"
          isCaptionHidden
          rows={sampled}
          keyOf={({ n }) => `record-${n}`}
          columns={[
            {
              head: 'Who',
              cell: (one) => <a href={`/people/${one.personId}/audits/${audit.id}`}>{nameToSearch(one)}</a>,
              width: 'middle',
            },
            { head: 'Finding', cell: ({ finding }) => (finding ? findingWords[finding] : 'To look at') },
            { head: 'What was missing', cell: ({ words }) => words ?? '', width: 'wide' },
            { head: 'By', cell: ({ foundByName }) => foundByName ?? '' },
          ]}
        />
      )}
      {gone > 0 && (
        <p>
          {gone} more {gone === 1 ? 'was' : 'were'} drawn and {gone === 1 ? 'is' : 'are'} no longer yours to
          open. What was found stays counted.
        </p>
      )}
    </Section>
  )
}

function Changes(props: {
  readonly audit: Audit
  readonly changes: readonly AuditChange[]
  readonly owners: readonly Staff[]
}) {
  const { audit, changes, owners } = props
  return (
    <Section heading="What we change" count={changes.length}>
      {changes.length > 0 && (
        <DataTable
          caption="What is changed because of this audit"
          isCaptionHidden
          rows={changes}
          keyOf={({ id }) => `change-${id}`}
          columns={[
            { head: 'Change', cell: ({ words }) => words, width: 'wide' },
            { head: 'Who', cell: ({ ownerName }) => ownerName },
            { head: 'By when', cell: ({ dueOn }) => dateWords(dueOn) },
          ]}
        />
      )}
      {owners.length > 0 && (
        <PostForm action={`/reflection/audits/${audit.id}`}>
          <TextArea name="change" label="What will be changed?" rows={2} />
          <Select
            name="owner"
            label="Who will change it?"
            prompt="Choose somebody"
            choices={owners.map(({ id, name }) => ({ value: id, words: name }))}
          />
          <DateField name="due" label="By when?" />
          <Button kind="secondary">Write the change down</Button>
        </PostForm>
      )}
    </Section>
  )
}

/** Writes down what is changed because of a round. */
export async function sendChange(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const { audit } = await auditAsked(visit, asked.params.audit ?? '')
  const { text } = asked.form
  const dueOn = readDateBoxes(text('due-day'), text('due-month'), text('due-year'))
  const read = readChange(text, dueOn, await colleagues(visit), visit.today)
  if (!read.ok) return show(visit, asked, read.problems)
  await insertChange(visit.db, {
    ...read.value,
    auditId: audit.id,
    by: visit.caller.staffId,
    at: visit.now,
  })
  return { kind: 'go', to: `/reflection/audits/${audit.id}`, saved: 'The change is written down.' }
}
