import { type Db, many, sql, withoutNulls } from '#database'
import type {
  AnswerCounts,
  AskedOfDue,
  BestAnswers,
  Months,
  QualityYears,
  ScaleOutcome,
} from './group-types.ts'

/** Which way a scale's better lies, 1 upwards and -1 downwards, and how large a reliable change is. */
type Direction = {
  readonly instrument: string
  readonly scale: string
  readonly better: 1 | -1
  readonly reliable: number | null
}

/** Groups of people by scale. The database withholds what is under 8: nothing smaller ever reaches us. */
export async function readOutcomes(
  db: Db,
  months: Months,
  scales: readonly Direction[],
): Promise<readonly ScaleOutcome[]> {
  const rows = await many(
    db,
    sql`select instrument, version, scale, is_own as "isOwn", people::int, mean, pairs::int, mean_first as "meanFirst",
          mean_last as "meanLast", mean_change as "meanChange", sd_change as "sdChange",
          changed[1]::int as better, changed[2]::int as same, changed[3]::int as worse
        from assessment.outcomes(${months.programmeId}, ${months.from}, ${months.before}, ${JSON.stringify(scales)})
        order by instrument, version, scale, is_own desc`,
  )
  return rows.map((row) => withoutNulls<ScaleOutcome>(row))
}

/** Groups of people by value set. The database withholds what is under 8. */
export async function readQualityYears(db: Db, months: Months): Promise<readonly QualityYears[]> {
  const rows = await many(
    db,
    sql`select version, is_own as "isOwn", people::int, mean_years as "meanYears", alive_and_died[2]::int as died,
          not_asked_again::int as "notAskedAgain"
        from assessment.quality_years(${months.programmeId}, ${months.from}, ${months.before})`,
  )
  return rows.map((row) => withoutNulls<QualityYears>(row))
}

/** How many chose one of the best answers to each question. The database withholds what is under 8. */
export async function readBestAnswers(
  db: Db,
  months: Months,
  instrument: string,
  best: readonly number[],
): Promise<readonly BestAnswers[]> {
  const rows = await many(
    db,
    sql`select version, item, is_own as "isOwn", people::int, best::int
        from assessment.best_answers(${months.programmeId}, ${months.from}, ${months.before}, ${instrument}, ${best})`,
  )
  return rows.map((row) => withoutNulls<BestAnswers>(row))
}

/** How many of those due were asked. The database withholds what is under 8. */
export async function readAsked(
  db: Db,
  months: Months,
  weeks: readonly object[],
): Promise<readonly AskedOfDue[]> {
  const rows = await many(
    db,
    sql`select instrument, moment, due::int, answered::int
        from assessment.asked(${months.programmeId}, ${months.from}, ${months.before}, ${JSON.stringify(weeks)})`,
  )
  return rows.map((row) => withoutNulls<AskedOfDue>(row))
}

/** Counts of each answer to one question, small ones withheld by the database. */
export async function countAnswers(
  db: Db,
  months: Months,
  instrument: string,
  item: string,
  values: readonly number[],
): Promise<readonly AnswerCounts[]> {
  const rows = await many<{
    version: string
    isOwn: boolean
    people: number | null
    counts: readonly (number | null)[]
  }>(
    db,
    sql`select version, is_own as "isOwn", people::int, counts::int[]
        from assessment.answer_counts(${months.programmeId}, ${months.from}, ${months.before}, ${instrument}, ${item},
          ${values})
        order by version, is_own desc`,
  )
  return rows.map(({ counts, people, ...row }) => ({
    ...row,
    people: people ?? undefined,
    counts: Object.fromEntries(values.map((value, at) => [value, counts[at] ?? undefined])),
  }))
}
