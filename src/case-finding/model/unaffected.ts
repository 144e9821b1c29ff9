import type { FeaturePerson, FeatureTable } from './feature-store.ts'

/** Whom a lot fell on: of each pseudonym whether they were held out or shown, and how many each of those held out stands for. */
export type ByChance = { readonly times: number; readonly isHeldOut: ReadonlyMap<string, boolean> }

/** How a hold-out bore on a training, as the report says it. */
export type HeldOut = {
  readonly people: number
  readonly admitted: number
  /** Shown on the list in the same time: those held out stand in for them. */
  readonly shown: number
  readonly times: number
  /** Whether there were enough to stand in; if not, everybody was trained on as they were. */
  readonly isUsed: boolean
}

/** @source Vergouwe and others, Journal of Clinical Epidemiology 2005;58:475: under 100 events a model cannot be told right. */
const fewestAdmitted = 100

/**
 * The year to train on where a list was at work in it: whoever was shown may have been helped by it, so they stand aside,
 * and each of those held out by chance counts for as many as the share says. A model trained on everybody would learn that
 * people like those helped are not admitted, and stop finding them.
 *
 * Nobody else is touched. Under 100 admitted among those held out everybody is trained on, and the report says so.
 *
 * @source Design peers 5.3; Liley and others, AISTATS 2021 (model updating after interventions).
 */
export function unaffected(
  year: FeatureTable,
  { times, isHeldOut }: ByChance,
): { readonly year: FeatureTable; readonly heldOut?: HeldOut } {
  const held = year.people.filter(({ pseudonym }) => isHeldOut.get(pseudonym) === true)
  const shown = year.people.filter(({ pseudonym }) => isHeldOut.get(pseudonym) === false).length
  if (held.length === 0) return { year }
  const admitted = held.filter(({ hasHappened }) => hasHappened).length
  const heldOut = { people: held.length, admitted, shown, times, isUsed: admitted >= fewestAdmitted }
  if (!heldOut.isUsed) return { year, heldOut }
  const rows = year.people.flatMap(({ pseudonym }, row): readonly number[] => {
    const lot = isHeldOut.get(pseudonym)
    return lot === undefined ? [row] : lot ? new Array<number>(times).fill(row) : []
  })
  const people = rows.flatMap((row) => year.people[row] ?? [])
  const columns = new Map(
    [...year.columns].map(([key, column]) => [
      key,
      Float64Array.from(rows, (row) => column[row] ?? Number.NaN),
    ]),
  )
  return { year: { people, columns }, heldOut }
}

/** The groups of a hold-out, to look at what happened against what was said in each. */
export const lotOf =
  ({ isHeldOut }: ByChance) =>
  ({ pseudonym }: FeaturePerson): string => {
    const lot = isHeldOut.get(pseudonym)
    return lot === undefined
      ? 'The lot could not fall on them'
      : lot
        ? 'Held out by chance'
        : 'Shown on the list'
  }
