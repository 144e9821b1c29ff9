import { dateWords, type LondonDate, readDate, readDateBoxes } from '#calendar'
import { type NhsNumber, nhsNumberWords, readNhsNumber } from '#people'
import type { Problem } from './types.ts'

/** How a family name and a given name begin, in small letters; accents do not matter. An empty one is any. */
export type NameBeginning = { readonly family: string; readonly given: string }

/** What somebody searched for, as far as it was understood. */
export type Search = {
  readonly nhsNumber?: NhsNumber
  readonly bornOn?: LondonDate
  readonly postcode?: string
  readonly names: readonly NameBeginning[]
}

const nhsNumberLike = /(?<!\d)\d{3}[\s-]?\d{3}[\s-]?\d{4}(?!\d)/
const dayLike =
  /(?<!\d)(?:(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})[/. -](\d{1,2}|[a-z]{3,9})[/. -](\d{4}))(?!\d)/i
const postcodeLike = /(?<![a-z\d])([a-z]{1,2}\d[a-z\d]?)\s*(\d[a-z]{2})(?![a-z\d])/i
const most = 100

/**
 * Reads the one box of a person search: an NHS number with or without spaces, a birth date, a postcode, names in either
 * order, or several of them together.
 *
 * @returns a sentence to put right where nothing was understood or a number cannot be one.
 */
export function readSearch(
  typed: string,
): { readonly ok: true; readonly search: Search } | { readonly ok: false; readonly problem: Problem } {
  const wrong = (message: string) => ({ ok: false as const, problem: { field: 'words', message } })
  let rest = typed.normalize('NFC').trim()
  if (!rest) return wrong('Enter a name, an NHS number, a postcode or a date of birth')
  if (rest.length > most) return wrong(`Enter ${most} characters or fewer`)
  const take = (like: RegExp): RegExpExecArray | undefined => {
    const match = like.exec(rest) ?? undefined
    if (match) rest = `${rest.slice(0, match.index)} ${rest.slice(match.index + match[0].length)}`
    return match
  }
  const number = take(nhsNumberLike)?.[0]
  const nhsNumber = number ? readNhsNumber(number) : undefined
  if (number && !nhsNumber) return wrong('Check the NHS number. One of its digits is not right')
  const day = take(dayLike)
  const bornOn = day && readDay(day)
  if (day && !bornOn) return wrong('Enter a real date of birth, like 14 3 1936')
  const place = take(postcodeLike)
  if (/\d/.test(rest))
    return wrong('Enter an NHS number of 10 digits, a whole postcode or a whole date of birth')
  return {
    ok: true,
    search: {
      ...(nhsNumber ? { nhsNumber } : {}),
      ...(bornOn ? { bornOn } : {}),
      ...(place ? { postcode: `${place[1]} ${place[2]}`.toUpperCase() } : {}),
      names: nameBeginnings(rest),
    },
  }
}

function readDay(match: RegExpExecArray): LondonDate | undefined {
  const [, year, month, day, otherDay = '', otherMonth = '', otherYear = ''] = match
  if (year && month && day) return readDate(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`)
  return readDateBoxes(otherDay, otherMonth, otherYear)
}

/**
 * The ways words may be split into a family and a given name: "June Okafor", "Okafor, June", "van der Berg".
 *
 * One word is how a family name begins, or a given name.
 */
export function nameBeginnings(words: string): readonly NameBeginning[] {
  const [family, given] = words.split(',')
  const clean = (text: string) => text.toLowerCase().split(/\s+/).filter(Boolean)
  if (family && given?.trim()) return [{ family: clean(family).join(' '), given: clean(given).join(' ') }]
  const all = clean(words.replaceAll(',', ' ')).slice(0, 6)
  if (all.length === 0) return []
  const splits: NameBeginning[] = [
    { family: all.join(' '), given: '' },
    { family: '', given: all.join(' ') },
  ]
  for (let at = 1; at < all.length; at++) {
    const before = all.slice(0, at).join(' ')
    const after = all.slice(at).join(' ')
    splits.push({ family: after, given: before }, { family: before, given: after })
  }
  return splits
}

/** What was understood, to stand above the answer: never in an address or a title. */
export function searchWords(search: Search, typed: string): string {
  if (search.nhsNumber) return `NHS number ${nhsNumberWords(search.nhsNumber)}`
  const parts = [
    search.names[0]?.family && `“${typed.trim()}”`,
    search.bornOn && `born ${dateWords(search.bornOn)}`,
    search.postcode,
  ]
  return search.names.length > 0 ? `“${typed.trim()}”` : parts.filter(Boolean).join(', ')
}
