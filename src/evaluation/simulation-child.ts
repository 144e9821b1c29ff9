import { replicate } from './replicate.ts'
import { scenarios } from './scenarios.data.ts'

/** One piece of work for a process: a scenario's letter and a seed. */
export type TownAsked = { readonly scenario: string; readonly seed: number }

process.on('message', ({ scenario, seed }: TownAsked) => {
  const known = scenarios.find(({ name }) => name === scenario)
  if (known) process.send?.(replicate(scenario, known.scenario, seed))
})
