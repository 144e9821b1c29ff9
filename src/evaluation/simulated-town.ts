import type { RandomStream } from '#statistics'

/** A made-up service whose true effect is known, and what makes the truth hard to find. */
export type Scenario = {
  readonly people: number
  /** How many join, over 6 months. */
  readonly enrolled: number
  /** How many more join over the next 6 months, too late to be looked at: many of them are compared until they do. */
  readonly enrolledAfter?: number
  /** The true rate ratio: 1 does nothing, 0.8 prevents 1 admission in 5. */
  readonly trueRatio: number
  /** The true rate ratio of the two most deprived fifths, where it is another. */
  readonly trueRatioDeprived?: number
  /** What an unseen trait does to the odds of joining and to the rate: 1 and 1 for nothing. */
  readonly unseenOdds?: number
  readonly unseenRatio?: number
  /** Admissions are a fifth higher in winter and half higher in one winter after people joined. */
  readonly hasWinter?: true
  /** How many in 100 everybody’s admissions fall each year. */
  readonly fallsEachYearPercent?: number
  /** What joining does to the chance of dying in a month. */
  readonly deathRatio?: number
  /** What is asked about, where it is not emergency admissions. Of A&E visits `trueRatio` is then the truth. */
  readonly asks?: 'attendances' | 'deaths'
  /** What joining does to each month’s chance of dying, where deaths are asked about: the truth then. */
  readonly deathHazard?: number
  /** How many times as often everybody dies as in the design’s town, so that there are deaths to count. */
  readonly deathsTimes?: number
  /** The spread of practices’ rates and of their keenness to join, on the scale of logarithms. */
  readonly practiceSpread?: number
  /** The share of admissions that never reach the records. */
  readonly lostShare?: number
  /** Those who join leave the area the sooner the more they are admitted: a month’s chance at the mean rate. */
  readonly leavingChance?: number
  /** Who is compared: the design’s rule, or the two mistakes it forbids. */
  readonly compares?: 'never joined' | 'joined later too'
}

/** The chance of dying in a month. @source evaluation design 7.1: deaths rise with age and conditions. */
export const deathChance = (
  { age, conditions }: Pick<Town, 'age' | 'conditions'>,
  person: number,
  { deathsTimes = 1 }: Scenario,
): number =>
  deathsTimes *
  0.0015 *
  Math.exp(0.7 * (((age[person] ?? 0) - 72) / 10) + 0.2 * ((conditions[person] ?? 0) - 1.5))

export const pastMonth = 24
export const firstMonth = 36
export const lastMonth = 41
export const allMonths = 60

export type Town = {
  readonly age: Float64Array
  readonly conditions: Float64Array
  readonly deprivation: Float64Array
  readonly woman: Float64Array
  readonly unseen: Float64Array
  readonly practice: Uint8Array
  /** Admissions expected a month outside crises. */
  readonly rate: Float64Array
  /** Admissions of person p in month m at p * 60 + m. */
  readonly admissions: Uint8Array
  /** Admissions of person p before month m at p * 61 + m. */
  readonly before: Uint16Array
  /** The month of death, or 60. */
  readonly diedIn: Uint8Array
  /** The month of leaving the area, or 60. */
  readonly leftIn: Uint8Array
  /** The month of joining, or 60. */
  readonly joinedIn: Uint8Array
  /** How many admissions the service was to leave of those there would have been in the year after joining. */
  readonly truth: { before: number; after: number }
}

export const practices = 40

