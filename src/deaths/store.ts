import { type ListPermit, type Part, type Permit, permitOpened, type StaffVisit } from '#access'
import { type Db, many, one, sql, withoutNulls } from '#database'
import type { PersonId } from '#people'
import type { BackAgain, DeathSaid, NewDeath } from './types.ts'

/** Everything anybody said of the permitted person’s death, the newest first. */
export async function deathSaidOf(db: Db, permit: Permit<Part>): Promise<readonly DeathSaid[]> {
  const rows = await many(
    db,
    sql`select d.id, d.died_on as "diedOn", d.supplier, s.name as "saidByName", d.known_by as "knownBy", d.words, d.said_at as "saidAt",
          (select l.taken_at from population.load l where l.id = d.load_id) as "loadedAt", d.withdrawn_at as "withdrawnAt",
          d.ended_at as "endedAt", d.ended_why as "endedWhy", b.name as "endedByName", d.alive_by as "aliveBy",
          d.ended_words as "endedWords"
        from people.death_said d
        left join organisations.staff s on s.id = d.said_by
        left join organisations.staff b on b.id = d.ended_by
        where d.person_id = ${permit.person} order by d.n desc`,
  )
  return rows.map((row) => withoutNulls<DeathSaid>(row))
}

/** What a form about the permitted person’s death is drawn from. */
export async function deathVersion(db: Db, permit: Permit<Part>): Promise<string> {
  const row = await one<{ version: string }>(
    db,
    sql`select people.death_version(${permit.person}) as version`,
  )
  return row?.version ?? ''
}

/** Whether it was kept, had been kept before from the very same form, or somebody was first since the form was drawn. */
export type Kept = 'done' | 'before' | 'changed'

/** Writes down that the permitted person died. */
export async function sayDied(
  db: Db,
  _permit: Permit<Part>,
  death: Required<NewDeath> & { readonly at: Date },
): Promise<Kept> {
  const row = await one<{ kept: Kept }>(
    db,
    sql`select people.say_died(${death.id}, ${death.drawnFrom}, ${death.diedOn}, ${death.knownBy}, ${death.words.trim()},
          ${death.at}) as kept`,
  )
  return row?.kept ?? 'changed'
}

/** Writes down that the permitted person is alive: the day is off, and their registration goes on. */
export async function sayAlive(
  db: Db,
  _permit: Permit<Part>,
  back: Required<BackAgain> & { readonly at: Date },
): Promise<Kept> {
  const row = await one<{ kept: Kept }>(
    db,
    sql`select people.take_death_back(${back.drawnFrom}, ${back.aliveBy}, ${back.words.trim()}, ${back.at}) as kept`,
  )
  return row?.kept ?? 'changed'
}

/** The practice the permitted person was with on the day they are said to have died, to ring: their registration may have ended. */
export const practiceThen = (
  db: Db,
  permit: Permit<Part>,
): Promise<{ readonly name: string; readonly telephone: string | null } | undefined> =>
  one(
    db,
    sql`select o.name, o.telephone from people.registration r join organisations.organisation o on o.id = r.practice_id
        join people.person p on p.id = r.person_id
        where r.person_id = ${permit.person} and r.ended_at is null and r.during @> coalesce(p.died_on, organisations.today())
        limit 1`,
  )

/** Opens whoever of the caller’s people is said to have died, and nobody here has confirmed it. */
export const openUnconfirmed = (visit: StaffVisit): Promise<ListPermit & WithNobody> =>
  permitOpened(
    visit,
    'see people',
    sql`people.open_deaths_here('direct care', 'read who is recorded as died')`,
  )

/** Of a practice’s people whom nobody here has in care: those a load of the last 90 days says have died, the newest 50. */
type WithNobody = { readonly withNobody: readonly PersonId[]; readonly withNobodyInAll: number }
