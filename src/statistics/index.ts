export { type Balance, balanceOf, effectiveSize, moments } from './balance.ts'
export { normalBelow, normalQuantile } from './distributions.ts'
export { eValue } from './e-value.ts'
export { fitGlm, type GlmFit, type GlmRows, linearPredictor } from './glm.ts'
export { binomialInterval, type Interval, poissonRateInterval, rateRatioInterval } from './intervals.ts'
export { type Matrix, matrixOf } from './least-squares.ts'
export type { MatchedSet, MatchRows, MatchRule } from './match-rows.ts'
export { controlWeights, type Matching, matchNearest } from './matching.ts'
export { detectableRatio, enrolledNeeded, type RateDesign } from './power.ts'
export { type RandomStream, randomStream } from './random.ts'
export {
  expectedNextCount,
  type GammaPoisson,
  gammaPoissonFrom,
  regressionToTheMean,
} from './regression-to-the-mean.ts'
export { clusterRobustCovariance, ratioOf } from './sandwich.ts'
