import { type ListPermit, permitOpened, type StaffVisit } from '#access'
import type { LondonDate } from '#calendar'
import { type Db, many, one, sql, withoutNulls } from '#database'
import type { NhsNumber } from '#people'
import type { LeftCaseManager } from './hand-over-rules.ts'
import type { PeopleFilter, PeopleSearch } from './people-list.ts'
import type { Listed } from './types.ts'

/** Opens everybody the caller's day is about; to whoever may see no record, only those they hold a task for. */
export const openDay = (visit: StaffVisit, seesRecords: boolean): Promise<ListPermit> =>
  permitOpened(
    visit,
    'do tasks',
    seesRecords
      ? sql`co_ordination.open_day('direct care', 'read my day')`
      : sql`co_ordination.open_own_tasks('direct care', 'read my day')`,
  )

/** What the page of a caller's people says of them all: nobody is opened by being counted. */
export type PeopleCounted = {
  readonly counts: Readonly<Record<'everybody' | 'mine' | 'active' | 'monitoring' | 'silent', number>>
  /** How many the filters and the search leave. */
  readonly found: number
  readonly stages: readonly string[]
  readonly owners: readonly Choice[]
  readonly practices: readonly Choice[]
  readonly programmes: readonly Choice[]
  /** Case managers who no longer work here, with how many open episodes of this place are in their name. */
  readonly left: readonly LeftCaseManager[]
}

/** A page of people, opened, with who each is and what they were counted and ordered by, in their order. */
export type PeoplePage = ListPermit & {
  readonly about: PeopleCounted
  readonly facts: readonly Facts[]
}

type Facts = Pick<Listed, 'personId' | 'stage' | 'ownerId' | 'openedOn'> & {
  /** Family name, given name. */
  readonly name: readonly [string, string] | null
  readonly bornOn: LondonDate | null
  readonly nhsNumber: string | null
  readonly programmeId: string
  readonly practiceId: string | null
  readonly lastContactOn: LondonDate | null
  readonly nextOn: LondonDate | null
  /** None where the programme sets no such time for the stage. */
  readonly reviewEveryDays: number | null
}
type Choice = { readonly value: string; readonly words: string }

/**
 * Opens a page of the people with an open episode who are the caller's: their team's, their own, or their practice's.
 * Only those shown are opened, in the order asked for.
 */
export const openPeople = (
  visit: StaffVisit,
  asked: {
    readonly filter: PeopleFilter
    readonly search: PeopleSearch
    readonly from: number
    readonly most: number
  },
): Promise<PeoplePage> => {
  const { stage, owner, practice, isSilent, isMine, sort } = asked.filter
  const narrow = {
    ...(stage && { stage }),
    ...(owner && { owner }),
    ...(practice && { practice }),
    silent: isSilent,
    mine: isMine,
  }
  return permitOpened(
    visit,
    'see people',
    sql`co_ordination.open_my_people(${JSON.stringify(narrow)}::jsonb, ${JSON.stringify(asked.search)}::jsonb,
          ${sort === 'name'}, ${asked.from}::integer, ${asked.most}::integer, 'direct care', 'read my people')`,
  )
}

/** Whom to look for on the out-of-hours list: by number, or by family name and birth date. */
export type ListedSearch = {
  readonly nhsNumber?: NhsNumber
  readonly familyName?: string
  readonly bornOn?: LondonDate
}

/** Opens the people on the caller's out-of-hours list that a search finds; without one, all of them. */
export const openListed = (visit: StaffVisit, search: ListedSearch = {}): Promise<ListPermit> =>
  permitOpened(
    visit,
    'see emergency summary',
    sql`co_ordination.open_listed(${search.nhsNumber ?? null}, ${search.familyName ?? null},
          ${search.bornOn ?? null}, 'direct care', ${search.nhsNumber || search.familyName ? 'search the out-of-hours list' : 'read the out-of-hours list'})`,
  )

/**
 * Everybody of an opened list with an open episode, once each and in the list's order: by the episode of `teamId` where
 * they have one, else the one opened last.
 */
