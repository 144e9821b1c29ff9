import {
  type Interval,
  type Propensity,
  type StudyRule,
  type StudyTable,
  type studyBalance,
  type TableSet,
  weightedControls,
} from '#statistics'
import type { tieRangeOf } from './study-match-ties.ts'
import type { TableRead } from './study-table.ts'
import { aligned, figure, withLimits } from './study-words.ts'

/** What was asked, from the words typed. */
export type Question = {
  readonly file: string
  readonly treated: string
  readonly covariates: readonly string[]
  readonly exact: readonly string[]
  readonly id: string | undefined
  readonly outcome: string | undefined
  readonly rule: StudyRule
}

type Effect = Interval & { readonly method: string; readonly standardError: number }

/** Everything a matched study found. */
export type Found = {
  readonly question: Question
  readonly study: StudyTable
  readonly table: TableRead
  readonly propensity: Propensity
  readonly sets: readonly TableSet[]
  readonly balance: ReturnType<typeof studyBalance>
  readonly tieRange: ReturnType<typeof tieRangeOf> | null
} & { readonly effect: Effect | null; readonly adjustedEffect: Effect | null }

const denominatorOf = 'the standard deviation of all treated before matching'

/** What --json prints. */
export function jsonOf(found: Found, started: number) {
  const { question, study, table, propensity, sets, balance, tieRange, effect, adjustedEffect } = found
  const { rows, effectiveSize } = weightedControls(sets)
  const treated = study.treated.reduce((sum, value) => sum + value, 0)
  const { rule } = question
  return {
    rows: table.rows,
    leftOut: table.leftOut,
    treated,
    pool: table.rows - treated,
    matchedTreated: sets.length,
    unmatchedTreated: treated - sets.length,
    matchedControls: rows.length,
    effectiveControls: effectiveSize,
    orderedBy: question.id ?? 'the order of the file',
    distance: rule.distance,
    scale: rule.scale,
    caliper: rule.caliper === undefined ? null : rule.caliper * propensity.spread,
    caliperOf: rule.caliperOf,
    spread: propensity.spread,
    denominatorOf,
    balance,
    largestDifference: Math.max(...balance.map(({ differenceAfter }) => Math.abs(differenceAfter))),
    effect,
    adjustedEffect,
    tieRange,
    warnings: warningsOf(found),
    seconds: (performance.now() - started) / 1000,
    peakMb: Math.round(process.resourceUsage().maxRSS / 1024),
  }
}

function warningsOf({ question, table, propensity, sets, study }: Found): readonly string[] {
  const treated = study.treated.reduce((sum, value) => sum + value, 0)
  return [
    ...(question.id
      ? []
      : ['The order of the file breaks ties: give --id for an answer that does not depend on it.']),
    ...(table.leftOut > 0
      ? [
          `${table.leftOut} ${table.leftOut === 1 ? 'row was' : 'rows were'} left out because a cell is empty.`,
        ]
      : []),
    ...(propensity.ridged ? ['A covariate repeats others: its own part cannot be told.'] : []),
    ...(sets.length < treated
      ? [
          `${treated - sets.length} of ${treated} treated have nobody like them: the answer is about the others alone.`,
        ]
      : []),
  ]
}

/** What a person reads. */
export function textOf(found: Found): string {
  const { sets, balance, effect, adjustedEffect, tieRange } = found
  const { rows, effectiveSize } = weightedControls(sets)
  const heads = ['covariate', 'treated', 'controls', 'before', 'after', 'variance ratio', 'largest gap']
  const lines = balance.map((b) => [
    b.name,
    figure(b.treatedMean),
    figure(b.controlMean),
    figure(b.differenceBefore),
    figure(b.differenceAfter),
    figure(b.varianceRatio),
    figure(b.largestGap),
  ])
  return [
    `${sets.length} treated matched with ${rows.length} controls, worth ${figure(effectiveSize)}.`,
    `Differences before and after are divided by ${denominatorOf}.`,
    aligned(heads, lines),
    ...(effect ? [`Difference in means ${withLimits(effect)}; ${effect.method}.`] : []),
    ...(adjustedEffect ? [`Adjusted ${withLimits(adjustedEffect)}.`] : []),
    ...(tieRange
      ? [
          `Over ${tieRange.orders} other orders of ties the difference runs from ${figure(tieRange.low)} to ${figure(tieRange.high)}.`,
        ]
      : []),
    ...warningsOf(found),
  ].join('\n')
}
