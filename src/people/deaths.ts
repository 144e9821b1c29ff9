import { dateWords } from '#calendar'
import type { Identity } from './types.ts'

type Dead = Pick<Identity, 'diedOn' | 'death'>

/** Whether a day of death stands on the record that nobody here has confirmed. */
export const isUnconfirmed = ({ diedOn, death }: Dead): boolean =>
  diedOn !== undefined && !(death?.isConfirmed ?? false)

/** "Died 3 November 2026", or that it is only recorded; undefined of the living. */
export function diedWords(person: Dead): string | undefined {
  if (!person.diedOn) return undefined
  return isUnconfirmed(person)
    ? `Recorded as died ${dateWords(person.diedOn)}, not confirmed`
    : `Died ${dateWords(person.diedOn)}`
}

/** Who says that somebody died, and what nobody is to do before a worker has answered; undefined once one has. */
export function unconfirmedWords(person: Dead): string | undefined {
  if (!isUnconfirmed(person)) return undefined
  return `${whoSays(person)} Until somebody has checked, do not ring as if they were alive, and close nothing because of it. What is due is held.`
}

/** Who says so, in a sentence or two. */
export function whoSays({ diedOn, death }: Dead): string {
  if (death?.withdrawnBy)
    return `${extractOf([death.withdrawnBy])} said so and no longer does. Nobody here has answered that.`
  if (death?.otherDayOn && diedOn)
    return `An extract says ${dateWords(death.otherDayOn)}; somebody here said ${dateWords(diedOn)}.`
  const suppliers = death?.suppliers ?? []
  if (suppliers.length === 0) return 'It is not known who said so, and nobody here has confirmed it.'
  return `${extractOf(suppliers)} ${suppliers.length === 1 ? 'says' : 'say'} so. Nobody here has confirmed it.`
}

// Of deaths taken over from before it was written down who says them, nobody may know.
function extractOf(suppliers: readonly string[]): string {
  const known = suppliers.filter((supplier) => supplier !== 'not known')
  if (known.length === 0) return 'An extract'
  return `The ${known.length === 1 ? 'extract' : 'extracts'} of ${known.join(' and ')}`
}

/** Where it is read, answered and taken back whether somebody has died. */
export const deathAddress = (person: string): string => `/people/${person}/death`

/** Where a team reads of whom it is to check. */
export const deathsAddress = '/my-people/deaths'
