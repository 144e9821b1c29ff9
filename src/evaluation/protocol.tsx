import { type Asked, notForYou, type Problem, type Answer as Sent, type StaffVisit } from '#access'
import { dateWords, londonDate } from '#calendar'
import { progress } from '#jobs'
import { organisationsOf } from '#organisations'
import { currentLoad } from '#population'
import type { ChoiceFacts, DateTyped } from './choice-rules.ts'
import { lockDraft } from './lock.ts'
import { chosenOf, newestOfEach } from './newest.ts'
import { isAmendment } from './protocol-form.tsx'
import { type ProtocolView, protocolPage } from './protocol-page.tsx'
import { readPlan, type TypedPlan } from './protocol-rules.ts'
import { firstOpening, newestTrial, openDraft, saveDraft, studiesOf } from './study-store.ts'

/** The study of one programme: how it is done, how far it has come, and its next version. */
export const showProtocol = (visit: StaffVisit, asked: Asked) => show(visit, asked, [])

async function show(visit: StaffVisit, asked: Asked, problems: readonly Problem[]): Promise<Sent> {
  const view = await read(visit, asked)
  const html = protocolPage({
    ...view,
    furniture: asked.furniture,
    mayLock: visit.caller.activities.has('lock studies'),
    problems,
    typed: problems.length > 0 ? { ...asked.form.typed, ...ticksIn(asked.form) } : undefined,
  })
  return { kind: 'page', html, status: problems.length > 0 ? 422 : 200 }
}

type Read = Pick<
  ProtocolView,
  'all' | 'chosen' | 'studies' | 'draft' | 'openedAt' | 'isChecking' | 'trying' | 'facts'
>

/** What there is to choose from: what the newest load links, and the localities with the practices in them. */
async function factsFor(visit: StaffVisit, programmeFromAge: number): Promise<ChoiceFacts> {
  const load = await currentLoad(visit.db)
  const practices = await organisationsOf(visit.db, 'practice')
  const inPlace = (id: string) =>
    practices.flatMap(({ partOf, code }) => (partOf === id && code ? [code] : []))
  const places = await organisationsOf(visit.db, 'locality')
  return {
    ...(load ? { linked: new Set(load.sources.map(({ file }) => file)) } : {}),
    places: places.map(({ id, name }) => ({ id, name, practices: inPlace(id) })),
    programmeFromAge,
  }
}

async function read(visit: StaffVisit, asked: Asked): Promise<Read> {
  const all = await newestOfEach(visit)
  const chosen = chosenOf(all, asked.form.text('programme') || asked.query.text('programme'))
  if (!chosen) throw notForYou()
  const { id } = chosen.programme
  const studies = await studiesOf(visit.db, id)
  const inForce = studies[0]
  const jobs = await progress(visit.db)
  return {
    all,
    chosen: { ...chosen, trial: await newestTrial(visit.db, id, inForce?.protocol.version) },
    studies,
    draft: await openDraft(visit.db, id),
    openedAt: inForce && (await firstOpening(visit.db, inForce.id))?.openedAt,
    isChecking: jobs.some(({ task, endedAt }) => task === 'check study' && !endedAt),
    facts: await factsFor(visit, chosen.programme.template.fromAge),
    trying: jobs.find(({ task, endedAt }) => task === 'try the method' && !endedAt),
  }
}

const addressOf = ({ chosen }: Read) =>
  `/evaluation/protocol?programme=${encodeURIComponent(chosen.programme.key)}`

// Of boxes that may be ticked together a form gives the last one unless it is asked for all.
const ticksIn = ({ all }: Asked['form']) => ({
  further: all('further'),
  covariates: all('covariates'),
  subgroups: all('subgroups'),
  checks: all('checks'),
})

function typedIn(form: Asked['form']): TypedPlan {
  const { text } = form
  const day = (name: string): DateTyped => [text(`${name}-day`), text(`${name}-month`), text(`${name}-year`)]
  return {
    question: text('question'),
    ratio: text('ratio'),
    leastFollowUpDays: text('leastFollowUpDays'),
    smallestThatMattersPercent: text('smallestThatMattersPercent'),
    otherInitiatives: text('otherInitiatives'),
    whatChanged: text('whatChanged'),
    choices: {
      outcome: text('outcome'),
      horizonDays: text('horizonDays'),
      pool: text('pool'),
      fromAge: text('fromAge'),
      place: text('place'),
      joinedFrom: day('joinedFrom'),
      joinedTo: day('joinedTo'),
      ...ticksIn(form),
    },
  }
}

/** Keeps what somebody would ask. Nothing is locked by it. */
export async function sendDraft(visit: StaffVisit, asked: Asked): Promise<Sent> {
  const view = await read(visit, asked)
  const found = readPlan(typedIn(asked.form), isAmendment(view), view.facts)
  if ('problems' in found) return show(visit, asked, found.problems)
  const programmeId = view.chosen.programme.id
  await saveDraft(visit.db, { programmeId, plan: found.plan, by: visit.caller.staffId, at: visit.now })
  await visit.later('check study', { programmeId }, `check study ${programmeId}`)
  return { kind: 'go', to: addressOf(view), saved: 'Written down. It is being checked without outcomes.' }
}

/** Has the newest draft checked again, after a new load. */
export async function sendCheck(visit: StaffVisit, asked: Asked): Promise<Sent> {
  const view = await read(visit, asked)
  const programmeId = view.chosen.programme.id
  await visit.later('check study', { programmeId }, `check study ${programmeId}`)
  return { kind: 'go', to: addressOf(view), saved: 'It is being checked without outcomes.' }
}

/** Has the method tried on made-up services now, and not only once a week. */
export async function sendTrial(visit: StaffVisit, asked: Asked): Promise<Sent> {
  const view = await read(visit, asked)
  await visit.later('try the method', {}, 'try the method')
  return {
    kind: 'go',
    to: addressOf(view),
    saved: 'The method is being tried. It takes minutes; you can leave.',
  }
}

/** Locks the newest draft: nothing in it changes from then on, and tonight's answer is by it. */
export async function sendLock(visit: StaffVisit, asked: Asked): Promise<Sent> {
  const view = await read(visit, asked)
  const { draft, chosen, studies } = view
  if (!draft || draft.id !== asked.form.text('draft')) throw notForYou()
  if (!draft.check)
    return show(visit, asked, [{ field: 'lock', message: 'Wait until it has been checked without outcomes' }])
  const load = await currentLoad(visit.db)
  await lockDraft(visit.db, draft, {
    programmeId: chosen.programme.id,
    staffId: visit.caller.staffId,
    at: visit.now,
    dataTo: load?.coveredTo,
    studies,
  })
  await visit.later('evaluate', {}, 'evaluate')
  const on = dateWords(londonDate(visit.now))
  return { kind: 'go', to: addressOf(view), saved: `Locked on ${on}. Its answer is being worked out.` }
}
