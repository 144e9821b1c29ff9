import type { ChangeKind } from './change-store.ts'
import type { DeathsWeighed } from './types.ts'

/** What may have changed about people, as the page groups it, the gravest first. */
export const changeGroups = {
  gone: { words: 'No longer sent or registered', kinds: ['gone'] },
  died: { words: 'Died', kinds: ['died'] },
  'death withdrawn': { words: 'No longer said to have died', kinds: ['death withdrawn'] },
  'death held back': {
    words: 'Said to have died, held back: somebody here says they are alive',
    kinds: ['death held back'],
  },
  moved: { words: 'Moved practice', kinds: ['moved'] },
  new: { words: 'New', kinds: ['new'] },
  back: { words: 'Registered again', kinds: ['back'] },
  details: {
    words: 'Changed details',
    kinds: ['name', 'address', 'telephone', 'email', 'next of kin', 'sex', 'language'],
  },
} as const satisfies Record<string, { readonly words: string; readonly kinds: readonly ChangeKind[] }>

export type GroupKey = keyof typeof changeGroups
const groupKeys = [
  'gone',
  'died',
  'death withdrawn',
  'death held back',
  'moved',
  'new',
  'back',
  'details',
] as const satisfies readonly GroupKey[]
export const isGroup = (text: string): text is GroupKey => Object.hasOwn(changeGroups, text)

type Counts = ReadonlyMap<ChangeKind | 'details', number>

/** Each kind of change with how many people it is about; somebody with two changed details counts once. */
export const groupCounts = (counts: Counts) =>
  groupKeys.map((key) => ({ key, words: changeGroups[key].words, people: counts.get(key) ?? 0 }))

/** Shares above which a load deserves a look before its list is used. Ours: no published figure exists. */
const unusualShares = { gone: 0.05, died: 0.02, moved: 0.05, sex: 0.01, name: 0.05 } as const

const watched = ['gone', 'died', 'moved', 'sex', 'name'] as const

const unusualWords: Readonly<Record<keyof typeof unusualShares, string>> = {
  gone: 'are no longer sent or registered. Ask the supplier whether the list of people was whole.',
  died: 'are newly said to have died. Ask the supplier whether the dates of death are right.',
  moved: 'moved to another practice. Ask the supplier whether the practice codes are right.',
  sex: 'have another sex than before. Ask the supplier whether its codes changed.',
  name: 'have another name than before. Ask the supplier whether names were put with the right numbers.',
}

/** What changed for more people than a load usually changes, in sentences; of a hundred known people or more. */
export function unusualSentences(counts: Counts, known: number): readonly string[] {
  if (known < 100) return []
  return watched.flatMap((kind) => {
    const share = (counts.get(kind) ?? 0) / known
    if (share <= unusualShares[kind]) return []
    return [`${Math.round(share * 100)} in 100 of the people known before ${unusualWords[kind]}`]
  })
}

/**
 * What was not simply taken of what an extract says, or says no more, of deaths: in sentences.
 *
 * @param said a number as its reader may see it.
 */
export function deathSentences(
  { heldBack = 0, takenOff = 0, asked = 0, notBelieved = 0 }: DeathsWeighed,
  said: (people: number) => string,
): readonly string[] {
  const deaths = (count: number) => `${said(count)} ${count === 1 ? 'death' : 'deaths'}`
  return [
    ...(heldBack > 0 ? [`${deaths(heldBack)} held back because somebody here said they are alive.`] : []),
    ...(asked > 0
      ? [`${deaths(asked)} no longer sent, of people with us: they stand, and their case managers are asked.`]
      : []),
    ...(takenOff > 0
      ? [`${deaths(takenOff)} no longer sent, of people nobody here has to do with: taken off.`]
      : []),
    ...(notBelieved > 0
      ? [
          `${deaths(notBelieved)} of before not in the file: so many at once that nothing was taken off. Ask the supplier whether the days of death were sent.`,
        ]
      : []),
  ]
}

/** A count of people to somebody who may not see who they are: under 8 it is not said. */
export const countToShow = (people: number, mayName: boolean): string =>
  !mayName && people > 0 && people < 8 ? 'fewer than 8' : people.toLocaleString('en-GB')
