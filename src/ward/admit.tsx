import { type Answer, type Asked, requireSamePerson, type StaffVisit } from '#access'
import { addDays, ageOn, dayWords, shortDateWords } from '#calendar'
import { type Episode, type Identity, identitiesOf, nameInSentence, nameToSearch } from '#people'
import {
  Button,
  type Column,
  CountLine,
  DataTable,
  EmptyState,
  PostForm,
  type Problem,
  Radios,
  renderPage,
} from '#ui'
import { admit, openTheWard, waitingForBed, wardOf } from './actions.ts'
import { type OpenPerson, openPerson } from './person.tsx'
import { bedsSentence } from './rules.ts'
import { bedsTaken } from './store.ts'
import type { Seen, Ward } from './types.ts'

type Waiting = { readonly episode: Episode; readonly identity: Identity }

/** Who may be admitted: people with an open episode in the ward's programme and no bed yet. */
export async function waitingPage(visit: StaffVisit, asked: Asked): Promise<string> {
  const ward = await wardOf(visit)
  const permit = await openTheWard(visit, 'read who may be admitted')
  const names = new Map((await identitiesOf(visit.db, permit)).map((each) => [each.id, each]))
  const rows = (await waitingForBed(visit, permit, ward))
    .flatMap((episode) => {
      const identity = names.get(episode.personId)
      return identity ? [{ episode, identity }] : []
    })
    .sort((one, other) => one.episode.openedOn.localeCompare(other.episode.openedOn))
  return renderPage({
    furniture: asked.furniture,
    title: 'Admit someone to the ward',
    back: { href: '/ward', words: 'Back to the ward' },
    isStamped: true,
    lead: bedsSentence(await bedsTaken(visit.db, ward.id), ward.beds),
    children: rows.length ? <WaitingTable rows={rows} visit={visit} /> : <NobodyWaits />,
  })
}

const NobodyWaits = () => (
  <EmptyState says="Nobody is waiting for a bed.">
    <p>Somebody comes here when a referral to this ward’s programme is accepted.</p>
  </EmptyState>
)

function WaitingTable({ rows, visit }: { readonly rows: readonly Waiting[]; readonly visit: StaffVisit }) {
  return (
    <>
      <CountLine from={1} to={rows.length} total={rows.length} orderedBy="longest waiting first" />
      <DataTable
        caption="People with an open episode and no bed"
        isCaptionHidden
        rows={rows}
        keyOf={({ episode }) => episode.id}
        columns={columnsFor(visit)}
      />
    </>
  )
}

const columnsFor = ({ today }: StaffVisit): readonly Column<Waiting>[] => [
  {
    head: 'Person',
    cell: ({ identity }) => (
      <>
        <b>{nameToSearch(identity)}</b>
        {identity.bornOn && `, ${ageOn(identity.bornOn, today)}`}
      </>
    ),
  },
  { head: 'With us since', cell: ({ episode }) => shortDateWords(episode.openedOn, today) },
  { head: 'Lead', cell: ({ episode }) => episode.ownerName },
  {
    head: 'Admit',
    isHeadHidden: true,
    cell: ({ episode, identity }) => (
      <a href={`/ward/admit/${episode.personId}`}>
        Admit<span className="nhsuk-u-visually-hidden"> {nameToSearch(identity)}</span>
      </a>
    ),
  },
]

const seenChoices: readonly { readonly value: Seen; readonly words: string }[] = [
  { value: 'seen every day', words: 'Seen every day' },
  { value: 'seen every week', words: 'Seen every week' },
  { value: 'seen every month', words: 'Seen every month' },
]

/** Asks how often somebody will be seen. */
export async function admitPage(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const { ward, person } = await openFor(visit, asked)
  return { kind: 'page', html: await draw(visit, asked, ward, person, []) }
}

/** Gives somebody a bed. */
export async function admitPerson(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const { ward, person } = await openFor(visit, asked)
  const done = await tryToAdmit(visit, asked, ward, person)
  if (typeof done === 'number') return { kind: 'go', to: '/ward', saved: `Admitted to bed ${done}.` }
  const html = await draw(visit, asked, ward, person, [{ field: 'seen', message: done }])
  return { kind: 'page', status: 422, html }
}

async function openFor(visit: StaffVisit, asked: Asked) {
  requireSamePerson(asked)
  const ward = await wardOf(visit)
  const person = await openPerson(visit, asked.params.person ?? '', ward.programmeId, 'admit to the ward')
  return { ward, person }
}

async function tryToAdmit(
  visit: StaffVisit,
  asked: Asked,
  ward: Ward,
  person: OpenPerson,
): Promise<number | string> {
  if (!person.episode) return 'They have no open episode in this ward’s programme. Accept a referral first'
  const seen = seenChoices.find(({ value }) => value === asked.form.text('seen'))?.value
  if (!seen) return 'Select how often they are seen'
  const done = await admit(visit, person.permit, ward, { episodeId: person.episode.id, seen })
  return done.ok ? done.value.bed : done.problems.map(({ message }) => message).join('. ')
}

async function draw(
  visit: StaffVisit,
  asked: Asked,
  ward: Ward,
  { identity, banner, permit }: OpenPerson,
  problems: readonly Problem[],
): Promise<string> {
  return renderPage({
    furniture: asked.furniture,
    title: 'Admit to the ward',
    heading: `Admit ${nameInSentence(identity)} to ${ward.name}`,
    banner,
    back: { href: '/ward/admit', words: 'Back to who is waiting' },
    lead: bedsSentence(await bedsTaken(visit.db, ward.id), ward.beds),
    problems,
    ...(problems.length > 0 && { typed: asked.form.typed }),
    children: (
      <PostForm action={`/ward/admit/${permit.person}`} personToken={permit.person}>
        <Radios
          name="seen"
          label={`How often is ${identity.givenName} seen?`}
          hint={`First look on the round of ${dayWords(addDays(visit.today, 1))}. Every round can change it.`}
          choices={seenChoices}
        />
        <Button quickKey="S">{`Admit ${identity.givenName}`}</Button>
      </PostForm>
    ),
  })
}
