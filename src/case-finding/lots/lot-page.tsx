import { type Answer, type Asked, notForYou, type StaffVisit } from '#access'
import { dateWords } from '#calendar'
import { programmes } from '#organisations'
import { CountLine, DataTable, Paging, Panel, renderPage, SummaryList, Tag } from '#ui'
import { pageAsked, paged } from '../paged.ts'
import { bandWords } from './rules.ts'
import { lotsOf, turnsOf } from './store.ts'
import type { Lot } from './types.ts'

/** One draw, as it was kept: so that anybody who may approve one can see that it was drawn as it says. */
export async function showLot(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const found = await findLot(visit, asked.params.lot ?? '')
  if (!found) throw notForYou()
  const { lot, programme } = found
  const turns = await turnsOf(visit.db, lot.id)
  const { page, from, to, shown } = paged(turns, pageAsked(asked.query.text('page')))
  const html = renderPage({
    furniture: asked.furniture,
    title: 'A draw by lot',
    heading: `Drawn by lot on ${dateWords(lot.drawnOn)}`,
    caption: programme.template.name,
    back: { href: `/case-finding/lots?programme=${programme.key}`, words: 'Near ties by lot' },
    isStamped: true,
    children: (
      <>
        <SummaryList rows={factsOf(lot)} />
        <CountLine from={from} to={to} total={turns.length} orderedBy="in the order of the lot" />
        <DataTable
          caption="Everybody in the draw, as the lot put them"
          rows={shown}
          keyOf={({ turn }) => String(turn)}
          columns={[
            { head: 'Turn', cell: ({ turn }) => turn, isNumber: true, width: 'narrow' },
            { head: 'Rank on the list', cell: ({ rank }) => rank.toLocaleString('en-GB'), isNumber: true },
            {
              head: 'Drawn',
              cell: ({ isDrawn }) => (isDrawn ? <Tag colour="blue">Drawn</Tag> : 'Not drawn'),
            },
            { head: 'Pseudonym', cell: ({ pseudonym }) => pseudonym, width: 'wide' },
          ]}
        />
        <Paging
          page={page}
          total={turns.length}
          hrefFor={(at) => `/case-finding/lots/${lot.id}?page=${at}`}
        />
        <Panel kind="neutral" heading="To draw it again">
          <p>
            Write the seed, a colon and the pseudonym of each, take the SHA-256 of it in hexadecimal, and put
            them in order.{' '}
            {lot.drawn === 1 ? 'The first is' : `The first ${lot.drawn.toLocaleString('en-GB')} are`} drawn.
          </p>
        </Panel>
      </>
    ),
  })
  return { kind: 'page', html }
}

const factsOf = (lot: Lot) => [
  { label: 'Approved by', value: lot.approvedByName },
  { label: 'Why', value: lot.reason },
  { label: 'Places', value: lot.places.toLocaleString('en-GB') },
  { label: 'Left to judge that day', value: lot.inLine.toLocaleString('en-GB') },
  { label: 'Asked without a lot', value: lot.beforeBand.toLocaleString('en-GB') },
  { label: 'Near ties', value: `${lot.inDraw.toLocaleString('en-GB')}, ${bandWords(lot.band)}` },
  { label: 'Drawn of them', value: lot.drawn.toLocaleString('en-GB') },
  { label: 'Seed', value: <span className="kw-second">{lot.seed}</span> },
]

async function findLot(visit: StaffVisit, id: string) {
  for (const programme of await programmes(visit.db)) {
    const lot = (await lotsOf(visit.db, programme.id)).find((one) => one.id === id)
    if (lot) return { lot, programme }
  }
  return undefined
}
