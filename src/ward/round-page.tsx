import type { Asked, StaffVisit } from '#access'
import { addDays, dayWords, timeWords } from '#calendar'
import type { JournalEntry } from '#journal'
import type { Staff } from '#organisations'
import { nameInSentence } from '#people'
import {
  Button,
  Columns,
  Details,
  FieldRow,
  HiddenFields,
  Panel,
  PostForm,
  type Problem,
  Radios,
  renderPage,
  Select,
  TextArea,
  TextField,
} from '#ui'
import { cameOn } from './actions.ts'
import type { OpenPerson } from './person.tsx'
import { decisionWords, IfWorse, Matters, NoReadings, Since } from './round-known.tsx'
import { dayOnWard, daysOffered } from './rules.ts'
import type { OnWard, Turn } from './types.ts'

/** What a page of the round shows of one person. */
export type RoundPage = {
  readonly person: OpenPerson
  readonly there: OnWard
  readonly turns: readonly Turn[]
  readonly staff: readonly Staff[]
  readonly since: readonly JournalEntry[]
  /** What was said, by what a note is about. */
  readonly said: ReadonlyMap<string, string>
  readonly ifWorse: readonly {
    readonly lineId: string
    readonly words: string
    readonly thenWords?: string
    readonly callWords?: string
  }[]
  readonly whatMatters: string | undefined
  readonly nextName: string | undefined
  /** Whether this round has decided about them, and nobody asked to decide again. */
  readonly isDecided: boolean
  readonly problems: readonly Problem[]
}

/** One person of the round on a slim page: nothing to wander to. */
export function roundPage(visit: StaffVisit, asked: Asked, page: RoundPage): string {
  const { person, there, turns, since, problems } = page
  const place = turns.findIndex((turn) => turn.onWard.personId === person.permit.person)
  return renderPage({
    furniture: asked.furniture,
    title: 'Ward round',
    heading: `Ward round: ${nameInSentence(person.identity)}`,
    isHeadingHidden: true,
    banner: person.banner,
    slim: true,
    text: 'reading',
    problems,
    ...(problems.length > 0 && { typed: asked.form.typed }),
    children: (
      <>
        <Strip turns={turns} place={place} person={person} isDecided={page.isDecided} />
        <Columns
          split="half"
          main={
            <>
              <Matters givenName={person.identity.givenName} whatMatters={page.whatMatters} />
              <Since since={since} said={page.said} there={there} visit={visit} />
              <IfWorse ifWorse={page.ifWorse} />
              <NoReadings person={person} />
            </>
          }
          side={
            page.isDecided ? (
              <Decided page={page} />
            ) : (
              <Panel kind="decision" heading="Decide">
                <DecideForm page={page} visit={visit} />
              </Panel>
            )
          }
        />
      </>
    ),
  })
}

function Strip(props: {
  readonly turns: readonly Turn[]
  readonly place: number
  readonly person: OpenPerson
  readonly isDecided: boolean
}) {
  const { turns, place, person, isDecided } = props
  const skipped = turns.filter((turn) => turn.skippedAt && !turn.isDiscussed).length
  return (
    <div className="kw-count">
      <p>
        <b>
          {place < 0 ? 'Ward round, not due today' : `Ward round, person ${place + 1} of ${turns.length}`}
        </b>
        {skipped > 0 && `. ${skipped === 1 ? '1 person comes' : `${skipped} people come`} back at the end`}
      </p>
      <div className="kw-count__acts">
        {!isDecided && (
          <PostForm
            action={`/ward/round/${person.permit.person}/skip`}
            personToken={person.permit.person}
            layout="row"
          >
            <Button kind="link" quickKey="N">
              Skip, come back
            </Button>
          </PostForm>
        )}
        <PostForm action="/ward/round/leave" layout="row">
          <Button kind="link">Leave the round</Button>
        </PostForm>
      </div>
    </div>
  )
}

