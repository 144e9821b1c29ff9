import type { Asked, Form, StaffVisit } from '#access'
import { room as caseFinding } from '#case-finding'
import type { Furniture } from '#ui'

export type Listed = { readonly person: string; readonly nhsNumber: string }

const surroundings: Furniture = {
  synthetic: true,
  navigation: [],
  hasSearch: false,
  csrfToken: '',
  freshness: [],
  day: '',
}

const formOf = (fields: Readonly<Record<string, string>>): Form => ({
  text: (field) => fields[field] ?? '',
  all: (field) => (fields[field] === undefined ? [] : [fields[field]]),
  typed: fields,
})

/** Everybody the GP's own list page shows as left to judge, page by page, as a reader would work down it. */
export async function readPage(visit: StaffVisit, programmeKey: string): Promise<readonly Listed[]> {
  const route = caseFinding.screens.find(({ method, path }) => method === 'GET' && path === '/case-finding')
  if (!route) throw new Error('there is no case-finding page')
  const found = new Map<string, Listed>()
  for (let page = 1; page < 1000; page++) {
    const asked: Asked = {
      path: route.path,
      params: {},
      query: formOf({ programme: programmeKey, page: String(page) }),
      form: formOf({}),
      furniture: surroundings,
    }
    const answer = await route.answer(visit, asked)
    const rows = answer.kind === 'page' ? rowsOf(answer.html) : []
    const fresh = rows.filter(({ person }) => !found.has(person))
    for (const row of fresh) found.set(row.person, row)
    if (fresh.length === 0) break
  }
  return [...found.values()]
}

const rowsOf = (html: string): readonly Listed[] =>
  [
    ...html.matchAll(
      /\/case-finding\/([0-9a-f-]{36})\?list=[^"]*">[\s\S]*?(\d{3})\u00a0(\d{3})\u00a0(\d{4})/g,
    ),
  ].map(([, person = '', ...number]) => ({ person, nhsNumber: number.join('') }))
