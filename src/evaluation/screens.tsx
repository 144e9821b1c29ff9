import { type Asked, notForYou, type Room, type Answer as Sent, type StaffVisit } from '#access'
import { progress } from '#jobs'
import { claimsPage } from './claims.tsx'
import { chosenOf, newestOfEach } from './newest.ts'
import { type Answered, answerPage, pastPage } from './pages.tsx'
import { onePageOf, type PaperKind, paperOf } from './paper.ts'
import { powerPage } from './power.tsx'
import { sendPrice, showPrices } from './prices.tsx'
import { sendCheck, sendDraft, sendLock, sendTrial, showProtocol } from './protocol.tsx'
import { sendBundle, sendTable, showReport } from './report.tsx'
import { rolloutScreens } from './rollout-page.tsx'
import { staffScreens } from './staff-page.tsx'
import { resultsOf } from './store.ts'
import { teacherPage } from './teacher.tsx'

/** The pages of this room: the answer, and the answers before it. */
export const screens: Room['screens'] = [
  { method: 'GET', path: '/evaluation', may: 'see evaluation', answer: showAnswer },
  { method: 'POST', path: '/evaluation/now', may: 'lock studies', answer: sendNow },
  { method: 'GET', path: '/evaluation/past', may: 'see evaluation', answer: showPast },
  { method: 'GET', path: '/evaluation/protocol', may: 'see evaluation', answer: showProtocol },
  { method: 'POST', path: '/evaluation/protocol', may: 'lock studies', answer: sendDraft },
  { method: 'POST', path: '/evaluation/protocol/check', may: 'lock studies', answer: sendCheck },
  { method: 'POST', path: '/evaluation/protocol/try', may: 'lock studies', answer: sendTrial },
  { method: 'POST', path: '/evaluation/protocol/lock', may: 'lock studies', answer: sendLock },
  { method: 'GET', path: '/evaluation/one-page', may: 'see evaluation', answer: showOnePage },
  { method: 'GET', path: '/evaluation/one-page/pdf', may: 'see evaluation', answer: paper('one-page') },
  { method: 'GET', path: '/evaluation/report/pdf', may: 'see evaluation', answer: paper('report') },
  { method: 'GET', path: '/evaluation/report', may: 'see evaluation', answer: showReport },
  { method: 'GET', path: '/evaluation/report/bundle', may: 'see evaluation', answer: sendBundle },
  { method: 'GET', path: '/evaluation/report/table', may: 'see evaluation', answer: sendTable },
  { method: 'GET', path: '/evaluation/prices', may: 'see evaluation', answer: showPrices },
  { method: 'POST', path: '/evaluation/prices', may: 'lock studies', answer: sendPrice },
  { method: 'GET', path: '/evaluation/teacher', may: 'see evaluation', answer: drawn(teacherPage) },
  { method: 'GET', path: '/evaluation/power', may: 'see evaluation', answer: drawn(powerPage) },
  { method: 'GET', path: '/evaluation/claims', may: 'see evaluation', answer: drawn(claimsPage) },
  ...rolloutScreens,
  ...staffScreens,
]

// A page of sums: it reads nothing of anybody.
function drawn(page: (asked: Asked) => string) {
  return async (_: StaffVisit, asked: Asked): Promise<Sent> => ({ kind: 'page', html: page(asked) })
}

async function showAnswer(visit: StaffVisit, asked: Asked): Promise<Sent> {
  const all = await newestOfEach(visit)
  const jobs = await progress(visit.db)
  const running = jobs.find(({ task, endedAt }) => task === 'evaluate' && !endedAt)
  const chosen = chosenOf(all, asked.query.text('programme'))
  const mayAsk = visit.caller.activities.has('lock studies')
  return { kind: 'page', html: answerPage({ furniture: asked.furniture, all, chosen, running, mayAsk }) }
}

/** Has every programme answered now and not only at night; asked twice before it began, it is done once. */
async function sendNow(visit: StaffVisit, asked: Asked): Promise<Sent> {
  await visit.later('evaluate', {}, 'evaluate')
  return {
    kind: 'go',
    to: `/evaluation?programme=${encodeURIComponent(asked.form.text('programme'))}`,
    saved: 'The answer is being worked out from the newest records. It takes minutes; you can leave.',
  }
}

async function chosenIn(visit: StaffVisit, asked: Asked): Promise<Answered> {
  const chosen = chosenOf(await newestOfEach(visit), asked.query.text('programme'))
  if (!chosen) throw notForYou()
  return chosen
}

async function showOnePage(visit: StaffVisit, asked: Asked): Promise<Sent> {
  return { kind: 'page', html: await onePageOf(visit, asked.furniture, await chosenIn(visit, asked)) }
}

// The very page that is on the screen, as a PDF.
function paper(kind: PaperKind) {
  return async (visit: StaffVisit, asked: Asked): Promise<Sent> =>
    paperOf(visit, asked.furniture, await chosenIn(visit, asked), kind)
}

async function showPast(visit: StaffVisit, asked: Asked): Promise<Sent> {
  const chosen = chosenOf(await newestOfEach(visit), asked.query.text('programme'))
  const results = chosen ? await resultsOf(visit.db, chosen.programme.id, 100) : []
  return { kind: 'page', html: pastPage({ furniture: asked.furniture, chosen, results }) }
}
