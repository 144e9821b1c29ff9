import type { Asked, ListPermit, StaffVisit } from '#access'
import { dayWords, timeWords } from '#calendar'
import { identitiesOf, openEpisodesIn } from '#people'
import {
  Button,
  ButtonRow,
  Chips,
  Columns,
  CountLine,
  EmptyState,
  FilterBar,
  Panel,
  PostForm,
  renderPage,
  Section,
  Select,
  Telephone,
  TextField,
} from '#ui'
import { openTheWard, wardOf } from './actions.ts'
import { type BoardRow, Group } from './board-table.tsx'
import { bedsSentence, inOrderOfWork, isDue, isLate, peopleCounted } from './rules.ts'
import { bedsTaken, onWardNow, openRound } from './store.ts'
import type { Seen, Ward } from './types.ts'

type Show = 'all' | 'late' | 'hospital' | 'leaving'

const views: readonly { readonly show: Show; readonly words: string }[] = [
  { show: 'all', words: 'All' },
  { show: 'late', words: 'Look overdue' },
  { show: 'hospital', words: 'Sent to hospital' },
  { show: 'leaving', words: 'Ready to leave' },
]

const groups: readonly Seen[] = ['seen every day', 'seen every week', 'seen every month']

/** Everybody in a bed with their name and their lead, in the order of work. */
export async function boardRows(
  visit: StaffVisit,
  permit: ListPermit,
  ward: Ward,
): Promise<readonly BoardRow[]> {
  const people = await onWardNow(visit.db, permit, ward.id)
  const identities = new Map((await identitiesOf(visit.db, permit)).map((each) => [each.id, each]))
  const episodes = new Map((await openEpisodesIn(visit.db, permit)).map((each) => [each.id, each]))
  return [...people].sort(inOrderOfWork(visit.now, visit.today)).flatMap((onWard) => {
    const identity = identities.get(onWard.personId)
    return identity ? [{ onWard, identity, episode: episodes.get(onWard.episodeId) }] : []
  })
}

/** The ward's page. A name to find came by a form, so that none is left in an address. */
export async function boardPage(visit: StaffVisit, asked: Asked): Promise<string> {
  const ward = await wardOf(visit)
  const permit = await openTheWard(visit, 'read the ward board')
  const all = await boardRows(visit, permit, ward)
  const taken = await bedsTaken(visit.db, ward.id)
  const held = await openRound(visit.db, ward.id)
  const due = all.filter(({ onWard }) => isDue(onWard, visit.today)).length
  const late = all.filter(({ onWard }) => isLate(onWard, visit.now, visit.today)).length
  return renderPage({
    furniture: asked.furniture,
    title: ward.name,
    caption: `${dayWords(visit.today)}, ${timeWords(visit.now)}`,
    isStamped: true,
    lead: (
      <>
        <b>{bedsSentence(taken, ward.beds)}</b> {dueSentence(due, late)}
      </>
    ),
    acts: <Acts due={due} isFull={taken >= ward.beds} isHeld={held?.heldOn === visit.today} />,
    children: (
      <Columns
        split="board"
        main={all.length ? <Board all={all} choices={choicesIn(asked)} visit={visit} /> : <EmptyWard />}
        side={<Side ward={ward} />}
      />
    ),
  })
}

type Choices = { readonly show: Show; readonly lead: string; readonly words: string }

const choicesIn = (asked: Asked): Choices => ({
  show: views.find((view) => view.show === asked.query.text('show'))?.show ?? 'all',
  lead: asked.query.text('lead'),
  words: asked.form.text('words').trim(),
})

const EmptyWard = () => (
  <EmptyState says="Nobody is on the ward.">
    <a href="/ward/admit">Admit someone</a>
  </EmptyState>
)

