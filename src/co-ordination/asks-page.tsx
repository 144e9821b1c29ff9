import { type Answer, type Asked, require, type StaffVisit } from '#access'
import { addDays, londonInstant, shortDateWords } from '#calendar'
import { diedWords, type Identity, identitiesOf, nameInSentence } from '#people'
import { Button, EmptyState, Row, RowList, renderPage, Section, Tag } from '#ui'
import { askWords, isOpen } from './ask-rules.ts'
import { asksAt, mayArrangeHelp, openAsks } from './ask-store.ts'
import type { Ask } from './ask-types.ts'
import { dueWords } from './rules.ts'

export const asksAddress = '/asks'

const daysShownOnceOver = 28

type Part = { readonly heading: string; readonly asks: readonly Ask[]; readonly empty?: string }

/** A broker's morning: what is new, whom somebody is looked for, who helps, and what came of it. Nobody else. */
export async function showAsks(visit: StaffVisit, asked: Asked): Promise<Answer> {
  require(visit, mayArrangeHelp)
  const { db, caller, today } = visit
  const list = await openAsks(visit)
  const overSince = londonInstant(addDays(today, -daysShownOnceOver), 0)
  const asks = await asksAt(db, list, caller.organisation.id, overSince)
  const people = new Map((await identitiesOf(db, list)).map((person) => [person.id, person]))
  const parts = partsOf(asks)
  const html = renderPage({
    furniture: asked.furniture,
    title: 'Asked of volunteers',
    caption: caller.organisation.name,
    lead: sentence(asks, visit),
    isStamped: true,
    children: (
      <>
        {asks.length === 0 && (
          <EmptyState says="Nobody has asked for a volunteer.">
            <p>
              Case managers ask from the page about a person, once the person has said yes. It then stands
              here.
            </p>
          </EmptyState>
        )}
        {parts.map(({ heading, asks: shown }) => (
          <Section key={heading} heading={heading} count={shown.length}>
            <RowList label={heading}>
              {shown.map((ask) => (
                <AskRow key={ask.id} ask={ask} person={people.get(ask.personId)} visit={visit} />
              ))}
            </RowList>
          </Section>
        ))}
      </>
    ),
  })
  return { kind: 'page', html }
}

const partsOf = (asks: readonly Ask[]): readonly Part[] =>
  [
    { heading: 'New', asks: asks.filter(({ state }) => state === 'asked') },
    { heading: 'Looking for somebody', asks: asks.filter(({ state }) => state === 'looking') },
    { heading: 'Offered, no answer yet', asks: asks.filter(({ state }) => state === 'offered') },
    { heading: 'Somebody helps', asks: asks.filter(({ state }) => state === 'arranged') },
    { heading: `Over in the last ${daysShownOnceOver} days`, asks: asks.filter((ask) => !isOpen(ask)) },
  ].filter((part) => part.asks.length > 0)

function sentence(asks: readonly Ask[], { today }: StaffVisit): string {
  const fresh = asks.filter(({ state }) => state === 'asked').length
  const late = asks.filter((ask) => isLate(ask, today)).length
  const words = [
    ...(fresh > 0 ? [`${fresh} ${fresh === 1 ? 'is' : 'are'} new`] : []),
    ...(late > 0 ? [`${late} ${late === 1 ? 'was' : 'were'} wanted before today`] : []),
  ]
  return words.length > 0 ? `${words.join(' and ')}.` : 'Nothing waits for your answer.'
}

const isLate = ({ state, wantedBy }: Ask, today: string) =>
  (state === 'asked' || state === 'looking' || state === 'offered') && wantedBy < today

function AskRow(props: {
  readonly ask: Ask
  readonly person: Identity | undefined
  readonly visit: StaffVisit
}) {
  const { ask, person, visit } = props
  const name = person ? nameInSentence(person) : 'Somebody'
  const page = `/people/${ask.personId}/asks/${ask.id}`
  const short = (on: Ask['wantedBy']) => shortDateWords(on, visit.today)
  return (
    <Row
      who={<a href={page}>{name}</a>}
      what={ask.what}
      why={`${askWords(ask)}. Asked by ${ask.askedByName}`}
      clock={<Clock ask={ask} died={person && diedWords(person)} visit={visit} short={short} />}
      act={
        isOpen(ask) && (
          <Button kind="secondary" isSmall href={page} about={`${ask.what}, ${name}`}>
            {ask.state === 'asked' ? 'Answer' : 'Say how it goes'}
          </Button>
        )
      }
    />
  )
}

function Clock(props: {
  readonly ask: Ask
  readonly died: string | undefined
  readonly visit: StaffVisit
  readonly short: (on: Ask['wantedBy']) => string
}) {
  const { ask, died, visit, short } = props
  if (died) return <Tag colour="grey">{`${died}. Nobody visits`}</Tag>
  if (ask.state === 'arranged') return <>{ask.startsOn && `From ${short(ask.startsOn)}`}</>
  if (!isOpen(ask)) return null
  const words = dueWords(ask.wantedBy, visit.today, short)
  return isLate(ask, visit.today) ? <Tag colour="orange">{words}</Tag> : <span>{words}</span>
}
