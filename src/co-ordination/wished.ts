import type { WishedPlace } from '#assessment'
import { dateWords } from '#calendar'

// Short, for it stands on one side of paper.
const saidShort: Readonly<Record<string, string>> = {
  'the person': 'Said',
  'somebody who may decide for them': 'Said for them',
  'family or friend': 'From family or friend',
  staff: 'From staff',
}

/** Where somebody wishes to be, in a line of the emergency summary: what, who said so, when. */
export const wishedWords = ({ kind, words, saidBy, saidOn }: WishedPlace): string =>
  `Wishes to ${kind === 'care' ? 'be cared for' : 'die'}: ${words}. ${saidShort[saidBy]} ${dateWords(saidOn)}`