export async function listedIn(db: Db, permit: ListPermit, teamId: string): Promise<readonly Listed[]> {
  // Each fact is looked up by person: a join would read whole tables, for the policy on each keeps its index from use.
  const rows = await many(
    db,
    sql`with programme as materialized (
          select distinct on (programme_id) programme_id, template ->> 'name' as name,
            template -> 'reviewEveryDays' as review
          from organisations.programme_version order by programme_id, version desc
        ), day as materialized (select organisations.today())
        select w.id as "personId", n.family as "familyName", n.given as "givenName",
          (select p.born_on from people.person p where p.id = w.id) as "bornOn",
          (select i.value from people.identifier i where i.person_id = w.id and i.system = 'nhs'
             and i.ended_at is null) as "nhsNumber",
          r.practice_id as "practiceId", o.name as "practiceName", e.stage, g.name as "programmeName",
          e.owner_id as "ownerId", s.name as "ownerName", e.opened_on as "openedOn",
          (select (c.happened_at at time zone 'Europe/London')::date from co_ordination.contact c
             where c.person_id = w.id and c.struck_at is null order by c.happened_at desc limit 1) as "lastContactOn",
          (select min(u.due_on) from co_ordination.task_turn u
             join co_ordination.task k on k.id = u.task_id and k.turn = u.n
             where u.person_id = w.id and u.state in ('to do', 'waiting')) as "nextOn",
          (g.review ->> e.stage)::integer as "reviewEveryDays"
        from unnest(${permit.people}::uuid[]) with ordinality w (id, place) cross join day d
        cross join lateral (select e.programme_id, e.opened_on, t.stage, t.owner_id from people.episode e
          join people.episode_turn t on t.episode_id = e.id and t.n = e.turn
          where e.person_id = w.id and e.closed_on is null
          order by (t.team_id = ${teamId}) desc, e.opened_on desc limit 1) e
        cross join lateral (select n.family, n.given from people.name n
          where n.person_id = w.id and n.ended_at is null limit 1) n
        left join lateral people.registered_on(w.id, d.today) r on true
        join programme g on g.programme_id = e.programme_id
        join organisations.staff s on s.id = e.owner_id
        left join organisations.organisation o on o.id = r.practice_id
        order by w.place`,
  )
  return rows.map((row) => withoutNulls<Listed>(row))
}

/** The people of an opened page as its rows show them. */
export function linesOf({ about, facts }: PeoplePage): readonly Listed[] {
  const words = new Map(
    [...about.programmes, ...about.owners, ...about.practices].map((one) => [one.value, one.words]),
  )
  return facts.map((known) => listedOf(known, (id) => words.get(id ?? '')))
}

// Each by name: to spread one row into another took 15 microseconds a person, a fifth of the page.
const listedOf = (known: Facts, nameOf: (id: string | null) => string | undefined): Listed => ({
  personId: known.personId,
  familyName: known.name?.[0] ?? 'Name not known',
  givenName: known.name?.[1] ?? '',
  bornOn: known.bornOn ?? undefined,
  nhsNumber: known.nhsNumber ?? undefined,
  practiceId: known.practiceId ?? undefined,
  practiceName: nameOf(known.practiceId),
  stage: known.stage,
  programmeName: nameOf(known.programmeId) ?? '',
  ownerId: known.ownerId,
  ownerName: nameOf(known.ownerId) ?? '',
  openedOn: known.openedOn,
  lastContactOn: known.lastContactOn ?? undefined,
  nextOn: known.nextOn ?? undefined,
  reviewEveryDays: known.reviewEveryDays ?? Number.POSITIVE_INFINITY,
})

/** How many contacts since a day were face to face, and how many by telephone; struck ones are not counted. */
export async function contactMix(
  db: Db,
  people: readonly string[],
  since: LondonDate,
): Promise<{ readonly faceToFace: number; readonly byTelephone: number }> {
  const row = await one<{ faceToFace: number; byTelephone: number }>(
    db,
    sql`select count(*) filter (where kind in ('face to face', 'home visit')) as "faceToFace",
               count(*) filter (where kind = 'telephone') as "byTelephone"
        from co_ordination.contact where person_id = any (${people}) and struck_at is null
          and happened_at >= ${since}::date`,
  )
  return row ?? { faceToFace: 0, byTelephone: 0 }
}
