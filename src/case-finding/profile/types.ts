/** What is counted of use in the 365 days before a list. */
export type Use =
  | 'emergencyAdmissions'
  | 'emergencyNights'
  | 'dayCases'
  | 'aeVisits'
  | 'gpContacts'
  | 'outpatient'
  | 'medicines'
  | 'items'

/** Sums of a tier's people; what is not linked is absent, and never nought. */
export type Used = Readonly<Partial<Record<Use, number>>>

/** What one of a thing costs, as the load said. */
export type Price = {
  readonly use: Use
  readonly item: string
  readonly pounds: number
  readonly year: string
  readonly source: string
}

/** A tier of a list: who stands where, and what they used. */
export type TierUse = {
  readonly place: number
  readonly tier: string
  readonly people: number
  readonly used: Used
  readonly prices: readonly Price[]
}
