/**
 * Where somebody may be cared for and die, by the national code. A place is known by its kind alone, or more closely.
 *
 * @source NHS Data Dictionary, death location type code, as clinical-content 6.1 has it.
 */
export const places = [
  { code: '21', words: 'Their own home' },
  { code: '22', words: 'Somebody else’s home' },
  { code: '20', words: 'A private home, whose is not known' },
  { code: '30', words: 'Hospice' },
  { code: '41', words: 'Care home with nursing' },
  { code: '42', words: 'Care home without nursing' },
  { code: '40', words: 'Care home, which kind is not known' },
  { code: '10', words: 'Hospital' },
  { code: '50', words: 'Somewhere else' },
] as const

/** What a wish may be beside a place. Neither counts as one. */
export const noPlace = [
  { code: 'undecided', words: 'They have not decided' },
  { code: 'not said', words: 'They do not want to say' },
] as const

export const saidBys = [
  'the person',
  'somebody who may decide for them',
  'family or friend',
  'staff',
] as const

export type PlaceCode = (typeof places)[number]['code'] | (typeof noPlace)[number]['code']
export type SaidBy = (typeof saidBys)[number]

/** A place as a page says it. */
export const placeWords = (code: string): string =>
  [...places, ...noPlace].find((one) => one.code === code)?.words ?? code
