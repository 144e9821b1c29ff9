import { join } from 'node:path'
import type { LondonDate } from '#calendar'
import type { Workshop } from '#jobs'
import { installation } from '#organisations'
import { currentLoad, withStore } from '#population'
import { type Report, riskOf } from '#prediction'
import { groupNames } from '../group-names.ts'
import { readFeatures } from './feature-store.ts'
import { features } from './features.data.ts'
import { againstTheRule, flowOf, judge, knowsCareHomes } from './judging.ts'
import { modelSpec, trainedModels } from './model-store.ts'
import { modelTable } from './model-table.ts'
import { namedReport } from './named-report.ts'
import { withLevels } from './practice-levels.ts'
import { prepareCodes, prepareLinks } from './prepare-store.ts'
import { deficitList } from './record-facts-store.ts'
import { reportFile } from './report-page.tsx'
import { canScore } from './score-list.ts'
import { type TargetKey, targetOf } from './targets.data.ts'
import { yearsOf } from './training-years.ts'
import { drawnAfter } from './unaffected-store.ts'
import { asTested } from './updating.ts'
import { type Verdict, verdictOn } from './verdict.ts'

export type Validated =
  | { readonly refused: string }
  | {
      readonly name: string
      readonly of: TargetKey
      readonly verdict: Verdict
      readonly testedOn: LondonDate
      readonly figures: Report
      readonly html: string
    }

/** Judges the newest model again, on the newest complete year of the records loaded now. It changes nothing. */
export async function validateNewest(workshop: Workshop): Promise<Validated> {
  const known = await workshop.inVisit(async ({ db }) => {
    const [newest] = await trainedModels(db)
    return {
      newest,
      load: await currentLoad(db),
      spec: newest && (await modelSpec(db, newest.id)),
      kind: (await installation(db)).kind,
      nameOf: await groupNames(db),
    }
  })
  const { newest, load, spec, kind, nameOf } = known
  if (!newest || !load || !spec) return { refused: 'Not validated: no model has been trained here.' }
  const testedOn = yearsOf(load.indexOn).test
  const drawn = await workshop.inVisit(({ db }) => drawnAfter(db, testedOn))
  const judged = await withStore(join(workshop.folder, load.folder), async (store) => {
    if (!canScore(store, spec)) return undefined
    await workshop.say('Reading the newest complete year', 0.1)
    await prepareCodes(store, deficitList(workshop.folder))
    await prepareLinks(store)
    const keys = new Set([
      ...spec.columns.map((column) => column.split(':')[0]),
      'emergencyAdmissions365',
      'ae365',
      'longTermConditions',
      'age',
    ])
    const used = features.filter((feature) => keys.has(feature.key))
    const cut = { indexOn: testedOn, fromAge: 18, registeredDays: 365, target: targetOf(spec).key }
    const read = withLevels(await readFeatures(store, cut, used), spec.levels)
    const risk = await riskOf(asTested(spec, testedOn), modelTable(read, used, spec.columns))
    const { listPercent, seed } = newest.report
    const figures = judge(read, risk, listPercent, drawn)
    return {
      figures,
      tested: flowOf(read, testedOn),
      careHomes: knowsCareHomes(read) ? ('dated' as const) : ('not known' as const),
      better: againstTheRule(read, risk, listPercent, seed).ppvDifference,
    }
  })
  if (!judged) return { refused: 'Not validated: a source this model needs is not linked any more.' }
  const judgement = verdictOn(judged.figures, judged.better, [], targetOf(spec))
  // A later load has no chance of the year trained on to look at all groups together with.
  const report = { ...newest.report, ...judged, judgement, together: undefined }
  await workshop.say('Validated', 1)
  const html = reportFile(bareFurniture(kind === 'synthetic'), {
    ...newest,
    testedOn,
    verdict: judgement.verdict,
    report: namedReport(report, nameOf),
  })
  return {
    name: newest.name,
    of: targetOf(spec).key,
    verdict: judgement.verdict,
    testedOn,
    figures: judged.figures,
    html,
  }
}

const bareFurniture = (synthetic: boolean) => ({
  synthetic,
  navigation: [],
  hasSearch: false,
  csrfToken: '',
  freshness: [],
  day: '',
})
