import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { newId } from '#access'
import type { Task, Workshop } from '#jobs'
import { installation, programmes } from '#organisations'
import { type CurrentLoad, currentLoad, withStore } from '#population'
import {
  findLeaks,
  fitRidge,
  fitTrees,
  leaveGroupsOut,
  mayPromote,
  optimism,
  refusals,
  riskOf,
  type Sample,
  tooGood,
} from '#prediction'
import { referenceOf } from '../drift/reference.ts'
import { codeLists } from './code-lists.data.ts'
import { againstTheRule, flowOf, judge, knowsCareHomes, outcomeOf, rivalsOf } from './judging.ts'
import { learnedErrorsOf } from './learned-errors.ts'
import { addModel, addRefusal, modelCount, sameModel } from './model-store.ts'
import { columnsOf, modelTable, recipeFor, signsFor } from './model-table.ts'
import {
  levelled,
  type PracticeLevels,
  practiceLevel,
  practiceLevels,
  withLevels,
} from './practice-levels.ts'
import { featuresHash, recordsHash } from './record-facts-store.ts'
import { peerGroups } from './references.ts'
import { withoutSocialCare } from './social-care.ts'
import { readYears, sampleOf, type Years } from './training-years.ts'
import type { ModelSpec, TrainingReport } from './types.ts'
import { verdictOn } from './verdict.ts'

/** What a training came to. */
export type Trained =
  | { readonly modelId: string; readonly report: TrainingReport; readonly isNew: boolean }
  | { readonly refused: string }

const seed = 20_260_401

/**
 * Trains a model on this installation's records of the year before last and tests it on the last complete year. The
 * same records and code give the same model, kept once.
 */
export const train: Task = async (workshop) => {
  await trainModel(workshop)
}

/** The same, with what it came to. @param isQuick without the 200 refits that tell how much it flatters itself. */
export async function trainModel(workshop: Workshop, isQuick = false): Promise<Trained> {
  const began = performance.now()
  const known = await workshop.inVisit(async ({ db }) => ({
    load: await currentLoad(db),
    kind: (await installation(db)).kind,
    listPercent:
      (await programmes(db)).find(({ template }) => template.kind === 'case management')?.template
        .targetPercent ?? 5,
    count: await modelCount(db),
    place: (await installation(db)).name,
  }))
  const { load } = known
  if (!load) return { refused: 'Not trained: no extract is loaded yet.' }
  const folder = join(workshop.folder, load.folder)
  await workshop.say('Reading two years of records', 0.02)
  const years = await withStore(folder, (store) => readYears(store, load, workshop))
  const sampled = sampleOf(years)
  const recipe = recipeFor(sampled.names)
  const parameters = sampled.names.length + splineBends + (recipe.interactions ?? []).length
  // Somebody who stands in for others is one person admitted, not many.
  const counted = { ...sampled.sample, outcome: outcomeOf(years.train) }
  if (refusals(counted, parameters).length > 0) {
    return await refuse(workshop, load, refusalWords(counted.outcome, parameters))
  }
  const hashes = { recordsSha256: await recordsHash(folder), featuresSha256: featuresHash(years.statement) }
  const before = await workshop.inVisit(({ db }) => sameModel(db, { ...hashes, seed }))
  if (before) return { modelId: before.id, report: before.report, isNew: false }
  const fitted = await fitAndJudge(workshop, years, sampled, known.listPercent, isQuick)
  const kind = known.kind === 'real' ? 'real' : 'synthetic'
  const report: TrainingReport = {
    ...fitted.report,
    ...hashes,
    ...{ kind, seed, listPercent: known.listPercent, name: `${nameWord(known.place)}-${known.count + 1}` },
    seconds: Math.round((performance.now() - began) / 1000),
  }
  return { modelId: await keep(workshop, load, report, fitted.spec), report, isNew: true }
}

const nameWord = (place: string | undefined) => (place ?? 'local').toLowerCase().replaceAll(/[^a-z]+/g, '-')

const splineBends = 2
const fewestAdmitted = 200

/** Why nothing was trained, in one sentence, and what is used meanwhile. */
function refusalWords(outcome: Uint8Array, parameters: number): string {
  const admitted = outcome.reduce((sum, value) => sum + value, 0).toLocaleString('en-GB')
  const needed = Math.max(fewestAdmitted, 10 * parameters).toLocaleString('en-GB')
  return `Not trained: ${admitted} people had an emergency admission in the year to train on, and ${needed} are needed. The rule ranking stays in use.`
}

async function refuse(workshop: Workshop, load: CurrentLoad, sentence: string): Promise<Trained> {
  await workshop.inVisit(async (visit) => {
    const refusalId = newId()
    await addRefusal(visit.db, { id: refusalId, loadId: load.id, sentence, at: visit.now })
    await visit.note({ what: 'training refused', about: `training ${refusalId}`, facts: { refusalId } })
  })
  await workshop.say(sentence, 1)
  return { refused: sentence }
}

async function keep(
  workshop: Workshop,
  load: CurrentLoad,
  report: TrainingReport,
  spec: ModelSpec,
): Promise<string> {
  const modelId = newId()
  const reportSha256 = createHash('sha256').update(JSON.stringify(report)).digest('hex')
  await workshop.inVisit(async (visit) => {
    await addModel(visit.db, { id: modelId, loadId: load.id, report, reportSha256, spec, at: visit.now })
    const verdict = report.judgement.verdict
    await visit.note({ what: 'model trained', about: `model ${modelId}`, facts: { modelId, verdict } })
    await visit.later('check models', {}, 'check models')
  })
  await workshop.say(`Trained ${report.name}: ${report.judgement.verdict}`, 1)
  return modelId
}

async function fitAndJudge(
  workshop: Workshop,
  years: Years,
  { sample, names, constant, people, heldOut }: ReturnType<typeof sampleOf>,
  listPercent: number,
  isQuick: boolean,
) {
  const { train, used, days, drawn } = years
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
      columns,
      model,
      peers: peerGroups(test, table),
      levels,
      reference: await referenceOf(table, risk),
    } satisfies ModelSpec,
    report: {
      trained: flowOf(train, days.train),
      tested: flowOf(test, days.test),
      judgement: verdictOn(figures, better, allLeaks),
      figures,
      ...(flattered && { optimism: flattered }),
      leftOutPractices,
      ...(columns.length > names.length && { practices: apart(levels) }),
      socialCare: socialCare ?? ('not in it' as const),
      careHomes: knowsCareHomes(test) ? ('dated' as const) : ('not known' as const),
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
