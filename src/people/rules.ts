import type { Identity, NhsNumber } from './types.ts'

/**
 * Reads an NHS number, with or without spaces.
 *
 * @returns the ten digits, or undefined when there are not ten or the check digit is wrong. A remainder that
 *   asks for 10 as check digit is never issued.
 * @source NHS data dictionary, NHS NUMBER: modulus 11, weights 10 to 2.
 */
export function readNhsNumber(text: string): NhsNumber | undefined {
  const digits = text.replace(/[\s-]/g, '')
  if (!/^\d{10}$/.test(digits)) return undefined
  const sum = [...digits.slice(0, 9)].reduce((total, digit, at) => total + Number(digit) * (10 - at), 0)
  const check = (11 - (sum % 11)) % 11
  return check !== 10 && check === Number(digits[9]) ? (digits as NhsNumber) : undefined
}

/** 999 101 0203, on one line: the spaces do not break. */
export const nhsNumberWords = (number: NhsNumber): string =>
  `${number.slice(0, 3)}\u00a0${number.slice(3, 6)}\u00a0${number.slice(6)}`

/** FAMILY, Given: how professionals search. */
export const nameToSearch = (person: Pick<Identity, 'familyName' | 'givenName'>): string =>
  `${person.familyName.toLocaleUpperCase('en-GB')}, ${person.givenName}`

/** Given Family: how a sentence says it. */
export const nameInSentence = (person: Pick<Identity, 'familyName' | 'givenName'>): string =>
  `${person.givenName} ${person.familyName}`

/** How a sentence speaks of somebody: "she gets", "her plan"; "they get", "their plan" where the sex is not known. */
export function wordsFor(person: Pick<Identity, 'sex'>): {
  readonly they: string
  readonly them: string
  readonly their: string
  readonly theyGet: string
} {
  if (person.sex === 'female') return { they: 'she', them: 'her', their: 'her', theyGet: 'she gets' }
  if (person.sex === 'male') return { they: 'he', them: 'him', their: 'his', theyGet: 'he gets' }
  return { they: 'they', them: 'them', their: 'their', theyGet: 'they get' }
}
