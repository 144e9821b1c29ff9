import {
  type Answer,
  type Asked,
  notForYou,
  type Permit,
  type Problem,
  permit,
  requireSamePerson,
  type StaffVisit,
} from '#access'
import { aboutPerson, personTabs } from '#people'
import { Button, PostForm, Radios, renderPage, SummaryList, TextArea } from '#ui'
import { auditAsked } from './audit-page.tsx'
import { readFinding } from './audit-rules.ts'
import { sampledOne, saveFinding } from './audit-store.ts'

const looking = {
  may: 'see people',
  part: 'whole',
  purpose: 'service administration',
  verb: 'look at the record for an audit',
} as const

/** One record of an audit's sample: the criterion beside the person, and what is found. */
export async function showFinding(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const leave = await permit(visit, asked.params.person ?? '', looking)
  return show(visit, asked, leave, [])
}

async function show(
  visit: StaffVisit,
  asked: Asked,
  leave: Permit<'whole'>,
  problems: readonly Problem[],
): Promise<Answer> {
  const { audit } = await auditAsked(visit, asked.params.audit ?? '')
  const sampled = await sampledOne(visit.db, leave, audit.id)
  if (!sampled) throw notForYou()
  const about = await aboutPerson(visit, leave)
  const html = renderPage({
    furniture: asked.furniture,
    title: 'Record of an audit',
    heading: audit.question,
    banner: about.banner,
    tabs: personTabs(visit, leave.person),
    back: { href: `/reflection/audits/${audit.id}`, words: 'Back to the audit' },
    problems,
    typed:
      problems.length > 0 ? asked.form.typed : { finding: sampled.finding ?? '', words: sampled.words ?? '' },
    children: (
      <>
        <SummaryList
          rows={[
            { label: 'Criterion', value: audit.criterion },
            { label: 'Record', value: `${sampled.n} of ${audit.drawn}` },
            ...(sampled.foundByName ? [{ label: 'Found by', value: sampled.foundByName }] : []),
          ]}
        />
        {visit.caller.activities.has('write plans') && (
          <PostForm action={`/people/${leave.person}/audits/${audit.id}`} personToken={leave.person}>
            <Radios
              name="finding"
              label="Is the criterion met in this record?"
              choices={[
                { value: 'met', words: 'Met' },
                { value: 'not met', words: 'Not met' },
                { value: 'does not apply', words: 'Does not apply to them' },
              ]}
            />
            <TextArea name="words" label="What was missing, if anything" isOptional rows={2} />
            <Button>Save the finding</Button>
          </PostForm>
        )}
        <p>
          <a href={`/reflection/entries?person=${leave.person}`}>Write down what you learned from it</a>, for
          yourself
        </p>
      </>
    ),
  })
  return { kind: 'page', html, status: problems.length > 0 ? 422 : 200 }
}

/** Writes down what was found in one record. */
export async function sendFinding(visit: StaffVisit, asked: Asked): Promise<Answer> {
  requireSamePerson(asked)
  const leave = await permit(visit, asked.params.person ?? '', {
    ...looking,
    may: 'write plans',
    verb: 'write down what an audit found',
  })
  const { audit } = await auditAsked(visit, asked.params.audit ?? '')
  const read = readFinding(asked.form.text)
  if (!read.ok) return show(visit, asked, leave, read.problems)
  const found = { ...read.value, auditId: audit.id, by: visit.caller.staffId, at: visit.now }
  if (!(await saveFinding(visit.db, leave, found))) throw notForYou()
  return { kind: 'go', to: `/reflection/audits/${audit.id}`, saved: 'The finding is saved.' }
}
