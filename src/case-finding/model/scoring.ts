import type { LondonDate } from '#calendar'
import type { Store } from '#population'
import { riskOf } from '#prediction'
import { type Explained, explainRows, type HowMuch, peersOf } from './explaining.ts'
import { factsOf, tell } from './facts-words.ts'
import { type FeatureTable, readFeatures } from './feature-store.ts'
import { type Family, features } from './features.data.ts'
import { modelTable } from './model-table.ts'
import { withLevels } from './practice-levels.ts'
import { type DeficitCode, prepareCodes, prepareLinks } from './prepare-store.ts'
import { targetOf } from './targets.data.ts'
import type { ModelSpec } from './types.ts'

/** One reason of a number, as told: the record's own words, and how much. `part` is on the log-odds. */
export type ToldReason = {
  readonly family: Family
  readonly words: string
  readonly howMuch: HowMuch
  readonly part: number
}

/** A number about one person and why it is that: `base` and the parts add up to `logOdds` within 1e-9. */
export type Told = {
  readonly risk: number
  readonly usualIn100: number
  readonly base: number
  readonly logOdds: number
  readonly reasons: readonly ToldReason[]
  /** Registered for less than 12 months: counts may be short. */
  readonly isShort: boolean
}

/** Everybody of age on the list's day it can happen to, with their risk, and a way to tell why. */
export type Scored = {
  readonly risks: ReadonlyMap<string, number>
  readonly told: (pseudonym: string) => Told
}

/**
 * Gives everybody registered and of age on the list's day a risk by the model in use.
 *
 * @throws Error when the records no longer give a column of the model (a source is gone): then there is no number.
 */
export async function scoreEverybody(
  store: Store,
  list: { readonly indexOn: LondonDate; readonly fromAge: number },
  spec: ModelSpec,
  deficits: readonly DeficitCode[],
): Promise<Scored> {
  await prepareCodes(store, deficits)
  await prepareLinks(store)
  const { read, table, risk } = await scoreAmong(store, list, spec)
  const rows = new Map(read.people.map(({ pseudonym }, row) => [pseudonym, row]))
  const why = explainRows(spec, table)
  return {
    risks: new Map(read.people.map(({ pseudonym }, row) => [pseudonym, risk[row] ?? 0])),
    told: (pseudonym) => {
      const row = rows.get(pseudonym)
      if (row === undefined) throw new Error('somebody to be told of was not scored')
      return toldOfRow(spec, read, row, why(row))
    },
  }
}

/**
 * The risks of some on another day: everybody's would take as long again as those of the list's day. scoreEverybody comes first.
 */
export async function scoreSome(
  store: Store,
  list: { readonly indexOn: LondonDate; readonly fromAge: number },
  spec: ModelSpec,
  among: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const { read, risk } = await scoreAmong(store, list, spec, among)
  return new Map(read.people.map(({ pseudonym }, row) => [pseudonym, risk[row] ?? 0]))
}

async function scoreAmong(
  store: Store,
  list: { readonly indexOn: LondonDate; readonly fromAge: number },
  spec: ModelSpec,
  among?: readonly string[],
) {
  const keys = new Set([...spec.columns.map((column) => column.split(':')[0] ?? ''), ...toldOf])
  const used = features.filter(
    (feature) => keys.has(feature.key) && (feature.from === 'people' || store.has(feature.from)),
  )
  // Whoever it cannot happen to any more (who lives in a care home cannot move into one) has no number.
  const cut = { ...list, registeredDays: 0, target: targetOf(spec).key, among }
  const read = withLevels(await readFeatures(store, cut, used, among && peopleAPartOfSome), spec.levels)
  const table = modelTable(read, used, spec.columns)
  return { read, table, risk: await riskOf(spec.model, table) }
}

// A part is planned anew each time, and few of its people are asked for.
const peopleAPartOfSome = 350_000

// What the sentences say although the model may not weigh it.
const toldOf = [
  'emergencyAdmissions365',
  'emergencyAdmissions1095',
  'daysSinceAdmission',
  'ae365',
  'aeAmbulance365',
  'gp365',
  'medicines90',
  'longTermConditions',
]

function toldOfRow(
  spec: ModelSpec,
  read: FeatureTable,
  row: number,
  { risk, base, logOdds, usualIn100, contributions }: Explained,
): Told {
  const facts = factsOf(read, row)
  const peers = peersOf(spec, facts('age') ?? 0, facts('woman') === 1)
  const usual = (key: string) => peers.medians[spec.columns.indexOf(key)]
  const reasons = contributions.map(({ family, part, howMuch }) => ({
    family,
    part,
    howMuch,
    words: tell(family, facts, usual),
  }))
  return { risk, base, logOdds, usualIn100, reasons, isShort: read.people[row]?.isShort ?? false }
}
