import type { Cut, Estimate } from '#prediction'
import { targetOf } from './targets.data.ts'
import type { TrainingReport } from './types.ts'
import { groupVerdict, type Verdict } from './verdict.ts'

const number = (value: number) => value.toLocaleString('en-GB')

/** A share as a number in 100, without decimals. */
export const in100 = (share: number): string => String(Math.round(100 * share))

/** "0.78 to 0.80"; an end that is not known says so. */
export const intervalWords = ({ low, high }: Estimate, digits = 2, times = 1): string =>
  low === null || high === null
    ? 'Not known'
    : `${(times * low).toFixed(digits)} to ${(times * high).toFixed(digits)}`

/** "76 (69 to 82)" of a share, in 100. */
export const shareWords = (estimate: Estimate): string =>
  `${in100(estimate.value)} (${intervalWords(estimate, 0, 100)})`

const headings: Readonly<Record<Exclude<Verdict, 'cannot tell'>, string>> = {
  'good enough to suggest': 'Good enough to suggest. Not good enough to decide.',
  'use the rule instead': 'Use the rule instead.',
  'do not use': 'Do not use: a leak was found.',
}

/** @param report says of what the model is: of that too few were seen. */
export const verdictHeading = (verdict: Verdict, report: Pick<TrainingReport, 'target'>): string =>
  verdict === 'cannot tell' ? `Cannot tell: too few ${targetOf(report).many}.` : headings[verdict]

/** The cut at the length of the site's own list. */
export const ownCut = ({ figures, listPercent }: TrainingReport): Cut | undefined =>
  figures.cuts.find(({ percent }) => percent === null) ??
  figures.cuts.find(({ percent }) => percent === listPercent)

/** The cuts a table shows, the shortest first; the site's own once, though it may be one of the usual lengths. */
export function shownCuts(report: TrainingReport): readonly Cut[] {
  const own = ownCut(report)
  return report.figures.cuts
    .filter((cut) => cut === own || cut.people !== own?.people)
    .sort((a, b) => a.people - b.people)
}

/** The verdict's sentence: its best number and its worst, and whom it serves badly. */
export function verdictSentences(report: TrainingReport): readonly string[] {
  const cut = ownCut(report)
  const { judgement } = report
  const target = targetOf(report)
  if (!cut || judgement.verdict === 'do not use') return judgement.reasons
  const found = Math.round(100 * cut.sensitivity.value)
  return [
    `Of 100 people at the top of its list, ${in100(cut.ppv.value)} ${target.had} within a year. It missed ${100 - found} of every 100 people ${target.key === 'emergency admission' ? 'who were admitted' : target.those}, because a list of ${number(cut.people)} is short.`,
    ...servedBadly(report),
    ...judgement.reasons,
  ]
}

/** The groups it says too little or too much of, by name. Of those a list showed it says too much where the list helps. */
function servedBadly({ figures }: TrainingReport): readonly string[] {
  return (['Says too little', 'Says too much'] as const).flatMap((verdict) => {
    const groups = figures.subgroups
      .filter((group) => group.by !== 'Hold-out' && groupVerdict(group) === verdict)
      .map(({ group }) => group)
    return groups.length > 0
      ? [
          `It ${verdict.toLowerCase()} of ${groups.length} ${groups.length === 1 ? 'group' : 'groups'}: ${groups.join('; ')}.`,
        ]
      : []
  })
}

/** The five numbers that matter: question, answer, interval, what it means. */
export function fiveNumbers(report: TrainingReport) {
  const { figures, better } = report
  const { past, many, key } = targetOf(report)
  const unseen = figures.marked[0]
  const expected = Math.round(figures.events / Math.max(1e-9, figures.observedOverExpected.value))
  const slope = figures.calibrationSlope
  return [
    {
      question: 'Does it put the right people first?',
      answer: figures.auc.value.toFixed(2),
      interval: intervalWords(figures.auc),
      means: `Given 1 person who ${key === 'emergency admission' ? 'was admitted' : past} and 1 who ${key === 'emergency admission' ? 'was' : 'did'} not, it ranks them right ${in100(figures.auc.value)} times in 100`,
    },
    {
      question: 'Does 20 in 100 mean 20 in 100?',
      answer: `Slope ${slope.value.toFixed(2)}`,
      interval: intervalWords(slope),
      means: `${slope.value >= 0.9 && slope.value <= 1.1 ? 'Yes' : 'Not well enough'}. 0.90 to 1.10 is asked for`,
    },
    {
      question: 'Too many or too few overall?',
      answer: figures.observedOverExpected.value.toFixed(2),
      interval: intervalWords(figures.observedOverExpected),
      means: `${number(figures.events)} ${key === 'emergency admission' ? past : many}, ${number(expected)} expected`,
    },
    {
      question: 'Is it better than the rule at your list?',
      answer: `${(100 * better.value).toFixed(0)} more in 100`,
      interval: intervalWords(better, 0, 100),
      means: (better.low ?? -1) > 0 ? 'Yes' : 'Not shown',
    },
    ...(unseen
      ? [
          {
            question:
              key === 'emergency admission'
                ? 'Does it find people before the first admission?'
                : 'Does it find people with no emergency admission?',
            answer: `${in100(unseen.share.value)} of 100 on the list`,
            interval: intervalWords(unseen.share, 0, 100),
            means: `They had none in 2 years. ${in100(unseen.ppv.value)} of 100 of them ${key === 'emergency admission' ? 'were then admitted' : `then ${past}`}`,
          },
        ]
      : []),
  ]
}
