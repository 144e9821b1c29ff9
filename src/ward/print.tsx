import type { Asked, StaffVisit } from '#access'
import { dateWords, dayWords, timeWords } from '#calendar'
import { diedWords, nameToSearch } from '#people'
import { type Column, DataTable, PaperCheck, PrintButton, renderPage, Telephone } from '#ui'
import { openTheWard, wardOf } from './actions.ts'
import { boardRows } from './board.tsx'
import type { BoardRow } from './board-table.tsx'
import { bedsSentence, counted, lookWords } from './rules.ts'
import { bedsTaken } from './store.ts'

/** The ward list by name for paper, everybody on one list; it says so when somebody in a bed is not on it. */
export async function printPage(visit: StaffVisit, asked: Asked): Promise<string> {
  const ward = await wardOf(visit)
  const permit = await openTheWard(visit, 'print the ward list')
  const rows = [...(await boardRows(visit, permit, ward))].sort((one, other) =>
    nameToSearch(one.identity).localeCompare(nameToSearch(other.identity), 'en-GB'),
  )
  const taken = await bedsTaken(visit.db, ward.id)
  return renderPage({
    furniture: asked.furniture,
    title: `Ward list, ${ward.name}`,
    caption: `${dayWords(visit.today)}. ${bedsSentence(taken, ward.beds)}`,
    back: { href: '/ward', words: 'Back to the ward' },
    isStamped: true,
    acts: <PrintButton>Print</PrintButton>,
    lead:
      rows.length === taken
        ? `Everybody on the ward: ${counted(rows.length, 'name')}, by name.`
        : `NOT COMPLETE: ${counted(rows.length, 'name')} of ${taken} on the ward. Ring the ward for the others.`,
    children: (
      <div className="kw-landscape">
        <PaperCheck at={`${dayWords(visit.today)}, ${timeWords(visit.now)}`} />
        <DataTable
          caption="Ward list by name"
          isCaptionHidden
          rows={rows}
          keyOf={(row) => `bed-${row.onWard.bed}`}
          columns={columnsFor(visit)}
        />
      </div>
    ),
  })
}

const columnsFor = (visit: StaffVisit): readonly Column<BoardRow>[] => [
  {
    head: 'Person',
    cell: ({ identity }) => (
      <>
        <b>{nameToSearch(identity)}</b>
        {identity.diedOn && (
          <>
            <br />
            {diedWords(identity)}
          </>
        )}
      </>
    ),
  },
  { head: 'Bed', isNumber: true, cell: ({ onWard }) => onWard.bed },
  { head: 'Born', cell: ({ identity }) => (identity.bornOn ? dateWords(identity.bornOn) : 'Not known') },
  {
    head: 'Telephone',
    cell: ({ identity: { diedOn, telephone } }) =>
      diedOn ? 'Do not ring' : telephone ? <Telephone number={telephone} /> : 'Not known',
  },
  { head: 'Seen', cell: ({ onWard }) => onWard.seen.replace('seen ', '') },
  { head: 'Next look', cell: ({ onWard }) => lookWords(onWard, visit.now, visit.today) },
  { head: 'Lead', cell: ({ episode }) => episode?.ownerName ?? 'Not known' },
]
