import type { Part, Permit } from '#access'
import type { LondonDate } from '#calendar'
import { type Db, many, sql, withoutNulls } from '#database'
import { noPlace, placeWords } from './places.data.ts'

/** Where somebody wishes to be cared for or to die, as they last said it. */
export type WishedPlace = {
  readonly kind: 'care' | 'death'
  /** The place in words: "Their own home". */
  readonly words: string
  readonly saidBy: string
  readonly saidOn: LondonDate
}

/**
 * The newest wish of each kind that stands, care before death. Nothing of whoever has not decided, or does not want to
 * say: that they once named a place is no wish any more. What was added in words of their own stays where it was written.
 */
export async function wishedPlacesOf(db: Db, permit: Permit<Part>): Promise<readonly WishedPlace[]> {
  const rows = await many(
    db,
    sql`select distinct on (kind) kind, place, said_by as "saidBy", said_on as "saidOn" from assessment.place
        where person_id = ${permit.person} and kind in ('care', 'death') and struck_at is null
        order by kind, said_on desc, recorded_at desc, id desc`,
  )
  return rows
    .map((row) => withoutNulls<Omit<WishedPlace, 'words'> & { readonly place: string }>(row))
    .filter(({ place }) => !noPlace.some(({ code }) => code === place))
    .map(({ place, ...said }) => ({ ...said, words: placeWords(place) }))
}
