import type { StaffVisit } from '#access'
import { programmes } from '#organisations'
import type { Answered } from './pages.tsx'
import { resultsOf } from './store.ts'
import { newestTrial } from './study-store.ts'
import type { Answer } from './types.ts'

/** Every programme with its newest answer. */
export async function newestOfEach(visit: StaffVisit): Promise<readonly Answered[]> {
  const all: Answered[] = []
  for (const programme of await programmes(visit.db))
    all.push({
      programme,
      result: (await resultsOf(visit.db, programme.id, 1))[0],
      trial: await newestTrial(visit.db, programme.id),
    })
  return all
}

/** Who asks for no programme in particular sees the one with most to say. */
export function chosenOf(all: readonly Answered[], key: string): Answered | undefined {
  const named = all.find(({ programme }) => programme.key === key)
  return named ?? [...all].sort((a, b) => saying(b.result?.answer) - saying(a.result?.answer))[0]
}

const most: readonly Answer['kind'][] = ['not ready', 'not powered', 'withheld', 'few events', 'answered']

const saying = (answer: Answer | undefined) => (answer ? most.indexOf(answer.kind) : -1)
