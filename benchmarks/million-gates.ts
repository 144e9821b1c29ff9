// What issue 3 asks of a model on a made-up town, from the report of a training.
import type { Estimate, Report } from '#prediction'
import type { TrainingReport } from '../src/case-finding/model/types.ts'

type Judged = Pick<Report, 'people' | 'events' | 'auc' | 'cuts' | 'calibrationSlope' | 'observedOverExpected'>

/** SPARRA v4's PPV at two cuts, its base 9.74%. @source Design risk 1.1. */
const sparra = { base: 0.0974, ppv: { 0.5: 0.844, 5: 0.515 } } as const

/** The PPV a list as sharp would have where the outcome is as common as here: the odds scaled by those of the base. */
const scaledPpv = (ppv: number, base: number): number => {
  const odds = (ppv / (1 - ppv)) * (base / (1 - base)) * ((1 - sparra.base) / sparra.base)
  return odds / (1 + odds)
}

const short = ({ value, low, high }: Estimate) =>
  [value, low, high].map((one) => (one === null ? null : Number(one.toFixed(4))))

/** The chance of so many or more of `of` when each has `chance`. */
export function atLeast(many: number, of: number, chance: number): number {
  let term = (1 - chance) ** of
  let below = 0
  for (let k = 0; k < many; k++) {
    below += term
    term *= ((of - k) / (k + 1)) * (chance / (1 - chance))
  }
  return Math.max(0, 1 - below)
}

const brief = ({ people, events, auc, cuts, calibrationSlope, observedOverExpected }: Judged) => ({
  people,
  events,
  auc: short(auc),
  slope: short(calibrationSlope),
  observedOverExpected: short(observedOverExpected),
  ppv: Object.fromEntries(cuts.map(({ percent, ppv }) => [percent, short(ppv)])),
  sensitivity: Object.fromEntries(cuts.map(({ percent, sensitivity }) => [percent, short(sensitivity)])),
})

/** Every figure the issue asks for and whether each is in its bounds. */
export function gatesOf(report: TrainingReport, { plain, truth }: { plain: Judged; truth: Judged }) {
  const { figures } = report
  const base = figures.events / figures.people
  const cut = (percent: number) => figures.cuts.find((one) => one.percent === percent)?.ppv.value ?? 0
  const groups = figures.subgroups.flatMap((group) =>
    group.observedOverExpected && (group.events ?? 0) >= 100
      ? [
          {
            name: `${group.by}: ${group.group}`,
            events: group.events ?? 0,
            people: group.people,
            ...group.observedOverExpected,
          },
        ]
      : [],
  )
  const large = groups.filter(({ events }) => events >= 1000)
  const excluding = groups.filter(({ low, high }) => (low ?? 0) > 1 || (high ?? 2) < 1)
  const p = atLeast(excluding.length, groups.length, 0.05)
  // What the interval was while it counted the chance of the year tested on alone.
  const aloneError = ({ events, people }: { events: number; people: number }) =>
    Math.sqrt((1 - events / people) / events)
  const excludingAlone = groups.filter((one) => Math.abs(Math.log(one.value)) > 1.959964 * aloneError(one))
  const within = (value: number, from: number, to: number) => value >= from && value <= to
  return {
    gates: {
      'ceiling AUC 0.82 to 0.85': within(truth.auc.value, 0.82, 0.85),
      'AUC 0.79 or more': figures.auc.value >= 0.79,
      'AUC above the plain fit': figures.auc.value > plain.auc.value,
      'slope 0.95 to 1.05': within(figures.calibrationSlope.value, 0.95, 1.05),
      'O/E 0.97 to 1.03': within(figures.observedOverExpected.value, 0.97, 1.03),
      'groups of 1,000 events 0.93 to 1.07': large.every(({ value }) => within(value, 0.93, 1.07)),
      'intervals that exclude 1': p > 0.01,
    },
    model: brief(figures),
    truth: brief(truth),
    plain: brief(plain),
    sparraScaled: {
      0.5: scaledPpv(sparra.ppv[0.5], base),
      5: scaledPpv(sparra.ppv[5], base),
      ours: [cut(0.5), cut(5)],
    },
    groups: {
      of1000Events: large.length,
      outside: large
        .filter(({ value }) => !within(value, 0.93, 1.07))
        .map(({ name, events, ...rest }) => [name, events, ...short({ ...rest })]),
      of100Events: groups.length,
      excluding1: excluding.map(({ name, events, ...rest }) => [name, events, ...short({ ...rest })]),
      p,
      excludingByTheYearTestedAlone: excludingAlone.length,
      pByTheYearTestedAlone: atLeast(excludingAlone.length, groups.length, 0.05),
    },
    trained: report.trained,
    tested: report.tested,
    marked: figures.marked.map(({ mark, share, ppv }) => [mark, short(share), short(ppv)]),
    rivals: report.rivals.map(({ words, auc, ppv }) => [words, short(auc), short(ppv)]),
    challenger: report.challenger,
    optimism: report.optimism,
    leftOutPractices: report.leftOutPractices && {
      auc: short(report.leftOutPractices.auc),
      slope: short(report.leftOutPractices.calibrationSlope),
    },
    lambda: report.lambda,
    terms: report.terms,
    verdict: report.judgement,
    leftOut: report.leftOut,
  }
}
