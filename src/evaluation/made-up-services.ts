import { randomStream } from '#statistics'
import { follow, matchedRows, rateRatio } from './effect.ts'
import { matchStudy } from './match.ts'
import { breachesOf, type Prepared, verdictOn } from './rules.ts'
import { rowsAt } from './scores.ts'
import type { Cut, Outcomes, Protocol, StudyRows } from './types.ts'

type Sealed = Extract<Prepared, { kind: 'sealed' }>

/** How often the method said something of services that were never given. */
export type MethodTrial = {
  readonly services: number
  readonly withheld: number
  readonly saidEffect: number
}

/**
 * Pretends, so many times, that people who could have joined and did not were a service, as many on each day as
 * really joined, and asks the same method of the rest.
 *
 * @param outcomes what happened to each row of the study’s pool, in its order.
 * @param onEach called after each service, so that a long run can say how far it is.
 * @source evaluation design 2.11 and 7.3: 3 to 7 in 100 should be said to have an effect.
 */
export async function tryMethod(
  protocol: Protocol,
  study: Pick<Sealed, 'cut' | 'prognosis'>,
  outcomes: Outcomes,
  services: number,
  onEach: (done: number) => Promise<void>,
): Promise<MethodTrial> {
  let [withheld, saidEffect] = [0, 0]
  const placeOf = new Map(
    study.cut.pool.persons.map((person, row) => [keyOf(study.cut.pool, row, person), row]),
  )
  for (let seed = 1; seed <= services; seed++) {
    const said = oneService(protocol, study, outcomes, placeOf, seed)
    if (said === 'withheld') withheld++
    if (said === 'effect') saidEffect++
    await onEach(seed)
  }
  return { services, withheld, saidEffect }
}

const keyOf = ({ indexOns }: StudyRows, row: number, person: string) => `${person} ${indexOns[row]}`

function oneService(
  protocol: Protocol,
  { cut, prognosis }: Pick<Sealed, 'cut' | 'prognosis'>,
  outcomes: Outcomes,
  placeOf: ReadonlyMap<string, number>,
  seed: number,
): 'effect' | 'nothing' | 'withheld' {
  const pretended = pretend(cut, seed)
  const matched = matchStudy(protocol, prognosis, pretended)
  if (matched.sets.length < 2 || breachesOf(protocol, matched).length > 0) return 'withheld'
  const rows = matchedRows(pretended, matched)
  const places = rows.persons.map((person, row) => placeOf.get(keyOf(rows, row, person)) ?? -1)
  const followed = follow(protocol, prognosis, pretended, matched, outcomesAt(outcomes, places))
  return verdictOn(rateRatio(followed)) === 'cannot tell' ? 'nothing' : 'effect'
}

/** The same study with people from the pool in the place of those who joined; nobody stands on both sides. */
function pretend(cut: Cut, seed: number): Cut {
  const random = randomStream(seed)
  const byDay = new Map<string, { row: number; key: number }[]>()
  cut.pool.indexOns.forEach((day, row) => {
    const rows = byDay.get(day) ?? []
    rows.push({ row, key: random.uniform() })
    byDay.set(day, rows)
  })
  for (const rows of byDay.values()) rows.sort((a, b) => a.key - b.key)
  const taken = new Set<string>()
  const chosen: number[] = []
  for (const day of cut.treated.indexOns) {
    const rows = byDay.get(day) ?? []
    for (let next = rows.pop(); next; next = rows.pop()) {
      const person = cut.pool.persons[next.row] ?? ''
      if (taken.has(person)) continue
      taken.add(person)
      chosen.push(next.row)
      break
    }
  }
  const rest = [...cut.pool.persons.keys()].filter((row) => !taken.has(cut.pool.persons[row] ?? ''))
  return { treated: rowsAt(cut.pool, chosen), pool: rowsAt(cut.pool, rest), history: cut.history }
}

/** What happened to only some rows, in the order asked. */
function outcomesAt(outcomes: Outcomes, rows: readonly number[]): Outcomes {
  const wide = (values: Float64Array, width: number) => {
    const out = new Float64Array(rows.length * width)
    for (const [i, row] of rows.entries()) out.set(values.subarray(row * width, (row + 1) * width), i * width)
    return out
  }
  const flags = (values: Uint8Array) => Uint8Array.from(rows, (row) => values[row] ?? 0)
  return {
    events: wide(outcomes.events, 1),
    days: wide(outcomes.days, 1),
    died: flags(outcomes.died),
    joinedLater: flags(outcomes.joinedLater),
    monthlyEvents: wide(outcomes.monthlyEvents, 24),
    monthlyDays: wide(outcomes.monthlyDays, 12),
    others: {},
  }
}