/** A town before anybody joins anything: who lives there, what befalls them, when they die. */
export function townOf(random: RandomStream, scenario: Scenario, practiceRates: Float64Array): Town {
  const { people } = scenario
  const column = (draw: () => number) => Float64Array.from({ length: people }, draw)
  const town: Town = {
    age: column(() => Math.min(99, Math.max(40, Math.round(72 + 10 * random.normal())))),
    conditions: column(() => random.poisson(1.5)),
    deprivation: column(() => 1 + Math.floor(random.uniform() * 5)),
    woman: column(() => (random.uniform() < 0.5 ? 1 : 0)),
    unseen: column(() => (random.uniform() < 0.3 ? 1 : 0)),
    practice: Uint8Array.from({ length: people }, () => Math.floor(random.uniform() * practices)),
    rate: new Float64Array(people),
    admissions: new Uint8Array(people * allMonths),
    before: new Uint16Array(people * (allMonths + 1)),
    diedIn: new Uint8Array(people).fill(allMonths),
    leftIn: new Uint8Array(people).fill(allMonths),
    joinedIn: new Uint8Array(people).fill(allMonths),
    truth: { before: 0, after: 0 },
  }
  const upTo = levelsUpTo(scenario)
  for (let person = 0; person < people; person++) {
    live(random, town, person, scenario, practiceRates[town.practice[person] ?? 0] ?? 1, upTo)
    addUp(town, person)
  }
  return town
}

/** The level of everybody's admissions, added up to each month: 1 a month in a town without seasons or change. */
function levelsUpTo({ hasWinter, fallsEachYearPercent = 0 }: Scenario): Float64Array {
  const sums = new Float64Array(allMonths + 1)
  for (let month = 0; month < allMonths; month++) {
    const season = hasWinter ? 1 + 0.2 * Math.cos((2 * Math.PI * (month % 12)) / 12) : 1
    const shock = hasWinter && (month === 47 || month === 48) ? 1.5 : 1
    const level = season * shock * (1 - fallsEachYearPercent / 100) ** (month / 12)
    sums[month + 1] = (sums[month] ?? 0) + level
  }
  return sums
}

function live(
  random: RandomStream,
  town: Town,
  person: number,
  scenario: Scenario,
  practiceRate: number,
  upTo: Float64Array,
): void {
  const age = ((town.age[person] ?? 0) - 72) / 10
  const conditions = town.conditions[person] ?? 0
  const unseen = Math.log(scenario.unseenRatio ?? 1) * ((town.unseen[person] ?? 0) - 0.3)
  const line = 0.3 * age + 0.25 * (conditions - 1.5) - 0.12 * ((town.deprivation[person] ?? 0) - 3) + unseen
  const rate = ((0.38 / 12) * practiceRate * Math.exp(line) * random.gamma(0.45)) / 0.45
  const end = Math.min(allMonths, waits(random, deathChance(town, person, scenario)))
  town.rate[person] = rate
  town.diedIn[person] = end
  admit(random, town, person, rate, 0, end, upTo)
  for (let from = waits(random, 0.01); from < end; from += 3 + waits(random, 0.01))
    admit(random, town, person, 3 * rate, from, Math.min(from + 3, end), upTo)
}

/** How many months pass before something of this monthly chance happens. */
export const waits = (random: RandomStream, chance: number) =>
  Math.floor(Math.log(1 - random.uniform()) / Math.log(1 - chance))

function admit(
  random: RandomStream,
  { admissions }: Town,
  person: number,
  rate: number,
  from: number,
  to: number,
  upTo: Float64Array,
): void {
  const [first, last] = [upTo[from] ?? 0, upTo[to] ?? 0]
  for (let n = random.poisson(rate * (last - first)); n > 0; n--) {
    const level = first + random.uniform() * (last - first)
    let month = from
    while (month < to - 1 && (upTo[month + 1] ?? 0) <= level) month++
    const at = person * allMonths + month
    admissions[at] = (admissions[at] ?? 0) + 1
  }
}

/** Adds up a person's months once, so that any span of them is one subtraction. */
export function addUp({ admissions, before }: Town, person: number): void {
  for (let month = 0; month < allMonths; month++) {
    const at = person * (allMonths + 1) + month
    before[at + 1] = (before[at] ?? 0) + (admissions[person * allMonths + month] ?? 0)
  }
}

/** How many admissions somebody has from one month to before another. */
export function admissionsIn({ before }: Town, person: number, from: number, to: number): number {
  const start = person * (allMonths + 1)
  return (before[start + to] ?? 0) - (before[start + Math.max(from, 0)] ?? 0)
}

/** Alive, with two admissions in the year before, or as few as said. */
export const mayJoin = (town: Town, person: number, month: number, least = 2) =>
  (town.diedIn[person] ?? 0) > month && admissionsIn(town, person, month - 12, month) >= least
