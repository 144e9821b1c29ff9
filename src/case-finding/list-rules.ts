import { ageOn, type LondonDate } from '#calendar'
import type { PersonId } from '#people'
import { conditionGroups } from './condition-groups.data.ts'
import { couldHelpChange } from './flags/rules.ts'
import { ages, shows, sorts, tabs } from './list-choices.data.ts'
import type { Standing, Tab } from './rules.ts'
import type { ListedPerson } from './store.ts'
import type { InBrief, JudgedInBrief, Judgement, Suggestion } from './types.ts'

/** Who somebody of a list is, as far as they are looked up: no name, and of most nothing. */
export type Unnamed = Partial<Pick<ListedPerson, 'id' | 'bornOn'>>

/** Somebody of the practice who is suggested, added or judged; looked up and named once a page shows them. */
export type Candidate<
  Who extends Unnamed = ListedPerson,
  Why extends InBrief = Suggestion,
  Judged extends JudgedInBrief = Judgement,
> = {
  readonly person: Who
  readonly suggestion?: Why
  readonly standing: Standing
  /** Everything ever judged of the person, oldest first. */
  readonly history: readonly Judged[]
  /** The judgement that holds. */
  readonly inForce?: Judged
  /** The number of the newest judgement, 0 for none: what a form must carry back. */
  readonly seen: number
  /** That they were added by hand, where that holds: by whom, when and why. */
  readonly added?: Judged
  /** Other programmes the person is in now. */
  readonly elsewhere: readonly string[]
}

/** Somebody of a list whom no page shows yet. */
export type Unopened = Candidate<Unnamed, InBrief, JudgedInBrief>

/** Whether an address asks for what is known of people and not of their record: then everybody is looked up. */
export const asksWhoTheyAre = ({ who, age, sort }: ListQuery): boolean =>
  who !== undefined || age !== '' || sort === 'oldest'

/** A list as its address asks for it. No name or number of a person is ever part of it. */
export type ListQuery = {
  readonly programme: string
  readonly tab: Tab | 'added'
  readonly condition: string
  readonly age: string
  /** Only those who are all of these. */
  readonly show: readonly string[]
  readonly sort: string
  readonly page: number | 'all'
  /** Only these people: what a search by name found. */
  readonly who?: readonly PersonId[]
}

const oneOf = (choices: readonly { readonly code: string }[], code: string): string =>
  choices.some((choice) => choice.code === code) ? code : ''

type Said = { readonly text: (field: string) => string; readonly all: (field: string) => readonly string[] }

/** Reads an address. What it does not know it leaves out, so that an old bookmark still opens a list. */
export function readQuery({ text, all }: Said): ListQuery {
  const tab = tabs.find(({ code }) => code === text('tab'))?.code ?? 'to judge'
  const page = text('page')
  const who = text('who')
  return {
    programme: /^[a-z0-9-]*$/.test(text('programme')) ? text('programme') : '',
    tab,
    condition: conditionGroups.some(({ key }) => key === text('condition')) ? text('condition') : '',
    age: oneOf(ages, text('age')),
    show: shows.map(({ code }) => code).filter((code) => all('show').includes(code)),
    sort: oneOf(sorts, text('sort')),
    page: page === 'all' ? 'all' : Math.max(1, Number.parseInt(page, 10) || 1),
    ...(who && { who: who === 'none' ? [] : who.split(',').filter((id) => /^[0-9a-f-]{36}$/.test(id)) }),
  }
}

/** Reads what a form carried as `list`: the address it was reached from, without its path. */
export const readList = (text: string): ListQuery => {
  const fields = new URLSearchParams(text)
  return readQuery({ text: (field) => fields.get(field) ?? '', all: (field) => fields.getAll(field) })
}

/** What a form carries as `list`, and an address ends with. */
export function listText(query: ListQuery): string {
  const fields = new URLSearchParams()
  const { programme, tab, condition, age, show, sort, page, who } = query
  const given = { programme, tab: tab === 'to judge' ? '' : tab, condition, age, sort }
  for (const [field, value] of Object.entries(given)) if (value) fields.set(field, value)
  for (const one of show) fields.append('show', one)
  if (page !== 1) fields.set('page', String(page))
  if (who) fields.set('who', who.length > 0 ? who.join(',') : 'none')
  return fields.toString()
}

/** The address of a list, or of another page of case-finding that must find its way back to it. */
export function addressOf(query: ListQuery, change: Partial<ListQuery> = {}): string {
  const text = listText({ ...query, page: 1, ...change })
  return text ? `/case-finding?${text}` : '/case-finding'
}

/** Whether the people of a tab are to judge, whether asked or not. */
export const isJudging = (tab: ListQuery['tab']): boolean => tab === 'to judge' || tab === 'below the cut'

