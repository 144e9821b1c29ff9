import type { LondonDate } from '#calendar'
import type { Check } from '#prediction'

/** One fact a model weighs much, and how far it has moved among the people since the year the model was tested on. */
export type MovedFact = { readonly column: string; readonly words: string; readonly index: number }

/** What one load says of a model: how its newest complete year came out, and how far its people have moved. */
export type ModelCheck = Check & {
  readonly modelId: string
  /** The list's day: the people of it are held against those the model was tested on. */
  readonly indexOn: LondonDate
  /** The last complete year is the 365 days after this day. */
  readonly yearFrom: LondonDate
  /** How far the risks have moved, by the population stability index. */
  readonly riskIndex: number
  /** People on the list's day. */
  readonly peopleNow: number
  /** The facts it weighs most, the heaviest first. */
  readonly facts: readonly MovedFact[]
  /** Of those a hold-out's lot held out in that year, where at least 10 were admitted. */
  readonly heldOut?: Pick<Check, 'people' | 'observed' | 'observedOverExpected'>
}

/** How a list by a model differs from the one before it. */
export type ListMovement = {
  readonly runId: string
  readonly programme: string
  readonly indexOn: LondonDate
  readonly beforeOn: LondonDate
  readonly people: number
  readonly stayed: number
}
