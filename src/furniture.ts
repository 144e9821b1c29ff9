import type { Said, StaffVisit } from '#access'
import { copiesAddress, copyWarning } from '#administration'
import { dayWords, installationNow, londonDate } from '#calendar'
import type { Db } from '#database'
import { alertsWords, waitingHere } from '#monitoring'
import { type Installation, type OrganisationKind, unnamed } from '#organisations'
import { freshness } from '#population'
import type { Furniture } from '#ui'
import { areSuggestionsClosed } from './demonstration/store.ts'
import { whatToTry } from './demonstration/tips.ts'
import { helpPages } from './help-pages.tsx'
import { navigation } from './navigation.data.ts'

/** What stands around every page whoever asks for it. */
export type Around = {
  /** How fresh each kind of source is. */
  readonly freshness: readonly string[]
  readonly areSuggestionsClosed: boolean
}

/** Asks for it: it can be sent together with who is asking, after it, for nothing of the question hangs on the answer. */
export async function aroundEveryPage(db: Db): Promise<Around> {
  const [fresh, isClosed] = await Promise.all([freshness(db), areSuggestionsClosed(db)])
  return { freshness: fresh, areSuggestionsClosed: isClosed }
}

/** Everything on a page that is not the page's own: who is signed in, where they may go, how fresh it is. */
export async function furnitureFor(
  visit: StaffVisit,
  around: Around,
  asked: { readonly path: string; readonly said?: Said; readonly helpTelephone?: string },
): Promise<Furniture> {
  const { path, said, helpTelephone } = asked
  const { caller } = visit
  const lendsKit =
    visit.caller.activities.has('record contacts') && lendingKinds.includes(caller.organisation.kind)
  const kit = lendsKit ? await waitingHere(visit.db) : undefined
  const { kind, name } = caller.house
  const suggests = kind === 'synthetic' && !around.areSuggestionsClosed
  const places = navigation.filter(
    ({ may, at }) => caller.activities.has(may) && (!at || at.includes(caller.organisation.kind)),
  )
  // The longest address that the path begins with: /population/doubts is not /population.
  const current = places
    .filter(({ href }) => path === href || path.startsWith(`${href}/`) || path.startsWith(`${href}?`))
    .sort((a, b) => b.href.length - a.href.length)[0]
  const warning = await copyWarning(visit)
  return {
    synthetic: kind === 'synthetic',
    townName: townOf(kind, name),
    caller: {
      name: caller.name,
      roleName: caller.role.charAt(0).toUpperCase() + caller.role.slice(1),
      placeName: caller.organisation.name,
      mayChangePost: caller.mayChangePost,
    },
    navigation: [
      // First, on every page, until it is put right: nothing else they do is worth anything without it.
      ...(warning ? [{ href: copiesAddress, label: warning, isCurrent: path === copiesAddress }] : []),
      ...places.map(({ href, label }) => ({
        href,
        // An alert nobody has is nobody’s until somebody sees it: it is told on every page of those whose kit it is.
        label: href === '/kit' && kit?.waiting ? `Kit: ${alertsWords(kit.waiting)} with nobody` : label,
        isCurrent: href === current?.href,
      })),
    ],
    footerLinks: caller.activities.has('change roles')
      ? [...aboutUs, { href: copiesAddress, words: 'Copies of this installation' }]
      : aboutUs,
    helpTelephone,
    hasSearch: caller.activities.has('see identity'),
    csrfToken: caller.csrf,
    freshness: around.freshness,
    day: dayWords(visit.today),
    wasSaved: said,
    whatToTry: suggests ? whatToTry(path, caller.role) : undefined,
  }
}

const aboutUs = helpPages.map(({ path, words }) => ({ href: path, words }))

const lendingKinds: readonly OrganisationKind[] = ['team', 'ward']

// Made-up people somebody loaded themselves are no town, and have no name of their own.
const townOf = (kind: Installation['kind'], name: string) =>
  kind === 'synthetic' && name !== unnamed ? name : undefined

/** What stands around a page of somebody not signed in. */
export const openFurniture = (
  { kind, name, dayOn }: Installation,
  wallClock: Date,
  helpTelephone?: string,
): Furniture => ({
  footerLinks: aboutUs,
  helpTelephone,
  synthetic: kind === 'synthetic',
  townName: townOf(kind, name),
  navigation: [],
  hasSearch: false,
  csrfToken: '',
  freshness: [],
  day: dayWords(londonDate(installationNow(dayOn, wallClock))),
})

/** Where nothing is known, for the database may be away. */
export const bareFurniture: Furniture = {
  synthetic: false,
  navigation: [],
  hasSearch: false,
  csrfToken: '',
  freshness: [],
  day: '',
}
