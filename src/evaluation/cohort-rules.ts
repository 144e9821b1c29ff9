import { fewest } from './sentences.ts'

/**
 * Whether two cohorts differ by so few people that what became of them could be worked out from the two answers.
 *
 * @param own and other who is looked at in each, by pseudonym.
 * @returns false where they are the same people: then there is nothing to take from one another.
 * @source design README 9: counts under 8 are not told, also across what is told at other times.
 */
export function leavesOutTooFew(own: readonly string[], other: readonly string[]): boolean {
  const [one, two] = [new Set(own), new Set(other)]
  const apart =
    own.filter((person) => !two.has(person)).length + other.filter((person) => !one.has(person)).length
  return apart > 0 && apart < fewest
}
