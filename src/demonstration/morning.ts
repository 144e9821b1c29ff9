import { randomUUID } from 'node:crypto'
import { type Answer, type Asked, room as access, type Form, type Route, type StaffVisit } from '#access'
import { addDays, dayWords, type LondonDate } from '#calendar'
import { room as caseFinding } from '#case-finding'
import { room as coOrdination } from '#co-ordination'
import type { Db } from '#database'
import { room as evaluation } from '#evaluation'
import { progress, type Workshop, writeProgress } from '#jobs'
import { moveDay } from '#organisations'
import { room as referral } from '#referral'
import { room as reflection } from '#reflection'
import { type Cast, postAt } from './cast.ts'
import {
  acceptances,
  audit,
  decisions,
  leave,
  openings,
  phasedStart,
  placesOfStaff,
  staffForm,
  staffSaidDaysAgo,
  volunteersAsked,
} from './morning.data.ts'

type Inside = Pick<Workshop, 'inVisit'>
type Fields = Readonly<Record<string, string>>
type Sent = Readonly<Record<string, string | readonly string[]>>

/**
 * What happened before a visitor comes: a GP is partway down a list, two records were opened in an emergency, and a
 * team has looked at most of the records of an audit. It is done on the pages themselves, as somebody would, in one
 * transaction, and once: that it was done is kept with it.
 */
export async function liveMorning(workshop: Inside, cast: Cast, today: LondonDate): Promise<void> {
  await workshop.inVisit(async ({ db }) => {
    if ((await progress(db)).some(({ task }) => task === morningTask)) return
    const gp = await cast.enter(db, postAt(cast, 'GP', 'Z00003'))
    const listed = peopleOn(await use(gp(today, 8, 10), 'GET', '/case-finding', {}))
    await decideSome(gp(today, 8, 10), listed)
    for (const { role, code, fields } of openings) {
      const visit = (await cast.enter(db, postAt(cast, role, code)))(today, 3, 10)
      mustGo(await use(visit, 'POST', '/emergency', { form: fields }))
    }
    await auditSome((await cast.enter(db, postAt(cast, 'case manager', 'TEAM1')))(addDays(today, -6), 15, 20))
    await arrangeLeave(cast, (await cast.enter(db, postAt(cast, 'care co-ordinator', 'TEAM1')))(today, 8, 30))
    await askVolunteers(db, cast, today)
    const gpAgain = await cast.enter(db, postAt(cast, 'GP', 'Z00003'))
    await acceptSome(cast, (daysAgo) => gpAgain(addDays(today, -daysAgo), 8, 20), listed)
    const analyst = (await cast.enter(db, postAt(cast, 'analyst', 'HARROWMERE')))(addDays(today, -5), 11)
    await planStart(analyst)
    const commissioner = await cast.enter(db, postAt(cast, 'commissioner', 'HARROWMERE'))
    await approveStart(commissioner(addDays(today, -2), 16))
    await answerAsStaff(db, cast, today)
    await moveDay(db, today)
    await writeProgress(db, {
      task: morningTask,
      words: 'The morning has begun',
      shareDone: 1,
      outcome: 'done',
    })
  })
}

const morningTask = 'live the morning of the demonstration'

async function decideSome(gp: StaffVisit, listed: readonly string[]): Promise<void> {
  for (const { place, verb, fields } of decisions) {
    const person = listed[place]
    if (!person) continue
    const path = `/case-finding/:person/${verb}`
    const asked = await use(gp, 'GET', path, { params: { person }, query: { programme: 'quayside' } })
    const form = { programme: 'quayside', seen: hiddenIn(asked, 'seen'), ...fields }
    mustGo(await use(gp, 'POST', path, { params: { person }, form }))
  }
}

/** The GP accepted three: one is to be seen today, and of one the time has run out. */
async function acceptSome(
  cast: Cast,
  gp: (daysAgo: number) => StaffVisit,
  listed: readonly string[],
): Promise<void> {
  for (const { place, owner: name, daysAgo, fields } of acceptances) {
    const person = listed[place]
    const owner = cast.posts.find((post) => post.code === 'TEAM1' && post.name === name)
    if (!person || !owner) continue
    const path = '/referrals/accept/:person'
    const visit = gp(daysAgo)
    const asked = await use(visit, 'GET', path, { params: { person }, query: { programme: 'quayside' } })
    const form = {
      ...{ programme: 'quayside', seen: hiddenIn(asked, 'seen') },
      ...{ owner: `${owner.organisationId}/${owner.staffId}`, ...fields },
    }
    mustGo(await use(visit, 'POST', path, { params: { person }, form }))
  }
}

