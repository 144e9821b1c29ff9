import type { LondonDate } from '#calendar'
import { type Db, many, one, sql } from '#database'
import type { NhsNumber, Sex } from '#people'

export type DoubtAnswer = 'same person' | 'not the same person' | 'not sure'

/** Two records that may be one person's, and how far the question is. */
export type Doubt = {
  readonly id: string
  readonly personId: string
  readonly otherPersonId: string
  readonly why: string
  readonly raisedAt: Date
  readonly answer: DoubtAnswer | null
  readonly answeredByName: string | null
  readonly answeredAt: Date | null
  readonly mergeId: string | null
  readonly proposedBy: string | null
  readonly agreedByName: string | null
  readonly agreedAt: Date | null
  readonly undoneAt: Date | null
}

/** What one of the two records says of the person: everything that helps to tell. */
export type Side = {
  readonly id: string
  readonly given: string
  readonly family: string
  readonly formerNames: readonly string[]
  readonly bornOn: LondonDate | null
  readonly sex: Sex
  readonly nhsNumber: NhsNumber | null
  /** Without its postcode, which is often all that one of two records has. */
  readonly address: string | null
  readonly postcode: string | null
  readonly telephone: string | null
  readonly practice: string | null
  readonly diedOn: LondonDate | null
  readonly since: Date
  readonly episodes: number
}

/** The queue's views: to answer, waiting for a second person, not sure, settled. */
export type DoubtView = 'open' | 'second' | 'unsure' | 'done'

/** As many doubts as are opened on one page. */
export const doubtsAtMost = 500

/** Some doubts, without names: what is asked, since when, and how far it is. */
const doubtsOf = (db: Db, ids: readonly string[]): Promise<readonly Doubt[]> =>
  many(
    db,
    sql`select id, person_id as "personId", other_person_id as "otherPersonId", why, raised_at as "raisedAt", answer,
               answered_by_name as "answeredByName", answered_at as "answeredAt", merge_id as "mergeId",
               proposed_by as "proposedBy", agreed_by_name as "agreedByName", agreed_at as "agreedAt", undone_at as "undoneAt"
        from population.doubts() where id = any (${ids}::uuid[])`,
  )

export const doubtById = async (db: Db, id: string): Promise<Doubt | undefined> =>
  (await doubtsOf(db, [id]))[0]

/** How many doubts stand on each view of the queue; nobody is named. */
export async function doubtCounts(db: Db): Promise<ReadonlyMap<DoubtView, number>> {
  const rows = await many<{ view: DoubtView; doubts: number }>(
    db,
    sql`select view, doubts from population.count_doubts()`,
  )
  return new Map(rows.map(({ view, doubts }) => [view, doubts]))
}

/** Which doubts: of a view, and of a family name, a whole name (former ones too) or an NHS number where one is asked for. */
export type DoubtsWanted = {
  readonly view: DoubtView
  readonly words?: string
  readonly from: number
  readonly most: number
}

/** Opens the people of some doubts to read, with a log row: the doubts, longest waiting first, what each record says, how many in all. */
export async function findDoubts(
  db: Db,
  { view, words, from, most }: DoubtsWanted,
): Promise<{
  readonly doubts: readonly Doubt[]
  readonly sides: ReadonlyMap<string, Side>
  readonly total: number
}> {
  const found = await many<{ id: string; total: number }>(
    db,
    sql`select doubt_id as id, total
        from population.find_doubts(${view}, ${words ?? null}, ${from}, ${most}, 'read the doubtful identities')`,
  )
  const ids = found.map(({ id }) => id)
  const by = new Map((await doubtsOf(db, ids)).map((doubt) => [doubt.id, doubt]))
  const doubts = ids.flatMap((id) => by.get(id) ?? [])
  return { doubts, sides: await openSides(db), total: found[0]?.total ?? 0 }
}

/** Opens the two people of a doubt to read, with a log row, and gives what each record says. */
export async function openDoubt(db: Db, id: string, verb: string): Promise<ReadonlyMap<string, Side>> {
  await many(db, sql`select population.open_doubts(${[id]}::uuid[], ${verb})`)
  return openSides(db)
}

async function openSides(db: Db): Promise<ReadonlyMap<string, Side>> {
  const sides = await many<Side>(
    db,
    sql`select p.id, n.given, n.family, p.born_on as "bornOn", p.sex, p.died_on as "diedOn", p.recorded_at as since,
          coalesce((select array_agg(o.given || ' ' || o.family) from people.name o where o.person_id = p.id and o.ended_at is not null),
            '{}') as "formerNames",
          (select value from people.identifier i where i.person_id = p.id and i.system = 'nhs' and i.ended_at is null) as "nhsNumber",
          (select nullif(value, 'Address not stated') from people.contact_point c
            where c.person_id = p.id and c.kind = 'address' and c.ended_at is null limit 1) as address,
          (select postcode from people.contact_point c
            where c.person_id = p.id and c.kind = 'address' and c.ended_at is null limit 1) as postcode,
          (select value from people.contact_point c where c.person_id = p.id and c.kind = 'telephone' and c.ended_at is null limit 1)
            as telephone,
          (select o.name from people.registration r join organisations.organisation o on o.id = r.practice_id
            where r.person_id = p.id and r.ended_at is null and r.during @> organisations.today()) as practice,
          (select count(*) from people.episode e where e.person_id = p.id and e.closed_on is null)::int as episodes
        from people.person p join people.name n on n.person_id = p.id and n.ended_at is null
        where p.id in (select access.opened())`,
  )
  return new Map(sides.map((side) => [side.id, side]))
}

type Done = 'done' | 'answered' | 'two numbers' | 'same asker'
const done = async (db: Db, piece: ReturnType<typeof sql>): Promise<Done> =>
  (await one<{ done: Done }>(db, sql`select ${piece} as done`))?.done ?? 'answered'

/** Writes one person's answer; yes proposes to join, under `mergeId`. */
export const answerDoubt = (
  db: Db,
  doubtId: string,
  answer: DoubtAnswer,
  mergeId: string,
  at: Date,
): Promise<Done> => done(db, sql`population.answer_doubt(${doubtId}, ${answer}, ${mergeId}, ${at})`)

/** A second person agrees to join. */
export const agreeJoin = (db: Db, mergeId: string, at: Date): Promise<Done> =>
  done(db, sql`population.agree_join(${mergeId}, ${at})`)

/** Takes "not the same person" back: the doubt waits again among those nobody is sure of. */
export const askAgain = (db: Db, doubtId: string, at: Date): Promise<Done> =>
  done(db, sql`population.ask_again(${doubtId}, ${at})`)

/** Takes a join, or the proposal of one, back. */
export const undoJoin = (db: Db, mergeId: string, at: Date): Promise<Done> =>
  done(db, sql`population.undo_join(${mergeId}, ${at})`)
