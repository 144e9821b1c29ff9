export { type Attribute, type AttributeOptions, pChart, uChart } from './attribute-charts.ts'
export { type Balance, balanceOf, effectiveSize, moments } from './balance.ts'
export {
  type BootstrapInterval,
  type Bootstrapped,
  biasCorrectedInterval,
  bootstrap,
  percentileInterval,
  type Resampling,
  type Statistic,
} from './bootstrap.ts'
export type { Chart, ChartPoint, ChartRules, ChartSegment, Signal } from './chart-types.ts'
export {
  type Assurance,
  assuranceOf,
  type Better,
  problemsWithRebase,
  type Rebase,
  type Variation,
  type VariationFound,
  variationOf,
} from './chart-verdicts.ts'
export { type CompetingRows, cumulativeIncidence, type IncidenceStep } from './competing.ts'
export { type CoxFit, fitCox, hazardRatio } from './cox.ts'
export { coxRobustCovariance } from './cox-robust.ts'
export type { CoxRows } from './cox-sums.ts'
export { detectableDifference, detectableShare, type TwoGroups } from './detectable.ts'
export { distributionGap } from './distribution-gap.ts'
export { normalBelow, normalQuantile } from './distributions.ts'
export { asRiskRatio, type EffectKind, eValue } from './e-value.ts'
export {
  type Funnel,
  type FunnelLimits,
  type FunnelOptions,
  type FunnelPoint,
  type FunnelUnit,
  funnelOf,
} from './funnel.ts'
export { fitGlm, type GlmFit, type GlmRows, linearPredictor } from './glm.ts'
export { type Pooled, poolImputations } from './imputation.ts'
export {
  concentrationIndex,
  type IndexFound,
  type LadderCounts,
  type LadderGroup,
  ladderPlaces,
  relativeIndex,
  relativeIndexOfRates,
  slopeIndex,
} from './inequality.ts'
export { binomialInterval, type Interval, poissonRateInterval, rateRatioInterval } from './intervals.ts'
export { type Matrix, matrixOf } from './least-squares.ts'
export { logRank } from './log-rank.ts'
export type { MatchedSet, MatchRows, MatchRule } from './match-rows.ts'
export { differenceOf, type MatchedEffect, matchedEffect } from './matched-effect.ts'
export {
  matchedSets,
  type Propensity,
  propensityOf,
  type StudyRule,
  type StudyTable,
  studyBalance,
  weightedControls,
} from './matched-study.ts'
export { controlWeights, type Matching, matchNearest } from './matching.ts'
export { holm } from './multiplicity.ts'
export { fitNegativeBinomial, type NegativeBinomialFit } from './negative-binomial.ts'
export { expectedNextScore, type ScorePopulation, scoreRegression } from './normal-regression.ts'
export { comparePairs, type PairedAnswer } from './paired.ts'
export { detectableRatio, enrolledNeeded, type RateDesign } from './power.ts'
export { proportionality } from './proportionality.ts'
export { meanOf, quantileOf } from './quantiles.ts'
export { type RandomStream, randomStream } from './random.ts'
export { gChart, tChart } from './rare-event-charts.ts'
export {
  expectedNextCount,
  type GammaPoisson,
  gammaPoissonFrom,
  regressionToTheMean,
} from './regression-to-the-mean.ts'
export { clusterRobustCovariance, ratioOf } from './sandwich.ts'
export {
  type Band,
  directlyStandardised,
  indexedTo100,
  type MeanBand,
  standardisedMean,
} from './standardised.ts'
export { chiSquareAbove, studentBelow, studentQuantile } from './students-t.ts'
export {
  kaplanMeier,
  medianTime,
  type RestrictedMean,
  restrictedMean,
  restrictedMeanDifference,
  type SurvivalRows,
  type SurvivalStep,
  survivalAt,
} from './survival.ts'
export type { TableSet } from './table-matching.ts'
export { type XmrOptions, xmrChart } from './xmr-chart.ts'
