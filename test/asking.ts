import {
  type Answer,
  type Asked,
  type Form,
  newId,
  type OpenAnswer,
  type Route,
  type SentFile,
} from '#access'
import type { Furniture } from '#ui'
import type { Cast, House } from './house.ts'

/** What a form sent, as the roof hands it on. */
export function formOf(fields: Readonly<Record<string, string | readonly string[]>> = {}): Form {
  const all = new Map(
    Object.entries(fields).map(([name, value]) => [name, typeof value === 'string' ? [value] : value]),
  )
  return {
    text: (field) => all.get(field)?.at(-1)?.trim() ?? '',
    all: (field) => all.get(field) ?? [],
    typed: Object.fromEntries([...all].map(([name, values]) => [name, values.at(-1) ?? ''])),
  }
}

/** A page's surroundings where a test asks a route itself. */
export const plainFurniture: Furniture = {
  synthetic: true,
  townName: 'Harrowmere',
  navigation: [],
  hasSearch: true,
  csrfToken: 'csrf',
  freshness: [],
  day: 'Wednesday 1 April 2026',
}

export type Sent = {
  readonly params?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string | readonly string[]>>
  readonly form?: Readonly<Record<string, string | readonly string[]>>
  readonly file?: SentFile
}

/** What a route is asked with: at the address of a form that adds something, with the id that its address then carries. */
export const askedWith = ({ params = {}, query = {}, form = {}, file }: Sent = {}): Asked => ({
  path: '/',
  params,
  query: formOf({ id: newId(), ...query }),
  form: formOf(form),
  file,
  furniture: plainFurniture,
})

/**
 * Asks pages as somebody of the cast would, past the roof: by method, the path as the route has it, and what is sent.
 *
 * @param house asked for at each asking: a test opens it before it asks.
 */
export const askerOf =
  (screens: readonly Route[], house: () => House) =>
  (who: Cast, method: Route['method'], path: string, sent: Sent = {}): Promise<Answer> =>
    house().as(who, async (visit) => {
      const route = screens.find((one) => one.method === method && one.path === path)
      if (!route) throw new Error(`no ${method} ${path}`)
      return route.answer(visit, askedWith(sent))
    })

/** The page an answer is, or an error that says what it was instead. */
export function pageOf(answer: Answer | OpenAnswer): string {
  if (answer.kind !== 'page') throw new Error(`expected a page, came ${JSON.stringify(answer)}`)
  return answer.html
}

/** The words of a page as somebody reads them, without what is only for the machine. */
export const wordsOf = (html: string): string =>
  html
    .replace(/<head>.*?<\/head>/s, '')
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('&#x27;', '’')
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ')
    .trim()