function Board(props: {
  readonly all: readonly BoardRow[]
  readonly choices: Choices
  readonly visit: StaffVisit
}) {
  const { all, choices, visit } = props
  const narrowed = all.filter((row) => isLed(row, choices.lead) && isNamed(row, choices.words))
  const rows = narrowed.filter((row) => isShown(row, choices.show, visit))
  return (
    <>
      <Chips
        chips={views.map(({ show, words }) => ({
          href: addressOf(show, choices.lead),
          words,
          count: narrowed.filter((row) => isShown(row, show, visit)).length,
          isCurrent: show === choices.show,
        }))}
      />
      <Narrow all={all} choices={choices} />
      <CountLine
        from={rows.length ? 1 : 0}
        to={rows.length}
        total={rows.length}
        orderedBy={`${rows.length < all.length ? `${peopleCounted(all.length)} on the ward in all; ` : ''}late looks first, then by bed`}
      >
        <a href="/ward/print">Print ward list</a>
      </CountLine>
      {rows.length === 0 && (
        <EmptyState says="Nobody on the ward fits these choices.">
          <a href="/ward">Show everybody on the ward</a>
        </EmptyState>
      )}
      {groups.map((seen) => (
        <Group
          key={seen}
          seen={seen}
          rows={rows}
          visit={visit}
          folds={seen !== 'seen every day' && choices.show === 'all' && !choices.lead && !choices.words}
        />
      ))}
    </>
  )
}

const addressOf = (show: Show, lead: string): string => {
  const query = new URLSearchParams({ ...(show !== 'all' && { show }), ...(lead && { lead }) }).toString()
  return query ? `/ward?${query}` : '/ward'
}

const isLed = ({ episode }: BoardRow, lead: string) => !lead || episode?.ownerId === lead

const isNamed = ({ identity }: BoardRow, words: string) =>
  words
    .toLocaleLowerCase('en-GB')
    .split(/[\s,]+/)
    .every((word) =>
      `${identity.givenName} ${identity.familyName} ${identity.nhsNumber ?? ''}`
        .toLocaleLowerCase('en-GB')
        .includes(word),
    )

function isShown({ onWard }: BoardRow, show: Show, { now, today }: StaffVisit): boolean {
  if (show === 'late') return isLate(onWard, now, today)
  if (show === 'hospital') return onWard.lastDecision === 'send to hospital'
  return show === 'all' || onWard.lastDecision === 'ready to leave'
}

function dueSentence(due: number, late: number): string {
  const people = due === 1 ? '1 person is' : `${due} people are`
  if (due === 0) return 'Nobody is due on a round today.'
  return `${people} due on today’s round${late ? `, ${late === 1 ? '1 look is' : `${late} looks are`} overdue` : ''}.`
}

function Acts(props: { readonly due: number; readonly isFull: boolean; readonly isHeld: boolean }) {
  const { due, isFull, isHeld } = props
  return (
    <ButtonRow>
      {due > 0 && (
        <PostForm action="/ward/round" layout="row">
          <Button>{`${isHeld ? 'Go on with' : 'Start'} the round (${peopleCounted(due)})`}</Button>
        </PostForm>
      )}
      {!isFull && (
        <Button kind="secondary" href="/ward/admit">
          Admit someone
        </Button>
      )}
    </ButtonRow>
  )
}

function Narrow({ all, choices }: { readonly all: readonly BoardRow[]; readonly choices: Choices }) {
  const { show, lead, words } = choices
  const leads = new Map(all.flatMap(({ episode }) => (episode ? [[episode.ownerId, episode.ownerName]] : [])))
  return (
    <>
      <PostForm action="/ward/find" layout="row" typed={{ words }}>
        <TextField name="words" label="Name or NHS number" labelSize="plain" widthChars={20} />
        <Button kind="secondary" isSmall>
          Find on this ward
        </Button>
      </PostForm>
      <FilterBar
        action="/ward"
        label="Narrow the ward"
        keep={show === 'all' ? {} : { show }}
        inForce={
          lead ? [{ href: addressOf(show, ''), words: `Lead ${leads.get(lead) ?? 'not on the ward'}` }] : []
        }
      >
        <Select
          name="lead"
          label="Lead"
          labelSize="plain"
          prompt="Anybody"
          current={lead}
          choices={[...leads].map(([value, name]) => ({ value, words: name }))}
        />
      </FilterBar>
    </>
  )
}

function Side({ ward }: { readonly ward: Ward }) {
  return (
    <>
      <Panel kind="neutral" heading="No readings are linked">
        <p>
          Nothing here says how people are today. Ring them, and write down what they say. “Last decided” is
          what a round wrote down.
        </p>
      </Panel>
      {ward.telephone && (
        <Section heading="Ward phone" isRuled={false}>
          <p>
            <Telephone number={ward.telephone} />
          </p>
        </Section>
      )}
    </>
  )
}
