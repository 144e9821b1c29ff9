import { thingNamed } from './asked-words.ts'
import type { FurtherOutcome } from './further-types.ts'
import { rate } from './sentences.ts'

/** The heads of the table of further outcomes, on the page and wherever it is taken. */
export const furtherHeads = [
  'Outcome',
  'Helped',
  'Matched',
  'Ratio (95% interval)',
  'Do they differ?',
] as const

/** One line of it. */
export type FurtherRow = readonly [string, string, string, string, string]

/** One further outcome as a row. Where there are fewer than 10 in either group no rate is told. */
export function furtherRow(line: FurtherOutcome): FurtherRow {
  const { ratio, helpedRate, matchedRate } = line
  const { Many } = thingNamed(line.outcome)
  if (!ratio || helpedRate === undefined || matchedRate === undefined)
    return [
      Many,
      '',
      '',
      '',
      line.whyNone === 'too few' ? 'Too few to tell' : 'Not in the records that were loaded',
    ]
  const said = `${rate(ratio.value)} (${rate(ratio.low)} to ${rate(ratio.high)})`
  return [Many, rate(helpedRate), rate(matchedRate), said, differSaid(line)]
}

function differSaid({ ratio, adjustedP = 1 }: FurtherOutcome): string {
  if (adjustedP >= 0.05 || !ratio) return 'No clear difference'
  return ratio.value < 1 ? 'Fewer among those helped' : 'More among those helped'
}
