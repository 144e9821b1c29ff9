import type { StaffVisit } from '#access'
import { ageOn, londonDate, shortDateWords } from '#calendar'
import { type Episode, type Identity, isUnconfirmed, nameToSearch } from '#people'
import { type Column, DataTable, Details, Section, Tag } from '#ui'
import { cameOn } from './actions.ts'
import { dayOnWard, isDue, isLate, lookWords, peopleCounted } from './rules.ts'
import type { OnWard, Seen } from './types.ts'

/** A person in a bed, with who they are and who leads. */
export type BoardRow = {
  readonly onWard: OnWard
  readonly identity: Identity
  readonly episode: Episode | undefined
}

type When = Pick<StaffVisit, 'now' | 'today'>

const headings: Readonly<Record<Seen, string>> = {
  'seen every day': 'Seen every day',
  'seen every week': 'Seen every week',
  'seen every month': 'Seen every month',
}

/**
 * Those seen as often as one another. Nobody: nothing.
 *
 * @param folds puts whom nobody has to look at today behind a line that counts them, so that a telephone shows the
 *   day's work first. Nobody due or late is ever folded away.
 */
export function Group(props: {
  readonly seen: Seen
  readonly rows: readonly BoardRow[]
  readonly visit: When
  readonly folds: boolean
}) {
  const { seen, visit, folds } = props
  const rows = props.rows.filter((row) => row.onWard.seen === seen)
  if (rows.length === 0) return null
  const isNow = ({ onWard }: BoardRow) => isDue(onWard, visit.today) || isLate(onWard, visit.now, visit.today)
  const [now, later] = folds ? [rows.filter(isNow), rows.filter((row) => !isNow(row))] : [rows, []]
  return (
    <Section heading={headings[seen]} count={rows.length} isRuled={false}>
      {now.length > 0 && <Table rows={now} caption={headings[seen]} visit={visit} />}
      {later.length > 0 && (
        <Details summary={`${peopleCounted(later.length)} to look at later than today`} opensOnPaper>
          <Table rows={later} caption={`${headings[seen]}, later than today`} visit={visit} />
        </Details>
      )}
    </Section>
  )
}

function Table(props: {
  readonly rows: readonly BoardRow[]
  readonly caption: string
  readonly visit: When
}) {
  return (
    <DataTable
      caption={props.caption}
      isCaptionHidden
      rows={props.rows}
      keyOf={(row) => `bed-${row.onWard.bed}`}
      columns={columnsFor(props.visit)}
    />
  )
}

const columnsFor = (visit: When): readonly Column<BoardRow>[] => [
  { head: 'Person', width: 'middle', cell: (row) => <Name row={row} visit={visit} /> },
  { head: 'Bed', isNumber: true, width: 'narrow', cell: (row) => row.onWard.bed },
  {
    head: 'Day',
    isNumber: true,
    width: 'narrow',
    cell: (row) => dayOnWard(cameOn(row.onWard), visit.today),
  },
  { head: 'Last decided', cell: (row) => <LastDecided onWard={row.onWard} visit={visit} /> },
  { head: 'Next look', cell: (row) => <Look onWard={row.onWard} visit={visit} /> },
  { head: 'Lead', cell: (row) => row.episode?.ownerName ?? <Tag colour="yellow">Not known</Tag> },
  {
    head: 'Leave',
    isHeadHidden: true,
    cell: (row) => (
      <a className="kw-not-on-paper" href={`/ward/leave/${row.onWard.personId}`}>
        Leaves
        <span className="nhsuk-u-visually-hidden"> the ward: {nameToSearch(row.identity)}</span>
      </a>
    ),
  },
]

function Name({ row, visit }: { readonly row: BoardRow; readonly visit: When }) {
  const { bornOn, diedOn } = row.identity
  return (
    <>
      <a href={`/people/${row.onWard.personId}`}>
        <b>{nameToSearch(row.identity)}</b>
      </a>
      {bornOn && `, ${ageOn(bornOn, diedOn ?? visit.today)}`}
      {diedOn && (
        <>
          {' '}
          <Tag colour="grey">{isUnconfirmed(row.identity) ? 'Recorded as died, not confirmed' : 'Died'}</Tag>
        </>
      )}
    </>
  )
}

function LastDecided({ onWard, visit }: { readonly onWard: OnWard; readonly visit: When }) {
  const { lastDecision, lastDiscussedAt } = onWard
  if (!lastDecision || !lastDiscussedAt) return <>Not discussed yet</>
  if (lastDecision === 'send to hospital') return <Tag colour="purple">Sent to hospital</Tag>
  if (lastDecision === 'ready to leave') return <Tag colour="white">Ready to leave</Tag>
  return <>{`Stays, ${shortDateWords(londonDate(lastDiscussedAt), visit.today)}`}</>
}

function Look({ onWard, visit }: { readonly onWard: OnWard; readonly visit: When }) {
  const words = lookWords(onWard, visit.now, visit.today)
  if (isLate(onWard, visit.now, visit.today)) return <Tag colour="orange">{words}</Tag>
  return onWard.nextLookAt && isDue(onWard, visit.today) ? <Tag colour="red">{words}</Tag> : words
}
