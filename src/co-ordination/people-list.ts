import { type Form, isReference } from '#access'
import { type LondonDate, readDate } from '#calendar'
import { readNhsNumber } from '#people'

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

const reference = (text: string) => (isReference(text) ? text : '')

/** Reads a filter from an address; what it does not know is left open. */
export function readFilter(query: Pick<Form, 'text'>): PeopleFilter {
  const page = query.text('page')
  return {
    stage: query.text('stage'),
    owner: reference(query.text('owner')),
    practice: reference(query.text('practice')),
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

/** What is searched for: an NHS number, a birth date, or how the family and given names begin. */
export type PeopleSearch =
  | { readonly nhsNumber: string }
  | { readonly bornOn: LondonDate }
  | { readonly names: readonly string[] }
  | Readonly<Record<string, never>>

/** Reads a search: an NHS number, a birth date as 1941-09-14 or 14/9/1941, or names; of nothing, everybody. */
export function readSearch(words: string): PeopleSearch {
  const text = words.trim()
  if (!text) return {}
  const nhsNumber = readNhsNumber(text)
  if (nhsNumber) return { nhsNumber }
  const slashed = /^(\d{1,2})[/.](\d{1,2})[/.](\d{4})$/.exec(text)
  const [, day = '', month = '', year = ''] = slashed ?? []
  const bornOn = slashed
    ? readDate(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`)
    : readDate(text)
  return bornOn ? { bornOn } : { names: text.split(/[\s,]+/).filter(Boolean) }
}
