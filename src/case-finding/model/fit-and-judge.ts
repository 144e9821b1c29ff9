import type { Workshop } from '#jobs'
import {
  findLeaks,
  fitRidge,
  fitTrees,
  leaveGroupsOut,
  mayPromote,
  optimism,
  riskOf,
  type Sample,
  tooGood,
} from '#prediction'
import { referenceOf } from '../drift/reference.ts'
import { codeLists } from './code-lists.data.ts'
import { againstTheRule, flowOf, judge, knowsCareHomes, lookAtAll, outcomeOf, rivalsOf } from './judging.ts'
import { learnedErrorsOf } from './learned-errors.ts'
import { columnsOf, modelTable, recipeFor, signsFor } from './model-table.ts'
import {
  levelled,
  type PracticeLevels,
  practiceLevel,
  practiceLevels,
  withLevels,
} from './practice-levels.ts'
import { peerGroups } from './references.ts'
import { withoutSocialCare } from './social-care.ts'
import { targets } from './targets.data.ts'
import type { sampleOf, Years } from './training-years.ts'
import type { ModelSpec } from './types.ts'
import { updated } from './updating.ts'
import { verdictOn } from './verdict.ts'

/** Of every drawing by lot in a training: the same records give the same report. */
export const seed = 20_260_401

/** Fits a model to the year trained on, and judges it on the year it has not seen. */
export async function fitAndJudge(
  workshop: Workshop,
  years: Years,
  { sample, names, constant, people, heldOut }: ReturnType<typeof sampleOf>,
  listPercent: number,
  isQuick: boolean,
) {
  const { target, train, used, days, drawn } = years
  const saying = (from: number, to: number) => ({ onProgress: inSteps(workshop, from, to) })
  const leaks = findLeaks(sample)
  const recipe = recipeFor(names)
  const bare = await fitRidge(sample, recipe, saying(0.12, 0.3))
  const { levels, variance } = practiceLevels(people, await riskOf(bare, sample.table))
  const model = levelled(bare, levels)
  const trees = await fitTrees(sample, { kind: 'trees', signs: signsFor(names) }, saying(0.3, 0.5))
  await workshop.say('Testing on the year it has not seen', 0.5)
  const test = withLevels(years.test, levels)
  const columns = [...names, ...(test.columns.has(practiceLevel) ? [practiceLevel] : [])]
  const table = modelTable(test, used, columns)
  const [risk, challenger] = [await riskOf(model, table), await riskOf(trees, table)]
  const learned = await learnedErrorsOf(
    { model: bare, sample, levelVariance: variance },
    { read: test, table, risk, drawn: drawn.test },
    {},
  )
  const figures = judge(test, risk, listPercent, drawn.test, learned)
  const together = lookAtAll(test, risk, figures, drawn.test, learned)
  const better = againstTheRule(test, risk, listPercent, seed).ppvDifference
  const promotion = mayPromote({
    outcome: outcomeOf(test),
    model: risk,
    challenger,
    percent: listPercent,
    seed,
  })
  const socialCare = await withoutSocialCare(
    sample,
    people,
    bare,
    { read: years.test, used, risk, percent: listPercent, seed },
    saying(0.5, 0.55),
  )
  const brought = await updated(model, { read: test, used, columns }, drawn.test)
  const allLeaks = [...leaks, ...tooGood(figures, model)]
  const leftOutPractices = await leaveGroupsOut(sample, recipe, bare, saying(0.55, 0.7))
  const flattered = isQuick ? undefined : await optimism(sample, recipe, bare, { ...saying(0.7, 0.98), seed })
  const constantOut = columnsOf(used)
    .filter(({ column }) => constant.includes(column))
    .map(({ feature, words }) => ({
      number: feature.number,
      words,
      why: 'it is the same for everybody here',
    }))
  return {
    spec: {
      target,
      columns,
      model: brought.model,
      broughtTo: days.test,
      peers: peerGroups(test, table),
      levels,
      reference: await referenceOf(table, await riskOf(brought.model, table)),
    } satisfies ModelSpec,
    report: {
      target,
      trained: flowOf(train, days.train),
      tested: flowOf(test, days.test),
      judgement: verdictOn(figures, better, allLeaks, targets[target]),
      figures,
      ...(together && { together }),
      ...(flattered && { optimism: flattered }),
      leftOutPractices,
      ...(columns.length > names.length && { practices: apart(levels) }),
      socialCare: socialCare ?? ('not in it' as const),
      careHomes: knowsCareHomes(test) ? ('dated' as const) : ('not known' as const),
      update: brought.update,
      ...(heldOut && { heldOut }),
      better,
      challenger: {
        words: promotion.reason,
        ppvDifference: promotion.ppvDifference,
        auc: judge(test, challenger, listPercent).auc.value,
      },
      rivals: rivalsOf(test, listPercent),
      leaks: allLeaks.map(({ reason }) => reason),
      leakScreens: names.length,
      columns: names,
      leftOut: [...years.leftOut, ...constantOut],
      notLinked: missingOf(table),
      codeLists: codeLists
        .filter(({ id }) => used.some(({ codeList }) => codeList === id))
        .map(({ id, version, source }) => ({ id, version, source })),
      lambda: model.lambda,
      terms: model.terms.length,
    },
  }
}

/** How far the lowest and the highest practice lie from the others, as times the odds. */
function apart(levels: PracticeLevels) {
  const all = Object.values(levels)
  return { count: all.length, lowest: Math.exp(Math.min(...all)), highest: Math.exp(Math.max(...all)) }
}

/** Says how far a part is, once for each hundredth: a fit has hundreds of steps and each word is a transaction. */
function inSteps(workshop: Workshop, from: number, to: number) {
  let said = -1
  return (share: number, words: string) => {
    const hundredth = Math.floor(100 * (from + share * (to - from)))
    if (hundredth === said) return
    said = hundredth
    // A word not kept must not end a training of minutes.
    workshop.say(words.charAt(0).toUpperCase() + words.slice(1), hundredth / 100).catch(() => {})
  }
}

const missingOf = ({ names, columns }: Sample['table']) =>
  names.flatMap((column, at) => {
    const people = Float64Array.from(columns[at] ?? []).filter(Number.isNaN).length
    return people > 0 ? [{ column, people }] : []
  })
