import type { Asked, Room, Answer as Sent, StaffVisit } from '#access'
import { progress } from '#jobs'
import { programmes } from '#organisations'
import { claimsPage } from './claims.tsx'
import { type Answered, answerPage, pastPage } from './pages.tsx'
import { powerPage } from './power.tsx'
import { resultsOf } from './store.ts'
import { teacherPage } from './teacher.tsx'
import type { Answer } from './types.ts'

/** The pages of this room: the answer, and the answers before it. */
export const screens: Room['screens'] = [
  { method: 'GET', path: '/evaluation', may: 'see evaluation', answer: showAnswer },
  { method: 'GET', path: '/evaluation/past', may: 'see evaluation', answer: showPast },
  { method: 'GET', path: '/evaluation/teacher', may: 'see evaluation', answer: drawn(teacherPage) },
  { method: 'GET', path: '/evaluation/power', may: 'see evaluation', answer: drawn(powerPage) },
  { method: 'GET', path: '/evaluation/claims', may: 'see evaluation', answer: drawn(claimsPage) },
]

// A page of sums: it reads nothing of anybody.
function drawn(page: (asked: Asked) => string) {
  return async (_: StaffVisit, asked: Asked): Promise<Sent> => ({ kind: 'page', html: page(asked) })
}

async function showAnswer(visit: StaffVisit, asked: Asked): Promise<Sent> {
  const all = await newestOfEach(visit)
  const jobs = await progress(visit.db)
  const running = jobs.find(({ task, endedAt }) => task === 'evaluate' && !endedAt)
  const chosen = chosenOf(all, asked)
  return { kind: 'page', html: answerPage({ furniture: asked.furniture, all, chosen, running }) }
}

async function showPast(visit: StaffVisit, asked: Asked): Promise<Sent> {
  const chosen = chosenOf(await newestOfEach(visit), asked)
  const results = chosen ? await resultsOf(visit.db, chosen.programme.id, 100) : []
  return { kind: 'page', html: pastPage({ furniture: asked.furniture, chosen, results }) }
}

async function newestOfEach(visit: StaffVisit): Promise<readonly Answered[]> {
  const all: Answered[] = []
  for (const programme of await programmes(visit.db))
    all.push({ programme, result: (await resultsOf(visit.db, programme.id, 1))[0] })
  return all
}

/** Who asks for no programme in particular sees the one with most to say. */
function chosenOf(all: readonly Answered[], asked: Asked): Answered | undefined {
  const named = all.find(({ programme }) => programme.key === asked.query.text('programme'))
  return named ?? [...all].sort((a, b) => saying(b.result?.answer) - saying(a.result?.answer))[0]
}

const most: readonly Answer['kind'][] = ['not ready', 'not powered', 'withheld', 'few events', 'answered']

const saying = (answer: Answer | undefined) => (answer ? most.indexOf(answer.kind) : -1)
