import { type Refused, reasonPage } from '#access'
import { timeWords } from '#calendar'
import { type Furniture, renderPage } from '#ui'
import { bareFurniture } from './furniture.ts'

const headings = {
  'say why': 'Why do you need this record?',
  'no such page': 'Page not found',
  'not for you': 'You cannot see this',
  'changed meanwhile': 'Somebody else changed this',
  'not now': 'This cannot be done now',
  'signed out': 'Sign in again',
  'too many': 'Too many tries',
} as const satisfies Record<Refused['kind'], string>

/** The page of a refusal: why, and what to do next. The same for a person who does not exist and one who is not theirs. */
export function refusalPage(
  furniture: Furniture | undefined,
  refusal: Refused,
  asked?: { readonly method: string; readonly url: string },
): string {
  if (refusal.marked) {
    const to = asked?.method === 'GET' ? asked.url : `/people/${refusal.marked}`
    return reasonPage({ furniture: furniture ?? bareFurniture, person: refusal.marked, to })
  }
  return renderPage({
    furniture: furniture ?? bareFurniture,
    title: headings[refusal.kind],
    lead: refusal.words,
    children: (
      <ul className="nhsuk-list">
        {refusal.attempt && (
          <li>
            <a href="/emergency">Open a record in an emergency</a>
          </li>
        )}
        <li>
          <a href="/">Go to the first page</a>
        </li>
      </ul>
    ),
  })
}

/** The page of a fault of ours, with a reference that finds it in the log. It needs no database. */
export function faultPage(reference: string, now: Date): string {
  return renderPage({
    furniture: bareFurniture,
    title: 'Sorry, there is a problem with Keyworker',
    lead: `Something went wrong on our side at ${timeWords(now)}. Nothing you saved is lost. Reference ${reference}.`,
    children: <p>Go back and try again. If it happens again, tell your administrator the reference.</p>,
  })
}
