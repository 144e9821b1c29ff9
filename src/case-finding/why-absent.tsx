import type { Opened } from './person.ts'
import type { Run } from './types.ts'
import { capital, counted } from './words.ts'

/** Why somebody whose page is open is not on the list, in the words of what keeps them off it. */
export function NotOnTheList(props: {
  readonly opened: Opened
  readonly run?: Run
  readonly hasObjected: boolean
  readonly isByModel: boolean
}) {
  return (
    <>
      {reasonsFor(props).map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
    </>
  )
}

function reasonsFor({ opened, run, hasObjected, isByModel }: Parameters<typeof NotOnTheList>[0]) {
  const { banner, them, withUs } = opened
  if (banner.diedOn) {
    return [
      banner.deathUnconfirmed
        ? `Recorded as died ${banner.diedOn}, not confirmed. They are off every list until somebody says that they are alive, and come back with the next load.`
        : `Died ${banner.diedOn}. Whoever has died is taken off every list, and no number is shown.`,
    ]
  }
  if (withUs) {
    return ['Whoever is with us already is left out of the list, however high the order puts them.']
  }
  if (hasObjected) {
    return [
      'An objection is on record. Whoever objects is left out of every list, unless the policy on objections includes its kind.',
    ]
  }
  const by = isByModel ? 'the model' : 'the rule'
  return [
    run
      ? `${capital(by)} did not put ${them} among the first ${run.cut.toLocaleString('en-GB')} of ${counted(run.considered, 'adult', 'adults')} considered.`
      : 'No list has been made yet.',
    'Somebody may still be added, deferred or accepted by hand.',
  ]
}
