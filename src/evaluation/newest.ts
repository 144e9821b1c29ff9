import type { Visit } from '#access'
import {
  answerCountsOf,
  askedOf,
  experienceOf,
  type Months,
  outcomesOf,
  placesOfDeathOf,
  qualityYearsOf,
} from '#assessment'
import { readDate } from '#calendar'
import { programmes } from '#organisations'
import { goalsReachedIn } from './goals-store.ts'
import type { Answered } from './pages.tsx'
import { resultsOf } from './store.ts'
import { newestTrial } from './study-store.ts'
import type { Answer } from './types.ts'
import type { Value } from './value-words.ts'

/** Every programme with its newest answer. */
export async function newestOfEach(visit: Visit): Promise<readonly Answered[]> {
  const all: Answered[] = []
  for (const programme of await programmes(visit.db)) {
    const result = (await resultsOf(visit.db, programme.id, 1))[0]
    all.push({
      programme,
      result,
      trial: await newestTrial(visit.db, programme.id, result?.protocolVersion),
    })
  }
  return all
}

const everBefore = readDate('2000-01-01')

/** What a programme’s people answered to measures, in every month that is over. */
export async function peopleSay(visit: Visit, programmeId: string): Promise<Value | undefined> {
  const months = everyMonth(visit, programmeId)
  return (
    months && {
      scales: await outcomesOf(visit, months),
      friends: await answerCountsOf(visit, months, 'fft', '1'),
      experience: await experienceOf(visit, months),
      years: await qualityYearsOf(visit, months),
      deaths: await placesOfDeathOf(visit, months),
      goals: await goalsReachedIn(visit.db, programmeId),
    }
  )
}

/** The same with how many of those due answered: for the report, which has room for it. */
export async function allPeopleSay(visit: Visit, programmeId: string): Promise<Value | undefined> {
  const [value, months] = [await peopleSay(visit, programmeId), everyMonth(visit, programmeId)]
  return value && months && { ...value, asked: await askedOf(visit, months) }
}

function everyMonth({ today }: Visit, programmeId: string): Months | undefined {
  const before = readDate(`${today.slice(0, 7)}-01`)
  return everBefore && before && { programmeId, from: everBefore, before }
}

/** Who asks for no programme in particular sees the one with most to say. */
export function chosenOf(all: readonly Answered[], key: string): Answered | undefined {
  const named = all.find(({ programme }) => programme.key === key)
  return named ?? [...all].sort((a, b) => saying(b.result?.answer) - saying(a.result?.answer))[0]
}

const most: readonly Answer['kind'][] = ['not ready', 'not powered', 'withheld', 'few events', 'answered']

const saying = (answer: Answer | undefined) => (answer ? most.indexOf(answer.kind) : -1)
