import { pocketsOf, type Tabulated, tabulate } from './leak-pockets.ts'
import type { Leak, Performance } from './report-types.ts'
import type { Column, Model, Sample } from './types.ts'

/** For each row, days from the index day to the latest fact the column used: 0 or more is too late. */
export type Evidence = Readonly<Record<string, Float64Array | Int32Array>>

/** No single column of records before the index day ranks an outcome so well. @source risk design, 2. */
const aucTooGood = 0.95

/**
 * Looks for the outcome among the columns, one column at a time. Empty: nothing found, which is no proof.
 *
 * A column is named when it equals the outcome or its opposite; when alone its AUC passes 0.95; when some of its
 * values belong almost only to people with the outcome; when it is an identifier and its order tells the outcome;
 * when days counted before the index day are negative.
 *
 * @param evidence what the caller knows of dates, by column name: any fact on the index day or later is a leak.
 * @source risk design 2 and 5.6.
 */
export function findLeaks(sample: Sample, evidence: Evidence = {}): readonly Leak[] {
  const late = Object.entries(evidence).flatMap(([column, days]) => lateFacts(column, days))
  const inColumns = sample.table.columns.flatMap((column, j) => {
    const name = sample.table.names[j] ?? ''
    const tabulated = tabulate(column, sample.outcome)
    const leak =
      negativeDays(name, column) ??
      idOrder(name, column, tabulated) ??
      copied(name, column, sample.outcome) ??
      tooGoodAlone(name, tabulated) ??
      pocketsOf(name, tabulated)
    return leak ? [leak] : []
  })
  return [...late, ...inColumns]
}

function lateFacts(column: string, days: Float64Array | Int32Array): readonly Leak[] {
  let late = 0
  for (const day of days) if (day >= 0) late++
  if (late === 0) return []
  const reason = `${column}: in ${counted(late)} rows it uses a fact from the index day or later. A window must end the day before.`
  return [{ column, kind: 'after the index day', reason }]
}

const counted = (number: number) => number.toLocaleString('en-GB')

/** One negative number may be a way to write "never"; several are dates after the index day. */
function negativeDays(name: string, column: Column): Leak | undefined {
  if (!/(^|_)(days?|months?|years?|age)(_|$)|since|registered/i.test(name)) return undefined
  const negative = column.filter((value: number) => value < 0)
  if (new Set(negative).size < 2) return undefined
  const reason = `${name}: ${counted(negative.length)} rows count time from something that happened after the index day.`
  return { column: name, kind: 'after the index day', reason }
}

function idOrder(name: string, column: Column, { auc, error }: Tabulated): Leak | undefined {
  if (Math.abs(auc - 0.5) < Math.max(0.01, 4 * error) || !looksLikeIds(name, column)) return undefined
  const reason = `${name}: it is an identifier, and its order tells the outcome (AUC ${auc.toFixed(3)}). Leave it out.`
  return { column: name, kind: 'order of ids', reason }
}

/** The columns that look like identifiers, leak or not: what a model learns from one is of the rows, not of anybody. */
export const identifiersAmong = ({ table }: Sample): readonly string[] =>
  table.names.filter((name, j) => {
    const column = table.columns[j]
    return column !== undefined && looksLikeIds(name, column)
  })

function looksLikeIds(name: string, column: Column): boolean {
  if (!column.every((value: number) => Number.isInteger(value)) || column.length < 100) return false
  const distinct = new Set(column).size
  const isNamedSo = /(^|_)(id|ids|nbr|number|key|row|pseudonym|person|patient|nhs)(_|$)/i.test(name)
  return distinct === column.length || (isNamedSo && distinct > column.length / 2)
}

function copied(name: string, column: Column, outcome: Uint8Array): Leak | undefined {
  let [same, opposite] = [0, 0]
  for (let i = 0; i < column.length; i++) {
    if (column[i] === outcome[i]) same++
    else if (column[i] === 1 - (outcome[i] ?? 0)) opposite++
  }
  if (same < column.length && opposite < column.length) return undefined
  const which = same === column.length ? 'the outcome' : 'the outcome turned round'
  return { column: name, kind: 'copy of the outcome', reason: `${name}: it is ${which} in every row.` }
}

function tooGoodAlone(name: string, { auc }: Tabulated): Leak | undefined {
  const either = Math.max(auc, 1 - auc)
  if (either <= aucTooGood) return undefined
  const reason = `${name}: alone it ranks the outcome with an AUC of ${either.toFixed(3)}. No record made before the outcome does; it has seen it.`
  return { column: name, kind: 'too good', reason }
}

/**
 * The same of a whole model on other rows: AUC above 0.95, or a calibration slope whose interval lies outside 0.5
 * to 2. The column named is the one the model leans on most.
 *
 * @source risk design, 2.
 */
export function tooGood(
  { auc, calibrationSlope }: Pick<Performance, 'auc' | 'calibrationSlope'>,
  model: Model,
): readonly Leak[] {
  const column = leanedOn(model)
  const { low, high, value } = calibrationSlope
  const isOff = (low !== null && low > 2) || (high !== null && high < 0.5)
  const most = `The model leans most on ${column}.`
  return [
    ...(auc.value > aucTooGood
      ? [
          `On the test rows the AUC is ${auc.value.toFixed(3)}: something in the columns has seen the outcome. ${most}`,
        ]
      : []),
    ...(isOff
      ? [
          `On the test rows the calibration slope is ${value.toFixed(2)}, outside 0.5 to 2: the fit does not carry over. ${most}`,
        ]
      : []),
  ].map((reason) => ({ column, kind: 'too good', reason }))
}

function leanedOn(model: Model): string {
  if (model.kind === 'ridge') {
    const most = model.terms.reduce((a, b) => (Math.abs(b.coefficient) > Math.abs(a.coefficient) ? b : a))
    return most.from.join(' and ')
  }
  const roots = new Map<number, number>()
  for (const [root] of model.trees) if (root) roots.set(root.column, (roots.get(root.column) ?? 0) + 1)
  const [column = -1] = [...roots].sort(([a, timesA], [b, timesB]) => timesB - timesA || a - b)[0] ?? []
  return model.names[column] ?? 'no column'
}
