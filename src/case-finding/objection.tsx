import {
  type Answer,
  type Asked,
  newId,
  type Permit,
  type Problem,
  permit,
  requireSamePerson,
  type StaffVisit,
} from '#access'
import { dateWords, londonDate, timeWords } from '#calendar'
import { aboutPerson, personTabs, recordWish, type Wish, wishesOf, wordsFor } from '#people'
import { Button, DataTable, Panel, PostForm, Radios, renderPage, Section } from '#ui'
import { type TakenAway, takenAwayWith } from './taken-away-store.ts'

const asking = {
  may: 'add candidates',
  part: 'whole',
  purpose: 'direct care',
  verb: 'record an objection to being looked for',
} as const

/** The objection this page records and withdraws; others come with an extract and are withdrawn where they were made. */
const kind = { kind: 'objection', purpose: 'case-finding' } as const

const sources = [
  'the person',
  'somebody who may decide for them',
  'a letter or message from the person',
] as const

/** Objections in force of the permitted person, whoever recorded them. */
export const objectionsOf = async (visit: StaffVisit, leave: Permit<'whole'>): Promise<readonly Wish[]> =>
  (await wishesOf(visit.db, leave)).filter((wish) => wish.kind === 'objection' && wish.answer === 'yes')

/** The form that records or withdraws an objection. */
export async function showObjection(
  visit: StaffVisit,
  asked: Asked,
  problems: readonly Problem[] = [],
): Promise<Answer> {
  const leave = await permit(visit, asked.params.person ?? '', asking)
  const { banner, called, person } = await aboutPerson(visit, leave)
  const words = wordsFor(person)
  const all = await objectionsOf(visit, leave)
  const ours = all.find(({ purpose }) => purpose === kind.purpose)
  const others = all.filter(({ purpose }) => purpose !== kind.purpose)
  const files = await takenAwayWith(visit.db, leave)
  const html = renderPage({
    furniture: asked.furniture,
    title: 'Objecting to being looked for',
    banner,
    tabs: personTabs(visit, leave.person),
    back: { href: `/people/${leave.person}`, words: 'Back to the person' },
    lead: `Somebody who objects is on no case-finding list from the next page anybody opens. ${called} keeps every other care.`,
    problems,
    typed: problems.length > 0 ? asked.form.typed : undefined,
    children: (
      <>
        {ours && (
          <Panel kind="neutral" heading={`${called} objects`}>
            <p>
              Since {dateWords(ours.since)}, said by {ours.source}.
            </p>
          </Panel>
        )}
        {others.map(({ purpose, since, source }) => (
          <Panel key={purpose} kind="neutral" heading={`An objection came with the records: ${purpose}`}>
            <p>
              Since {dateWords(since)}, from {source}. It is withdrawn where it was made.
            </p>
          </Panel>
        ))}
        {!ours && (
          <p>
            If {called} wants to know why {words.their} record was looked at,{' '}
            <a href={`/case-finding/${leave.person}/told`}>print it first</a>: once an objection is on record,
            no list can be asked about {words.them}.
          </p>
        )}
        <PostForm action={`/case-finding/${leave.person}/objection`} personToken={leave.person}>
          <Radios
            name="answer"
            label={`Does ${called} object to being looked for?`}
            hint={`${called} can change ${words.their} mind at any time.`}
            choices={[
              { value: 'yes', words: 'Yes: leave them off every list' },
              { value: 'no', words: ours ? 'No: the objection is withdrawn' : 'No' },
            ]}
          />
          <Radios
            name="source"
            label="Who said so?"
            choices={sources.map((value) => ({
              value,
              words: value.charAt(0).toUpperCase() + value.slice(1),
            }))}
          />
          <Button quickKey="S">Save the answer</Button>
        </PostForm>
        {files.length > 0 && <Taken files={files} called={called} />}
      </>
    ),
  })
  return { kind: 'page', html, status: problems.length > 0 ? 422 : 200 }
}

/** Files and papers of a list that hold the person: an objection cannot reach them, so whoever made each is named. */
const Taken = ({ files, called }: { readonly files: readonly TakenAway[]; readonly called: string }) => (
  <Section heading={`Files and papers that name ${called}`} count={files.length}>
    <p>
      They were made from a list while {called} was on it. An objection does not reach them: if {called}{' '}
      objects, ask whoever made each to destroy it.
    </p>
    <DataTable
      caption="Files and papers made from a list, newest first"
      isCaptionHidden
      rows={files}
      keyOf={({ id }) => `taken-${id}`}
      columns={[
        { head: 'Made', cell: ({ at }) => `${dateWords(londonDate(at))} at ${timeWords(at)}` },
        {
          head: 'What',
          cell: ({ isFile }) => (isFile ? 'A file was downloaded' : 'The page to print was opened'),
        },
        {
          head: 'By',
          width: 'wide',
          cell: ({ who, role, organisationName }) => [who, role, organisationName].filter(Boolean).join(', '),
        },
        { head: 'For', cell: ({ purpose }) => purpose },
      ]}
    />
  </Section>
)

/** Writes the answer down. It holds from the next page anybody opens. */
export async function saveObjection(visit: StaffVisit, asked: Asked): Promise<Answer> {
  requireSamePerson(asked)
  const answer = (['yes', 'no'] as const).find((one) => one === asked.form.text('answer'))
  const source = sources.find((one) => one === asked.form.text('source'))
  if (!answer || !source) {
    return showObjection(visit, asked, [
      ...(answer ? [] : [{ field: 'answer', message: 'Select yes or no' }]),
      ...(source ? [] : [{ field: 'source', message: 'Select who said so' }]),
    ])
  }
  const leave = await permit(visit, asked.params.person ?? '', asking)
  const row = { id: newId(), answer, source, since: visit.today, by: visit.caller.staffId, at: visit.now }
  await recordWish(visit.db, leave, { ...kind, ...row })
  await visit.note({ what: 'objection answered', person: leave.person, facts: { answer } })
  if (answer === 'no') {
    const stands = (await objectionsOf(visit, leave)).length > 0
    return stands
      ? {
          kind: 'go',
          to: `/case-finding/${leave.person}/objection`,
          saved: 'The answer is recorded. An objection that came with the records still stands.',
        }
      : { kind: 'go', to: `/people/${leave.person}`, saved: 'No objection stands.' }
  }
  const saved = 'The objection is recorded: off every list now.'
  const { length } = await takenAwayWith(visit.db, leave)
  // What was taken away before cannot be called back by the program: the page names who has it.
  if (length === 0) return { kind: 'go', to: `/people/${leave.person}`, saved }
  const made =
    length === 1 ? '1 file or paper was made before.' : `${length} files or papers were made before.`
  return { kind: 'go', to: `/case-finding/${leave.person}/objection`, saved: `${saved} ${made}` }
}
