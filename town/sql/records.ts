import type { Making } from '../making.ts'
import { weekday } from './admissions.ts'
import { isHere } from './people.ts'
import { firstDay } from './rates.ts'
import { u } from './words.ts'

/**
 * The SELECT of one file's rows, with the id, day and counter that order them. Of long files it gives the little a row
 * is made from, which is sorted, and `widen` makes the columns from rows in order: sorting names and codes costs more.
 */
export type Records = {
  readonly file: string
  readonly sql: string
  /** A column that orders rows of one person, day and counter, where there can be two. */
  readonly thenBy?: string
  readonly widen?: (rows: string) => string
  readonly before?: readonly string[]
}

export const onDay = (making: Making, day: string) => `(date '${making.startOn}' + (${day})::int)`
export const inWindow = (making: Making, day: string) =>
  `${day} >= ${firstDay(making)} and ${day} < ${making.cutDay} and ${isHere(day)}`
export const toMonday = (making: Making, day: string) =>
  `${day} + (case ${weekday(making, day)} when 5 then 2 when 6 then 1 else 0 end)`

/** Hour of arrival from two triangles, the later reaching into the night. */
export const triangles = (counter: string, key: string) => `((case when ${u('hourA', counter, key)} < 0.5
  then 11 + 8 * (${u('hourB', counter, key)} + ${u('hourC', counter, key)} - 1)
  else 18.5 + 9 * (${u('hourB', counter, key)} + ${u('hourC', counter, key)} - 1) end + 24) % 24)`
