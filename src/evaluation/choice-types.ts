import type { LondonDate } from '#calendar'
import type { OutcomeName, PrimaryName } from './outcomes.data.ts'

/** What whoever writes a study decides. All of it is in the number of its protocol. */
export type Choices = {
  /** The question: what is counted, powered and judged. */
  readonly outcome: PrimaryName
  /** Counted beside it, and told with an allowance for how many there are. */
  readonly further: readonly OutcomeName[]
  readonly horizonDays: number
  readonly pool: Pool
  readonly cohort: Cohort
  /** Names of the facts matched on beside those that always are. */
  readonly covariates: readonly string[]
  readonly subgroups: readonly string[]
  readonly checks: readonly string[]
}

/** Whom those helped are compared with first: anybody who could have joined, or only where nobody ever has. */
export type Pool = 'everywhere' | 'elsewhere'

/** Whose joining counts. What is absent does not narrow it. */
export type Cohort = {
  readonly fromAge?: number
  /** A locality with the practices it had when this was written. */
  readonly place?: { readonly name: string; readonly practices: readonly string[] }
  readonly joinedFrom?: LondonDate
  readonly joinedTo?: LondonDate
}

/** What an answer was asked; absent in answers to what ships. */
export type Asked = { readonly outcome: PrimaryName; readonly horizonDays: number; readonly pool: Pool }
