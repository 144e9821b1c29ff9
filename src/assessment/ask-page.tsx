import {
  type Asked,
  changedMeanwhile,
  idOfForm,
  newId,
  notForYou,
  type Permit,
  type Problem,
  permit,
  requireSamePerson,
  type StaffVisit,
} from '#access'
import { type AboutPerson, aboutPerson, diedWords, type Episode, personTabs } from '#people'
import {
  Button,
  ButtonRow,
  DateField,
  HiddenFields,
  PostForm,
  Radios,
  renderPage,
  Section,
  TextArea,
} from '#ui'
import { recordMeasure } from './actions.ts'
import { AlertPanel } from './alert.tsx'
import { declined, readAnswers, readMeasure } from './form.ts'
import { instrumentToAsk } from './library.ts'
import { libraryIn } from './pack-store.ts'
import { fieldOf, isAlert, mayStillAsk } from './rules.ts'
import { measureOf } from './store.ts'
import { type AnsweredBy, type Instrument, type Question, routes } from './types.ts'
import { sentence } from './words.ts'

const asking = {
  may: 'write plans',
  part: 'whole',
  purpose: 'direct care',
  verb: 'record answers to a measure',
} as const

/** One instrument, one page: who answers, how, when, and the questions. Nothing is chosen on arrival. */
export const showAsk = (visit: StaffVisit, asked: Asked) => askPage(visit, asked, [])

async function askPage(visit: StaffVisit, asked: Asked, problems: readonly Problem[]) {
  const id = idOfForm(asked)
  if (typeof id !== 'string') return id
  const leave = await permit(visit, asked.params.person ?? '', asking)
  const about = await aboutPerson(visit, leave)
  const isKept = (await measureOf(visit.db, leave, id)) !== undefined
  if (isKept && problems.length === 0) return keptAlready(leave, id)
  const instrument = await wantedInstrument(visit, asked)
  const episode = wantedEpisode(visit, about, asked)
  const back = `/people/${leave.person}/measures`
  const html = renderPage({
    furniture: asked.furniture,
    title: instrument.name,
    heading: `${instrument.name}: ${instrument.about}`,
    caption: episode.programmeName,
    banner: about.banner,
    tabs: personTabs(visit, leave.person),
    back: { href: back, words: 'Back to the measures' },
    lead: 'Read the questions out as they stand. A question left open is kept as not asked, never as 0.',
    problems,
    typed: problems.length > 0 ? asked.form.typed : todayIn(visit),
    children: (
      <>
        {problems.length > 0 && isAlert(instrument, readAnswers(asked.form, instrument)) && (
          <AlertPanel called={about.called} isSaved={false} />
        )}
        <AskForm
          action={`${back}/${instrument.key}`}
          id={isKept ? newId() : id}
          episodeId={episode.id}
          instrument={instrument}
          about={about}
        />
        <p>
          Would they rather fill it in by hand?{' '}
          <a href={`${back}/${instrument.key}/paper`}>Print {instrument.name}</a>
        </p>
        <p className="kw-second">{instrument.credit}</p>
      </>
    ),
  })
  return { kind: 'page' as const, html, status: problems.length > 0 ? (422 as const) : (200 as const) }
}

/** Where the answers that a form saved are shown, said to whoever comes to that form again. */
export const keptAlready = (leave: Permit<'whole'>, id: string) => ({
  kind: 'go' as const,
  to: `/people/${leave.person}/measures/answers/${id}`,
  saved: 'These answers are saved already. Nothing was saved twice.',
})

function AskForm(props: {
  readonly action: string
  readonly id: string
  readonly episodeId: string
  readonly instrument: Instrument
  readonly about: AboutPerson
}) {
  const { action, id, episodeId, instrument, about } = props
  return (
    <PostForm action={action} personToken={about.person.id}>
      <HiddenFields fields={{ id, episode: episodeId }} />
      <WhoHowWhen instrument={instrument} about={about} />
      <Questions instrument={instrument} />
      <ButtonRow>
        <Button quickKey="S">Save the answers</Button>
        <Button kind="secondary" name="do" value={declined}>
          They do not want to answer the rest
        </Button>
      </ButtonRow>
    </PostForm>
  )
}

