import { dateWords } from '#calendar'
import { Section } from '#ui'
import { shownCounts, shownWords } from './equity-rules.ts'
import type { Movement } from './movement-store.ts'

/** How many of a list were on the one before it. A list that moves much cannot be worked down; one that never does finds nobody new. */
export function Moved({ moved }: { readonly moved?: Movement }) {
  if (!moved) return null
  const [stayed = 0, isNew = 0] = shownCounts([moved.stayed, moved.isNew])
  const areTold = typeof stayed === 'number' && typeof isNew === 'number'
  return (
    <Section heading="How the list moved" isRuled={false}>
      <p>
        Against the list of {dateWords(moved.beforeOn)}: {shownWords(stayed)} were on it and{' '}
        {shownWords(isNew)} were not
        {areTold && `, ${Math.round((100 * isNew) / Math.max(1, moved.people))} in 100 of this list`}.
      </p>
    </Section>
  )
}
