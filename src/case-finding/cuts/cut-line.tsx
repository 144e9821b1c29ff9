import type { PracticeList } from '../candidates.ts'
import { addressOf, type ListQuery } from '../list-rules.ts'
import { counted } from '../words.ts'
import { placesWords } from './cut-words.ts'
import { belowTheCut, cutWords } from './rules.ts'

/** Above the list, where it is cut: how far it asks, and that the rest is still there to be judged. */
export function CutLine({ list, query }: { readonly list: PracticeList; readonly query: ListQuery }) {
  const { reach, run, candidates } = list
  if (!reach || !run || reach.cut.way === 'all') return null
  const below = belowTheCut(candidates)
  return (
    <p>
      <b>This list asks {cutWords(reach.cut)}.</b> {placesWords(reach)}{' '}
      {reach.cut.way === 'number' && !run.modelId && 'No model is in use, so everybody is asked. '}
      {below > 0 && (
        <>
          <a href={addressOf(query, { tab: 'below the cut' })}>
            {counted(below, 'person more is', 'people more are')} below the cut
          </a>
          : you can read and judge them all the same.
        </>
      )}
    </p>
  )
}
