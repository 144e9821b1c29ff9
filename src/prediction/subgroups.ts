import { observedOverExpectedOf, slopeOf } from './calibration.ts'
import { aucOf } from './discrimination.ts'
import { wilson } from './estimates.ts'
import type { Judged, Subgroup } from './report-types.ts'

/** Under so many events a figure says more about single people than about the model. @source risk design 5.4. */
const fewestEvents = 10

type Grouping = NonNullable<Judged['subgroups']>[number]

/**
 * How the model does in each subgroup, at a cut common to all.
 *
 * A group with under 10 events shows how many people it has and nothing else. If it alone were hidden, its events
 * could be had by taking the others from the total: then the group with the next fewest is hidden too.
 *
 * @param isListed 1 for those on the site's list.
 */
export function subgroupsOf(
  { risk, outcome, subgroups = [] }: Judged,
  isListed: Uint8Array,
): readonly Subgroup[] {
  return subgroups.flatMap((grouping) => {
    const members = membersOf(grouping)
    const events = members.map((rows) => rows.reduce((sum, row) => sum + (outcome[row] ?? 0), 0))
    const hidden = hiddenOf(events)
    return members.map((rows, code) => {
      const [by, group, people] = [grouping.by, grouping.names[code] ?? '', rows.length]
      return hidden.has(code)
        ? { by, group, people, ...nothing }
        : { by, group, people, ...figuresOf(risk, outcome, isListed, rows, grouping.learned?.[code]) }
    })
  })
}

const nothing = {
  events: null,
  auc: null,
  observedOverExpected: null,
  slope: null,
  sensitivity: null,
  ppv: null,
}

function membersOf({ codes, names }: Grouping): readonly Int32Array[] {
  const sizes = new Int32Array(names.length)
  for (const code of codes) sizes[code] = (sizes[code] ?? 0) + 1
  const members = Array.from(sizes, (size) => new Int32Array(size))
  const filled = new Int32Array(names.length)
  codes.forEach((code, row) => {
    const at = filled[code] ?? 0
    const own = members[code]
    if (own) own[at] = row
    filled[code] = at + 1
  })
  return members
}

function hiddenOf(events: readonly number[]): ReadonlySet<number> {
  const hidden = new Set(events.flatMap((count, code) => (count < fewestEvents ? [code] : [])))
  if (hidden.size !== 1 || events.length < 2) return hidden
  const shown = events.flatMap((count, code) => (hidden.has(code) ? [] : [{ code, count }]))
  const next = shown.reduce((least, one) => (one.count < least.count ? one : least))
  return hidden.add(next.code)
}

function figuresOf(
  risk: Float64Array,
  outcome: Uint8Array,
  isListed: Uint8Array,
  rows: Int32Array,
  learned: number | undefined,
) {
  const risks = Float64Array.from(rows, (row) => risk[row] ?? 0)
  const happened = Uint8Array.from(rows, (row) => outcome[row] ?? 0)
  const events = happened.reduce((sum, value) => sum + value, 0)
  let [listed, found] = [0, 0]
  for (const row of rows) {
    listed += isListed[row] ?? 0
    found += (isListed[row] ?? 0) * (outcome[row] ?? 0)
  }
  const everybody = events === rows.length
  return {
    events,
    auc: everybody ? null : aucOf(risks, happened),
    observedOverExpected: observedOverExpectedOf(risks, happened, learned),
    slope: everybody ? null : slopeOf(risks, happened),
    sensitivity: wilson(found, events),
    ppv: listed === 0 ? null : wilson(found, listed),
  }
}