async function auditSome(visit: StaffVisit): Promise<void> {
  const opened = mustGo(await use(visit, 'POST', '/reflection/audits', { form: audit.opened }))
  const id = opened.split('/').at(-1) ?? ''
  const page = pageOf(await use(visit, 'GET', '/reflection/audits/:audit', { params: { audit: id } }))
  const drawn = [...page.matchAll(/href="\/people\/([0-9a-f-]{36})\/audits/g)].map(
    ([, person = '']) => person,
  )
  for (const [at, form] of audit.findings.entries()) {
    const person = drawn[at]
    if (!person) return
    mustGo(await use(visit, 'POST', '/people/:person/audits/:audit', { params: { audit: id, person }, form }))
  }
}

/** Omar is away for two weeks after Easter, and Priya covers. */
async function arrangeLeave(cast: Cast, visit: StaffVisit): Promise<void> {
  const away = cast.posts.find(({ code, name }) => code === 'TEAM1' && name === 'Omar Sayed')
  const form = { ...leave, away: away?.staffId ?? '', by: visit.caller.staffId }
  mustGo(await use(visit, 'POST', '/my-day/cover', { form }))
}

/** Somebody is asked for company, a lift and a hand in the garden; for one of them there is a volunteer. */
async function askVolunteers(db: Db, cast: Cast, today: LondonDate): Promise<void> {
  const amina = (await cast.enter(db, postAt(cast, 'case manager', 'TEAM1')))(addDays(today, -2), 14)
  const day = pageOf(await use(amina, 'GET', '/my-day', {}))
  const people = [
    ...new Set([...day.matchAll(/\/people\/([0-9a-f-]{36})/g)].map(([, person = '']) => person)),
  ]
  const broker = (await cast.enter(db, postAt(cast, 'volunteer broker', 'TEAM1')))(addDays(today, -1), 10)
  for (const [at, { answers, ...fields }] of volunteersAsked.entries()) {
    const person = people[at]
    if (!person) return
    const id = randomUUID()
    const page = await use(amina, 'GET', '/people/:person/asks/add', { params: { person }, query: { id } })
    const form = { ...fields, id, place: hiddenIn(page, 'place'), _person: person }
    mustGo(await use(amina, 'POST', '/people/:person/asks/add', { params: { person }, form }))
    const params = { person, ask: form.id }
    for (const [turn, answer] of answers.entries()) {
      const said = { ...answer, turn: String(turn + 1), _person: person }
      mustGo(await use(broker, 'POST', '/people/:person/asks/:ask', { params, form: said }))
    }
  }
}

/** A phased start of the virtual ward in every practice that has people: written by one, approved by another. */
async function planStart(visit: StaffVisit): Promise<void> {
  const page = pageOf(await use(visit, 'GET', '/evaluation/rollouts', {}))
  const programme = /value="([0-9a-f-]{36})">[^<]*ward/.exec(page)?.[1] ?? ''
  const practices = [...page.matchAll(/name="practices"[^>]*value="(Z\d+)"/g)].map(([, code = '']) => code)
  mustGo(await use(visit, 'POST', '/evaluation/rollouts', { form: { ...phasedStart, programme, practices } }))
}

async function approveStart(visit: StaffVisit): Promise<void> {
  const rollout = hiddenIn(await use(visit, 'GET', '/evaluation/rollouts', {}), 'rollout')
  mustGo(await use(visit, 'POST', '/evaluation/rollouts/approve', { form: { rollout } }))
}

/** In each of two quarters that are over, whoever works with people at the teams and on the ward says how it is there. */
async function answerAsStaff(db: Db, cast: Cast, today: LondonDate): Promise<void> {
  for (const [quarter, days] of staffSaidDaysAgo.entries()) {
    const on = addDays(today, -days)
    await moveDay(db, on)
    for (const [at, post] of cast.posts.filter(({ code }) => placesOfStaff.includes(code)).entries()) {
      const visit = (await cast.enter(db, post))(on, 12, at)
      if (!visit.caller.activities.has('see people')) continue
      mustGo(await use(visit, 'POST', '/evaluation/staff/answer', { form: staffForm(at, quarter) }))
    }
  }
}

const routes = new Map<string, Route>(
  [access, caseFinding, referral, coOrdination, reflection, evaluation].flatMap(({ screens }) =>
    screens.map((route) => [`${route.method} ${route.path}`, route] as const),
  ),
)

async function use(
  visit: StaffVisit,
  method: 'GET' | 'POST',
  path: string,
  sent: { readonly params?: Fields; readonly query?: Fields; readonly form?: Sent },
): Promise<Answer> {
  const route = routes.get(`${method} ${path}`)
  if (!route) throw new Error(`there is no page ${method} ${path}`)
  return route.answer(visit, askedAs(visit, path, sent))
}

const askedAs = (
  visit: StaffVisit,
  path: string,
  { params = {}, query = {}, form = {} }: { params?: Fields; query?: Fields; form?: Sent },
): Asked => ({
  path,
  params,
  query: formOf(query),
  form: formOf(form),
  furniture: {
    synthetic: true,
    navigation: [],
    hasSearch: false,
    csrfToken: visit.caller.csrf,
    freshness: [],
    day: dayWords(visit.today),
  },
})

const formOf = (fields: Sent): Form => {
  const all = (field: string) => [fields[field] ?? []].flat()
  const text = (field: string) => all(field).at(-1) ?? ''
  return { text, all, typed: Object.fromEntries(Object.keys(fields).map((field) => [field, text(field)])) }
}

function pageOf(answer: Answer): string {
  if (answer.kind !== 'page') throw new Error(`expected a page, came ${answer.kind}`)
  return answer.html
}

const hiddenIn = (answer: Answer, field: string): string =>
  new RegExp(`name="${field}" value="([^"]*)"`).exec(pageOf(answer))?.[1] ?? ''

/** The references of the people a list links to, in its order. */
function peopleOn(answer: Answer): readonly string[] {
  const links = pageOf(answer).matchAll(/href="\/case-finding\/([0-9a-f-]{36})[?"]/g)
  return [...new Set([...links].map(([, person = '']) => person))]
}

function mustGo(answer: Answer): string {
  if (answer.kind === 'go') return answer.to
  const [, why] = /href="#[^"]*">([^<]*)</.exec(pageOf(answer)) ?? []
  throw new Error(`a page of the morning asks to put something right: ${why ?? 'unknown'}`)
}
