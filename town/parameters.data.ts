/** Town parameters, version 1. Every number here is data: see town/README.md for where each comes from. */
export const version = 1

/** Of the rows made, the share registered on the last day: the rest died, left, or came and went. */
export const registeredShare = 0.845

export const quarterDays = 91.3125
export const yearDays = 365.25
export const historyDays = 1826
export const peopleOfAPractice = 9800
export const peopleOfAnArea = 1500

/** [from age, to age, weight] at the start; the first stratum is not yet born. */
export const ageWeights: readonly (readonly [number, number, number])[] = [
  [-5, 0, 5.35],
  [0, 1, 1.05],
  [1, 5, 4.45],
  [5, 18, 15.5],
  [18, 25, 8.3],
  [25, 30, 6.6],
  [30, 35, 7.0],
  [35, 40, 6.8],
  [40, 45, 6.4],
  [45, 50, 6.4],
  [50, 55, 6.9],
  [55, 60, 6.7],
  [60, 65, 5.8],
  [65, 70, 4.85],
  [70, 75, 4.7],
  [75, 80, 3.75],
  [80, 85, 2.62],
  [85, 90, 1.66],
  [90, 95, 0.85],
  [95, 101, 0.28],
]

/** Ages the published rates are anchored at; straight lines on the log scale between them. */
export const anchorAges = [0.5, 2.5, 11, 29, 52, 70, 80, 90] as const

/** Published rates a person-year at the anchors, and the multipliers found by calibration. */
export const rates = {
  ea: {
    published: [0.42, 0.155, 0.045, 0.077, 0.086, 0.165, 0.31, 0.54],
    multiplier: [0.338, 0.236, 0.218, 0.318, 0.191, 0.128, 0.099, 0.097],
  },
  death: {
    published: [0.0038, 0.0002, 0.00012, 0.0007, 0.0035, 0.0165, 0.049, 0.15],
    multiplier: [0.986, 0.714, 0.761, 0.554, 0.564, 0.478, 0.403, 0.433],
  },
  gp: {
    published: [6.5, 4.6, 2.4, 4.3, 5.6, 8.2, 10.8, 12.5],
    multiplier: [0.779, 0.78, 0.567, 0.73, 0.497, 0.42, 0.36, 0.342],
  },
  ed: {
    published: [0.95, 0.7, 0.36, 0.44, 0.36, 0.38, 0.58, 0.88],
    multiplier: [0.4, 0.526, 0.456, 0.549, 0.418, 0.269, 0.227, 0.19],
  },
  op: {
    published: [1.6, 0.85, 0.8, 1.3, 1.9, 3.0, 3.7, 2.7],
    multiplier: [0.622, 0.516, 0.55, 0.528, 0.45, 0.338, 0.305, 0.233],
  },
  el: {
    published: [0.06, 0.05, 0.045, 0.08, 0.185, 0.38, 0.42, 0.27],
    multiplier: [0.475, 0.398, 0.409, 0.463, 0.377, 0.345, 0.287, 0.236],
  },
  /** Issues of repeat medicines: a multiplier on the expected number, not a rate. */
  rx: {
    published: [1, 1, 1, 1, 1, 1, 1, 1],
    multiplier: [0.016, 0.023, 0.274, 1.06, 1.41, 1.51, 1.62, 1.55],
  },
} as const

/** Acute items a person-year, by band of age (0, 1-4, 5-17, 18-39, 40-64, 65-74, 75-84, 85+). */
export const acuteItems = [0.9, 0.9, 0.45, 0.45, 0.55, 0.7, 0.8, 0.9] as const
export const bandFromAge = [0, 1, 5, 18, 40, 65, 75, 85] as const

export const frailty = { ea: 1.52, noise: 0.35, unseen: 0.6, conditionScale: 1.55 }
export const deprivation = { ea: 0.037, ed: 0.057, death: 0.075 }
export const crisis = { rate: 0.012, lasting: 0.5, ea: 2.4, ed: 2.2, gp: 1.6, death: 2.5, readmission: 1.8 }

/** Added admissions, A&E, GP and medicines in the quarter of death and the three before. */
export const endOfLife = { byQuarter: [0.62, 0.33, 0.22, 0.14], admissions: 1.45, meanDaysBefore: 75 }

export const readmission = { rate: 0.036, frailty: 0.35, byAge: [0.6, 0.9, 1, 1.05, 1.1, 1.1] }

/** Stays by age group (under 18, 18-39, 40-64, 65-74, 75-84, 85+). */
export const stay = {
  zeroDays: [0.5, 0.45, 0.37, 0.27, 0.21, 0.18],
  logMean: [0.15, 0.55, 0.95, 1.3, 1.5, 1.7],
  logSpread: 1.25,
  lastHalfYear: 1.95,
  longestDays: 150,
}

/** Seasons by quarter from April: an addend to the log admission rate, a factor of deaths. */
export const season = { ea: [-0.03, -0.07, 0.06, 0.05], death: [0.93, 0.89, 1.06, 1.12] }

export const ethnicShares = { notWhite: 0.19, asian: 0.505, black: 0.22, mixed: 0.16 }

/** Census groups (NHS data dictionary codes) inside each broad group, with shares of it. */
export const ethnicGroups: Readonly<Record<string, readonly (readonly [string, number])[]>> = {
  white: [
    ['A', 0.905],
    ['B', 0.012],
    ['C', 0.083],
  ],
  asian: [
    ['H', 0.34],
    ['J', 0.3],
    ['K', 0.12],
    ['R', 0.08],
    ['L', 0.16],
  ],
  black: [
    ['M', 0.25],
    ['N', 0.62],
    ['P', 0.13],
  ],
  mixed: [
    ['D', 0.3],
    ['E', 0.15],
    ['F', 0.28],
    ['G', 0.27],
  ],
  other: [['S', 1]],
}

export const moves = { leave: 0.2, goForGood: 0.5, moveInTown: 0.4, join: 0.12, leaveLater: 0.02 }
export const pairs = { twins: 0.015, namesakes: 1 / 3000, almostSameName: 0.1 }

/**
 * How long somebody lives in a care home: 801 days on average, half by 462 (Forder and Fernández, PSSRU 2769, 2011: 11,565
 * residents of one owner’s 305 homes who died in 2008 to 2010) [V]; drawn at a constant rate of leaving, whose half is 555 [D]. A
 * second source: 17.9 months is the median of permanent residential stays councils paid for (Steventon and Roberts, BMC Health
 * Serv Res 2012) [V]. The share in nursing homes [G].
 */
export const careHomes = { stayDays: 801, nursingShare: 0.4 } as const
