import type { Asked } from './choice-types.ts'
import { type OutcomeName, outcomeWords, type PrimaryName, primaries } from './outcomes.data.ts'

/** What a study counted, as its sentences say it. */
export type Thing = {
  readonly one: string
  readonly many: string
  /** With a capital, to begin a sentence. */
  readonly Many: string
  readonly isFewerBetter: boolean
  readonly horizonDays: number
  /** "the year" or "the 90 days". */
  readonly span: string
}

const capital = (words: string) => `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`

/** What one outcome is called, and which record it is counted from. */
export const thingNamed = (name: OutcomeName) => ({
  ...outcomeWords[name],
  Many: capital(outcomeWords[name].many),
})

/** What an answer counted and for how long. An answer from before there was a choice counted emergency admissions. */
export function thingOf({ asked }: { readonly asked?: Asked }): Thing {
  const name: PrimaryName = asked?.outcome ?? 'emergencies'
  const horizonDays = asked?.horizonDays ?? 365
  return {
    ...thingNamed(name),
    isFewerBetter: primaries[name].isFewerBetter,
    horizonDays,
    span: horizonDays === 365 ? 'the year' : `the ${horizonDays} days`,
  }
}

/** "an emergency admission", "a GP contact". */
export const aOrAn = (one: string): string => `${/^(A&|[aeiou])/.test(one) ? 'an' : 'a'} ${one}`

/** Whether an answer is about emergency admissions within a year, as that of the method that ships always is. */
export const countsYearOfAdmissions = ({ asked }: { readonly asked?: Asked }): boolean =>
  !asked || (asked.outcome === 'emergencies' && asked.horizonDays === 365)
