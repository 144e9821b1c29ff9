import { choicesOf } from './choices.ts'
import { follow, matchedRows, rateRatio } from './effect.ts'
import type { OtherWay } from './further-types.ts'
import { matchStudy } from './match.ts'
import { breachesOf, type Prepared } from './rules.ts'
import { inOrder, rowsAt } from './scores.ts'
import type { Cut, Outcomes, Protocol, StudyRows } from './types.ts'

/** Fewer rows than this elsewhere are no pool. */
const leastElsewhere = 50

/**
 * The same study with people of practices where nobody joined, whom the service cannot have reached by any way.
 *
 * A study that somebody chose counts every practice of anybody who ever joined as reached; the method that ships, as it
 * always has, those of the people looked at.
 */
function elsewhere(protocol: Protocol, cut: Cut): Cut | undefined {
  const reached = new Set(cut.treated.values.practice ?? [])
  const practices = cut.pool.values.practice
  if (!practices) return undefined
  const isElsewhere = (row: number) =>
    protocol.plan?.choices ? cut.pool.values.reached?.[row] === 0 : !reached.has(practices[row] ?? 0)
  const rows = [...cut.pool.persons.keys()].filter(isElsewhere)
  return rows.length < leastElsewhere ? undefined : { ...cut, pool: rowsAt(cut.pool, rows) }
}

/**
 * The answer from the other pool, set beforehand: people of practices where nobody joined, or, where those are the
 * study’s own, everybody who could have joined. It shows whether what the service does spills over to those compared.
 *
 * @param read reads outcomes of matched rows, the first so many of them helped.
 * @param everywhere cuts the records again with the wider pool.
 * @source evaluation design 2.1 (spill-over), after Lewis and others 2013: local and other pools side by side.
 */
export async function secondPool(
  protocol: Protocol,
  sealed: Extract<Prepared, { kind: 'sealed' }>,
  read: Read,
  everywhere: () => Promise<Cut>,
): Promise<OtherWay> {
  const isElsewhere = choicesOf(protocol).pool === 'elsewhere'
  const way = isElsewhere
    ? 'Compared with everybody who could have joined'
    : 'Compared with practices where nobody joined'
  const other = isElsewhere ? await everywhere() : elsewhere(protocol, sealed.cut)
  if (!other) return { way, whyNone: 'There are none with enough people' }
  return matchedAgain(protocol, { ...sealed, cut: other }, way, read)
}

/** The answer from pairs twice as close in what is expected of them, where a study asked for it. */
export async function closerWays(
  protocol: Protocol,
  sealed: Extract<Prepared, { kind: 'sealed' }>,
  read: Read,
): Promise<readonly OtherWay[]> {
  if (!choicesOf(protocol).checks.includes('closer')) return []
  const closer = { ...protocol, prognosticSpreads: protocol.prognosticSpreads / 2 }
  return [await matchedAgain(closer, sealed, 'Matched twice as closely', read)]
}

type Read = (rows: StudyRows, helped: number) => Promise<Outcomes>

async function matchedAgain(
  protocol: Protocol,
  { cut, prognosis }: Extract<Prepared, { kind: 'sealed' }>,
  way: string,
  read: Read,
): Promise<OtherWay> {
  const ordered = { ...cut, treated: inOrder(cut.treated), pool: inOrder(cut.pool) }
  const matched = matchStudy(protocol, prognosis, ordered)
  if (matched.sets.length < 2 || breachesOf(protocol, matched).length > 0)
    return { way, whyNone: 'Withheld: the groups are not alike' }
  const outcomes = await read(matchedRows(ordered, matched), matched.sets.length)
  return { way, ratio: rateRatio(follow(protocol, prognosis, ordered, matched, outcomes)) }
}
