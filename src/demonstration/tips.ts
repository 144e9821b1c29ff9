import type { Route } from '#access'
import type { Furniture } from '#ui'
import { closeSuggestions } from './store.ts'
import { suggestions } from './tips.data.ts'

/** What to try on this page, for somebody in a demonstration, in this role, who has not closed the suggestions. */
export function whatToTry(path: string, role: string): Furniture['whatToTry'] {
  const lines = linesFor(path, role)
  if (lines.length === 0) return undefined
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
