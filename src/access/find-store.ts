import type { LondonDate } from '#calendar'
import { type Db, many, one, run, sql } from '#database'
import type { PersonId } from '#people'
import { newId } from './ids.ts'
import type { NameBeginning, Search } from './search-words.ts'
import type { Purpose } from './types.ts'

/**
 * found: all there are. common: a name so common that only this place's own people were looked through.
 * too many: more than the 50 shown. wait: more than 60 searches in 5 minutes.
 */
export type Found = {
  readonly answer: 'found' | 'common' | 'too many' | 'wait' | 'nothing asked'
  readonly people: readonly PersonId[]
}

const families = (names: readonly NameBeginning[]) =>
  names.length > 0 ? names.map((name) => name.family) : null
const givens = (names: readonly NameBeginning[]) =>
  names.length > 0 ? names.map((name) => name.given) : null

/** Who of the people the caller has to do with matches all that was searched for: references only, 50 at most. */
export async function findPeople(db: Db, search: Search): Promise<Found> {
  const row = await one<Found>(
    db,
    sql`select answer, people from access.find_people(${search.nhsNumber ?? null}, ${search.bornOn ?? null},
        ${search.postcode ?? null}, ${families(search.names)}, ${givens(search.names)})`,
  )
  return row ?? { answer: 'nothing asked', people: [] }
}

/** Keeps what was typed with the session, so that the address of the answer need not hold it. */
export async function keepSearch(db: Db, words: string): Promise<string> {
  const id = newId()
  await run(db, sql`select access.keep_search(${id}, ${words})`)
  return id
}

/** What was typed under a reference by this session, or undefined. */
export async function keptSearch(db: Db, id: string): Promise<string | undefined> {
  if (!/^[0-9a-f-]{36}$/.test(id)) return undefined
  const row = await one<{ words: string | null }>(db, sql`select access.kept_search(${id}) as words`)
  return row?.words ?? undefined
}

/** The last 10 people this session opened, newest first. */
export async function lastOpened(db: Db): Promise<readonly PersonId[]> {
  const row = await one<{ people: readonly PersonId[] }>(db, sql`select access.last_opened() as people`)
  return row?.people ?? []
}

/** What tracing gives: enough to tell two people apart, and no more. */
export type Traced = {
  readonly personId: PersonId
  readonly family: string
  readonly given: string
  readonly bornOn: LondonDate
  readonly postcode?: string
  readonly practice?: string
  readonly isKnown: boolean
  readonly isTied: boolean
}

export type TraceAnswer =
  | { readonly answer: 'found'; readonly people: readonly Traced[] }
  | { readonly answer: 'too many' | 'wait' }

/** Traces by number and birth date, or by family name, birth date and how the given name begins. It is on the log. */
export async function trace(
  db: Db,
  asked: Pick<Search, 'nhsNumber' | 'names'> & { readonly bornOn: LondonDate; readonly purpose: Purpose },
): Promise<TraceAnswer> {
  const rows = await many<Traced & { readonly answer: 'found' | 'too many' | 'wait' }>(
    db,
    sql`select answer, person_id as "personId", family, given, born_on as "bornOn", postcode, practice,
               is_known as "isKnown", is_tied as "isTied"
        from access.trace(${asked.nhsNumber ?? null}, ${asked.bornOn}, ${families(asked.names)},
          ${givens(asked.names)}, ${asked.purpose})`,
  )
  const [first] = rows
  if (first && first.answer !== 'found') return { answer: first.answer }
  return { answer: 'found', people: rows }
}
