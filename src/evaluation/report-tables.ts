import type { Interval } from '#statistics'
import { aOrAn, thingOf } from './asked-words.ts'
import { checksOf, trialCheck } from './checks.ts'
import { furtherHeads, furtherRow } from './further-rows.ts'
import type { LotAnswer } from './lot-types.ts'
import { lotSaid } from './lot-words.ts'
import { changeHeads, changeRow, practiceHeads, practiceRows } from './measure-words.ts'
import type { Answered } from './pages.tsx'
import { reachSlopeOf, reachSlopeSaid } from './reach-slope.ts'
import { saidTables } from './said-tables.ts'
import { captionOf, rate, regressionLines, verdictSaid } from './sentences.ts'
import type { StaffLine } from './staff-store.ts'
import { toldLines } from './suppression.ts'
import type { Answer } from './types.ts'
import type { Value } from './value-words.ts'
import { yearAfter } from './year-after.ts'

/** A table that may leave the house: words and numbers of groups, small ones left out. */
export type ReportTable = {
  readonly name: string
  readonly heads: readonly string[]
  readonly rows: readonly (readonly (string | number)[])[]
}

/** What people and staff said, as far as it may be told. */
export type Said = { readonly value?: Value; readonly staff?: readonly StaffLine[] }

/** Every table of a report. A withheld or too small answer has no effect in any of them. */
export function tablesOf({ programme, result, trial }: Answered, said: Said = {}): readonly ReportTable[] {
  if (!result) return []
  const { answer, service } = result
  const effect = answer.kind === 'answered' ? answer : undefined
  const { heading, lines } = verdictSaid(answer)
  const sentences = [captionOf(programme.template.name, answer), heading, ...lines]
  return [
    ...(result.lot ? [{ name: 'lot', heads: ['Sentence'], rows: lotLines(result.lot) }] : []),
    { name: 'answer', heads: ['Sentence'], rows: sentences.map((line) => [line]) },
    ...('balance' in answer
      ? [
          {
            name: 'checks',
            heads: ['Check', 'Answer', 'Verdict'],
            rows: [...checksOf(answer, effect), ...trialCheck(trial)].map(({ check, found, verdict }) => [
              check,
              found,
              verdict,
            ]),
          },
          {
            name: 'balance',
            heads: ['Fact', 'Difference before', 'Difference after', 'Limit'],
            rows: answer.balance.map(({ label, before, after, limit }) => [
              label,
              before.toFixed(3),
              after.toFixed(3),
              limit.toFixed(2),
            ]),
          },
        ]
      : []),
    ...(effect ? effectTables(effect) : []),
    ...saidTables(said),
    {
      name: 'reach',
      heads: ['Of', 'Group', 'Could have been for', 'Joined'],
      rows: toldLines(service?.reach ?? []).map(({ of, group, inNeed, joined, isTold }) =>
        isTold ? [of, group, inNeed, joined] : [of, group, 'not told', 'not told'],
      ),
    },
    ...(service?.measures && service.measures.length > 0
      ? [{ name: 'routine-care-by-practice', heads: practiceHeads, rows: practiceRows(service.measures) }]
      : []),
    {
      name: 'reach-by-deprivation',
      heads: ['Sentence'],
      rows: service ? [[reachSlopeSaid(reachSlopeOf(service.reach))]] : [],
    },
    {
      name: 'prices',
      heads: ['Item', 'Pounds', 'Year', 'Source'],
      rows: (service?.unitCosts ?? []).map(({ item, pounds, priceYear, source }) => [
        item,
        pounds,
        priceYear,
        source,
      ]),
    },
  ]
}

function lotLines(lot: LotAnswer): ReportTable['rows'] {
  const { heading, lines } = lotSaid(lot)
  return [heading, ...lines].map((line) => [line])
}

