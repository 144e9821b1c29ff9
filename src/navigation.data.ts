import type { Activity, OrganisationKind } from '#organisations'

/** The words at the top of every page, in order, for those who may. At most eight fit a role. */
export const navigation: readonly {
  readonly href: string
  readonly label: string
  readonly may: Activity
  /** Only for posts at these kinds of organisation; without it, at all. */
  readonly at?: readonly OrganisationKind[]
}[] = [
  { href: '/my-day', label: 'My day', may: 'do tasks', at: ['team', 'locality'] },
  { href: '/asks', label: 'Asked of volunteers', may: 'arrange help' },
  { href: '/case-finding', label: 'Case-finding', may: 'judge candidates', at: ['practice'] },
  { href: '/ward', label: 'Ward', may: 'run rounds', at: ['ward'] },
  { href: '/my-people', label: 'My people', may: 'see people', at: ['team', 'practice', 'ward'] },
  { href: '/kit', label: 'Kit', may: 'record contacts', at: ['team', 'ward'] },
  { href: '/measures', label: 'Measures', may: 'write plans', at: ['team', 'locality', 'practice', 'ward'] },
  { href: '/out-of-hours', label: 'Out of hours', may: 'see emergency summary', at: ['out of hours'] },
  { href: '/evaluation', label: 'Did it help?', may: 'see evaluation' },
  { href: '/reflection', label: 'Our months', may: 'see evaluation' },
  // Whoever works on a ward and does not read evaluations is asked all the same.
  { href: '/evaluation/staff/answer', label: 'How it is here', may: 'see people', at: ['ward'] },
  { href: '/models', label: 'Models', may: 'see evaluation', at: ['umbrella'] },
  // What waits for somebody comes first: it is also where they land when they sign in.
  { href: '/privacy/openings', label: 'Emergency openings', may: 'review access' },
  { href: '/purposes', label: 'Purposes', may: 'accept purposes' },
  { href: '/population', label: 'Loads', may: 'see loads' },
  { href: '/population/doubts', label: 'Same person?', may: 'settle identities' },
  { href: '/case-finding/cut', label: 'Length of lists', may: 'run programmes' },
  { href: '/programmes', label: 'Programmes', may: 'run programmes' },
  { href: '/measures/packs', label: 'Licensed words', may: 'change roles' },
  // The page of places leads on to what each role may do there.
  { href: '/organisations/places', label: 'Places', may: 'change roles' },
  { href: '/organisations/staff', label: 'Staff', may: 'change roles' },
]
