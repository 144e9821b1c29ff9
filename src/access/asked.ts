import { newId } from './ids.ts'
import { isReference } from './permit.ts'
import { changedMeanwhile } from './refused.ts'
import type { Answer, Asked } from './types.ts'

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

/**
 * The id of what a form is about to add. It stands in the form's own address: whoever goes back in the browser comes to that
 * address again, and what they send a second time is known by it.
 *
 * @returns the id, of the form where one was sent; or the way to this address with a new id.
 */
export function idOfForm(asked: Asked): string | Extract<Answer, { kind: 'go' }> {
  for (const { text } of [asked.form, asked.query]) if (isReference(text('id'))) return text('id')
  // What was sent is never led away from: it would be lost.
  if (Object.keys(asked.form.typed).length > 0) return newId()
  const [path = '/', query = ''] = asked.path.split('?')
  const fields = new URLSearchParams(query)
  fields.set('id', newId())
  // A word that waits for the next page is taken by this one, which nobody reads.
  const { wasSaved } = asked.furniture
  return {
    kind: 'go',
    to: `${path}?${fields}`,
    ...(wasSaved && { saved: wasSaved.words, undo: wasSaved.undo }),
  }
}