// Whoever goes back to somebody they decided about would else save the same decision, and its task, twice.
function Decided({ page: { there, person } }: { readonly page: RoundPage }) {
  const { lastDecision, lastDiscussedAt, lastDiscussedBy, discussions } = there
  return (
    <Panel kind="decision" heading="Decided on this round">
      <p>
        <b>{lastDecision && decisionWords[lastDecision]}</b>
        {lastDiscussedBy && lastDiscussedAt && `, ${lastDiscussedBy} at ${timeWords(lastDiscussedAt)}`}.
      </p>
      <p>
        <a href="/ward/round">Go on with the round</a>
      </p>
      <p>
        <a href={`/ward/round/${person.permit.person}?again=${discussions}`}>Decide again</a>
      </p>
    </Panel>
  )
}

type Choices = readonly { readonly value: string; readonly words: string }[]

function DecideForm({ page, visit }: { readonly page: RoundPage; readonly visit: StaffVisit }) {
  const { person, there, staff, nextName } = page
  const names = staff.map(({ id, name }) => ({ value: id, words: name }))
  const days = daysOffered.map((count) => ({
    value: String(count),
    words: `${nearDay(count)}${dayWords(addDays(visit.today, count))}`,
  }))
  return (
    <PostForm action={`/ward/round/${person.permit.person}`} personToken={person.permit.person}>
      <HiddenFields fields={{ from: String(there.discussions) }} />
      <WhatNow
        hint={`Day ${dayOnWard(cameOn(there), visit.today)} on the ward`}
        others={names.filter(({ value }) => value !== visit.caller.staffId)}
      />
      <FieldRow>
        <Select name="lookInDays" label="Next look" hint="Which day" prompt="Choose a day" choices={days} />
        <TextField name="lookTime" label="At" hint="For today, like 3pm" widthChars={5} />
      </FieldRow>
      <WhatHasToHappen names={names} days={days} />
      <Details summary="Somebody disagrees">
        <Select name="disagrees" label="Who disagrees?" prompt="Choose a person" choices={names} isOptional />
        <TextArea name="disagreesWords" label="Why?" hint="Kept with the decision" isOptional />
      </Details>
      <Button quickKey="S">{nextName ? 'Save and next person' : 'Save and finish'}</Button>
      <p className="kw-second">
        Alt+Shift+S saves. {nextName ? `Next: ${nextName}. ` : 'Nobody is left after this. '}
        {visit.caller.name} is writing this down.
      </p>
    </PostForm>
  )
}

const nearDay = (count: number) => (count === 0 ? 'Today, ' : count === 1 ? 'Tomorrow, ' : '')

function WhatNow({ hint, others }: { readonly hint: string; readonly others: Choices }) {
  const stays = ['seen every day', 'seen every week', 'seen every month', 'send to hospital'] as const
  return (
    <Radios
      name="decision"
      label="What now?"
      hint={hint}
      choices={[
        ...stays.map((value) => ({ value, words: decisionWords[value] })),
        {
          value: 'ready to leave',
          words: 'Ready to leave (needs a second name)',
          whenChosen: (
            <Select name="secondName" label="Who else agrees?" prompt="Choose a person" choices={others} />
          ),
        },
      ]}
    />
  )
}

function WhatHasToHappen({ names, days }: { readonly names: Choices; readonly days: Choices }) {
  return (
    <fieldset className="nhsuk-fieldset">
      <legend className="nhsuk-fieldset__legend nhsuk-fieldset__legend--s">What has to happen</legend>
      <p className="kw-second">
        It becomes a task for that person at once. Needed for hospital and for leaving; otherwise leave it
        empty when nothing has to.
      </p>
      <TextField name="task" label="What" />
      <Select name="taskOwner" label="Who" prompt="Choose a person" choices={names} />
      <FieldRow>
        <Select name="taskInDays" label="By" hint="Which day" prompt="Choose a day" choices={days} />
        <TextField name="taskTime" label="At" hint="For today, like 11am" widthChars={5} />
      </FieldRow>
    </fieldset>
  )
}
