import type { LondonDate } from '#calendar'
import { type Db, many, one, run, sql } from '#database'
import type { Store } from '#population'
import type { OutsideFacts, OutsideReport, OutsideScore, OutsideValue } from './types.ts'

type Told = Omit<OutsideFacts, 'feeds' | 'whyNot'> & {
  readonly score: string
  readonly version: string
  readonly feeds: string | null
}

/** The scores and versions of a load, with what each says of itself: the commonest where rows differ. */
export async function scoresIn(store: Store): Promise<readonly Told[]> {
  if (!store.has('outside_scores')) return []
  return await store.rows<Told>(
    `select score, version, mode(scale) as scale, mode(outcome) as outcome, mode(feeds) as feeds,
       min(scored_on)::date::varchar as "firstOn", max(scored_on)::date::varchar as "lastOn", count(distinct person)::int as people
     from outside_scores group by score, version order by score, version`,
  )
}

type Named = Pick<OutsideScore, 'score' | 'version'>
const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`
const isOf = ({ score, version }: Named) => `score = ${quoted(score)} and version = ${quoted(version)}`

/** The newest day of a score not after a day. */
export async function scoredBy(store: Store, named: Named, by: LondonDate): Promise<LondonDate | undefined> {
  const [row] = await store.rows<{ day: LondonDate | null }>(
    `select max(scored_on)::date::varchar as day from outside_scores where ${isOf(named)} and scored_on <= date ${quoted(by)}`,
  )
  return row?.day ?? undefined
}

/** Of each person, by place, the newest value of the year up to a day. */
export async function valuesOn(
  store: Store,
  named: Named,
  on: LondonDate,
): Promise<ReadonlyMap<number, number>> {
  const rows = await store.rows<{ person: number; value: number }>(
    `select person::int as person, arg_max(value, scored_on) as value from outside_scores
     where ${isOf(named)} and scored_on <= date ${quoted(on)} and scored_on > date ${quoted(on)} - 365 group by person`,
  )
  return new Map(rows.map(({ person, value }) => [person, value]))
}

/** The newest value of each score and version of the people of the table `chosen`, of the 3 years before the list's day. */
export async function outsideValues(
  store: Store,
  indexOn: LondonDate,
): Promise<ReadonlyMap<string, readonly OutsideValue[]> | undefined> {
  if (!store.has('outside_scores')) return undefined
  const rows = await store.rows<{ pseudonym: string; found: string }>(
    `select pseudonym, to_json(list({'score': score, 'version': version, 'value': value, 'on': scored_on::date::varchar,
        'scale': scale, 'outcome': outcome} order by score, version))::varchar as found
     from (select * from outside_scores where scored_on < date ${quoted(indexOn)} and scored_on >= date ${quoted(indexOn)} - 1095
       qualify row_number() over (partition by person, score, version order by scored_on desc, value desc) = 1)
     join chosen using (person) group by pseudonym`,
  )
  return new Map(rows.map(({ pseudonym, found }) => [pseudonym, JSON.parse(found)]))
}

/** Whether the scores of a load were looked at already. */
export const wereLookedAt = async (db: Db, loadId: string): Promise<boolean> =>
  (await one(db, sql`select 1 from case_finding.outside_score where load_id = ${loadId} limit 1`)) !==
  undefined

export async function addOutside(
  db: Db,
  row: Named & {
    readonly id: string
    readonly loadId: string
    readonly facts: OutsideFacts
    readonly report?: OutsideReport
    readonly at: Date
  },
): Promise<void> {
  await run(
    db,
    sql`insert into case_finding.outside_score (id, load_id, score, version, facts, report, checked_at)
        values (${row.id}, ${row.loadId}, ${row.score}, ${row.version}, ${JSON.stringify(row.facts)},
          ${row.report ? JSON.stringify(row.report) : null}, ${row.at})
        on conflict do nothing`,
  )
}

const columns = sql`o.id, o.score, o.version, l.index_on as "indexOn", o.facts, o.report`

/** The scores of the newest load that has any. */
export const outsideScores = (db: Db): Promise<readonly OutsideScore[]> =>
  many(
    db,
    sql`select ${columns} from case_finding.outside_score o join population.load l on l.id = o.load_id
        where o.load_id = (select newest.load_id from case_finding.outside_score newest order by newest.n desc limit 1)
        order by o.score, o.version`,
  )

export const outsideScore = (db: Db, id: string): Promise<OutsideScore | undefined> =>
  one(
    db,
    sql`select ${columns} from case_finding.outside_score o join population.load l on l.id = o.load_id where o.id = ${id}`,
  )