/** Whether somebody stands on a tab; on the last, whoever the reader added by hand. */
export const isOnTab = (candidate: Unopened, tab: ListQuery['tab'], staffId: string): boolean =>
  tab === 'added' ? candidate.added?.judgedById === staffId : candidate.standing.tab === tab

/** The people of one tab, in its order: to judge by rank, judged ones newest first. */
export function ofTab<One extends Unopened>(
  candidates: readonly One[],
  tab: ListQuery['tab'],
  staffId: string,
): readonly One[] {
  const here = candidates.filter((candidate) => isOnTab(candidate, tab, staffId))
  return isJudging(tab) ? here.sort(byRank) : newestFirst(here)
}

const newestFirst = <One extends Unopened>(candidates: readonly One[]) =>
  [...candidates].sort(
    (a, b) => (b.inForce?.judgedAt.getTime() ?? 0) - (a.inForce?.judgedAt.getTime() ?? 0) || byId(a, b),
  )

// Somebody a human added has no rank and would sink to the end: they stand first.
const rankOf = ({ suggestion }: Unopened) => suggestion?.rank ?? 0
const idOf = ({ person }: Unopened) => person.id ?? ''
const byId = (a: Unopened, b: Unopened) => (idOf(a) < idOf(b) ? -1 : 1)
const byRank = (a: Unopened, b: Unopened) => rankOf(a) - rankOf(b) || byId(a, b)

/** One filter in force: a field, and of those to show which one. */
export type Filter =
  | { readonly by: 'condition' | 'age' | 'who' }
  | { readonly by: 'show'; readonly code: string }

/** The filters of an address that are in force. */
export const inForce = (query: ListQuery): readonly Filter[] => [
  ...(query.condition ? [{ by: 'condition' } as const] : []),
  ...(query.age ? [{ by: 'age' } as const] : []),
  ...query.show.map((code) => ({ by: 'show', code }) as const),
  ...(query.who ? [{ by: 'who' } as const] : []),
]

/** An address without one of its filters. */
export function without(query: ListQuery, filter: Filter): ListQuery {
  if (filter.by === 'show')
    return { ...query, show: query.show.filter((code) => code !== filter.code), page: 1 }
  if (filter.by !== 'who') return { ...query, [filter.by]: '', page: 1 }
  const { who: _, ...rest } = query
  return { ...rest, page: 1 }
}

/** The people of a tab that an address asks for, in the order it asks for. */
export function narrowed<One extends Unopened>(
  candidates: readonly One[],
  query: ListQuery,
  today: LondonDate,
): readonly One[] {
  const found = candidates.filter((candidate) => matches(candidate, query, today))
  switch (query.sort) {
    case 'admitted':
      return [...found].sort((a, b) => lastOf(b).localeCompare(lastOf(a)) || byRank(a, b))
    case 'oldest':
      return [...found].sort((a, b) => bornOf(a).localeCompare(bornOf(b)) || byRank(a, b))
    case 'help':
      return [...found].sort((a, b) => couldChange(a) - couldChange(b) || byRank(a, b))
    default:
      return found
  }
}

const lastOf = ({ suggestion }: Unopened) => suggestion?.lastAdmissionOn ?? ''
const couldChange = ({ suggestion }: Unopened) => (couldHelpChange(suggestion?.flags) ? 0 : 1)
const bornOf = ({ person }: Unopened) => person.bornOn ?? '9999'

function matches(candidate: Unopened, query: ListQuery, today: LondonDate): boolean {
  const { person, suggestion } = candidate
  if (query.who && !query.who.includes(idOf(candidate))) return false
  if (query.condition && !suggestion?.conditions.includes(query.condition)) return false
  if (query.age) {
    const [from = 0, to = 150] = query.age.split('-').map(Number)
    const age = person.bornOn && ageOn(person.bornOn, today)
    if (age === undefined || age < from || age > to) return false
  }
  return query.show.every((show) => isShown(candidate, show))
}

/** Whether somebody is of those a list may show alone. */
export function isShown({ suggestion, standing, elsewhere, added }: Unopened, show: string): boolean {
  switch (show) {
    case 'rising':
      return suggestion?.isRiskRising === true
    case 'no admission':
      return suggestion?.emergencyAdmissions === 0
    case 'care home':
      return suggestion?.isCareHome === true
    case 'alone':
      return suggestion?.livesAlone === true
    case 'known':
      return elsewhere.length > 0
    case 'not known':
      return elsewhere.length === 0
    case 'again':
      return standing.tab === 'to judge' && standing.returned !== undefined
    case 'by hand':
      return added !== undefined
    case 'drawn':
      return suggestion?.lot?.isDrawn === true
    case 'not drawn':
      return suggestion?.lot?.isDrawn === false
    default:
      return suggestion?.flags?.some((key) => key === show) ?? false
  }
}
