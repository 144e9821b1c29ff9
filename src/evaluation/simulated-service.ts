import { type RandomStream, randomStream } from '#statistics'
import {
  addUp,
  admissionsIn,
  allMonths,
  firstMonth,
  lastMonth,
  mayJoin,
  practices,
  type Scenario,
  type Town,
  townOf,
  waits,
} from './simulated-town.ts'
import { apart, thinDeaths, thinVisits, type Visits, visitsIn, visitsOf } from './simulated-visits.ts'

/** A town, and its A&E visits where they are asked about. */
export type ServedTown = Town & { readonly visits?: Visits }

/** One town, the service in it and what it did, by a seed. */
export function townWithService(seed: number, scenario: Scenario): ServedTown {
  const random = randomStream(seed)
  const { practiceSpread = 0 } = scenario
  const ofPractices = (spread: number) =>
    Float64Array.from({ length: practices }, () => Math.exp(spread * random.normal()))
  const [rates, keenness] = [ofPractices(practiceSpread), ofPractices(practiceSpread * 2)]
  const own = apart(seed)
  const bare = townOf(random, scenario, rates)
  const visits = scenario.asks === 'attendances' ? visitsOf(own, bare) : undefined
  const town: ServedTown = visits ? { ...bare, visits } : bare
  join(random, town, scenario, keenness)
  if (scenario.asks === 'deaths') thinDeaths(own, town, scenario)
  // A service asked about visits does nothing to admissions: what is found was not carried over from them.
  serve(random, town, visits ? { ...scenario, trueRatio: 1 } : scenario)
  if (visits) thinVisits(own, town, visits, scenario.trueRatio)
  if (scenario.lostShare) lose(random, town, scenario.lostShare)
  return town
}

function join(
  random: RandomStream,
  town: ServedTown,
  { people, enrolled, enrolledAfter = 0, unseenOdds = 1 }: Scenario,
  keenness: Float64Array,
): void {
  let joined = 0
  const lookedAt = lastMonth - firstMonth + 1
  for (let month = firstMonth; month <= lastMonth + (enrolledAfter > 0 ? lookedAt : 0); month++) {
    const share = (month - firstMonth + 1) / lookedAt
    const wanted = Math.round(enrolled * Math.min(share, 1) + enrolledAfter * Math.max(share - 1, 0))
    const open: number[] = []
    for (let person = 0; person < people; person++)
      if (town.joinedIn[person] === allMonths && mayJoin(town, person, month)) open.push(person)
    const odds = open.map(
      (person) => joiningOdds(town, person, month, unseenOdds) * (keenness[town.practice[person] ?? 0] ?? 1),
    )
    for (const person of drawn(random, open, odds, wanted - joined)) {
      town.joinedIn[person] = month
      joined++
    }
  }
}

function joiningOdds(town: ServedTown, person: number, month: number, unseenOdds: number): number {
  const prior = admissionsIn(town, person, month - 12, month)
  const recent = admissionsIn(town, person, month - 3, month) > 0 ? 1 : 0
  const age = ((town.age[person] ?? 0) - 72) / 10
  const line = 0.35 * Math.min(prior - 2, 4) + 0.6 * recent + 0.1 * age + 0.1 * (town.conditions[person] ?? 0)
  // Where visits are asked about a bad quarter at A&E brings people in as well: so that it falls back by itself.
  const visited = town.visits ? 0.25 * Math.min(visitsIn(town.visits, person, month - 3, month), 4) : 0
  return Math.exp(line + visited) * (town.unseen[person] ? unseenOdds : 1)
}

/** So many of them without replacement, each in proportion to its odds (Efraimidis and Spirakis 2006). */
function drawn(random: RandomStream, open: readonly number[], odds: readonly number[], wanted: number) {
  const keyed = open.map((person, i) => ({ person, key: Math.log(1 - random.uniform()) / (odds[i] ?? 1) }))
  return keyed
    .sort((a, b) => b.key - a.key)
    .slice(0, wanted)
    .map(({ person }) => person)
}

/** What the service does to everybody who joined: to their admissions, their life and their staying here. */
function serve(random: RandomStream, town: Town, scenario: Scenario): void {
  const { trueRatio, trueRatioDeprived = trueRatio } = scenario
  town.joinedIn.forEach((joined, person) => {
    if (joined === allMonths) return
    if (scenario.deathRatio !== undefined) prolong(random, town, person, scenario.deathRatio)
    if (scenario.leavingChance) leave(random, town, person, scenario.leavingChance)
    thin(random, town, person, (town.deprivation[person] ?? 0) <= 2 ? trueRatioDeprived : trueRatio)
    addUp(town, person)
  })
}

// Of the deaths after joining a share is put off past the end of the records; those who live go on being admitted.
function prolong(random: RandomStream, town: Town, person: number, deathRatio: number): void {
  const died = town.diedIn[person] ?? allMonths
  if (died === allMonths || random.uniform() < deathRatio) return
  town.diedIn[person] = allMonths
  for (let month = died; month < allMonths; month++)
    town.admissions[person * allMonths + month] = random.poisson(town.rate[person] ?? 0)
}

function leave(random: RandomStream, town: Town, person: number, chance: number): void {
  const relative = Math.min(10, (town.rate[person] ?? 0) / (0.38 / 12))
  town.leftIn[person] = Math.min(
    allMonths,
    (town.joinedIn[person] ?? 0) + 1 + waits(random, Math.min(0.5, chance * relative)),
  )
}

/** Each admission after joining is kept with the chance of the true ratio; above 1 some come twice. */
function thin(random: RandomStream, town: Town, person: number, trueRatio: number): void {
  const joined = town.joinedIn[person] ?? allMonths
  const whole = Math.floor(trueRatio)
  for (let month = joined; month < allMonths; month++) {
    const at = person * allMonths + month
    const would = town.admissions[at] ?? 0
    if (month < joined + 12) {
      town.truth.before += would
      town.truth.after += would * trueRatio
    }
    let kept = 0
    for (let n = 0; n < would; n++) kept += whole + (random.uniform() < trueRatio - whole ? 1 : 0)
    town.admissions[at] = kept
  }
}

/** Admissions that happened and never reach the records, whoever had them. */
function lose(random: RandomStream, town: Town, lostShare: number): void {
  town.admissions.forEach((count, at) => {
    for (let n = 0; n < count; n++)
      if (random.uniform() < lostShare) town.admissions[at] = (town.admissions[at] ?? 1) - 1
  })
  for (let person = 0; person < town.rate.length; person++) addUp(town, person)
}
