import type { Problem } from '#access'
import { dateWords, type LondonDate, timeWords } from '#calendar'
import type { BackAgain, DeathSaid, NewDeath } from './types.ts'

const mostWords = 500

/**
 * What to put right before somebody’s death is written down.
 *
 * @param bornOn their birth date, where it is known.
 */
export function problemsWithDeath(
  { diedOn, knownBy, words }: Pick<NewDeath, 'diedOn' | 'knownBy' | 'words'>,
  today: LondonDate,
  bornOn: LondonDate | undefined,
): readonly Problem[] {
  return [
    ...dayProblems(diedOn, today, bornOn),
    ...(knownBy ? [] : [{ field: 'known-by', message: 'Select how you know' }]),
    ...(words.length > mostWords
      ? [{ field: 'words', message: `Say it in ${mostWords} characters or fewer` }]
      : []),
  ]
}

function dayProblems(
  diedOn: LondonDate | undefined,
  today: LondonDate,
  bornOn: LondonDate | undefined,
): readonly Problem[] {
  const wrong = (message: string) => [{ field: 'on', message }]
  if (!diedOn) return wrong('Enter the day they died, like 27 3 2026')
  if (diedOn > today) return wrong('Enter a day that is not in the future')
  if (bornOn && diedOn < bornOn)
    return wrong(`Enter a day that is not before they were born, on ${dateWords(bornOn)}`)
  return []
}

/** What to put right before a death is taken back. */
export function problemsWithBack({ aliveBy, words, isSure }: BackAgain): readonly Problem[] {
  return [
    ...(aliveBy ? [] : [{ field: 'alive-by', message: 'Select how you know that they are alive' }]),
    ...(words.trim() ? [] : [{ field: 'words', message: 'Enter who said so, or what happened' }]),
    ...(words.length > mostWords
      ? [{ field: 'words', message: `Say it in ${mostWords} characters or fewer` }]
      : []),
    ...(isSure ? [] : [{ field: 'sure', message: 'Tick that you have checked that this is the person' }]),
  ]
}

/** Who was first, and what they said, for whoever sends a form that was drawn before it. */
export function whoWasFirst(said: readonly DeathSaid[]): string {
  const newest = said.toSorted((a, b) => momentOf(b) - momentOf(a))[0]
  if (!newest) return 'Somebody was first'
  const { endedAt, endedByName, saidByName, saidAt, diedOn, supplier } = newest
  if (endedAt && endedByName && newest.endedWhy === 'taken back')
    return `${endedByName} said at ${timeWords(endedAt)} that they are alive`
  const who = saidByName ?? `The extract of ${supplier ?? 'a source'}`
  return `${who} said at ${timeWords(saidAt)} that they died on ${dateWords(diedOn)}`
}

const momentOf = ({ endedAt, saidAt }: DeathSaid): number =>
  Math.max(saidAt.getTime(), endedAt?.getTime() ?? 0)
