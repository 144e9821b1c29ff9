import {
  type Answer,
  type Asked,
  idOfForm,
  isReference,
  newId,
  type Permit,
  type Problem,
  permit,
  requireSamePerson,
  type StaffVisit,
} from '#access'
import { readDateBoxes } from '#calendar'
import { aboutPerson, personTabs } from '#people'
import {
  Button,
  Checkboxes,
  DateField,
  EmptyState,
  HiddenFields,
  PostForm,
  Radios,
  renderPage,
  Select,
  TextArea,
  TextField,
} from '#ui'
import { askForHelp, askOf, turnAsk } from './ask-actions.ts'
import { askKinds } from './ask-rules.ts'
import { asksOf, brokerPlaces } from './ask-store.ts'

/** Whoever asks volunteers on somebody's behalf: those who may agree a plan with them. */
export const mayAskForHelp = 'write plans'

const opening = { may: mayAskForHelp, part: 'whole', purpose: 'direct care' } as const

/** The form that asks for a volunteer; where no broker works, what to do instead. */
export async function showAskAdd(
  visit: StaffVisit,
  asked: Asked,
  problems: readonly Problem[] = [],
): Promise<Answer> {
  const id = idOfForm(asked)
  if (typeof id !== 'string') return id
  const leave = await permit(visit, asked.params.person ?? '', {
    ...opening,
    verb: 'open an ask of volunteers',
  })
  const about = await aboutPerson(visit, leave)
  const isKept = (await asksOf(visit.db, leave)).some((ask) => ask.id === id)
  if (isKept && problems.length === 0) return askedAlready(leave)
  const places = await brokerPlaces(visit.db)
  const html = renderPage({
    furniture: asked.furniture,
    title: 'Ask volunteers',
    heading: `Ask volunteers to help ${about.called}`,
    banner: about.banner,
    tabs: personTabs(visit, leave.person),
    problems,
    typed: problems.length > 0 ? { ...asked.form.typed, agreed: asked.form.all('agreed') } : undefined,
    children:
      places.length === 0 ? (
        <EmptyState says="Nobody is a volunteer broker here.">
          <Button href={`/people/${leave.person}/tasks/add`}>Add a task instead</Button>
        </EmptyState>
      ) : (
        <Form
          person={leave.person}
          called={about.called}
          id={isKept ? newId() : id}
          places={places.map(({ id, name, brokers }) => ({ value: id, words: `${name} (${brokers})` }))}
        />
      ),
  })
  return { kind: 'page', html, status: problems.length > 0 ? 422 : 200 }
}

const askedAlready = (leave: Permit<'whole'>): Answer => ({
  kind: 'go',
  to: `/people/${leave.person}`,
  saved: 'Volunteers are asked this already. Nothing was asked twice.',
})

function Form(props: {
  readonly person: string
  readonly called: string
  readonly id: string
  readonly places: readonly { readonly value: string; readonly words: string }[]
}) {
  const { person, called, id, places } = props
  const [only, ...more] = places
  return (
    <PostForm action={`/people/${person}/asks/add`} personToken={person}>
      <HiddenFields fields={more.length === 0 && only ? { id, place: only.value } : { id }} />
      {more.length === 0 && only && <p>Who looks for somebody: {only.words}.</p>}
      {more.length > 0 && (
        <Select name="place" label="Who is asked?" prompt="Select a place" choices={places} />
      )}
      <Radios name="kind" label="What kind of help?" choices={askKinds} />
      <TextField name="what" label="What is asked?" hint="Like: company for an hour on Tuesday afternoons" />
      <TextArea
        name="know"
        label="What do they need to know?"
        hint="Like: hard of hearing, a dog, stairs. No illness, unless a volunteer has to know of it"
        rows={3}
        isOptional
      />
      <DateField name="by" label="By when?" />
      <Checkboxes
        name="agreed"
        label={`What did ${called} say?`}
        choices={[
          {
            value: 'yes',
            words: `${called} said yes to this, and to them being told name, address, telephone and what stands above`,
          },
        ]}
      />
      <Button quickKey="S">Ask volunteers</Button>
    </PostForm>
  )
}

/** Keeps what is asked. */
export async function sendAskAdd(visit: StaffVisit, asked: Asked): Promise<Answer> {
  requireSamePerson(asked)
  const leave = await permit(visit, asked.params.person ?? '', { ...opening, verb: 'ask volunteers' })
  const { text, all } = asked.form
  const outcome = await askForHelp(visit, leave, {
    id: isReference(text('id')) ? text('id') : newId(),
    organisationId: text('place'),
    kind: text('kind'),
    what: text('what'),
    toKnow: text('know'),
    wantedBy: readDateBoxes(text('by-day'), text('by-month'), text('by-year')),
    isAgreed: all('agreed').includes('yes'),
  })
  if (!outcome.ok) return showAskAdd(visit, asked, outcome.problems)
  if (outcome.value.wasKept) return askedAlready(leave)
  return {
    kind: 'go',
    to: `/people/${leave.person}`,
    saved: 'Volunteers are asked. You have a task when they answer.',
  }
}

/** The team takes an ask back: the broker sees the person no more. */
export async function sendAskBack(visit: StaffVisit, asked: Asked): Promise<Answer> {
  requireSamePerson(asked)
  const leave = await permit(visit, asked.params.person ?? '', {
    ...opening,
    verb: 'take an ask of volunteers back',
  })
  const ask = await askOf(visit, leave, asked.params.ask ?? '')
  await turnAsk(visit, leave, ask, { turn: Number(asked.form.text('turn')), state: 'taken back' })
  return {
    kind: 'go',
    to: `/people/${leave.person}`,
    saved: 'Taken back. Volunteers are not told of them any more.',
  }
}
