import { type Db, many, sql, withoutNulls } from '#database'

/** How far the goals of one group of a programme's people were reached, from where they began. */
export type GoalsOfGroup = {
  readonly groupedBy: 'everybody' | 'year' | 'locality' | 'practice'
  readonly name: string
  readonly people: number
  readonly goals: number
  /** As hoped or better; absent where it or the rest is from 1 to 7. */
  readonly reached?: number
  /** Goal attainment, where 50 is every goal as hoped; the mean of people. */
  readonly meanStart: number
  readonly meanLast: number
}

/** A programme's people together, then by year, locality and practice. The database withholds groups of fewer than 8. */
export async function goalsReachedIn(db: Db, programmeId: string): Promise<readonly GoalsOfGroup[]> {
  const rows = await many(
    db,
    sql`select grouped_by as "groupedBy", name, people::int, goals::int, reached::int, mean_start as "meanStart",
          mean_last as "meanLast" from evaluation.goals_reached(${programmeId})`,
  )
  return rows.map((row) => withoutNulls<GoalsOfGroup>(row))
}