function effectTables(effect: Extract<Answer, { kind: 'answered' }>): readonly ReportTable[] {
  const { further, helped, matched, ratio } = effect
  const thing = thingOf(effect)
  const interval = (value: { value: number; low: number; high: number }) =>
    [value.value, value.low, value.high].map(rate)
  const monthly = (rates: readonly number[], events: readonly number[], month: number) =>
    (events[month] ?? 0) < 10 ? 'too few' : (rates[month] ?? 0).toFixed(2)
  return [
    { name: 'regression', heads: ['Sentence'], rows: regressionLines(effect).map((line) => [line]) },
    {
      name: 'months',
      heads: ['Month from joining', 'Helped, per 100 people', 'Matched, per 100 people'],
      rows: helped.monthlyRates.map((_, month) => [
        month < 12 ? month - 12 : month - 11,
        monthly(helped.monthlyRates, helped.monthlyEvents, month),
        monthly(matched.monthlyRates, matched.monthlyEvents, month),
      ]),
    },
    {
      name: 'year-after',
      heads: ['A person-year', 'Helped', 'Matched'],
      rows: yearAfter(effect).map(({ what, helped: own, matched: other }) => [what, own, other]),
    },
    {
      name: 'other-ways',
      heads: ['Way', 'Ratio', 'From', 'To'],
      rows: [
        ['The question set beforehand', ...interval(ratio)],
        ...(further?.otherWays ?? []).map(({ way, ratio: found, whyNone }) =>
          found ? [way, ...interval(found)] : [way, whyNone ?? '', '', ''],
        ),
      ],
    },
    ...(further?.outcomes
      ? [{ name: 'further-outcomes', heads: furtherHeads, rows: further.outcomes.map(furtherRow) }]
      : []),
    ...(further?.measures
      ? [{ name: 'routine-care', heads: changeHeads, rows: further.measures.map(changeRow) }]
      : []),
    {
      name: 'groups',
      heads: ['Group', 'Ratio in it', 'From', 'To', 'Ratio of ratios', 'From', 'To'],
      rows: (further?.subgroups ?? []).map(({ group, inGroup, ratioOfRatios }) => [
        group,
        ...interval(inGroup),
        ...interval(ratioOfRatios),
      ]),
    },
    {
      name: 'differences',
      heads: ['Helped minus matched', 'Value', 'From', 'To'],
      rows: further
        ? [
            [`${thing.Many} for 1,000 people a year`, ...interval(further.differences.admissions)],
            ...(further.daysWithout
              ? [[`Days of ${thing.span} without ${aOrAn(thing.one)}`, ...interval(further.daysWithout)]]
              : []),
            ...(further.differences.pounds
              ? [['Pounds a person a year, of what has a price', ...interval(further.differences.pounds)]]
              : []),
          ]
        : [],
    },
    {
      name: 'first-year',
      heads: ['Month', 'Helped: of 100, alive and not admitted', 'From', 'To', 'Matched', 'From', 'To'],
      rows: (further?.firstYear?.helped.free ?? []).map((own, month) => [
        month,
        ...inTenths(own),
        ...inTenths(further?.firstYear?.matched.free[month]),
      ]),
    },
    {
      name: 'cost-plane',
      heads: ['Where the difference lies', 'Of 100 draws'],
      rows: Object.entries(further?.differences.plane?.shares ?? {}).map(([where, share]) => [
        where,
        share.toFixed(1),
      ]),
    },
  ]
}

const inTenths = (found: Interval | undefined): readonly string[] =>
  found ? [found.value, found.low, found.high].map((one) => one.toFixed(1)) : ['', '', '']

/** A table as a file of values between commas. Words that a spreadsheet would run as a sum are made plain words. */
export const csvOf = ({ heads, rows }: ReportTable): string =>
  `${[heads, ...rows].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`

function cell(value: string | number): string {
  if (typeof value === 'number' || /^-?\d+(\.\d+)?$/.test(value)) return String(value)
  const plain = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return `"${plain.replaceAll('"', '""')}"`
}
