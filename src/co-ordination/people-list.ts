import type { Form } from '#access'
import { type LondonDate, readDate } from '#calendar'
import { readNhsNumber } from '#people'
import { daysSilent, isNotHeardFrom } from './rules.ts'
import type { Listed } from './types.ts'

/** What narrows a team's list. All but the search may stand in an address. */
export type PeopleFilter = {
  readonly stage: string
  readonly owner: string
  readonly practice: string
  readonly isSilent: boolean
  readonly isMine: boolean
  readonly sort: 'silent' | 'name'
  readonly page: number | 'all'
}

/** Reads a filter from an address; what it does not know is left open. */
export function readFilter(query: Pick<Form, 'text'>): PeopleFilter {
  const page = query.text('page')
  return {
    stage: query.text('stage'),
    owner: query.text('owner'),
    practice: query.text('practice'),
    isSilent: query.text('silent') === 'yes',
    isMine: query.text('mine') === 'yes',
    sort: query.text('sort') === 'name' ? 'name' : 'silent',
    page: page === 'all' ? 'all' : Math.max(1, Math.trunc(Number(page)) || 1),
  }
}

/** The address of a filter: only what is set stands in it. */
export function filterAddress(filter: PeopleFilter): string {
  const set = Object.entries({
    stage: filter.stage,
    owner: filter.owner,
    practice: filter.practice,
    silent: filter.isSilent ? 'yes' : '',
    mine: filter.isMine ? 'yes' : '',
    sort: filter.sort === 'name' ? 'name' : '',
    page: filter.page === 1 ? '' : String(filter.page),
  }).filter(([, value]) => value !== '')
  return set.length === 0 ? '/my-people' : `/my-people?${new URLSearchParams(set)}`
}

/** Whether somebody stays in the list. @param staffId whose people "mine" are. */
export const isKept = (person: Listed, filter: PeopleFilter, staffId: string, today: LondonDate): boolean =>
  (!filter.stage || person.stage === filter.stage) &&
  (!filter.owner || person.ownerId === filter.owner) &&
  (!filter.practice || person.practiceId === filter.practice) &&
  (!filter.isSilent || isNotHeardFrom(person, today)) &&
  (!filter.isMine || person.ownerId === staffId)

/**
 * Whether a search finds somebody: an NHS number, a birth date as 1941-09-14 or 14/9/1941, or the beginning of a
 * family or given name.
 */
export function isFound(person: Listed, words: string): boolean {
  const text = words.trim()
  if (!text) return true
  const number = readNhsNumber(text)
  if (number) return person.nhsNumber === number
  const slashed = /^(\d{1,2})[/.](\d{1,2})[/.](\d{4})$/.exec(text)
  const [, day = '', month = '', year = ''] = slashed ?? []
  const bornOn = slashed
    ? readDate(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`)
    : readDate(text)
  if (bornOn) return person.bornOn === bornOn
  const names = `${person.familyName} ${person.givenName}`
  return text
    .split(/[\s,]+/)
    .filter(Boolean)
    .every((part) =>
      plain(names)
        .split(' ')
        .some((name) => name.startsWith(plain(part))),
    )
}

// Without accents and case, so that Grazyna finds Grażyna.
const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase('en-GB')

/** The list in the order asked: longest not heard from first, or by family name. */
export const inOrder = (
  people: readonly Listed[],
  sort: PeopleFilter['sort'],
  today: LondonDate,
): readonly Listed[] =>
  sort === 'name' ? people : people.toSorted((a, b) => overdueShare(b, today) - overdueShare(a, today))

const overdueShare = (person: Listed, today: LondonDate) => daysSilent(person, today) / person.reviewEveryDays
