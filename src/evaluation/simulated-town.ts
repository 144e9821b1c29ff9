import { type RandomStream, randomStream } from '#statistics'

/** A made-up service whose true effect is known. */
export type Scenario = {
  readonly people: number
  /** How many join, over 6 months. */
  readonly enrolled: number
  /** The true rate ratio: 1 does nothing, 0.8 prevents 1 admission in 5. */
  readonly trueRatio: number
  /** What an unseen trait does to the odds of joining and to the rate: 1 and 1 for nothing. */
  readonly unseenOdds?: number
  readonly unseenRatio?: number
}

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
  /** Admissions of person p in month m at p * 60 + m. */
  readonly admissions: Uint8Array
  /** Admissions of person p before month m at p * 61 + m. */
  readonly before: Uint16Array
  /** The month of death, or 60. */
  readonly diedIn: Uint8Array
  /** The month of joining, or 60. */
  readonly joinedIn: Uint8Array
}

/** One town, the service in it and what it did, by a seed. */
export function townWithService(seed: number, scenario: Scenario): Town {
  const random = randomStream(seed)
  const town = townOf(random, scenario)
  join(random, town, scenario)
  thin(random, town, scenario.trueRatio)
  return town
}

function townOf(random: RandomStream, { people, unseenRatio = 1 }: Scenario): Town {
  const column = (draw: () => number) => Float64Array.from({ length: people }, draw)
  const town: Town = {
    age: column(() => Math.min(99, Math.max(40, Math.round(72 + 10 * random.normal())))),
    conditions: column(() => random.poisson(1.5)),
    deprivation: column(() => 1 + Math.floor(random.uniform() * 5)),
    woman: column(() => (random.uniform() < 0.5 ? 1 : 0)),
    unseen: column(() => (random.uniform() < 0.3 ? 1 : 0)),
    admissions: new Uint8Array(people * allMonths),
    before: new Uint16Array(people * (allMonths + 1)),
    diedIn: new Uint8Array(people).fill(allMonths),
    joinedIn: new Uint8Array(people).fill(allMonths),
  }
  for (let person = 0; person < people; person++) {
    live(random, town, person, unseenRatio)
    addUp(town, person)
  }
  return town
}

function live(random: RandomStream, town: Town, person: number, unseenRatio: number): void {
  const age = ((town.age[person] ?? 0) - 72) / 10
  const conditions = town.conditions[person] ?? 0
  const unseen = Math.log(unseenRatio) * ((town.unseen[person] ?? 0) - 0.3)
  const line = 0.3 * age + 0.25 * (conditions - 1.5) - 0.12 * ((town.deprivation[person] ?? 0) - 3) + unseen
  const monthlyRate = ((0.38 / 12) * Math.exp(line) * random.gamma(0.45)) / 0.45
  const monthlyDeath = 0.0015 * Math.exp(0.7 * age + 0.2 * (conditions - 1.5))
  let crisisUntil = -1
  for (let month = 0; month < allMonths; month++) {
    if (random.uniform() < monthlyDeath) {
      town.diedIn[person] = month
      return
    }
    if (month > crisisUntil && random.uniform() < 0.01) crisisUntil = month + 2
    town.admissions[person * allMonths + month] = random.poisson(monthlyRate * (month <= crisisUntil ? 4 : 1))
  }
}

/** Adds up a person's months once, so that any span of them is one subtraction. */
function addUp({ admissions, before }: Town, person: number): void {
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

/** Alive, with two admissions in the year before. */
export const mayJoin = (town: Town, person: number, month: number) =>
  (town.diedIn[person] ?? 0) > month && admissionsIn(town, person, month - 12, month) >= 2

function join(random: RandomStream, town: Town, { people, enrolled, unseenOdds = 1 }: Scenario): void {
  let joined = 0
  for (let month = firstMonth; month <= lastMonth; month++) {
    const wanted = Math.round((enrolled * (month - firstMonth + 1)) / (lastMonth - firstMonth + 1))
    const open = Array.from({ length: people }, (_, person) => person).filter(
      (person) => town.joinedIn[person] === allMonths && mayJoin(town, person, month),
    )
    const odds = open.map((person) => joiningOdds(town, person, month, unseenOdds))
    for (const person of drawn(random, open, odds, wanted - joined)) {
      town.joinedIn[person] = month
      joined++
    }
  }
}

function joiningOdds(town: Town, person: number, month: number, unseenOdds: number): number {
  const prior = admissionsIn(town, person, month - 12, month)
  const recent = admissionsIn(town, person, month - 3, month) > 0 ? 1 : 0
  const age = ((town.age[person] ?? 0) - 72) / 10
  const line = 0.35 * Math.min(prior - 2, 4) + 0.6 * recent + 0.1 * age + 0.1 * (town.conditions[person] ?? 0)
  return Math.exp(line) * (town.unseen[person] ? unseenOdds : 1)
}

/** So many of them without replacement, each in proportion to its odds (Efraimidis and Spirakis 2006). */
function drawn(random: RandomStream, open: readonly number[], odds: readonly number[], wanted: number) {
  const keyed = open.map((person, i) => ({ person, key: Math.log(1 - random.uniform()) / (odds[i] ?? 1) }))
  return keyed
    .sort((a, b) => b.key - a.key)
    .slice(0, wanted)
    .map(({ person }) => person)
}

/** Takes away admissions after joining: each is kept with the chance of the true ratio. */
function thin(random: RandomStream, town: Town, trueRatio: number): void {
  town.joinedIn.forEach((joined, person) => {
    for (let month = joined; month < allMonths; month++) {
      const at = person * allMonths + month
      let kept = 0
      for (let n = 0; n < (town.admissions[at] ?? 0); n++) if (random.uniform() < trueRatio) kept++
      town.admissions[at] = kept
    }
    if (joined < allMonths) addUp(town, person)
  })
}
