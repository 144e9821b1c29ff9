import type { Answer, Asked, Problem, StaffVisit } from '#access'
import { addDays, dateWords, londonDate, timeWords } from '#calendar'
import {
  Button,
  Checkboxes,
  DataTable,
  EmptyState,
  HiddenFields,
  PostForm,
  Radios,
  renderPage,
  Section,
  Select,
  Tag,
  TextArea,
  TextField,
} from '#ui'
import { maySign, signPolicy } from './actions.ts'
import { type NationalCheck, reliedOnDays } from './opt-out.ts'
import { type KindLine, policyTable, rules, type SignedRule } from './policy-rules.ts'
import { objectionsByKind, policyVersion, signedRules } from './policy-store.ts'
import { nationalCheck } from './store.ts'

/** What becomes of people who object, by kind of objection: what holds, who decided it, what held before. */
export async function policyPage(
  visit: StaffVisit,
  asked: Asked,
  problems: readonly Problem[] = [],
): Promise<Answer> {
  const signed = await signedRules(visit.db)
  const lines = policyTable(await objectionsByKind(visit.db), signed)
  const html = renderPage({
    furniture: asked.furniture,
    title: 'Policy on objections',
    lead: 'What becomes of people who object, before anybody is put in order. A kind without a rule is left out.',
    back: { href: '/population', words: 'Loads' },
    isStamped: true,
    problems,
    typed: problems.length > 0 ? asked.form.typed : undefined,
    children: (
      <>
        <Lines lines={lines} />
        <National check={await nationalCheck(visit.db)} />
        {visit.caller.activities.has(maySign) && (
          <SignForm lines={lines} version={await policyVersion(visit.db)} />
        )}
        <Signed signed={signed} />
      </>
    ),
  })
  return { kind: 'page', html, status: problems.length > 0 ? 422 : 200 }
}

/** How young the national service's answers are, and until when they are relied on. */
const National = ({ check }: { readonly check?: NationalCheck }) => (
  <p>
    {check
      ? `The national opt-out service was last asked on ${dateWords(check.checkedOn)}. Its answers are relied on for ${reliedOnDays} days: until ${dateWords(addDays(check.checkedOn, reliedOnDays))}. A load after that is refused until it is asked again, and whoever has an older answer is held back.`
      : 'No answer of the national opt-out service has come with a load.'}
  </p>
)

const wordsOf = (rule: string) => rules.find(({ value }) => value === rule)?.words ?? rule

/** A count as anybody may see it: fewer than 8 are not told, none is. */
const countWords = (people: number) =>
  people > 0 && people < 8 ? 'fewer than 8' : people.toLocaleString('en-GB')

const Lines = ({ lines }: { readonly lines: readonly KindLine[] }) => (
  <DataTable
    caption="Kinds of objection, and what becomes of each"
    isCaptionHidden
    rows={lines}
    keyOf={({ objection }) => objection.replaceAll(/[^a-z0-9]+/gi, '-')}
    columns={[
      { head: 'Objection', cell: ({ objection }) => objection },
      { head: 'People on record', cell: ({ people }) => countWords(people), isNumber: true },
      {
        head: 'What becomes of them',
        cell: ({ rule }) => <Tag colour={rule === 'include' ? 'orange' : 'blue'}>{wordsOf(rule)}</Tag>,
      },
      {
        head: 'Decided',
        cell: ({ signed }) => (signed ? <Decided signed={signed} /> : 'Nobody: the default'),
        width: 'wide',
      },
    ]}
  />
)

const Decided = ({ signed }: { readonly signed: SignedRule }) => (
  <>
    {signed.decidedBy && `${signed.decidedBy}. `}
    {signed.reason && `“${signed.reason}” `}
    <span className="kw-second">
      Version {signed.version}, signed by {signed.signedByName} on {whenWords(signed.signedAt)}
    </span>
  </>
)

const whenWords = (at: Date) => `${dateWords(londonDate(at))} at ${timeWords(at)}`

const SignForm = ({ lines, version }: { readonly lines: readonly KindLine[]; readonly version: number }) => (
  <Section heading="Sign a rule">
    <PostForm action="/population/objections">
      <HiddenFields fields={{ version: String(version) }} />
      <Select
        name="objection"
        label="Kind of objection"
        prompt="Select one"
        choices={lines.map(({ objection }) => ({ value: objection, words: objection }))}
      />
      <Radios name="rule" label="What becomes of people who object in this way?" choices={rules} />
      <TextField
        name="decidedBy"
        label="Who decided it for the data controller?"
        hint="Their name, what they are and where. For example, Caldicott Guardian, Lund Street Surgery"
      />
      <TextArea name="reason" label="Why?" hint="Everybody who may read this page reads it" rows={3} />
      <Checkboxes
        name="signed"
        label="Your signature"
        choices={[{ value: 'yes', words: 'I sign this rule in my name' }]}
      />
      <Button>Sign</Button>
      <p className="kw-second">
        Whoever is to be left out is off every list at the next page. Whoever is to be counted comes into the
        store with the next load.
      </p>
    </PostForm>
  </Section>
)

function Signed({ signed }: { readonly signed: readonly SignedRule[] }) {
  if (signed.length === 0)
    return <EmptyState says="Nothing was signed yet. Everybody who objects is left out." />
  return (
    <Section heading="Everything that was signed" count={signed.length}>
      <DataTable
        caption="Everything that was signed"
        isCaptionHidden
        rows={signed}
        keyOf={({ version }) => `version-${version}`}
        columns={[
          { head: 'Version', cell: ({ version }) => version, isNumber: true, width: 'narrow' },
          { head: 'Objection', cell: ({ objection }) => objection },
          { head: 'Rule', cell: ({ rule }) => wordsOf(rule) },
          { head: 'Decided', cell: (one) => <Decided signed={one} />, width: 'wide' },
          {
            head: 'In force',
            cell: ({ endedAt }) => (endedAt ? `Until ${whenWords(endedAt)}` : 'In force'),
          },
        ]}
      />
    </Section>
  )
}

/** Signs the rule of the page. */
export async function policyPost(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const { form } = asked
  const outcome = await signPolicy(visit, {
    objection: form.text('objection'),
    rule: form.text('rule'),
    decidedBy: form.text('decidedBy'),
    reason: form.text('reason'),
    isSigned: form.text('signed') === 'yes',
    seen: Number.parseInt(form.text('version'), 10) || 0,
  })
  if (!outcome.ok) return policyPage(visit, asked, outcome.problems)
  return { kind: 'go', to: '/population/objections', saved: `Version ${outcome.value.version} is signed.` }
}
