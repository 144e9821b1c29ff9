import { Panel } from '#ui'
import { alertsWords } from './rules.ts'
import type { Delivery } from './types.ts'

/** What became of a file, in one sentence whose numbers add up to what was read. */
export function deliveryWords({ read, known, given, waiting, settled, refused }: Delivery): string {
  const parts = [
    `${given} given to a case manager`,
    `${waiting} with nobody yet`,
    ...(settled > 0 ? [`${settled} answered since`] : []),
    `${known} here before`,
    `${refused.length} refused`,
  ]
  return `${alertsWords(read)} read: ${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}.`
}

const shownRows = 20

/** What became of a file, with each row that was refused. */
export function DeliverySaid({ delivery }: { readonly delivery: Delivery }) {
  const { refused } = delivery
  return (
    <Panel kind={refused.length > 0 ? 'caution' : 'neutral'} heading="The file was taken in">
      <p>{deliveryWords(delivery)}</p>
      {refused.length > 0 && (
        <>
          <p>
            Nobody is given what was refused. Put these rows right in the product, and take the file in again:
          </p>
          <ul>
            {refused.slice(0, shownRows).map(({ line, why }) => (
              <li key={line}>
                Line {line}: {why}
              </li>
            ))}
          </ul>
          {refused.length > shownRows && <p>And {refused.length - shownRows} more.</p>}
        </>
      )}
    </Panel>
  )
}
