import { changedMeanwhile } from './refused.ts'
import type { Asked } from './types.ts'

/**
 * Refuses a form that was drawn for one person and sent to another's address.
 *
 * @throws Refused: nothing is saved, and the page says to open the person again.
 */
export function requireSamePerson(asked: Asked): void {
  const drawnFor = asked.form.text('_person')
  if (drawnFor && drawnFor !== asked.params.person) {
    throw changedMeanwhile(
      'This form was opened for somebody else, so nothing was saved. Open the person again and check the name.',
    )
  }
}