/** A form’s day, filled with today. */
export function todayIn(visit: StaffVisit) {
  const [year = '', month = '', day = ''] = visit.today.split('-').map((part) => part.replace(/^0/, ''))
  return { 'on-day': day, 'on-month': month, 'on-year': year }
}

/** The instrument an address names, where it may be asked here. */
export async function wantedInstrument({ db, today }: StaffVisit, asked: Asked): Promise<Instrument> {
  const instrument = instrumentToAsk(await libraryIn(db, today), asked.params.instrument ?? '')
  if (!instrument) throw notForYou()
  return instrument
}

/** The episode a form is for: the one named, or the first that may still be asked about. */
export function wantedEpisode(visit: StaffVisit, about: AboutPerson, asked: Asked): Episode {
  const died = diedWords(about.person)
  if (died) throw changedMeanwhile(`${died}. Nothing more is asked.`)
  const wanted = asked.form.text('episode') || asked.query.text('episode')
  const mayAsk = about.episodes.filter((episode) => mayStillAsk(episode, visit.today))
  const episode = wanted ? mayAsk.find(({ id }) => id === wanted) : mayAsk[0]
  if (!episode) throw changedMeanwhile('There is no open episode to ask about. Open the person again.')
  return episode
}

function WhoHowWhen({ instrument, about }: { readonly instrument: Instrument; readonly about: AboutPerson }) {
  const who: Readonly<Record<AnsweredBy, string>> = {
    'the person': about.called,
    'a carer, for them': `A carer or relative, for ${about.called}`,
    'a carer, about themselves': 'A carer, about what the service was like for them',
    staff: 'Staff, from what they saw',
  }
  const isOwnOnly = instrument.answeredBy.length === 1
  return (
    <Section heading="Who answers, how and when">
      <Radios
        name="who"
        label="Who gives the answers?"
        hint={
          isOwnOnly
            ? 'Nobody else can answer these questions for them'
            : 'A carer’s own mood or health belongs in the carer’s own record, not here'
        }
        choices={instrument.answeredBy.map((value) => ({ value, words: who[value] }))}
      />
      <Radios
        name="via"
        label="How?"
        isInline
        choices={routes.map((value) => ({ value, words: sentence(value) }))}
      />
      <DateField name="on" label="On which day?" />
    </Section>
  )
}

function Questions({ instrument }: { readonly instrument: Instrument }) {
  return (
    <Section heading="The questions">
      <p>{instrument.stem}</p>
      {instrument.items.map((question, at) => (
        <Radios
          key={question.key}
          name={fieldOf(question.key)}
          label={`${at + 1}. ${question.words}`}
          isInline
          choices={choicesOf(question)}
        />
      ))}
      {instrument.asksWords && <TextArea name="words" label={instrument.asksWords} isOptional />}
    </Section>
  )
}

const choicesOf = ({ choices }: Question) => [
  ...choices.map(({ value, words }) => ({ value: String(value), words })),
  { value: 'prefers not to say', words: 'Prefers not to say' },
  ...(choices.some(({ words }) => words === 'Don’t know')
    ? []
    : [{ value: 'not known', words: 'Does not know' }]),
]

/** Keeps the answers, and shows what they add up to. */
export async function sendAnswers(visit: StaffVisit, asked: Asked) {
  requireSamePerson(asked)
  const leave = await permit(visit, asked.params.person ?? '', asking)
  const instrument = await wantedInstrument(visit, asked)
  const episode = wantedEpisode(visit, await aboutPerson(visit, leave), asked)
  const read = readMeasure(asked.form, instrument)
  if (!read.ok) return askPage(visit, asked, read.problems)
  const outcome = await recordMeasure(visit, leave, { ...read.measure, episodeId: episode.id })
  if (!outcome.ok) return askPage(visit, asked, outcome.problems)
  if (outcome.value.wasKept) return keptAlready(leave, outcome.value.assessmentId)
  return {
    kind: 'go' as const,
    to: `/people/${leave.person}/measures/answers/${outcome.value.assessmentId}`,
    saved: `${instrument.name} saved.`,
  }
}
