import {
  asRiskRatio,
  detectableDifference,
  detectableRatio,
  detectableShare,
  enrolledNeeded,
  eValue,
} from '#statistics'
import { mistake } from './study-table.ts'
import { figure, numberIn, oneOf } from './study-words.ts'
import type { Answered, Asked } from './types.ts'

const any = Number.POSITIVE_INFINITY

export const powerUsage =
  'study power --enrolled 200 [--fall 20] [--kind rate|share|mean] [--rate 1] [--controls 3] [--years 1] [--overdispersion 0.8] [--share 0.3] [--spread 1] [--correlation 0] [--power 80] [--alpha 0.05] [--cluster-size 1] [--icc 0]'

/** What so many people can show, before anybody is enrolled. */
export function studyPower({ options }: Asked): Answered {
  const kind = oneOf(options, 'kind', ['rate', 'share', 'mean'], 'rate')
  const enrolled = numberIn(options, 'enrolled', 2, 1e9)
  const common = {
    powerPercent: numberIn(options, 'power', 1, 99.9, 80),
    alpha: numberIn(options, 'alpha', 1e-9, 0.5, 0.05),
    designEffect: 1 + (numberIn(options, 'cluster-size', 1, 1e6, 1) - 1) * numberIn(options, 'icc', 0, 1, 0),
  }
  const controlsEach = numberIn(options, 'controls', 0.01, 1000, 3)
  if (kind === 'rate') return ratePower(options, enrolled, { controlsEach, ...common })
  const groups = { people: enrolled, otherEach: controlsEach, ...common }
  const asked = { kind, enrolled, controlsEach, ...common }
  if (kind === 'mean') {
    const spread = numberIn(options, 'spread', 1e-12, any, 1)
    const correlation = numberIn(options, 'correlation', -0.999, 0.999, 0)
    const detectable = detectableDifference(spread, groups, correlation)
    const json = { ...asked, spread, correlation, detectableDifference: detectable }
    return {
      code: 0,
      json,
      text: `With ${figure(enrolled)} people the smallest difference that can be seen is ${figure(detectable)}.`,
    }
  }
  const share = numberIn(options, 'share', 1e-6, 1 - 1e-6, 0.3)
  const detectable = detectableShare(share, groups)
  const text =
    detectable === 0
      ? `With ${figure(enrolled)} people no fall from ${figure(share)} can be seen.`
      : `With ${figure(enrolled)} people a share of ${figure(detectable)} or less can be told from ${figure(share)}.`
  return { code: 0, json: { ...asked, share, detectableShare: detectable }, text }
}

type Common = { controlsEach: number; powerPercent: number; alpha: number; designEffect: number }

function ratePower(options: Asked['options'], enrolled: number, common: Common): Answered {
  const design = {
    ...common,
    years: numberIn(options, 'years', 1e-6, 100, 1),
    baseRate: numberIn(options, 'rate', 1e-9, any, 1),
    overdispersion: numberIn(options, 'overdispersion', 0, any, 0.8),
  }
  const ratio = detectableRatio(enrolled, design)
  const fall = 100 * (1 - ratio)
  const wanted = options.fall === undefined ? null : numberIn(options, 'fall', 0.01, 99.99)
  const needed = wanted === null ? null : enrolledNeeded(1 - wanted / 100, design)
  const json = {
    kind: 'rate',
    enrolled,
    ...design,
    detectableRatio: ratio,
    detectableFallPercent: fall,
    fallPercent: wanted,
    enrolledNeeded: needed,
  }
  const percent = fall.toFixed(1)
  const text = [
    ratio === 0
      ? `With ${figure(enrolled)} people not even the end of all events can be seen.`
      : `With ${figure(enrolled)} people this pilot can see a fall of ${percent}% or more. Most matched evaluations of schemes like this found no fall. If you expect less than ${percent}%, report it as learning, not effect.`,
    ...(needed === null
      ? []
      : [`To see a fall of ${figure(wanted)}%, ${figure(needed)} people must be enrolled.`]),
  ]
  return { code: 0, json, text: text.join('\n') }
}

export const eValueUsage =
  'study e-value --value 0.8 [--low 0.7 --high 0.9] [--kind ratio|common-odds-ratio|common-hazard-ratio|standardised-difference] [--standard-error SE] [--true 1]'

const effectKinds = {
  ratio: 'ratio',
  'common-odds-ratio': 'common odds ratio',
  'common-hazard-ratio': 'common hazard ratio',
  'standardised-difference': 'standardised difference',
} as const

/** How strong something unseen would have to be to explain an estimate away. */
export function studyEValue({ options }: Asked): Answered {
  const words = ['ratio', 'common-odds-ratio', 'common-hazard-ratio', 'standardised-difference'] as const
  const kind = oneOf(options, 'kind', words, 'ratio')
  const isDifference = kind === 'standardised-difference'
  const least = isDifference ? -100 : 1e-9
  const value = numberIn(options, 'value', least, 1e9)
  const low = numberIn(options, 'low', least, 1e9, value)
  const high = numberIn(options, 'high', least, 1e9, value)
  if (!(low <= value && value <= high))
    throw mistake('Give --low no higher than --value, and --high no lower.')
  const error = isDifference ? numberIn(options, 'standard-error', 0, 1e9, 0) : 0
  const truth = numberIn(options, 'true', 1e-9, 1e9, 1)
  const ratio = asRiskRatio(effectKinds[kind], { value, low, high }, error)
  const { estimate, nearest } = eValue({
    value: ratio.value / truth,
    low: ratio.low / truth,
    high: ratio.high / truth,
  })
  const hasLimits = options.low !== undefined || options.high !== undefined || error > 0
  return {
    code: 0,
    json: {
      kind,
      value,
      low,
      high,
      true: truth,
      asRatio: ratio,
      eValue: estimate,
      eValueOfLimit: hasLimits ? nearest : null,
    },
    text: [
      `Something unseen would have to make both joining and the outcome ${figure(estimate)} times as likely to explain this.`,
      ...(hasLimits
        ? [`For the end of the interval nearest to ${figure(truth)}: ${figure(nearest)} times.`]
        : []),
      'Read it beside the same number for the strongest thing that was measured.',
    ].join('\n'),
  }
}
