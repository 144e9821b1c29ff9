import { dateWords } from '#calendar'
import { Details, type Html, html, Panel, tagIn } from '#ui'
import { lotWords } from '../list-facts.ts'
import { addressOf, type ListQuery } from '../list-rules.ts'
import type { Suggestion } from '../types.ts'
import { bandWords, drawnWords } from './rules.ts'
import type { InLot, Lot } from './types.ts'

const grouped = (count: number) => count.toLocaleString('en-GB')

/** Above the list: that near ties were drawn by lot, by whose leave and why. */
export function LotPanel({ lots, query }: { readonly lots: readonly Lot[]; readonly query: ListQuery }) {
  const [last] = lots
  if (!last) return null
  return (
    <Panel kind="neutral" isSmall heading={`Near ties were drawn by lot on ${dateWords(last.drawnOn)}`}>
      <p>
        There were {grouped(last.places)} places for all practices together. {grouped(last.inDraw)} people{' '}
        {bandWords(last.band)} were in the draw and {drawnWords(last)}. {last.approvedByName} approved it: “
        {last.reason}”
      </p>
      <p>
        Nobody is refused by it. Those not drawn stay on this list, and you may accept them with a reason.{' '}
        <a href={addressOf(query, { show: ['drawn'] })}>Those drawn</a>,{' '}
        <a href={addressOf(query, { show: ['not drawn'] })}>those not drawn</a>
      </p>
      {lots.length > 1 && (
        <Details summary={`${lots.length - 1} more in the last 35 days`}>
          {lots.slice(1).map((lot) => (
            <p key={lot.id}>
              {dateWords(lot.drawnOn)}: {grouped(lot.drawn)} of {grouped(lot.inDraw)} drawn, approved by{' '}
              {lot.approvedByName}: “{lot.reason}”
            </p>
          ))}
        </Details>
      )}
    </Panel>
  )
}

/** In a row of the list: how the lot fell. */
export const lotLine = (lot: NonNullable<Suggestion['lot']>): Html =>
  html`<div>${tagIn(lot.isDrawn ? 'blue' : 'white', lotWords(lot))}</div>`

/** On the page that says why: every draw the person was in. */
export function LotsOfPerson({ lots, them }: { readonly lots: readonly InLot[]; readonly them: string }) {
  const [last] = lots
  if (!last) return null
  return (
    <Panel kind="neutral" heading={last.isDrawn ? 'Drawn by lot' : 'In a draw, not drawn'}>
      {lots.map(({ lotId, drawnOn, isDrawn }) => (
        <p key={lotId}>
          {isDrawn ? 'Drawn by lot on' : 'In the draw by lot of'} {dateWords(drawnOn)}
          {isDrawn ? '.' : ', and not drawn.'}
        </p>
      ))}
      <p>
        Places were fewer than people, and those near the line were drawn by lot. It says nothing of {them}.{' '}
        {!last.isDrawn && `You may still accept ${them}: you are asked to write why.`}
      </p>
    </Panel>
  )
}
