import { londonDate } from '#calendar'
import type { Programme } from '#organisations'
import type { Answer, Arm, Compared, Effect } from '../src/evaluation/types.ts'

/** A programme as it stands beside an answer: a locality service with what such services usually have. */
export const programmeNamed = (key: string, name: string): Programme => ({
  id: key,
  key,
  version: 1,
  template: {
    name,
    kind: 'case management',
    targetPercent: 5,
    fromAge: 18,
    caseload: { limit: 50, unit: 'worker' },
    reviewEveryDays: { offered: 14, active: 28, monitoring: 91 },
    teams: ['TEAM1'],
    declineForMonths: 12,
  },
})

const on = (text: string) => londonDate(new Date(`${text}T12:00:00Z`))

const arm = (part: Partial<Arm>): Arm => ({
  people: 397,
  events: 480,
  years: 397,
  rateAfter: 1.21,
  rateBefore: 2.33,
  deaths: 60,
  diedPercent: 17,
  monthlyRates: Array.from({ length: 24 }, (_, month) => (month < 12 ? 14 + month : 10)),
  monthlyEvents: Array.from({ length: 24 }, () => 40),
  others: {
    attendances: { rate: 1.84, events: 730 },
    nights: { rate: 9.1, events: 3600 },
    gpContacts: { rate: 18.2, events: 7 },
  },
  ...part,
})

const firstYear = (monthly: number, admittedFirst: number, diedFirst: number) => ({
  free: Array.from({ length: 13 }, (_, month) => {
    const value = 100 * (1 - monthly) ** month
    return { value, low: Math.max(0, value - month / 2), high: Math.min(100, value + month / 2) }
  }),
  admittedFirst,
  diedFirst,
})

export const effect: Effect = {
  ratio: { value: 0.89, low: 0.77, high: 1.02 },
  unadjustedRatio: 0.9,
  helped: arm({}),
  matched: arm({ people: 1164, rateAfter: 1.36, rateBefore: 2.31, diedPercent: 18 }),
  regression: { ownChangePercent: -48, controlChangePercent: -41, formulaChangePercent: -38 },
  laterJoinedPercent: 6,
  hiddenCause: { estimate: 1.5, nearest: 1 },
  neededToSee: 1157,
  further: {
    unaffected: { value: 1.03, low: 0.86, high: 1.24 },
    differences: {
      admissions: { value: -150, low: -320, high: 30 },
      pounds: { value: -540, low: -1290, high: 210 },
      costed: ['night in hospital', 'GP contact'],
      plane: {
        draws: Array.from({ length: 200 }, (_, draw) => {
          const [turn, far] = [(draw * 2.399963) % (2 * Math.PI), Math.sqrt((draw + 0.5) / 200)]
          return [-150 + 230 * far * Math.cos(turn), -540 + 900 * far * Math.sin(turn + 0.7)] as const
        }),
        shares: { 'fewer, less': 82, 'fewer, more': 11.5, 'more, less': 6.2, 'more, more': 0.3 },
      },
    },
    firstYear: { helped: firstYear(0.052, 41, 9), matched: firstYear(0.058, 45, 8) },
    daysWithout: { value: 9, low: -4, high: 22 },
    otherWays: [{ way: 'Not adjusted', ratio: { value: 0.9, low: 0.77, high: 1.05 } }],
    subgroups: [
      {
        group: 'Most deprived 4 tenths',
        rest: 'Other tenths',
        people: 180,
        inGroup: { value: 0.8, low: 0.66, high: 0.97 },
        inRest: { value: 0.97, low: 0.79, high: 1.19 },
        ratioOfRatios: { value: 0.82, low: 0.62, high: 1.1 },
      },
    ],
  },
}

export const compared: Compared = {
  joined: 430,
  followed: 412,
  matchedTreated: 397,
  matchedControls: 1164,
  attempts: [{ exact: ['admissions365'], matchedShare: 397 / 412 }],
  balance: [
    ['expected', 'Expected from history', 0.9, 0.02],
    ['age', 'Age', 0.33, -0.05],
    ['woman', 'Woman', 0.04, 0.01],
  ].map(([name, label, before, after]) => ({
    name: String(name),
    label: String(label),
    before: Number(before),
    after: Number(after),
    limit: 0.1,
    treatedMean: 1,
    controlMean: 1,
    denominator: 1,
    varianceRatio: 1,
    largestGap: 0.02,
    gapLimit: 0.1,
  })),
  effectiveControls: 1100,
  detectableFallPercent: 18,
  firstOn: on('2024-01-08'),
  lastOn: on('2025-10-27'),
  unmatchedMeanAdmissions: 5.2,
  notKnown: [],
}

export const answered = (verdict: 'fewer' | 'cannot tell' | 'more', ratio = effect.ratio): Answer => ({
  kind: 'answered',
  ...compared,
  ...effect,
  ratio,
  verdict,
})

/** One answer of every kind there is. */
export const everyAnswer: readonly Answer[] = [
  { kind: 'not ready', reason: 'nobody joined', joined: 0, followed: 0 },
  { kind: 'not ready', reason: 'records too short', joined: 20, followed: 9 },
  { kind: 'not powered', joined: 90, followed: 84, detectableFallPercent: 42.3, neededFor20Percent: 412 },
  { kind: 'withheld', ...compared, breaches: [{ label: 'Age', found: '0.21 apart, limit 0.10' }] },
  {
    kind: 'few events',
    ...compared,
    helped: { people: 120, events: 9, years: 118 },
    matched: { people: 350, events: 31, years: 340 },
  },
  answered('cannot tell'),
  answered('fewer', { value: 0.8, low: 0.71, high: 0.9 }),
  answered('more', { value: 1.33, low: 1.16, high: 1.54 }),
]
