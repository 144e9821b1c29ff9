import type { Db } from '#database'
import { organisationsOf } from '#organisations'

/** How pages name a group: a practice by its name, any other as it was counted. */
export type NameOf = (group: string) => string

/** The names of groups, a practice's looked up by its code. Of two practices of one name each has its code too. */
export async function groupNames(db: Db): Promise<NameOf> {
  const practices = await organisationsOf(db, 'practice')
  const isShared = (name: string) => practices.filter((one) => one.name === name).length > 1
  const names = new Map(
    practices.map(({ code, name }) => [`Practice ${code}`, isShared(name) ? `${name} (${code})` : name]),
  )
  return (group) => names.get(group) ?? group
}
