import { type Answer, type Asked, room as access, type Form, type Route, type StaffVisit } from '#access'
import { dayWords, type LondonDate } from '#calendar'
import { room as caseFinding } from '#case-finding'
import type { Workshop } from '#jobs'
import { type Cast, postAt } from './cast.ts'
import { decisions, openings } from './morning.data.ts'

type Inside = Pick<Workshop, 'inVisit'>
type Fields = Readonly<Record<string, string>>

/**
 * What happened before a visitor comes: a GP is partway down a list, and two records were opened in an emergency. It
 * is done on the pages themselves, as somebody would. Once: a list with decisions is left alone.
 */
export async function liveMorning(workshop: Inside, cast: Cast, today: LondonDate): Promise<void> {
  const gp = postAt(cast, 'GP', 'Z00004')
  const listed = await workshop.inVisit(async ({ db }) =>
    peopleOn(await use((await cast.enter(db, gp))(today, 8, 5), 'GET', '/case-finding', {})),
  )
  const isDone = await workshop.inVisit(async ({ db }) =>
    pageOf(await use((await cast.enter(db, gp))(today, 8, 5), 'GET', '/case-finding/ledger', {})).includes(
      'eclined',
    ),
  )
  if (isDone) return
  for (const { place, verb, fields } of decisions) {
    const person = listed[place]
    if (!person) continue
    await workshop.inVisit(async ({ db }) => {
      const visit = (await cast.enter(db, gp))(today, 8, 10 + place)
      const sent = { params: { person }, form: { programme: 'quayside', seen: '0', ...fields } }
      mustGo(await use(visit, 'POST', `/case-finding/:person/${verb}`, sent))
    })
  }
  for (const { role, code, fields } of openings) {
    await workshop.inVisit(async ({ db }) => {
      const visit = (await cast.enter(db, postAt(cast, role, code)))(today, 3, 10)
      mustGo(await use(visit, 'POST', '/emergency', { form: fields }))
    })
  }
}

const routes = new Map<string, Route>(
  [...access.screens, ...caseFinding.screens].map((route) => [`${route.method} ${route.path}`, route]),
)

async function use(
  visit: StaffVisit,
  method: 'GET' | 'POST',
  path: string,
  sent: { readonly params?: Fields; readonly query?: Fields; readonly form?: Fields },
): Promise<Answer> {
  const route = routes.get(`${method} ${path}`)
  if (!route) throw new Error(`there is no page ${method} ${path}`)
  return route.answer(visit, askedAs(visit, path, sent))
}

const askedAs = (
  visit: StaffVisit,
  path: string,
  { params = {}, query = {}, form = {} }: { params?: Fields; query?: Fields; form?: Fields },
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

const formOf = (fields: Fields): Form => ({
  text: (field) => fields[field] ?? '',
  all: (field) => (fields[field] === undefined ? [] : [fields[field]]),
  typed: fields,
})

function pageOf(answer: Answer): string {
  if (answer.kind !== 'page') throw new Error(`expected a page, came ${answer.kind}`)
  return answer.html
}

/** The references of the people a list links to, in its order. */
function peopleOn(answer: Answer): readonly string[] {
  const links = pageOf(answer).matchAll(/href="\/case-finding\/([0-9a-f-]{36})[?"]/g)
  return [...new Set([...links].map(([, person = '']) => person))]
}

function mustGo(answer: Answer): void {
  if (answer.kind === 'go') return
  const [, why] = /href="#[^"]*">([^<]*)</.exec(pageOf(answer)) ?? []
  throw new Error(`a page of the morning asks to put something right: ${why ?? 'unknown'}`)
}
