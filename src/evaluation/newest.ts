import type { StaffVisit } from '#access'
import { answerCountsOf, askedOf, outcomesOf, placesOfDeathOf, qualityYearsOf } from '#assessment'
import { readDate } from '#calendar'
import { programmes } from '#organisations'
import type { Answered } from './pages.tsx'
import { resultsOf } from './store.ts'
import { newestTrial } from './study-store.ts'
import type { Answer } from './types.ts'
import type { Value } from './value-words.ts'

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

const everBefore = readDate('2000-01-01')

/** What a programme’s people answered to measures, in every month that is over. */
export async function peopleSay(visit: StaffVisit, programmeId: string): Promise<Value | undefined> {
  const before = readDate(`${visit.today.slice(0, 7)}-01`)
  if (!everBefore || !before) return undefined
  const months = { programmeId, from: everBefore, before }
  return {
    scales: await outcomesOf(visit, months),
    friends: await answerCountsOf(visit, months, 'fft', '1'),
    years: await qualityYearsOf(visit, months),
    deaths: await placesOfDeathOf(visit, months),
    asked: await askedOf(visit, months),
  }
}

/** Who asks for no programme in particular sees the one with most to say. */
export function chosenOf(all: readonly Answered[], key: string): Answered | undefined {
  const named = all.find(({ programme }) => programme.key === key)
  return named ?? [...all].sort((a, b) => saying(b.result?.answer) - saying(a.result?.answer))[0]
}

const most: readonly Answer['kind'][] = ['not ready', 'not powered', 'withheld', 'few events', 'answered']

const saying = (answer: Answer | undefined) => (answer ? most.indexOf(answer.kind) : -1)
