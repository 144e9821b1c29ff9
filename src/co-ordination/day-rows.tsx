import { daysBetween, type LondonDate, londonDate, shortDateWords, timeWords } from '#calendar'
import { deathAddress } from '#people'
import { Button, Details, HiddenFields, PostForm, Row, RowLink, RowList, Tag } from '#ui'
import type { DayItem } from './day.ts'
import type { DayPage } from './day-load.ts'
import { FirstContactClock } from './first-contact-rows.tsx'
import { dueWords } from './rules.ts'

type Rows = {
  readonly items: readonly DayItem[]
  readonly page: DayPage
  readonly heading: string
  readonly most: number
}

/** The rows of one part of the day; what is past the first few opens on demand. */
export function Folded({ items, page, heading, most }: Rows) {
  const rest = items.slice(most)
  return (
    <>
      <ItemRows items={items.slice(0, most)} page={page} heading={heading} />
      {rest.length > 0 && (
        <Details summary={`Show ${rest.length} more`}>
          <ItemRows items={rest} page={page} heading={`${heading}, the rest`} />
        </Details>
      )}
    </>
  )
}

function ItemRows({ items, page, heading }: Omit<Rows, 'most'>) {
  return (
    <RowList label={heading}>
      {items.map((item) => (
        <Row
          key={`${item.kind} ${item.key}`}
          who={<a href={`/people/${item.personId}`}>{page.names.get(item.personId)}</a>}
          what={item.isPromise ? `You promised: ${item.what}` : item.what}
          why={whyWords(item, page)}
          clock={
            item.restsBecause ? (
              <Tag colour="grey">Held</Tag>
            ) : item.kind === 'first contact' ? (
              <FirstContactClock
                by={{ byOn: item.dueOn, byAt: item.dueAt }}
                isPressing={item.isUrgent}
                visit={page.visit}
              />
            ) : (
              <Clock item={item} today={page.visit.today} />
            )
          }
          act={<Act item={item} name={page.names.get(item.personId) ?? ''} />}
        />
      ))}
    </RowList>
  )
}

function whyWords(item: DayItem, page: DayPage): string | undefined {
  const held = page.covering.find(({ awayId }) => awayId === item.heldById)
  const said = [held && `For ${held.awayName}`, item.restsBecause, item.why].filter(Boolean)
  return said.length > 0 ? said.join('. ') : undefined
}

function Clock({ item, today }: { readonly item: DayItem; readonly today: LondonDate }) {
  if (item.isUrgent) {
    const on = item.dueOn === today ? '' : ` on ${shortDateWords(item.dueOn, today)}`
    const by = item.dueAt ? timeWords(item.dueAt) : item.dueOn === today ? 'today' : ''
    return <Tag colour="red">{`Act by ${by}${on}`.replace('by  on', 'by')}</Tag>
  }
  if (item.isWaiting && item.since) {
    const days = daysBetween(londonDate(item.since), today)
    const asked = days === 0 ? 'Asked today' : `Asked ${days} ${days === 1 ? 'day' : 'days'} ago`
    if (item.dueOn < today) return <Tag colour="orange">{dueWords(item.dueOn, today, String)}</Tag>
    return (
      <>
        {asked}
        <span className="kw-second">, chase {shortDateWords(item.dueOn, today)}</span>
      </>
    )
  }
  const words = dueWords(item.dueOn, today, (on) => shortDateWords(on, today))
  return item.dueOn < today ? <Tag colour="orange">{words}</Tag> : words
}

// Nothing to press that rings or hands on: what it is can be read, and a task that is needed no more is ended there.
function Rests({ item, about }: { readonly item: DayItem; readonly about: string }) {
  const person = `/people/${item.personId}`
  return (
    <RowLink href={item.kind === 'task' ? `${person}/tasks/${item.key}` : person} about={about}>
      Look at it
    </RowLink>
  )
}

function Act({ item, name }: { readonly item: DayItem; readonly name: string }) {
  const about = `${item.what}, ${name}`
  if (item.kind === 'death') {
    return (
      <Button isSmall href={deathAddress(item.personId)} about={about}>
        Check
      </Button>
    )
  }
  if (item.restsBecause) return <Rests item={item} about={about} />
  if (item.kind === 'action') {
    return (
      <RowLink href={`/people/${item.personId}/plan/actions/${item.key}`} about={about}>
        Say how it stands
      </RowLink>
    )
  }
  if (item.kind === 'first contact') {
    const record = `/people/${item.personId}/contacts/record?from=my-day`
    return (
      <Button kind={item.isUrgent ? 'main' : 'secondary'} isSmall href={record} about={about}>
        Record a contact
      </Button>
    )
  }
  const page = `/people/${item.personId}/tasks/${item.key}`
  if (item.isUnclaimed) {
    return (
      <PostForm action={page} personToken={item.personId} layout="row">
        <HiddenFields fields={{ turn: String(item.turn), now: 'take', from: 'my-day' }} />
        <Button kind={item.isUrgent ? 'main' : 'secondary'} isSmall about={about}>
          Take it
        </Button>
      </PostForm>
    )
  }
  const to = `${page}?from=my-day`
  if (item.isUrgent)
    return (
      <Button isSmall href={to} about={about}>
        Answer
      </Button>
    )
  return (
    <RowLink href={to} about={about}>
      {item.isWaiting ? 'Chase' : 'Finish'}
    </RowLink>
  )
}
