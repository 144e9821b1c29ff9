import type { Db } from '#database'
import { organisationsOf } from '#organisations'

/** How pages name a group: a practice by its name, any other as it was counted. */
export type NameOf = (group: string) => string

/** The names of groups, a practice's looked up by its code. */
export async function groupNames(db: Db): Promise<NameOf> {
  const practices = await organisationsOf(db, 'practice')
  const names = new Map(practices.map(({ code, name }) => [`Practice ${code}`, name]))
  return (group) => names.get(group) ?? group
}
