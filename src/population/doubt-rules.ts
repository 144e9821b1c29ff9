import { ageOn, dateWords, type LondonDate, londonDate } from '#calendar'
import { nameToSearch, nhsNumberWords } from '#people'
import type { Side } from './doubt-store.ts'

type Names = Pick<Side, 'given' | 'family' | 'nhsNumber'>

const byNumber = 'no NHS number on one side; the same '

/** A name as it is written, but for capitals, accents and signs. */
const plain = (name: string) =>
  name
    .normalize('NFD')
    .toLowerCase()
    .replaceAll(/[^\p{L}]/gu, '')

const inWords = (all: readonly string[]) =>
  all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`

/**
 * Why two records may be one person's, as it is true of them as they stand. A doubt is raised where names sound alike, so
 * "the same" is said only of a name that is written the same.
 *
 * @param why as the doubt was raised. @param one, other the records, where they are open.
 */
export function whyWords(why: string, one: Names | undefined, other: Names | undefined): string {
  const found = why.startsWith(byNumber) ? why.slice(byNumber.length).split(', ') : []
  if (found.length === 0) return `${why.charAt(0).toUpperCase()}${why.slice(1)}`
  const isWrittenAlike = (part: string) => {
    if (part === 'given name') return one && other && plain(one.given) === plain(other.given)
    return part !== 'family name' || (one && other && plain(one.family) === plain(other.family))
  }
  const same = found.filter(isWrittenAlike)
  const alike = found.filter((part) => !isWrittenAlike(part))
  const isNumbered = one?.nhsNumber || other?.nhsNumber
  return [
    isNumbered || !one || !other ? 'No NHS number on one side' : 'Neither has an NHS number',
    ...(same.length > 0 ? [`the same ${inWords(same)}`] : []),
    ...(alike.length > 0
      ? [`${inWords(alike)} ${alike.length === 1 ? 'sounds' : 'sound'} alike, written differently`]
      : []),
  ].join('; ')
}

/** How two records compare in one respect. Undefined: it is not for comparing. */
type Verdict = 'Same' | 'Differs' | 'Only one says' | 'Neither says'

/** One line of two records side by side. */
export type Compared = {
  readonly label: string
  readonly one: string
  readonly other: string
  readonly verdict?: Verdict
}

/** Two records line by line, each with whether they say the same. */
export function compared(one: Side, other: Side, today: LondonDate): readonly Compared[] {
  const born = ({ bornOn, diedOn }: Side) =>
    bornOn ? `${dateWords(bornOn)}${diedOn ? '' : ` (${ageOn(bornOn, today)} years)`}` : undefined
  const day = (on: LondonDate | null) => (on ? dateWords(on) : undefined)
  const number = ({ nhsNumber }: Side) => (nhsNumber ? nhsNumberWords(nhsNumber) : undefined)
  const line = (label: string, of: (side: Side) => string | null | undefined, none: string): Compared => ({
    ...told(label, of(one) ?? none, of(other) ?? none),
    verdict: verdictOf(of(one), of(other)),
  })
  const told = (label: string, ofOne: string, ofOther: string) => ({ label, one: ofOne, other: ofOther })
  const both = (label: string, of: (side: Side) => string) => told(label, of(one), of(other))
  return [
    line('Name', nameOf, 'not stated'),
    both('Also written', ({ formerNames }) => formerNames.join('; ') || 'no other way'),
    line('Born', born, 'not known'),
    line('Sex', ({ sex }) => sex, 'not known'),
    line('NHS number', number, 'none'),
    line('Address', ({ address }) => address, 'not stated'),
    line('Postcode', ({ postcode }) => postcode, 'not stated'),
    line('Telephone', ({ telephone }) => telephone, 'not stated'),
    line('Practice', ({ practice }) => practice, 'not registered'),
    one.diedOn || other.diedOn ? line('Died', ({ diedOn }) => day(diedOn), 'no') : told('Died', 'no', 'no'),
    both('Open with us', ({ episodes }) =>
      episodes === 0 ? 'nothing' : `${episodes} ${episodes === 1 ? 'episode' : 'episodes'}`,
    ),
    both('Here since', ({ since }) => dateWords(londonDate(since))),
  ]
}

const nameOf = (side: Side) => nameToSearch({ familyName: side.family, givenName: side.given })

function verdictOf(one: string | null | undefined, other: string | null | undefined): Verdict {
  if (!one && !other) return 'Neither says'
  if (!one || !other) return 'Only one says'
  return plain(one) === plain(other) && digits(one) === digits(other) ? 'Same' : 'Differs'
}

const digits = (text: string) => text.replaceAll(/\D/g, '')
