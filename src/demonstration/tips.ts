import type { Route, StaffVisit } from '#access'
import type { Furniture } from '#ui'
import { areSuggestionsClosed, closeSuggestions } from './store.ts'
import { suggestions } from './tips.data.ts'

/** What to try on this page, for somebody in a demonstration who has not closed the suggestions. */
export async function whatToTry(visit: StaffVisit, path: string): Promise<Furniture['whatToTry']> {
  const lines = linesFor(path, visit.caller.role)
  if (lines.length === 0 || (await areSuggestionsClosed(visit.db))) return undefined
  return { lines, closeAction: `/demonstration/close?back=${encodeURIComponent(path.split('?')[0] ?? '/')}` }
}

/** The suggestions of the page at this address, for somebody in this role. */
export function linesFor(path: string, role: string): (typeof suggestions)[number]['lines'] {
  const own = path.split('?')[0] ?? ''
  const here = suggestions.find(
    ({ at, andBelow, roles }) =>
      (own === at || (andBelow && own.startsWith(`${at}/`))) &&
      (!roles || roles.some((each) => each === role)),
  )
  return here?.lines ?? []
}

/** Closes the suggestions until the next sign-in. */
export const tipRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/demonstration/close',
    may: 'anyone signed in',
    answer: async (visit, asked) => {
      await closeSuggestions(visit.db)
      const back = asked.query.text('back')
      return { kind: 'go', to: /^\/(?![/\\])[\w\-./]*$/.test(back) ? back : '/' }
    },
  },
]
