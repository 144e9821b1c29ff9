import type { Permit } from '#access'
import { actionWordsOf } from '#care-plan'
import type { Db } from '#database'
import { contactAndTaskWords } from './store.ts'

/** Longer than most contacts are; the whole of it stands among the contacts. */
const mostCharacters = 240

/**
 * What was said, by what the journal's notes are about: the words of a contact that stands, of a task, of an action of the
 * plan. A note says that something happened; these say what.
 */
export async function saidOf(db: Db, permit: Permit<'whole'>): Promise<ReadonlyMap<string, string>> {
  const said = await contactAndTaskWords(db, permit)
  const actions = await actionWordsOf(db, permit)
  return new Map([
    ...said.map(({ about, words }) => [about, shortened(words)] as const),
    ...actions.map(({ lineId, words }) => [`action ${lineId}`, shortened(words)] as const),
  ])
}

const shortened = (words: string): string =>
  words.length > mostCharacters ? `${words.slice(0, mostCharacters).trimEnd()} …` : words
