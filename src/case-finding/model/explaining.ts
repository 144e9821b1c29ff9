import { type Explanation, explainer, type Table } from '#prediction'
import { type Family, families } from './features.data.ts'
import { familyOf } from './model-table.ts'
import { bandOf, type PeerGroup } from './references.ts'
import type { ModelSpec } from './types.ts'

/** How much of the distance from people of the same age and sex a family makes. */
export type HowMuch = 'A lot' | 'Some' | 'A little'

/** One family's part in a risk: `part` on the log-odds, above 0 pushing up. The parts and `base` add up exactly. */
export type Contribution = { readonly family: Family; readonly part: number; readonly howMuch: HowMuch }

export type Explained = {
  readonly risk: number
  readonly base: number
  readonly logOdds: number
  readonly usualIn100: number
  readonly contributions: readonly Contribution[]
}

/** The people somebody is told against: of their sex and age band. */
export function peersOf(spec: ModelSpec, age: number, isWoman: boolean): PeerGroup {
  const found = spec.peers.find((group) => group.fromAge === bandOf(age) && group.isWoman === isWoman)
  if (!found) throw new Error('a model has no group for this age and sex')
  return found
}

const nothing = 1e-12

/**
 * Says of one row after another why its risk is what it is, by family, against the usual record of people of the same sex and age.
 *
 * @throws RangeError, of a row, when the parts do not add up to the log-odds within 1e-9: a wrong reason is never shown.
 */
export function explainRows(spec: ModelSpec, table: Table): (row: number) => Explained {
  const column = (name: string) => table.columns[table.names.indexOf(name)]
  const [ages, women] = [column('age'), column('woman')]
  // Of age and sex the usual record is the person's own: they are no reason.
  const own = spec.columns.map((name) => (familyOf(name) === 'Age and sex' ? column(name) : undefined))
  const why = explainer(spec.model, table)
  return (row) => {
    const peers = peersOf(spec, ages?.[row] ?? 0, women?.[row] === 1)
    const reference = Float64Array.from(own, (mine, at) => (mine ? mine[row] : peers.medians[at]) ?? 0)
    return inFamilies(why(row, reference), peers)
  }
}

function inFamilies({ base, parts, names, logOdds, risk }: Explanation, peers: PeerGroup): Explained {
  const sums = new Map<Family, number>()
  names.forEach((name, at) => {
    const family = familyOf(name)
    sums.set(family, (sums.get(family) ?? 0) + (parts[at] ?? 0))
  })
  const told = [...sums.values()].reduce((sum, part) => sum + part, base)
  if (Math.abs(told - logOdds) > 1e-9)
    throw new RangeError(`the reasons add up to ${told}, the log-odds are ${logOdds}`)
  const whole = [...sums.values()].reduce((sum, part) => sum + Math.abs(part), 0)
  const contributions = families
    .flatMap((family) => {
      const part = sums.get(family) ?? 0
      return Math.abs(part) > nothing ? [{ family, part, howMuch: howMuch(Math.abs(part) / whole) }] : []
    })
    .sort((a, b) => Math.abs(b.part) - Math.abs(a.part))
  return { risk, base, logOdds, usualIn100: peers.usualIn100, contributions }
}

/** @source Screens design 7.4: a lot over a quarter, some a tenth to a quarter, a little less. */
const howMuch = (share: number): HowMuch => (share > 0.25 ? 'A lot' : share >= 0.1 ? 'Some' : 'A little')
