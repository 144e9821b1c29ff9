/** How far down a list people are asked. */
export type Cut =
  | { readonly way: 'all' }
  /** The first so many of 100 considered. */
  | { readonly way: 'percent'; readonly percent: number }
  /** Everybody whose number is so many in 100 or more. Only while a model is in use. */
  | { readonly way: 'number'; readonly in100: number }
  /** So many people for each free place. */
  | { readonly way: 'places'; readonly perPlace: number }

/** A cut somebody chose. */
export type ChosenCut = {
  readonly n: number
  readonly cut: Cut
  readonly chosenByName: string
  readonly chosenAt: Date
}

/** How many of a programme's places are free, and when that was counted. */
export type FreePlaces = { readonly free: number; readonly capacity: number; readonly countedAt: Date }

/** How far a list reaches as it is read: what a suggestion is held against. */
export type Reach = {
  readonly cut: Cut
  readonly free?: FreePlaces
  /** Everybody of this rank and before it is asked; 0 is nobody. Undefined: the rank cuts nobody. */
  readonly lastRank?: number
  /** Everybody with this risk or more is asked. */
  readonly fromRisk?: number
}

declare module '#journal' {
  interface Notes {
    'cut chosen': { readonly programmeId: string; readonly way: string; readonly value: number }
  }
}
