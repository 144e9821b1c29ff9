import { type Answer, type Asked, type Problem, permit, requireSamePerson, type StaffVisit } from '#access'
import { dateWords, londonDate, readDateBoxes, timeWords } from '#calendar'
import { aboutPerson, nameInSentence, whomToRing } from '#people'
import {
  Button,
  type Choice,
  DateField,
  HiddenFields,
  Panel,
  PostForm,
  Radios,
  renderPage,
  Section,
  Select,
  SummaryList,
  Telephone,
  TextArea,
  TextField,
  Timeline,
} from '#ui'
import { askOf, turnAsk } from './ask-actions.ts'
import { askKinds, askWords, declineReasons, endings, isOpen, mayBecome, stateOf } from './ask-rules.ts'
import { askHandsOf, mayArrangeHelp } from './ask-store.ts'
import type { Ask, AskState, AskTurn } from './ask-types.ts'
import { asksAddress } from './asks-page.tsx'

const opening = { may: mayArrangeHelp, part: 'referral', purpose: 'direct care' } as const

/** One ask: what a broker has to know to find somebody, and what they say of it. No number, no illness, no plan. */
export async function showAsk(
  visit: StaffVisit,
  asked: Asked,
  problems: readonly Problem[] = [],
): Promise<Answer> {
  const leave = await permit(visit, asked.params.person ?? '', {
    ...opening,
    verb: 'read what volunteers are asked',
  })
  const ask = await askOf(visit, leave, asked.params.ask ?? '', visit.caller.organisation.id)
  const { person, called, lead } = await aboutPerson(visit, leave)
  const ring = lead && whomToRing(lead)
  const hands = await askHandsOf(visit.db, leave, ask.id)
  const html = renderPage({
    furniture: asked.furniture,
    title: 'Asked of volunteers',
    heading: ask.what,
    caption: `For ${nameInSentence(person)}`,
    lead: `${askWords(ask)}.`,
    isStamped: true,
    back: { href: asksAddress, words: 'Back to everything asked' },
    problems,
    typed: problems.length > 0 ? asked.form.typed : undefined,
    children: (
      <>
        {person.diedOn && (
          <Panel kind="caution" heading={`${called} has died`}>
            <p>Nobody visits or rings. Tell the volunteer yourself.</p>
          </Panel>
        )}
        <SummaryList
          rows={[
            { label: 'Kind of help', value: askKinds.find(({ value }) => value === ask.kind)?.words ?? '' },
            { label: 'Wanted by', value: dateWords(ask.wantedBy) },
            { label: 'What to know', value: ask.toKnow ?? 'Nothing was written down' },
            { label: 'Likes to be called', value: called },
            { label: 'Where', value: person.address ?? 'No address recorded' },
            {
              label: 'Telephone',
              value: person.telephone ? <Telephone number={person.telephone} /> : 'No number recorded',
            },
            {
              label: 'If anything worries you',
              value: (
                <>
                  Ring {ring?.name ?? ask.askedByName}
                  {ring?.telephone && (
                    <>
                      , <Telephone number={ring.telephone} />
                    </>
                  )}
                  . Somebody’s life in danger: 999
                </>
              ),
            },
          ]}
        />
        {isOpen(ask) && <AnswerForm ask={ask} called={called} person={leave.person} />}
        <Section heading="How it got here">
          <Timeline
            items={hands.map((hand) => ({
              when: `${dateWords(londonDate(hand.at))}, ${timeWords(hand.at)}`,
              what: askWords(hand),
              by: hand.byName,
            }))}
          />
        </Section>
      </>
    ),
  })
  return { kind: 'page', html, status: problems.length > 0 ? 422 : 200 }
}

function AnswerForm(props: { readonly ask: Ask; readonly called: string; readonly person: string }) {
  const { ask, called, person } = props
  const choices = choicesFor(ask, called).filter(({ value }) => mayBecome(ask.state).includes(value))
  return (
    <PostForm action={`/people/${person}/asks/${ask.id}`} personToken={person}>
      <HiddenFields fields={{ turn: String(ask.turn) }} />
      <Radios name="now" label="What happens now?" choices={choices} />
      <TextArea
        name="words"
        label={`What should ${ask.askedByName} know?`}
        hint="Nothing that the volunteer was told in confidence"
        rows={2}
        isOptional
      />
      <Button quickKey="S">Save</Button>
    </PostForm>
  )
}

const asChoices = (words: readonly string[]): readonly Choice[] =>
  words.map((value) => ({ value, words: value }))

const choicesFor = (ask: Ask, called: string) =>
  [
    {
      value: 'looking',
      words: ask.state === 'asked' ? 'We take it on and look for somebody' : 'We look for somebody else',
      ...(ask.state !== 'asked' && { hint: 'The volunteer said no, or has stopped' }),
    },
    {
      value: 'offered',
      words: 'Offered to a volunteer',
      hint: 'To one at a time, so that nobody turns up twice',
      whenChosen: <TextField name="who-offered" label="To whom?" hint="As you call them" widthChars={20} />,
    },
    {
      value: 'arranged',
      words: 'A volunteer said yes',
      whenChosen: (
        <>
          <TextField name="who-arranged" label="Who?" value={ask.volunteer} widthChars={20} />
          <DateField name="start" label="From which day?" />
        </>
      ),
    },
    {
      value: 'declined',
      words: 'We cannot find anybody',
      whenChosen: (
        <Select
          name="why-not"
          label="Why not?"
          prompt="Select a reason"
          choices={asChoices(declineReasons)}
        />
      ),
    },
    {
      value: 'ended',
      words: 'It is over',
      whenChosen: (
        <Select
          name="came"
          label={`What came of it for ${called}?`}
          prompt="Select"
          choices={asChoices(endings)}
        />
      ),
    },
  ] satisfies readonly (Choice & { readonly value: AskState; readonly whenChosen?: unknown })[]

/** Keeps what a broker says of an ask. */
export async function sendAsk(visit: StaffVisit, asked: Asked): Promise<Answer> {
  requireSamePerson(asked)
  const leave = await permit(visit, asked.params.person ?? '', {
    ...opening,
    verb: 'answer what volunteers are asked',
  })
  const ask = await askOf(visit, leave, asked.params.ask ?? '', visit.caller.organisation.id)
  const turn = turnIn(asked, ask)
  if (!turn) return showAsk(visit, asked, [{ field: 'now', message: 'Select what happens now' }])
  const outcome = await turnAsk(visit, leave, ask, turn)
  if (!outcome.ok) return showAsk(visit, asked, outcome.problems)
  return { kind: 'go', to: asksAddress, saved: 'Saved. The team that asked can read it.' }
}

function turnIn({ form: { text } }: Asked, ask: Ask): AskTurn | undefined {
  const state = stateOf(text('now'))
  if (!state) return undefined
  const common = { turn: Number(text('turn')), state, words: text('words') }
  switch (state) {
    case 'offered':
      return { ...common, volunteer: text('who-offered') }
    case 'arranged':
      return {
        ...common,
        volunteer: text('who-arranged'),
        startsOn: readDateBoxes(text('start-day'), text('start-month'), text('start-year')),
      }
    case 'declined':
      return { ...common, reason: text('why-not') }
    case 'ended':
      return { ...common, reason: text('came'), volunteer: ask.volunteer }
    default:
      return common
  }
}
