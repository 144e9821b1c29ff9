import type { LondonDate } from '#calendar'

/** Somebody who was taught to read the lists, by whom and when. */
export type TrainingGiven = {
  readonly id: string
  readonly staffId: string
  readonly name: string
  readonly trainedOn: LondonDate
  readonly trainedByName: string
  readonly trainerRole: string
  /** The model whose numbers they were shown; none: the list was by the rule. */
  readonly modelId?: string
  readonly modelName?: string
}

declare module '#journal' {
  interface Notes {
    'training given': { readonly staffId: string; readonly trainedOn: string }
  }
}
