import { follow, matchedRows, rateRatio } from './effect.ts'
import type { OtherWay } from './further-types.ts'
import { matchStudy } from './match.ts'
import { breachesOf, type Prepared } from './rules.ts'
import { rowsAt } from './scores.ts'
import type { Cut, Outcomes, Protocol, StudyRows } from './types.ts'

/** Fewer rows than this elsewhere are no pool. */
const leastElsewhere = 50

/** The same study with people of practices where nobody joined, whom the service cannot have reached by any way. */
function elsewhere(cut: Cut): Cut | undefined {
  const reached = new Set(cut.treated.values.practice ?? [])
  const practices = cut.pool.values.practice
  if (!practices) return undefined
  const rows = [...cut.pool.persons.keys()].filter((row) => !reached.has(practices[row] ?? 0))
  return rows.length < leastElsewhere ? undefined : { ...cut, pool: rowsAt(cut.pool, rows) }
}

/**
 * The answer from a second pool, set beforehand: people of practices where nobody joined. It shows whether what the
 * service does spills over to those compared.
 *
 * @param read reads outcomes of matched rows, the first so many of them helped.
 * @source evaluation design 2.1 (spill-over), after Lewis and others 2013: local and other pools side by side.
 */
export async function secondPool(
  protocol: Protocol,
  { cut, prognosis }: Extract<Prepared, { kind: 'sealed' }>,
  read: (rows: StudyRows, helped: number) => Promise<Outcomes>,
): Promise<OtherWay> {
  const way = 'Compared with practices where nobody joined'
  const other = elsewhere(cut)
  if (!other) return { way, whyNone: 'There are none with enough people' }
  const matched = matchStudy(protocol, prognosis, other)
  if (matched.sets.length < 2 || breachesOf(protocol, matched).length > 0)
    return { way, whyNone: 'Withheld: the groups are not alike' }
  const outcomes = await read(matchedRows(other, matched), matched.sets.length)
  return { way, ratio: rateRatio(follow(protocol, prognosis, other, matched, outcomes)) }
}
