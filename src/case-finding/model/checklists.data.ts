import { dateWords } from '#calendar'
import { in100, intervalWords, ownCut, shareWords, verdictHeading } from './report-words.ts'
import { targetOf } from './targets.data.ts'
import type { TrainingReport } from './types.ts'

/** One item of a reporting or bias checklist, answered from the run itself. */
export type ChecklistItem = { readonly item: string; readonly about: string; readonly answer: string }

const n = (value: number) => value.toLocaleString('en-GB')

/**
 * The items of TRIPOD+AI, answered from a training run. What a program cannot know is said to be the site's to add.
 *
 * @source TRIPOD+AI (Collins and others, BMJ 2024;385:e078378): 27 items, put here in our own words.
 */
export function tripodItems(report: TrainingReport): readonly ChecklistItem[] {
  const { trained, tested, figures } = report
  const cut = ownCut(report)
  const target = targetOf(report)
  const items: readonly (readonly [string, string])[] = [
    [
      'Title',
      `Development and temporal validation of a model of ${target.of} within 12 months, ${report.name}`,
    ],
    ['Abstract', verdictHeading(report.judgement.verdict, report)],
    [
      'Background',
      'To choose whose record a clinician looks at first, for an offer of care co-ordination. Groups that may be served worse are looked at one by one below',
    ],
    ['Objectives', 'To train on one year and test on the next year of the same places'],
    [
      'Source of data',
      `Linked records by pseudonym, hash ${report.recordsSha256.slice(0, 16)}. Trained from ${dateWords(trained.indexOn)}, tested from ${dateWords(tested.indexOn)}, each followed for 365 days`,
    ],
    [
      'Participants',
      'Adults of 18 or over, alive and registered for 12 months or more on the day. Nobody who objects',
    ],
    [
      'Data preparation',
      'Counts are capped at the 99.5th centile of training and their logarithm taken; age is a spline of 4 knots; test results are bands. Classes were not re-balanced',
    ],
    [
      'Outcome',
      `${target.definition}. The same for every group, read from ${target.readFrom} without knowing the features`,
    ],
    [
      'Predictors',
      `${report.columns.length} columns from the features listed below, none of the day itself or later`,
    ],
    [
      'Sample size',
      `${n(trained.people)} people, ${n(trained.admitted)} ${target.those}, ${report.terms} terms: ${(trained.admitted / Math.max(1, report.terms)).toFixed(1)} for each`,
    ],
    [
      'Missing data',
      report.notLinked.length > 0
        ? `A source that is not linked for somebody is not known, with a term of its own: ${report.notLinked.length} columns`
        : 'Every source used is linked for everybody. Not measured is a value of its own',
    ],
    [
      'Analytical methods',
      `Ridge logistic regression, penalty ${report.lambda.toPrecision(3)} chosen by folds that never part a practice; trees as a challenger. Seed ${report.seed}`,
    ],
    ['Class imbalance', `None done: ${in100(figures.rate.value)} in 100 ${target.did}`],
    [
      'Fairness',
      'Looked at by age, sex, ethnicity, deprivation, care home, severe mental illness, learning disability and practice. Ethnicity is not given to the model',
    ],
    [
      'Model output',
      'A risk from 0 to 1, and a list cut by a share of people. No other threshold is set by the program',
    ],
    ['Training against evaluation', 'The same places a year later: time differs, nothing else'],
    ['Ethics approval', 'For the site to add'],
    [
      'Open science',
      `Funding, conflicts and protocol are for the site to add. Features hash ${report.featuresSha256.slice(0, 16)}`,
    ],
    ['Patient and public involvement', 'For the site to add'],
    [
      'Who was counted',
      `${n(tested.people)} tested, ${n(tested.admitted)} ${target.those}, ${n(tested.died)} died and ${n(tested.left)} left within the year`,
    ],
    ['Model development', `${n(trained.people)} people, ${n(trained.admitted)} ${target.those}`],
    [
      'Model specification',
      'Every coefficient, its mean and spread is kept with the model, enough to work one person’s risk out',
    ],
    [
      'Performance',
      `AUC ${figures.auc.value.toFixed(3)} (${intervalWords(figures.auc, 3)}), slope ${figures.calibrationSlope.value.toFixed(2)} (${intervalWords(figures.calibrationSlope)}), Brier ${figures.brier.value.toFixed(4)}${cut ? `, of 100 listed ${shareWords(cut.ppv)} ${target.past}` : ''}`,
    ],
    [
      'Model updating',
      report.update && report.update.how !== 'as it was'
        ? 'The numbers shown are brought to the year it was tested on; those tested are of the model before that'
        : 'None: the risks tested are the risks shown',
    ],
    ['Interpretation', report.judgement.reasons[0] ?? 'It meets every limit set beforehand for suggesting'],
    [
      'Limitations',
      `One place, one later year. Of people who die or leave, ${target.without}. Records are what was coded`,
    ],
    [
      'Use',
      'A clinician judges each person; poor or missing records say so beside the number. For lists of people, never for treatment',
    ],
  ]
  return items.map(([about, answer], at) => ({ item: String(at + 1), about, answer }))
}

