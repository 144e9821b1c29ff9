import { dateWords, type LondonDate, londonDate, timeWords } from '#calendar'
import { Timeline } from '#ui'
import { byWords, howSoonWords } from './how-soon-words.ts'
import type { Triage } from './types.ts'

/** How soon, who said so and until when; of an episode opened before it was asked, that it was not asked. */
export const howSoonRow = (said: Triage | undefined, today: LondonDate) => ({
  label: 'How soon',
  value: said ? (
    <>
      {howSoonWords(said.howSoon)}
      <br />
      <span className="kw-second">
        First contact {byWords(said, today)} ({said.byName})
      </span>
    </>
  ) : (
    'How soon was not asked'
  ),
})

/** What was said of it before, the newest first; nothing while it was said once. */
export function HowSoonSoFar({ said }: { readonly said: readonly Triage[] }) {
  if (said.length < 2) return null
  return (
    <>
      <h3>How soon, so far</h3>
      <Timeline
        items={said.map(({ howSoon, at, byName, words }) => ({
          when: `${dateWords(londonDate(at))}, ${timeWords(at)}`,
          what: words ? `${howSoonWords(howSoon)}. ${words}` : howSoonWords(howSoon),
          by: `Said by ${byName}`,
        }))}
      />
    </>
  )
}
