import {
  type Asked,
  newId,
  type Permit,
  type Problem,
  permit,
  type Route,
  requireSamePerson,
  type StaffVisit,
} from '#access'
import { dateWords } from '#calendar'
import { type AboutPerson, aboutPerson, personTabs } from '#people'
import {
  Button,
  DataTable,
  DateField,
  Details,
  EmptyState,
  HiddenFields,
  PostForm,
  Radios,
  renderPage,
  Section,
  SummaryList,
  TextArea,
  TextField,
} from '#ui'
import { todayIn } from './ask-page.tsx'
import { recordPlace, strikeWrongPlace } from './place-actions.ts'
import { readPlace } from './place-form.ts'
import { type KeptPlace, type Place, placesOf } from './place-store.ts'
import { noPlace, places, placeWords, saidBys } from './places.data.ts'

const reading = {
  may: 'see people',
  part: 'whole',
  purpose: 'direct care',
  verb: 'read where they wish to be cared for and to die',
} as const
const writing = { ...reading, may: 'write plans', verb: 'write down where they wish to be' } as const

const kindWords: Readonly<Record<Place['kind'], string>> = {
  care: 'Where they wish to be cared for',
  death: 'Where they wish to die',
  died: 'Where they died',
}

/** The newest of each kind that stands. */
const newestOf = (all: readonly KeptPlace[], kind: Place['kind']) =>
  all.find((one) => one.kind === kind && !one.struckReason)

async function show(visit: StaffVisit, asked: Asked, problems: readonly Problem[] = []) {
  const leave = await permit(visit, asked.params.person ?? '', reading)
  const about = await aboutPerson(visit, leave)
  const all = await placesOf(visit.db, leave)
  const mayWrite = visit.caller.activities.has('write plans')
  const isAgain = problems.length > 0
  const html = renderPage({
    furniture: asked.furniture,
    title: 'Where they wish to be',
    heading: `Where ${about.called} wishes to be cared for, and to die`,
    banner: about.banner,
    tabs: personTabs(visit, leave.person),
    back: { href: `/people/${leave.person}`, words: `Back to ${about.called}` },
    lead: 'A wish is what they said on a day. It is not legally binding and not an advance decision: ask again when things change.',
    problems,
    typed: isAgain ? asked.form.typed : todayIn(visit),
    children: (
      <>
        <Now all={all} hasDied={about.person.diedOn !== undefined} />
        {mayWrite && <Write about={about} all={all} id={(isAgain && asked.form.text('id')) || newId()} />}
        <Earlier all={all} leave={leave} mayWrite={mayWrite} problems={problems} />
      </>
    ),
  })
  return { kind: 'page' as const, html, status: isAgain ? (422 as const) : (200 as const) }
}

function Now({ all, hasDied }: { readonly all: readonly KeptPlace[]; readonly hasDied: boolean }) {
  const kinds = hasDied ? (['care', 'death', 'died'] as const) : (['care', 'death'] as const)
  return (
    <SummaryList
      rows={kinds.map((kind) => {
        const newest = newestOf(all, kind)
        const none = kind === 'died' ? 'Not written down yet' : 'Nobody has asked yet'
        return { label: kindWords[kind], value: newest ? saidWords(newest) : none }
      })}
    />
  )
}

const saidWords = ({ place, saidBy, saidOn, words }: KeptPlace) =>
  `${placeWords(place)}${saidBy ? `, said by ${saidBy} on` : ', heard on'} ${dateWords(saidOn)}${words ? `. ${words}` : ''}`

type Writing = { readonly about: AboutPerson; readonly all: readonly KeptPlace[]; readonly id: string }

function Write({ about, all, id }: Writing) {
  const hasDied = about.person.diedOn !== undefined
  if (hasDied && newestOf(all, 'died')) return null
  const choices = [...places, ...(hasDied ? [] : noPlace)].map(({ code, words }) => ({ value: code, words }))
  return (
    <Section heading={hasDied ? 'Write down where they died' : 'Write down what they say'}>
      <PostForm action={`/people/${about.person.id}/places`} personToken={about.person.id}>
        <HiddenFields fields={{ id, ...(hasDied ? { kind: 'died' } : {}) }} />
        {!hasDied && (
          <Radios
            name="kind"
            label="What is it about?"
            choices={(['care', 'death'] as const).map((kind) => ({ value: kind, words: kindWords[kind] }))}
          />
        )}
        <Radios name="place" label="Which place?" choices={choices} />
        {!hasDied && (
          <Radios
            name="by"
            label="Who said so?"
            choices={saidBys.map((by) => ({
              value: by,
              words: by === 'the person' ? about.called : capital(by),
            }))}
          />
        )}
        <DateField name="on" label={hasDied ? 'On which day did we hear?' : 'On which day was it said?'} />
        <TextArea name="words" label="In their words, or what would change it" isOptional />
        <Button quickKey="S">Save</Button>
      </PostForm>
    </Section>
  )
}

