import type { Sureness } from './one-page-words.ts'

/** A share of those who answered, and how many answered of those who were asked. */
export type Told = {
  /** 0 to 1. */
  readonly share: number
  readonly answered: number
  readonly asked: number
}

/**
 * Between what shares of everybody who was asked the truth lies, whatever those who did not answer think: none of them
 * agrees, or all do. Both from 0 to 1. Where more answered than were asked, which two countings can give, all count as asked.
 *
 * @source C F Manski, Anatomy of the selection problem, Journal of Human Resources 24 (1989): bounds without assumptions.
 */
export function boundsOf({ share, answered, asked }: Told): { readonly low: number; readonly high: number } {
  const heard = asked === 0 ? 0 : Math.min(1, answered / asked)
  return { low: share * heard, high: share * heard + 1 - heard }
}

/** Sure where those who did not answer could not turn most into few, or few into most. Unknown: nobody can tell. */
export function sureOf(told: Told | undefined): Sureness {
  if (!told) return 'Cannot tell yet'
  const { low, high } = boundsOf(told)
  return low > 0.5 || high < 0.5 ? 'Sure' : 'Cannot tell yet'
}

// What a computer's fractions are off by is no width.
const hair = 1e-9

/** The bounds in whole numbers of 100, outwards: never told as narrower than they are. */
export function boundsWords(told: Told): string {
  const { low, high } = boundsOf(told)
  return `of everybody asked it may be anything from ${Math.floor(100 * low + hair)} to ${Math.ceil(100 * high - hair)} of 100`
}
