import type { Answer, Asked, StaffVisit } from '#access'
import { daysBetween, londonDate } from '#calendar'
import {
  Button,
  Chips,
  CountLine,
  EmptyState,
  FilterBar,
  Paging,
  Row,
  RowList,
  renderPage,
  rowsAPage,
  Select,
  Tag,
  TextField,
} from '#ui'
import { addressOf, kitAddress, pageAsked, queueAddress, takeInAddress } from './addresses.ts'
import { deliveryOf } from './alert-store.ts'
import { DeliverySaid } from './delivery-said.tsx'
import { type QueueView, queueCounts, queueOf } from './queue-store.ts'
import { waitReasons } from './reasons.data.ts'
import type { KitAlert, WaitReason } from './types.ts'
import { atWords } from './when.tsx'

const reasonAsked = (text: string): WaitReason | undefined =>
  Object.keys(waitReasons).find((key): key is WaitReason => key === text)

const reasonChoices = (waiting: ReadonlyMap<WaitReason, number>) =>
  Object.entries(waitReasons).map(([value, { words }]) => {
    const reason = reasonAsked(value)
    return { value, words: `${words} (${(reason && waiting.get(reason)) ?? 0})` }
  })

/** Alerts of the caller’s place that nobody can be given, each with its reason and its age. */
export async function showQueue(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const { text } = asked.query
  const view: QueueView = text('show') === 'not ours' ? 'not ours' : 'waiting'
  const [words, reason, deliveryId] = [text('find'), reasonAsked(text('why')), text('file')]
  const page = pageAsked(text('page'))
  const from = page === 'all' ? 0 : (page - 1) * rowsAPage
  const here = visit.caller.organisation.id
  const wanted = { view, words, reason, deliveryId: deliveryId || undefined, from }
  const { alerts, total } = await queueOf(visit.db, here, {
    ...wanted,
    most: page === 'all' ? 500 : rowsAPage,
  })
  const counts = await queueCounts(visit.db, here)
  const delivery = deliveryId ? await deliveryOf(visit.db, deliveryId) : undefined
  const facts = {
    show: view === 'waiting' ? undefined : view,
    ...{ find: words || undefined, why: reason, file: deliveryId || undefined },
  }
  const html = renderPage({
    furniture: asked.furniture,
    title: 'Alerts we cannot give to anybody yet',
    caption: visit.caller.organisation.name,
    lead: 'Somebody of this place says of each whose it is. Nothing leaves this list by itself but what its kit’s dates settle.',
    back: { href: kitAddress, words: 'Kit' },
    isStamped: true,
    children: (
      <>
        {delivery && <DeliverySaid delivery={delivery} />}
        <Chips
          chips={[
            {
              href: addressOf(queueAddress, { ...facts, show: undefined }),
              words: 'Waiting',
              count: counts.waiting,
              isCurrent: view === 'waiting',
            },
            {
              href: addressOf(queueAddress, { ...facts, show: 'not ours' }),
              words: 'Answered: not ours, or left where it was',
              count: counts.answered,
              isCurrent: view === 'not ours',
            },
          ]}
        />
        <FilterBar
          action={queueAddress}
          label="Find alerts"
          keep={facts.show ? { show: facts.show } : {}}
          inForce={inForce(facts, reason)}
        >
          <TextField
            name="find"
            label="Serial, product or message number"
            labelSize="plain"
            value={words}
            widthChars={20}
          />
          <Select
            name="why"
            label="Why it waits"
            labelSize="plain"
            prompt="Any reason"
            current={reason}
            choices={reasonChoices(counts.by)}
          />
        </FilterBar>
        <CountLine
          from={alerts.length ? from + 1 : 0}
          to={from + alerts.length}
          total={total}
          orderedBy="longest waiting first"
        />
        <Waiting alerts={alerts} visit={visit} />
        <Paging
          page={page}
          total={total}
          hrefFor={(to) => addressOf(queueAddress, { ...facts, page: to === 1 ? undefined : String(to) })}
        />
        <p>
          <a href={takeInAddress}>Take in alerts from a product</a>
        </p>
      </>
    ),
  })
  return { kind: 'page', html }
}

type Facts = Readonly<Record<string, string | undefined>>

const inForce = (facts: Facts, reason: WaitReason | undefined) => [
  ...(facts.find
    ? [{ href: addressOf(queueAddress, { ...facts, find: undefined }), words: `Found by ${facts.find}` }]
    : []),
  ...(reason
    ? [{ href: addressOf(queueAddress, { ...facts, why: undefined }), words: waitReasons[reason].words }]
    : []),
  ...(facts.file
    ? [{ href: addressOf(queueAddress, { ...facts, file: undefined }), words: 'Of one file' }]
    : []),
]

function Waiting({ alerts, visit }: { readonly alerts: readonly KitAlert[]; readonly visit: StaffVisit }) {
  if (alerts.length === 0) return <EmptyState says="No alert waits here." />
  return (
    <RowList label="Alerts">
      {alerts.map((alert) => (
        <Row
          key={alert.id}
          who={`${alert.product}, serial ${alert.serial}`}
          what={
            <>
              “{alert.words}”{alert.level && ` (${alert.product} calls it “${alert.level}”)`}
            </>
          }
          why={standsWords(alert, visit.now)}
          clock={<Age alert={alert} visit={visit} />}
          act={
            <Button
              kind="secondary"
              isSmall
              href={`${queueAddress}/${alert.id}`}
              about={`the alert of serial ${alert.serial}, ${atWords(alert.arrivedAt)}`}
            >
              {alert.state === 'not ours' || alert.state === 'stays' ? 'Read' : 'Say whose it is'}
            </Button>
          }
        />
      ))}
    </RowList>
  )
}

const mostMinutesToGive = 15

/** How an alert stands, in words. */
export const standsWords = ({ state, reason, since }: KitAlert, now: Date): string => {
  if (state === 'arrived' || state === 'ask again')
    return now.getTime() - since.getTime() > mostMinutesToGive * 60_000
      ? 'It could not be given, and is tried again every 10 minutes: act on it, and tell whoever looks after Keyworker'
      : 'It is being given: look again in a moment'
  if (state === 'not ours') return 'Somebody said: not ours'
  if (state === 'stays') return 'Somebody said: it stays with whom it was given to'
  return reason ? waitReasons[reason].words : ''
}

function Age({ alert, visit }: { readonly alert: KitAlert; readonly visit: StaffVisit }) {
  const days = daysBetween(londonDate(alert.arrivedAt), visit.today)
  const words = days === 0 ? 'Came today' : `Came ${days} ${days === 1 ? 'day' : 'days'} ago`
  return days > 0 ? <Tag colour="orange">{words}</Tag> : words
}
