import type { Permit } from '#access'
import type { LondonDate } from '#calendar'
import { type Db, many, one, run, sql, withoutNulls } from '#database'
import type { Months, PlacesOfDeath } from './group-types.ts'
import type { PlaceCode, SaidBy } from './places.data.ts'

/** A wish for where to be cared for or to die, or where somebody died. */
export type Place = {
  readonly id: string
  readonly kind: 'care' | 'death' | 'died'
  readonly place: PlaceCode
  /** Absent of where somebody died. */
  readonly saidBy?: SaidBy
  /** The day it was said, or the day we heard where they died. */
  readonly saidOn: LondonDate
  readonly words?: string
}

export type KeptPlace = Place & {
  readonly recordedByName: string
  readonly recordedAt: Date
  readonly struckByName?: string
  readonly struckReason?: string
}

/** Everything kept of the permitted person's places, the newest first, struck ones among them. */
export async function placesOf(db: Db, permit: Permit<'whole'>): Promise<readonly KeptPlace[]> {
  const rows = await many(
    db,
    sql`select p.id, p.kind, p.place, p.said_by as "saidBy", p.said_on as "saidOn", p.words, s.name as "recordedByName",
          p.recorded_at as "recordedAt", k.name as "struckByName", p.struck_reason as "struckReason"
        from assessment.place p join organisations.staff s on s.id = p.recorded_by
          left join organisations.staff k on k.id = p.struck_by
        where p.person_id = ${permit.person} order by p.said_on desc, p.recorded_at desc, p.id desc`,
  )
  return rows.map((row) => withoutNulls<KeptPlace>(row))
}

/** Keeps a place. @returns false where its id is known, or where somebody died is written down already. */
export async function insertPlace(
  db: Db,
  permit: Permit<'whole'>,
  place: Place & { readonly by: string; readonly at: Date },
): Promise<boolean> {
  const touched = await run(
    db,
    sql`insert into assessment.place (id, person_id, kind, place, said_by, said_on, words, recorded_by, recorded_at)
        values (${place.id}, ${permit.person}, ${place.kind}, ${place.place}, ${place.saidBy ?? null}, ${place.saidOn},
          ${place.words?.trim() || null}, ${place.by}, ${place.at})
        on conflict do nothing`,
  )
  return touched === 1
}

/** Strikes a place: it stays to be read and counts no more. @returns false where there is none that stands. */
export async function strikePlace(
  db: Db,
  permit: Permit<'whole'>,
  strike: { readonly id: string; readonly by: string; readonly at: Date; readonly reason: string },
): Promise<boolean> {
  const touched = await run(
    db,
    sql`update assessment.place set struck_at = ${strike.at}, struck_by = ${strike.by}, struck_reason = ${strike.reason}
        where id::text = ${strike.id} and person_id = ${permit.person} and struck_at is null`,
  )
  return touched === 1
}

/** How many died where they wished. The database withholds what is under 8. */
export async function readPlacesOfDeath(db: Db, months: Months): Promise<PlacesOfDeath | undefined> {
  const row = await one<{ people: number; counts: readonly (number | null)[] }>(
    db,
    sql`select people::int, counts::int[]
        from assessment.places_of_death(${months.programmeId}, ${months.from}, ${months.before})`,
  )
  if (!row) return undefined
  const [met, notMet, cannotTell, notRecorded, noWish] = row.counts.map((count) => count ?? undefined)
  return { people: row.people, met, notMet, cannotTell, notRecorded, noWish }
}
