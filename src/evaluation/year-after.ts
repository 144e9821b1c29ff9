import { thingNamed, thingOf } from './asked-words.ts'
import type { OutcomeName } from './outcomes.data.ts'
import type { WasAsked } from './sentences.ts'
import type { Arm, Effect } from './types.ts'

/** What else happened after joining, a person-year of each group; fewer than 10 in either is no rate. */
export function yearAfter(effect: Pick<Effect, 'helped' | 'matched'> & WasAsked): readonly YearLine[] {
  const { helped, matched } = effect
  const line = (what: string, digits: number, one?: Counted, other?: Counted): readonly YearLine[] => {
    if (!one || !other) return []
    const isTooFew = Math.min(one.events, other.events) < 10
    const say = ({ rate: value }: Counted) => (isTooFew ? 'Too few' : value.toFixed(digits))
    return [{ what, helped: say(one), matched: say(other) }]
  }
  const asked = ({ rateAfter, events }: Arm) => ({ rate: rateAfter, events })
  const died = ({ diedPercent, deaths }: Arm) => ({ rate: diedPercent, events: deaths })
  return [
    ...line(thingOf(effect).Many, 2, asked(helped), asked(matched)),
    ...besides
      .filter(([name]) => name !== effect.asked?.outcome)
      .flatMap(([name, digits]) =>
        line(thingNamed(name).Many, digits, helped.others[name], matched.others[name]),
      ),
    ...line('Died, of 100', 0, died(helped), died(matched)),
  ]
}

// Each with how many decimals its rate is told.
const besides: readonly (readonly [OutcomeName, number])[] = [
  ['emergencies', 2],
  ['attendances', 2],
  ['nights', 1],
  ['outpatients', 1],
  ['gpContacts', 1],
  ['communityContacts', 1],
  ['prescribedItems', 0],
  ['careHomeEntries', 2],
]

type Counted = { readonly rate: number; readonly events: number }

/** A line of the table beside the months. */
export type YearLine = { readonly what: string; readonly helped: string; readonly matched: string }
