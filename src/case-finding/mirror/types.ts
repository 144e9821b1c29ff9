/** A group of a run: how many of it are served, and how many would be if it were served like people with like records. */
export type MirrorGroup = {
  readonly by: string
  readonly group: string
  readonly considered: number
  readonly served: number
  readonly expected: number
}

/** Somebody of a missed group whom the list did not reach, by pseudonym. */
export type Mirrored = {
  readonly place: number
  readonly pseudonym: string
  readonly practiceCode: string
  readonly groups: readonly string[]
  readonly emergencyAdmissions: number
  readonly aeVisits: number
  readonly conditions: number
  readonly alike: number
  readonly alikeServed: number
}

export type Mirror = {
  readonly groups: readonly (MirrorGroup & { readonly isMissed: boolean })[]
  readonly people: readonly Mirrored[]
}
