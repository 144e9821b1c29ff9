import { type RandomStream, randomStream } from '#statistics'
import { allMonths, deathChance, type Scenario, type Town, waits } from './simulated-town.ts'

/** A&E visits of a made-up town: counts by month as admissions are, and the same added up. */
export type Visits = { readonly counts: Uint8Array; readonly before: Uint16Array }

/** A stream of its own for what only some scenarios have: the towns of all others stay what they were. */
export const apart = (seed: number): RandomStream => randomStream(seed * 7919 + 13)

/**
 * A&E visits of everybody before anybody joins anything. Seven admissions in ten come by A&E; the other visits have a rate of
 * the person's own, half of it going with that of admissions, so that past visits tell of visits what admissions do not.
 */
export function visitsOf(random: RandomStream, { admissions, rate, diedIn }: Town): Visits {
  const people = rate.length
  const visits = {
    counts: new Uint8Array(people * allMonths),
    before: new Uint16Array(people * (allMonths + 1)),
  }
  for (let person = 0; person < people; person++) {
    const alone = 0.5 * (rate[person] ?? 0) + ((0.5 / 12) * random.gamma(0.6)) / 0.6
    for (let month = 0; month < (diedIn[person] ?? 0); month++) {
      const at = person * allMonths + month
      let count = random.poisson(alone)
      for (let n = admissions[at] ?? 0; n > 0; n--) if (random.uniform() < 0.7) count++
      visits.counts[at] = count
    }
    addUpVisits(visits, person)
  }
  return visits
}

function addUpVisits({ counts, before }: Visits, person: number): void {
  for (let month = 0; month < allMonths; month++) {
    const at = person * (allMonths + 1) + month
    before[at + 1] = (before[at] ?? 0) + (counts[person * allMonths + month] ?? 0)
  }
}

/** How many A&E visits somebody has from one month to before another. */
export function visitsIn({ before }: Visits, person: number, from: number, to: number): number {
  const start = person * (allMonths + 1)
  return (before[start + to] ?? 0) - (before[start + Math.max(from, 0)] ?? 0)
}

/** What the service does to the visits of everybody who joined: each is kept with the chance of the true ratio. */
export function thinVisits(
  random: RandomStream,
  { joinedIn }: Town,
  visits: Visits,
  trueRatio: number,
): void {
  joinedIn.forEach((joined, person) => {
    if (joined === allMonths) return
    for (let month = joined; month < allMonths; month++) {
      const at = person * allMonths + month
      for (let n = visits.counts[at] ?? 0; n > 0; n--)
        if (random.uniform() >= trueRatio) visits.counts[at] = (visits.counts[at] ?? 1) - 1
    }
    addUpVisits(visits, person)
  })
}

/**
 * What the service does to the deaths of everybody who joined: each month's chance of dying is the true ratio of what it
 * was. Of the deaths that would come one after another the first that is kept is theirs.
 */
export function thinDeaths(random: RandomStream, town: Town, scenario: Scenario): void {
  const { deathHazard = 1 } = scenario
  town.joinedIn.forEach((joined, person) => {
    if (joined === allMonths) return
    const chance = deathChance(town, person, scenario)
    let died = town.diedIn[person] ?? allMonths
    while (died < allMonths && random.uniform() >= deathHazard)
      died = Math.min(allMonths, died + 1 + waits(random, chance))
    liveOn(random, town, person, died)
  })
}

// Who lives longer goes on being admitted.
function liveOn(random: RandomStream, town: Town, person: number, until: number): void {
  for (let month = town.diedIn[person] ?? allMonths; month < until; month++)
    town.admissions[person * allMonths + month] = random.poisson(town.rate[person] ?? 0)
  town.diedIn[person] = until
}
