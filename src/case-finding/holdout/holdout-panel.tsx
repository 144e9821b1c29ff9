import { dateWords } from '#calendar'
import { Panel } from '#ui'
import type { PracticeList } from '../candidates.ts'
import { counted } from '../words.ts'
import { heldOutHere } from './rules.ts'

/** Above the list: that a hold-out runs, who approved it, until when, and that anybody may be added all the same. */
export function HoldoutPanel({ list: { holdout, candidates } }: { readonly list: PracticeList }) {
  if (!holdout) return null
  const held = heldOutHere(candidates)
  return (
    <Panel kind="caution" isSmall heading={`A hold-out runs until ${dateWords(holdout.endsOn)}`}>
      <p>
        {holdout.sharePercent} in 100 of each list, by chance, are not shown, so that the next model learns
        from people no list helped. {counted(held, 'person', 'people')} of this practice{' '}
        {held === 1 ? 'is' : 'are'} held out now. {holdout.approvedByName} approved it: “{holdout.reason}”
      </p>
      <p>
        Whoever has a new emergency admission or a number risen by half is shown again with the next list.
        Judge as you always would: add or accept anybody you think of.
      </p>
    </Panel>
  )
}

/** On the page of somebody held out: the list does not show them, and the reader is free to. */
export const HeldOut = ({ them }: { readonly them: string }) => (
  <Panel kind="caution" heading="Held out by chance">
    <p>
      The list does not show {them} while the hold-out runs. It says nothing of {them}. You may accept {them},
      or add {them} to the list, as you would anybody.
    </p>
  </Panel>
)
