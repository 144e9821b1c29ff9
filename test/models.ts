import { createHash } from 'node:crypto'
import { newId } from '#access'
import type { Estimate } from '#prediction'
import type { TargetKey } from '../src/case-finding/model/targets.data.ts'
import type { ModelSpec, TrainingReport } from '../src/case-finding/model/types.ts'
import type { Verdict } from '../src/case-finding/model/verdict.ts'
import { type House, staffId } from './house.ts'
import { arrangeLoad } from './population.ts'

const about = (value: number, half = value * 0.05): Estimate => ({
  value,
  low: value - half,
  high: value + half,
  method: 'test',
})
const year = (indexOn: string) => ({
  indexOn: indexOn as never,
  people: 22_596,
  admitted: 2050,
  died: 307,
  left: 601,
})

/** A report as a training would leave it, its figures made up. */
export function madeUpReport(
  given: {
    readonly kind?: 'synthetic' | 'real'
    readonly verdict?: Verdict
    readonly target?: TargetKey
  } = {},
): TrainingReport {
  const cut = (percent: number, people: number, ppv: number, sensitivity: number) => ({
    percent,
    people,
    events: Math.round(people * ppv),
    threshold: 0.3,
    ppv: about(ppv),
    sensitivity: about(sensitivity),
    lift: about(ppv / 0.09),
    numberNeeded: about(1 / ppv),
  })
  const bin = (risk: number, observed: number) => ({
    risk,
    observed,
    low: observed * 0.9,
    high: observed * 1.1,
    people: 2260,
    events: Math.round(2260 * observed),
  })
  const decision = [0.02, 0.05, 0.1, 0.2, 0.3, 0.5].map((threshold) => ({
    threshold,
    model: about(0.08 - 0.15 * threshold),
    everybody: about(0.09 - (0.91 * threshold) / (1 - threshold)),
    comparators: { '2 or more emergency admissions': about(0.04 - 0.07 * threshold) },
  }))
  const group = (by: string, name: string, ratio: Estimate | null, people = 2000) => ({
    by,
    group: name,
    people,
    events: ratio ? 180 : null,
    auc: ratio && about(0.78),
    observedOverExpected: ratio,
    slope: ratio && about(1),
    sensitivity: ratio && about(0.2),
    ppv: ratio && about(0.45),
  })
  return {
    name: 'harrowmere-1',
    kind: given.kind ?? 'synthetic',
    ...(given.target && { target: given.target }),
    trained: year('2024-03-31'),
    tested: year('2025-03-31'),
    listPercent: 5,
    judgement: { verdict: given.verdict ?? 'good enough to suggest', reasons: [] },
    figures: {
      people: 22_596,
      events: 2050,
      rate: about(0.0907),
      auc: about(0.79, 0.01),
      averagePrecision: about(0.36),
      brier: about(0.07),
      scaledBrier: about(0.15),
      calibrationInTheLarge: about(0.01),
      calibrationSlope: about(0.99),
      observedOverExpected: about(1.01, 0.03),
      ici: about(0.006),
      e90: about(0.011),
      cuts: [
        cut(0.5, 113, 0.77, 0.042),
        cut(1, 226, 0.68, 0.075),
        cut(5, 1130, 0.45, 0.25),
        cut(10, 2260, 0.33, 0.36),
      ],
      curve: [],
      bins: [bin(0.02, 0.021), bin(0.05, 0.048), bin(0.11, 0.115), bin(0.22, 0.21), bin(0.43, 0.42)],
      decision,
      subgroups: [
        group('Sex', 'Women', about(1.01, 0.05), 11_500),
        group('Sex', 'Men', about(1, 0.05), 11_096),
        group(
          'Severe mental illness',
          'Severe mental illness',
          { ...about(1.24), low: 1.03, high: 1.48 },
          402,
        ),
        group('Learning disability', 'Learning disability', null, 5),
      ],
      marked: [
        { mark: 'no emergency admission in 2 years', people: 271, share: about(0.24), ppv: about(0.36) },
      ],
    },
    leftOutPractices: {
      folds: [],
      auc: about(0.785),
      calibrationSlope: about(0.98),
      observedOverExpected: about(1),
    },
    better: about(0.06, 0.03),
    careHomes: 'dated',
    update: { how: 'intercept', people: 22_596, events: 2050, intercept: 0.2, slope: 1 },
    socialCare: {
      facts: ['lives in a care home', 'hours of social care a week'],
      listed: 1130,
      people: 22_596,
      with: { auc: about(0.79, 0.01), ppv: about(0.45) },
      without: { auc: about(0.785, 0.01), ppv: about(0.44) },
      auc: about(0.005, 0.002),
      ppv: about(0.01, 0.02),
      others: about(0.08, 0.01),
    },
    challenger: {
      words: 'the trees are not shown to be better',
      ppvDifference: about(0.01, 0.02),
      auc: 0.79,
    },
    rivals: [
      { words: 'The rule of this product', auc: about(0.68), ppv: about(0.39), sensitivity: about(0.22) },
    ],
    leaks: [],
    leakScreens: 61,
    columns: ['age', 'woman', 'emergencyAdmissions365', 'gp365', 'heartFailure'],
    leftOut: [
      { number: 60, words: 'share of frailty deficits recorded', why: 'no list of deficits is loaded' },
    ],
    notLinked: [],
    codeLists: [],
    lambda: 12,
    terms: 74,
    seed: 1,
    recordsSha256: 'a'.repeat(64),
    featuresSha256: 'b'.repeat(64),
    seconds: 41,
  }
}

/** A model kept as a training would keep it, behind every wall. @returns its id. */
export async function arrangeModel(
  house: House,
  given: Parameters<typeof madeUpReport>[0] & { readonly spec?: ModelSpec; readonly load?: string } = {},
): Promise<{ readonly id: string; readonly reportSha256: string }> {
  const [id, report] = [newId(), madeUpReport(given)]
  const load = given.load ?? (await arrangeLoad(house, ['inpatient']))
  const reportSha256 = createHash('sha256').update(JSON.stringify(report)).digest('hex')
  await house.arrange(
    `insert into case_finding.model (id, name, kind, load_id, trained_on, tested_on, people, admitted, seed, records_sha256,
       features_sha256, verdict, spec, report, report_sha256, trained_at)
     values ($1, $2, $3, $4, '2024-03-31', '2025-03-31', 22596, 2050, 1, $5, $6, $7, $8, $9, $10, now())`,
    [
      id,
      report.name,
      report.kind,
      load,
      report.recordsSha256,
      report.featuresSha256,
      report.judgement.verdict,
      JSON.stringify(given.spec ?? {}),
      JSON.stringify(report),
      reportSha256,
    ],
  )
  return { id, reportSha256 }
}

/** Puts a model in use, as the clinical safety officer would. */
export async function arrangeInUse(
  house: House,
  model: { readonly id: string; readonly reportSha256: string },
): Promise<void> {
  await house.arrange(
    `insert into case_finding.model_switch (id, model_id, report_sha256, answered_for_by, switched_on_by, switched_on_at)
     values ($1, $2, $3, 'Dr Sofia Marino', $4, now())`,
    [newId(), model.id, model.reportSha256, staffId('sofia')],
  )
}
