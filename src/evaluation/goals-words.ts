import type { GoalsOfGroup } from './goals-store.ts'
import { number } from './sentences.ts'

export const goalsHeads = [
  'Group',
  'People',
  'Goals',
  'As hoped or better',
  'Attainment at the start, mean',
  'Now, mean',
] as const

const kinds: Readonly<Record<GoalsOfGroup['groupedBy'], string>> = {
  everybody: '',
  year: 'Joined ',
  locality: 'Locality: ',
  practice: 'Practice: ',
}

/** One group as a row. */
export const goalsRow = (one: GoalsOfGroup): readonly string[] => [
  `${kinds[one.groupedBy]}${one.name}`,
  number(one.people),
  number(one.goals),
  one.reached === undefined ? 'not told' : number(one.reached),
  one.meanStart.toFixed(0),
  one.meanLast.toFixed(0),
]

/**
 * What became of everybody's goals, in a sentence that does not let a rise pass for an effect.
 *
 * @returns undefined where fewer than 8 people's goals were rated twice.
 * @source evaluation design 2.7 (c): a goal is set below what is hoped, so its attainment begins low whatever is done.
 */
export function goalsSaid(goals: readonly GoalsOfGroup[]): string | undefined {
  const all = goals.find(({ groupedBy }) => groupedBy === 'everybody')
  if (!all) return undefined
  const reached =
    all.reached === undefined
      ? `${number(all.goals)} goals were rated at the start and again`
      : `${number(all.reached)} of ${number(all.goals)} goals are reached as hoped or better`
  return `${reached}, of ${number(all.people)} people (goal attainment ${all.meanStart.toFixed(0)}, then ${all.meanLast.toFixed(0)}; 50 is all as hoped). Goals are set below what is hoped, and nobody who was not helped set any.`
}
