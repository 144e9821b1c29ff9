import type { Scenario } from './simulated-town.ts'

/** A letter of the simulation, what it asks of the method, and how often it is to be run. */
export type NamedScenario = {
  readonly name: string
  readonly asks: string
  readonly scenario: Scenario
  /** How many replications the design asks for. */
  readonly wanted: number
}

const plain = { people: 40_000, enrolled: 500, trueRatio: 1 } as const
// Those alike in A&E visits are not alike in admissions by that alone: it takes more people to find both.
const larger = { ...plain, people: 60_000 } as const
// As many again join soon after: about 19 in 100 of those compared join while they are followed, as in the design.
const saturated = { ...plain, enrolledAfter: 450 } as const
// The same in 6 months and a town so small that those who join first leave too few to compare the rest with.
const exhausted = { ...plain, people: 16_000 } as const

/**
 * The towns on which the method is proved, before anybody looks at a real one.
 *
 * @source evaluation design 7.2 (A to G) and 7.4 (H onward); from P on other outcomes than the shipped question.
 */
export const scenarios: readonly NamedScenario[] = [
  { name: 'A', asks: 'No effect, 500 helped', scenario: plain, wanted: 1000 },
  {
    name: 'B',
    asks: 'A true fall of 20%, 500 helped',
    scenario: { ...plain, trueRatio: 0.8 },
    wanted: 1000,
  },
  {
    name: 'C',
    asks: 'No effect, a pilot of 100',
    scenario: { ...plain, people: 20_000, enrolled: 100 },
    wanted: 1000,
  },
  {
    name: 'D',
    asks: 'As A, the scheme goes on taking much of the pool, compared with people never helped: the mistake',
    scenario: { ...saturated, compares: 'never joined' },
    wanted: 200,
  },
  {
    name: 'E',
    asks: 'As D, compared with people not yet helped: the rule',
    scenario: saturated,
    wanted: 200,
  },
  {
    name: 'F',
    asks: 'No effect, an unseen trait makes joining 4 and admissions 2.5 times as likely',
    scenario: { ...plain, unseenOdds: 4, unseenRatio: 2.5 },
    wanted: 200,
  },
  {
    name: 'G',
    asks: 'As B, those who join later kept on after they join: the mistake',
    scenario: { ...plain, trueRatio: 0.8, compares: 'joined later too' },
    wanted: 200,
  },
  {
    name: 'H',
    asks: 'No effect, with winters and one very bad winter',
    scenario: { ...plain, hasWinter: true },
    wanted: 200,
  },
  {
    name: 'I',
    asks: 'A true fall of 20% and 4 in 10 deaths put off: those who live longer go on being admitted',
    scenario: { ...plain, trueRatio: 0.8, deathRatio: 0.6 },
    wanted: 200,
  },
  {
    name: 'J',
    asks: 'No effect while everybody’s admissions fall 5% a year',
    scenario: { ...plain, fallsEachYearPercent: 5 },
    wanted: 200,
  },
  {
    name: 'K',
    asks: 'No effect, practices differ in admissions and in keenness to join',
    scenario: { ...plain, practiceSpread: 0.3 },
    wanted: 200,
  },
  {
    name: 'L',
    asks: 'A true fall of 30% for the two most deprived fifths, none for the rest',
    scenario: { ...plain, trueRatioDeprived: 0.7 },
    wanted: 200,
  },
  {
    name: 'M',
    asks: 'A true fall of 20%, 1 admission in 10 never reaches the records',
    scenario: { ...plain, trueRatio: 0.8, lostShare: 0.1 },
    wanted: 200,
  },
  {
    name: 'N',
    asks: 'No effect, those helped leave the sooner the sicker they are',
    scenario: { ...plain, leavingChance: 0.01 },
    wanted: 200,
  },
  {
    name: 'O',
    asks: 'As A in a small town: more join in 6 months than people like them are left',
    scenario: exhausted,
    wanted: 200,
  },
  {
    name: 'P',
    asks: 'A&E visits asked about: no effect',
    scenario: { ...larger, asks: 'attendances' },
    wanted: 200,
  },
  {
    name: 'Q',
    asks: 'A&E visits asked about: a true fall of 20%',
    scenario: { ...larger, asks: 'attendances', trueRatio: 0.8 },
    wanted: 200,
  },
  {
    name: 'R',
    asks: 'Deaths counted beside the question: no effect',
    scenario: { ...plain, asks: 'deaths', deathsTimes: 3 },
    wanted: 200,
  },
  {
    name: 'S',
    asks: 'Deaths counted beside the question: 4 in 10 prevented',
    scenario: { ...plain, asks: 'deaths', deathsTimes: 3, deathHazard: 0.6 },
    wanted: 200,
  },
]
