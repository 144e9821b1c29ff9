import type { FlagKey, Flags } from './types.ts'

/** The flags with the words of each: on a chip, in a filter, and in a sentence. */
export const flagWords: readonly {
  readonly key: FlagKey
  readonly chip: string
  readonly filter: string
  readonly means: string
}[] = [
  {
    key: 'acsc',
    chip: 'Often avoidable admission',
    filter: 'Admitted with a condition best cared for outside hospital',
    means: 'An emergency admission in 3 years with a condition that care outside hospital often keeps steady',
  },
  {
    key: 'gap',
    chip: 'Gap in care',
    filter: 'A gap in care',
    means: 'Usual care for a condition is not in the records',
  },
  {
    key: 'end of life',
    chip: 'End of life care',
    filter: 'End of life care recorded',
    means: 'On the palliative care register, or palliative care is recorded',
  },
]

/** Whether somebody has a flag; undefined where it could not be looked at. */
export function hasFlag(flags: Flags | undefined, key: FlagKey): boolean | undefined {
  const found = { acsc: flags?.acsc, gap: flags?.gaps, 'end of life': flags?.endOfLife }[key]
  return found && found.length > 0
}

/** The flags somebody has, in the order of their words. */
export const flagsOf = (flags: Flags | undefined): readonly FlagKey[] =>
  flagWords.filter(({ key }) => hasFlag(flags, key)).map(({ key }) => key)

/** What each programme says of itself: people with which flags it might suit. */
export type ProgrammeSuits = { readonly name: string; readonly suits: readonly FlagKey[] }

/** The programmes that say of themselves that they might suit somebody with these flags, in their own order. */
export const mightSuit = (
  flags: readonly FlagKey[],
  programmes: readonly ProgrammeSuits[],
): readonly string[] =>
  programmes.filter(({ suits }) => suits.some((key) => flags.includes(key))).map(({ name }) => name)

/**
 * Whether somebody stands first where a reader asks for those whom help may reach first: an admission best prevented outside
 * hospital or a gap in care. It orders a page when asked, never a list.
 */
export const couldHelpChange = (flags: readonly FlagKey[] | undefined): boolean =>
  flags?.some((key) => key === 'acsc' || key === 'gap') ?? false
