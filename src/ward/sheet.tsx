import type { Answer, Asked, ListPermit, StaffVisit } from '#access'
import { dayWords } from '#calendar'
import { identitiesOf, nameToSearch, type PersonId } from '#people'
import { Button, ButtonRow, DataTable, PostForm, PrintButton, renderPage, Section, Tag } from '#ui'
import { openTheWard, wardOf } from './actions.ts'
import { turnsOf } from './round-actions.ts'
import { decisionWords } from './round-known.tsx'
import { peopleCounted } from './rules.ts'
import { roundById, roundEvents } from './store.ts'
import type { Decision, Turn } from './types.ts'

type NameOf = (personId: PersonId) => string
type Discussed = {
  readonly stayId: string
  readonly personId: PersonId
  readonly decision: Decision
  readonly taskId: string | null
}

/** The round's sheet: who was discussed with which decision, and who was not. */
export async function sheetPage(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const ward = await wardOf(visit)
  const round = await roundById(visit.db, ward.id, asked.params.round ?? '')
  if (!round) return { kind: 'go', to: '/ward' }
  const list = await openTheWard(visit, 'read the sheet of a ward round')
  const nameOf = await namesOf(visit, list)
  const discussed = (await roundEvents(visit.db, list, round.id)).flatMap(({ decision, ...event }) =>
    decision ? [{ ...event, decision }] : [],
  )
  const missed = (await turnsOf(visit, list, ward, round)).filter((turn) => !turn.isDiscussed)
  const html = renderPage({
    furniture: asked.furniture,
    title: 'Ward round sheet',
    heading: `Ward round, ${dayWords(round.heldOn)}`,
    caption: ward.name,
    isStamped: true,
    back: { href: '/ward', words: 'Back to the ward' },
    acts: <PrintButton>Print</PrintButton>,
    lead: sheetSentence(discussed.length, missed.length, Boolean(round.endedAt)),
    children: (
      <>
        {!round.endedAt && <WaysOn isSomebodyLeft={missed.length > 0} />}
        {missed.length > 0 && <NotDiscussed missed={missed} nameOf={nameOf} />}
        {discussed.length > 0 && <Decided discussed={discussed} nameOf={nameOf} />}
      </>
    ),
  })
  return { kind: 'page', html }
}

async function namesOf(visit: StaffVisit, list: ListPermit): Promise<NameOf> {
  const names = new Map((await identitiesOf(visit.db, list)).map((each) => [each.id, nameToSearch(each)]))
  return (personId) => names.get(personId) ?? 'Somebody no longer with this ward'
}

function WaysOn({ isSomebodyLeft }: { readonly isSomebodyLeft: boolean }) {
  return (
    <ButtonRow>
      {isSomebodyLeft && <Button href="/ward/round">Go on with the round</Button>}
      <PostForm action="/ward/round/leave" layout="row">
        <Button kind={isSomebodyLeft ? 'secondary' : 'main'}>End the round</Button>
      </PostForm>
    </ButtonRow>
  )
}

function NotDiscussed({ missed, nameOf }: { readonly missed: readonly Turn[]; readonly nameOf: NameOf }) {
  return (
    <Section heading="Not discussed" count={missed.length}>
      <ul>
        {missed.map(({ onWard }) => (
          <li key={onWard.stayId}>
            {nameOf(onWard.personId)}, bed {onWard.bed}
          </li>
        ))}
      </ul>
    </Section>
  )
}

function Decided(props: { readonly discussed: readonly Discussed[]; readonly nameOf: NameOf }) {
  return (
    <DataTable
      caption="Decided"
      rows={props.discussed}
      keyOf={(event) => event.stayId}
      columns={[
        {
          head: 'Person',
          cell: (event) => <a href={`/people/${event.personId}`}>{props.nameOf(event.personId)}</a>,
        },
        { head: 'Decision', cell: (event) => decisionWords[event.decision] },
        { head: 'Task', cell: (event) => (event.taskId ? <Tag colour="white">Given</Tag> : 'None') },
      ]}
    />
  )
}

function sheetSentence(discussed: number, missed: number, isEnded: boolean): string {
  const done = `${peopleCounted(discussed)} discussed.`
  if (missed === 0) return `${done} Nobody was left out.`
  const one = missed === 1
  return isEnded
    ? `${done} ${peopleCounted(missed)} ${one ? 'was' : 'were'} not discussed. They are on tomorrow’s round.`
    : `${done} ${peopleCounted(missed)} ${one ? 'is' : 'are'} still to discuss.`
}
