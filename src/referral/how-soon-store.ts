import type { Permit } from '#access'
import { type Db, many, run, sql, withoutNulls } from '#database'
import type { SeeBy, Triage } from './types.ts'

const triageColumns = sql`
  t.episode_id as "episodeId", t.person_id as "personId", t.n, t.how_soon as "howSoon", t.by_on as "byOn",
  t.by_at as "byAt", f.from_at as "beganAt", t.words, t.at, s.name as "byName"`
const triageTables = sql`referral.triage t
  join referral.triage f on f.episode_id = t.episode_id and f.n = 1
  join organisations.staff s on s.id = t.recorded_by`

/** How soon, as it was said of each episode of the permitted person, the newest first. Of one not asked: nothing. */
export async function triagesOf(db: Db, permit: Permit<'whole'>): Promise<readonly Triage[]> {
  const rows = await many(
    db,
    sql`select ${triageColumns} from ${triageTables} where t.person_id = ${permit.person}
        order by t.episode_id, t.n desc`,
  )
  return rows.map((row) => withoutNulls<Triage>(row))
}

/** How soon, as it holds now, of every open episode of the people given, whose rows a permit has opened. */
export async function howSoonIn(db: Db, people: readonly string[]): Promise<readonly Triage[]> {
  const rows = await many(
    db,
    sql`select distinct on (t.episode_id) ${triageColumns} from ${triageTables}
          join people.episode e on e.id = t.episode_id and e.closed_on is null
        where t.person_id = any (${people}) order by t.episode_id, t.n desc`,
  )
  return rows.map((row) => withoutNulls<Triage>(row))
}

/** Keeps how soon, as the next row of its episode. @returns false when somebody else was first; then nothing was written. */
export async function addTriage(
  db: Db,
  permit: Permit<'whole'>,
  triage: Pick<Triage, 'episodeId' | 'n' | 'howSoon' | 'words' | 'at'> &
    SeeBy & {
      readonly fromAt: Date
      readonly referrerSaid?: string
      readonly checked: readonly string[]
      readonly isLater: boolean
      readonly by: string
    },
): Promise<boolean> {
  const touched = await run(
    db,
    sql`insert into referral.triage (episode_id, n, person_id, how_soon, from_at, by_on, by_at, referrer_said, checked,
          is_later, words, at, recorded_by)
        values (${triage.episodeId}, ${triage.n}, ${permit.person}, ${triage.howSoon}, ${triage.fromAt}, ${triage.byOn},
          ${triage.byAt ?? null}, ${triage.referrerSaid ?? null}, ${triage.checked}::text[], ${triage.isLater},
          ${triage.words?.trim() || null}, ${triage.at}, ${triage.by})
        on conflict (episode_id, n) do nothing`,
  )
  return touched === 1
}
