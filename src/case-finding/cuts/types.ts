import type { LondonDate } from '#calendar'

/** How far down a list people are asked. */
export type Cut =
  | { readonly way: 'all' }
  /** The first so many of 100 considered. */
  | { readonly way: 'percent'; readonly percent: number }
  /** Everybody whose number is so many in 100 or more. Only while a model is in use. */
  | { readonly way: 'number'; readonly in100: number }
  /** So many people for each free place. */
  | { readonly way: 'places'; readonly perPlace: number }
  /** So many people for each place that is free now or expected to come free. */
  | { readonly way: 'places to come'; readonly perPlace: number }
  /** In each practice as many people as so many in 100 of its weighted list. */
  | { readonly way: 'weighted'; readonly percent: number }

/** A cut somebody chose. */
export type ChosenCut = {
  readonly n: number
  readonly cut: Cut
  readonly chosenByName: string
  readonly chosenAt: Date
}

/** How many of a programme's places are free, and what more is expected, as whoever has the places counted. */
export type Places = { readonly free: number; readonly capacity: number; readonly toCome?: ToCome }

/** How many more places are expected to be free by a day. */
export type ToCome = {
  readonly by: LondonDate
  /** How many people of the programme were closed in the last so many days: what it rests on. */
  readonly closings: number
  readonly closingsDays: number
  /** Whole places; 80 in 100 such forecasts fall between low and high. Undefined: too few were closed to say. */
  readonly expected?: { readonly more: number; readonly low: number; readonly high: number }
}

/** The places of a programme, and when they were counted. */
export type FreePlaces = Places & { readonly countedAt: Date }

/** How far a list reaches as it is read: what a suggestion is held against. */
export type Reach = {
  readonly cut: Cut
  readonly free?: FreePlaces
  /** Everybody of this rank and before it is asked; 0 is nobody. Undefined: the rank cuts nobody. */
  readonly lastRank?: number
  /** Everybody with this number in 100 or more, as the list shows it, is asked. */
  readonly fromIn100?: number
  /** Only these ranks are asked: those of each practice’s own first. */
  readonly ranks?: ReadonlySet<number>
}

declare module '#journal' {
  interface Notes {
    'cut chosen': { readonly programmeId: string; readonly way: string; readonly value: number }
  }
}