/**
 * The four domains of PROBAST+AI asked of the evaluation, answered from the run.
 *
 * @source PROBAST+AI (Moons and others, BMJ 2025;388:e082505), put here in our own words.
 */
export function probastItems(report: TrainingReport): readonly ChecklistItem[] {
  const { figures, leaks, leakScreens, trained } = report
  const yes = (is: boolean, words: string) => `${is ? 'Yes' : 'No'}. ${words}`
  return [
    [
      'Participants',
      'Is the source fit for the question?',
      'Yes. Routine records of everybody registered, not of people in hospital only',
    ],
    [
      'Participants',
      'Were all those eligible counted?',
      'Yes, but for those who object and those registered for under 12 months',
    ],
    [
      'Predictors',
      'Were they defined in the same way for everybody?',
      'Yes. One statement, kept by its hash',
    ],
    [
      'Predictors',
      'Were they known before the outcome?',
      'Yes. Windows end the day before; a diagnosis counts once its stay has ended',
    ],
    [
      'Predictors',
      'Are they there when the list is made?',
      'Yes. The list uses the same statement on the same sources',
    ],
    [
      'Outcome',
      'Was it defined beforehand and in the same way for everybody?',
      `Yes. ${targetOf(report).definition}`,
    ],
    [
      'Outcome',
      'Was it free of the predictors?',
      yes(leaks.length === 0, `${leakScreens} columns were screened; ${leaks.length} leaks found`),
    ],
    ['Outcome', 'Is the time between right?', 'Yes. 365 days from the day after the features end'],
    [
      'Analysis',
      'Were there enough with the outcome?',
      yes(
        trained.admitted >= 200 && figures.events >= 100,
        `${n(trained.admitted)} trained on, ${n(figures.events)} tested on`,
      ),
    ],
    [
      'Analysis',
      'Were missing values handled well?',
      'Partly. Not measured and not linked are kept apart from nought; nothing was imputed many times over',
    ],
    [
      'Analysis',
      'Was optimism looked at?',
      report.optimism
        ? `Yes. ${report.optimism.bootstraps} refits; AUC corrected ${report.optimism.correctedAuc.toFixed(3)}`
        : 'Only by the later year and by leaving practices out: this was a quick training',
    ],
    [
      'Analysis',
      'Were censoring and death accounted for?',
      `Partly. Told in the flow; ${targetOf(report).without}`,
    ],
    [
      'Analysis',
      'Were calibration and discrimination both told?',
      'Yes, each with its interval, and the net benefit',
    ],
    ['Analysis', 'Was re-balancing avoided, or undone?', 'Yes. None was done'],
    ['Analysis', 'Was it looked at by group?', 'Yes. See fairness'],
    [
      'Analysis',
      'Was it tried away from where it was trained?',
      `Without each tenth of the practices in turn: AUC ${report.leftOutPractices.auc.value.toFixed(3)}. Not at another site`,
    ],
  ].map(([item = '', about = '', answer = '']) => ({ item, about, answer }))
}
