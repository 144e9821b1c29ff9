import type { LondonDate } from '#calendar'
import { type Db, many, one, sql, withoutNulls } from '#database'

/** What was said of one question by one place, or by all together, in a quarter that is over. Shares are in tenths, 1 to 9. */
export type StaffLine = {
  /** Absent where all places are taken together. */
  readonly placeId?: string
  readonly placeName: string
  readonly quarter: LondonDate
  readonly people: number
  /** How many held a post there in that quarter, whether they answered or not. */
  readonly staff: number
  readonly question: string
  readonly agreeTenths: number
  readonly disagreeTenths: number
}

/** Adds the caller's answers to their place's counts. @returns false where they have answered this quarter. */
export async function addStaffAnswers(db: Db, answers: Readonly<Record<string, number>>): Promise<boolean> {
  const row = await one<{ isAdded: boolean }>(
    db,
    sql`select evaluation.say_how_it_is(${JSON.stringify(answers)}) as "isAdded"`,
  )
  return row?.isAdded ?? false
}

/** Whether the caller has answered this quarter. */
export async function hasSaid(db: Db): Promise<boolean> {
  return (await one<{ has: boolean }>(db, sql`select evaluation.has_said() as has`))?.has ?? false
}

/** What was said, newest quarter first. The database withholds what is from fewer than 8: nothing smaller reaches us. */
export async function staffSaid(db: Db): Promise<readonly StaffLine[]> {
  const rows = await many(
    db,
    sql`select place_id as "placeId", place_name as "placeName", quarter, people, staff, question, agree_tenths as "agreeTenths",
          disagree_tenths as "disagreeTenths" from evaluation.staff_said()`,
  )
  return rows.map((row) => withoutNulls<StaffLine>(row))
}
