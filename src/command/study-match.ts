import { resolve } from 'node:path'
import {
  matchedEffect,
  matchedSets,
  propensityOf,
  type StudyTable,
  studyBalance,
  type TableSet,
} from '#statistics'
import { sayShare } from './progress.ts'
import { tieRangeOf } from './study-match-ties.ts'
import { type Found, jsonOf, type Question, textOf } from './study-match-words.ts'
import { mistake, readTable, type TableRead } from './study-table.ts'
import { estimate, listed, needed, numberIn, oneOf } from './study-words.ts'
import type { Answered, Asked } from './types.ts'

export const matchUsage =
  'study match --file F --treated COL --covariates a,b,c [--id COL] [--distance propensity|mahalanobis] [--scale probability|logit] [--caliper 0.2] [--caliper-of all|within] [--exact x,y] [--ratio 1] [--replace] [--outcome COL] [--orders 200]'

/** Above so many rows the answer is not worked out again under other orders of ties, unless asked. */
const mostForOrders = 20_000

/** A matched comparison on any table. */
export async function studyMatch({ options, flags }: Asked): Promise<Answered> {
  const started = performance.now()
  const question = questionFrom(options, flags)
  sayShare('reading the table', 0)
  const { study, outcome, table } = await studyFrom(question)
  sayShare('scoring how likely each was to be treated', 0.2)
  const propensity = propensityOf(study, question.rule)
  if (propensity.separated)
    throw mistake(
      'The covariates tell the treated from the others without error, so nobody can be compared: leave out what decides who is treated.',
    )
  const sets = matchedSets(study, propensity, question.rule, (done, of) =>
    sayShare('matching', 0.4 + (0.2 * done) / of),
  )
  if (sets.length === 0)
    throw mistake(
      'No treated row has a control that is near enough: widen the caliper or ask for fewer exact keys.',
    )
  sayShare('comparing the groups', 0.6)
  const balance = studyBalance(study, propensity, sets)
  const effects = outcome ? effectsOf(study, outcome, sets) : { effect: null, adjustedEffect: null }
  const orders = numberIn(options, 'orders', 0, 10_000, table.rows <= mostForOrders ? 200 : 0)
  const tieRange =
    outcome && orders > 0 ? tieRangeOf(study, outcome, propensity, question.rule, sets, orders) : null
  sayShare('done', 1)
  const found: Found = { question, study, table, propensity, sets, balance, tieRange, ...effects }
  return { code: 0, json: jsonOf(found, started), text: textOf(found) }
}

function questionFrom(options: Asked['options'], flags: Asked['flags']): Question {
  const covariates = listed(options, 'covariates')
  const [treated, outcome] = [needed(options, 'treated'), options.outcome]
  if (covariates.length === 0) throw mistake('Give --covariates, with commas between.')
  const twice = covariates.find(
    (name, i) => covariates.indexOf(name) !== i || name === treated || name === outcome,
  )
  if (twice)
    throw mistake(
      `The column ${twice} is asked for twice: a covariate is neither the treatment nor the outcome.`,
    )
  const rule = {
    distance: oneOf(options, 'distance', ['propensity', 'mahalanobis'], 'propensity'),
    scale: oneOf(options, 'scale', ['probability', 'logit'], 'probability'),
    caliperOf: oneOf(options, 'caliper-of', ['all', 'within'], 'all'),
    ratio: numberIn(options, 'ratio', 1, 100, 1),
    replaces: flags.has('replace'),
    ...(options.caliper ? { caliper: numberIn(options, 'caliper', 0, 1e6) } : {}),
  } as const
  if (!Number.isInteger(rule.ratio)) throw mistake('Give --ratio as a whole number.')
  const file = resolve(needed(options, 'file'))
  return { file, treated, covariates, exact: listed(options, 'exact'), id: options.id, outcome, rule }
}

async function studyFrom({ file, treated, covariates, exact, id, outcome }: Question) {
  const table = await readTable(
    file,
    [
      { name: treated, kind: 'yes or no' },
      ...covariates.map((name) => ({ name, kind: 'number' as const, mustVary: true })),
      ...exact.map((name) => ({ name, kind: 'words' as const })),
      ...(outcome ? [{ name: outcome, kind: 'number' as const }] : []),
    ],
    id,
  )
  const who = Uint8Array.from(table.numbers(treated))
  const many = who.reduce((sum, value) => sum + value, 0)
  if (many === 0) throw mistake(`Nobody is treated: ${treated} is 0 in every row.`)
  if (many === table.rows)
    throw mistake(`Everybody is treated: ${treated} is 1 in every row, and nobody is left to compare with.`)
  if (table.rows <= covariates.length + 1)
    throw mistake(`${table.rows} rows are too few for ${covariates.length} covariates.`)
  const study: StudyTable = {
    treated: who,
    covariates: covariates.map((name) => ({ name, values: table.numbers(name) })),
    strata: strataOf(table, exact),
  }
  return { study, table, outcome: outcome ? table.numbers(outcome) : undefined }
}

function strataOf(table: TableRead, exact: readonly string[]): Int32Array {
  const columns = exact.map((name) => table.words(name))
  const known = new Map<string, number>()
  return Int32Array.from({ length: table.rows }, (_, row) => {
    const key = columns.map((words) => words[row]).join('\u0000')
    const own = known.get(key) ?? known.size
    known.set(key, own)
    return own
  })
}

function effectsOf(study: StudyTable, outcome: Float64Array, sets: readonly TableSet[]) {
  const give = (kind: 'as it stands' | 'adjusted') => {
    const effect = matchedEffect(study, outcome, sets, kind)
    return { ...estimate(effect, effect.method), standardError: effect.standardError }
  }
  return { effect: give('as it stands'), adjustedEffect: give('adjusted') }
}
