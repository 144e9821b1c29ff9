import {
  type Asked,
  idOfForm,
  isReference,
  newId,
  type Problem,
  permit,
  requireSamePerson,
  type StaffVisit,
} from '#access'
import { readDateBoxes } from '#calendar'
import { type AboutPerson, aboutPerson, personTabs } from '#people'
import {
  Button,
  DateField,
  FieldRow,
  HiddenFields,
  PostForm,
  Radios,
  renderPage,
  Section,
  Select,
  TextField,
} from '#ui'
import { keptAlready, todayIn, wantedEpisode } from './ask-page.tsx'
import { importedOnly, valueSets } from './imported.data.ts'
import { recordResult } from './result-actions.ts'
import { importedOf } from './result-rules.ts'
import { measureOf } from './store.ts'
import { type AnsweredBy, answerers, type NewResult, routes } from './types.ts'
import { sentence } from './words.ts'

const writing = {
  may: 'write plans',
  part: 'whole',
  purpose: 'direct care',
  verb: 'write down a result of a licensed form',
} as const

/** Where a result of a form used elsewhere is written down. Its questions are nowhere on the page. */
export const showResultForm = (visit: StaffVisit, asked: Asked) => resultPage(visit, asked, [])

async function resultPage(visit: StaffVisit, asked: Asked, problems: readonly Problem[]) {
  const id = idOfForm(asked)
  if (typeof id !== 'string') return id
  const leave = await permit(visit, asked.params.person ?? '', writing)
  const about = await aboutPerson(visit, leave)
  const isKept = (await measureOf(visit.db, leave, id)) !== undefined
  if (isKept && problems.length === 0) return keptAlready(leave, id)
  const episode = wantedEpisode(visit, about, asked)
  const back = `/people/${leave.person}/measures`
  const isAgain = problems.length > 0
  const html = renderPage({
    furniture: asked.furniture,
    title: 'Result of a licensed form',
    caption: episode.programmeName,
    banner: about.banner,
    tabs: personTabs(visit, leave.person),
    back: { href: back, words: 'Back to the measures' },
    lead: 'For an EQ-5D that somebody answered on a form used under its own licence. Keyworker shows none of its questions and works out no index.',
    problems,
    typed: isAgain
      ? asked.form.typed
      : { ...todayIn(visit), instrument: importedOf(asked.query.text('instrument'))?.key ?? '' },
    children: (
      <PostForm action={`${back}/elsewhere`} personToken={leave.person}>
        <HiddenFields fields={{ id: isKept ? newId() : id, episode: episode.id }} />
        <Which />
        <WhoAndWhen about={about} />
        <Button quickKey="S">Save the result</Button>
      </PostForm>
    ),
  })
  return { kind: 'page' as const, html, status: isAgain ? (422 as const) : (200 as const) }
}

const Which = () => (
  <Section heading="What the form says">
    <Radios
      name="instrument"
      label="Which form was it?"
      isInline
      choices={importedOnly.map(({ key, name }) => ({ value: key, words: name }))}
    />
    <TextField
      name="profile"
      label="Profile"
      hint="5 digits, one for each part in the form’s order. 9 for a part not answered"
      widthChars={5}
    />
    <FieldRow>
      <TextField name="index" label="Index, as it came" isOptional widthChars={5} />
      <Select
        name="set"
        label="Value set the index was worked out by"
        prompt="None: there is no index"
        choices={valueSets.map(({ name, note }) => ({ value: name, words: `${name}, ${note}` }))}
      />
      <TextField name="vas" label="EQ VAS, 0 to 100" isOptional widthChars={3} />
    </FieldRow>
    <TextField
      name="form"
      label="Which version of the form?"
      hint="For example, UK English, on paper"
      widthChars={30}
    />
    <TextField
      name="from"
      label="Who held the licence and gave the result?"
      hint="For example, the respiratory clinic of the hospital"
      widthChars={30}
    />
  </Section>
)

function WhoAndWhen({ about }: { readonly about: AboutPerson }) {
  const who: readonly { readonly value: AnsweredBy; readonly words: string }[] = [
    { value: 'the person', words: about.called },
    { value: 'a carer, for them', words: `A carer or relative, for ${about.called}` },
    { value: 'staff', words: 'Staff, from what they saw' },
  ]
  return (
    <Section heading="Who answered it, how and when">
      <Radios name="who" label="Who answered the form?" choices={who} />
      <Radios
        name="via"
        label="How?"
        isInline
        choices={routes.map((value) => ({ value, words: sentence(value) }))}
      />
      <DateField name="on" label="On which day was it answered?" />
    </Section>
  )
}

type Read =
  | { readonly ok: true; readonly result: Omit<NewResult, 'episodeId'> }
  | { readonly ok: false; readonly problems: readonly Problem[] }

const numberIn = (text: string): number | undefined => (text === '' ? undefined : Number(text))

function readResult({ form }: Asked): Read {
  const { text } = form
  const instrument = importedOf(text('instrument'))
  const answeredBy = answerers.find((one) => one === text('who') && one !== 'a carer, about themselves')
  const answeredVia = routes.find((one) => one === text('via'))
  const answeredOn = readDateBoxes(text('on-day'), text('on-month'), text('on-year'))
  if (!instrument || !answeredBy || !answeredVia || !answeredOn) {
    const missing = [
      [instrument, 'instrument', 'Select which form it was'],
      [answeredBy, 'who', 'Select who answered'],
      [answeredVia, 'via', 'Select how they answered'],
      [answeredOn, 'on', 'Enter the day it was answered, like 27 3 2026'],
    ] as const
    return {
      ok: false,
      problems: missing.flatMap(([found, field, message]) => (found ? [] : [{ field, message }])),
    }
  }
  return {
    ok: true,
    result: {
      id: isReference(text('id')) ? text('id') : undefined,
      instrument: instrument.key,
      answeredBy,
      answeredVia,
      answeredOn,
      profile: text('profile'),
      index: numberIn(text('index')),
      valueSet: text('set') || undefined,
      vas: numberIn(text('vas')),
      formVersion: text('form'),
      obtainedFrom: text('from'),
    },
  }
}

/** Keeps the result, and shows it as it stands in the record. */
export async function sendResult(visit: StaffVisit, asked: Asked) {
  requireSamePerson(asked)
  const leave = await permit(visit, asked.params.person ?? '', writing)
  const episode = wantedEpisode(visit, await aboutPerson(visit, leave), asked)
  const read = readResult(asked)
  if (!read.ok) return resultPage(visit, asked, read.problems)
  const outcome = await recordResult(visit, leave, { ...read.result, episodeId: episode.id })
  if (!outcome.ok) return resultPage(visit, asked, outcome.problems)
  if (outcome.value.wasKept) return keptAlready(leave, outcome.value.assessmentId)
  return {
    kind: 'go' as const,
    to: `/people/${leave.person}/measures/answers/${outcome.value.assessmentId}`,
    saved: `${importedOf(read.result.instrument)?.name} saved.`,
  }
}