const capital = (words: string) => `${words.charAt(0).toUpperCase()}${words.slice(1)}`

function Earlier(props: {
  readonly all: readonly KeptPlace[]
  readonly leave: Permit<'whole'>
  readonly mayWrite: boolean
  readonly problems: readonly Problem[]
}) {
  const { all, leave, mayWrite, problems } = props
  if (all.length === 0) return <EmptyState says="Nothing has been written down yet." />
  return (
    <Section heading="Everything written down" count={all.length}>
      <DataTable
        caption="Wishes and places, the newest first"
        isCaptionHidden
        rows={all}
        keyOf={({ id }) => id}
        columns={[
          { head: 'What', cell: ({ kind }) => kindWords[kind], width: 'middle' },
          {
            head: 'Where',
            cell: (one) =>
              one.struckReason ? `Struck, ${one.struckByName}: ${one.struckReason}` : saidWords(one),
            width: 'wide',
          },
          { head: 'Written down by', cell: ({ recordedByName }) => recordedByName },
          {
            head: 'Strike',
            isHeadHidden: true,
            cell: ({ id, kind, struckReason }) =>
              mayWrite &&
              !struckReason && (
                <Details
                  summary="Strike it: it is wrong"
                  isOpen={problems.some(({ field }) => field === `reason-${id}`)}
                >
                  <PostForm action={`/people/${leave.person}/places/${id}`} personToken={leave.person}>
                    <TextField name={`reason-${id}`} label={`What is wrong with it? (${kindWords[kind]})`} />
                    <Button kind="secondary">Strike it</Button>
                  </PostForm>
                </Details>
              ),
          },
        ]}
      />
    </Section>
  )
}

async function send(visit: StaffVisit, asked: Asked) {
  requireSamePerson(asked)
  const leave = await permit(visit, asked.params.person ?? '', writing)
  const read = readPlace(asked)
  if (!read.ok) return show(visit, asked, read.problems)
  const { person } = await aboutPerson(visit, leave)
  const outcome = await recordPlace(visit, leave, read.place, person.diedOn)
  if (!outcome.ok) return show(visit, asked, outcome.problems)
  const saved = outcome.value.wasKept
    ? 'This is written down already. Nothing was written down twice.'
    : 'Saved.'
  return { kind: 'go' as const, to: `/people/${leave.person}/places`, saved }
}

async function sendStrike(visit: StaffVisit, asked: Asked) {
  requireSamePerson(asked)
  const leave = await permit(visit, asked.params.person ?? '', writing)
  const id = asked.params.place ?? ''
  const outcome = await strikeWrongPlace(visit, leave, id, asked.form.text(`reason-${id}`))
  if (!outcome.ok) return show(visit, asked, outcome.problems)
  return { kind: 'go' as const, to: `/people/${leave.person}/places`, saved: 'Struck. It counts no more.' }
}

/** Where somebody wishes to be cared for and to die, and where they died. */
export const placeScreens: readonly Route[] = [
  {
    method: 'GET',
    path: '/people/:person/places',
    may: 'see people',
    answer: (visit, asked) => show(visit, asked),
  },
  { method: 'POST', path: '/people/:person/places', may: 'write plans', answer: send },
  { method: 'POST', path: '/people/:person/places/:place', may: 'write plans', answer: sendStrike },
]

/** The line of the person's page: what is known, and the way there. */
export function PlacesLine({ person, all }: { readonly person: string; readonly all: readonly KeptPlace[] }) {
  const [care, death, died] = [newestOf(all, 'care'), newestOf(all, 'death'), newestOf(all, 'died')]
  const said = [
    ...(died ? [`Died: ${placeWords(died.place).toLowerCase()}.`] : []),
    ...(care
      ? [`Wishes to be cared for: ${placeWords(care.place).toLowerCase()} (${dateWords(care.saidOn)}).`]
      : []),
    ...(death
      ? [`Wishes to die: ${placeWords(death.place).toLowerCase()} (${dateWords(death.saidOn)}).`]
      : []),
  ]
  return (
    <p>
      {said.join(' ')} <a href={`/people/${person}/places`}>Where they wish to be</a>
    </p>
  )
}
