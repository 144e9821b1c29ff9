import { notForYou, type StaffVisit } from '#access'
import { type Organisation, organisationById, organisationsOf } from '#organisations'
import type { TabLink } from '#ui'

/** Whose months somebody looks at, and whether they are their own to see whole. */
export type Place = {
  readonly id: string
  readonly name: string
  /** The reader works there with the people counted: nothing is withheld. */
  readonly isOwn: boolean
}

const ownKinds: readonly Organisation['kind'][] = ['team', 'ward', 'practice']

/**
 * The place whose charts are asked for: the reader's own unless another team or ward is named.
 *
 * A practice's months are its own alone. With those of its teams, others could take one from the other.
 *
 * @throws Refused for a place that is neither.
 */
export async function placeAsked(visit: StaffVisit, id: string): Promise<Place | undefined> {
  const { organisation, activities } = visit.caller
  const isOwnKind = ownKinds.includes(organisation.kind)
  if (isOwnKind && (id === '' || id === organisation.id)) {
    return { ...organisation, isOwn: activities.has('see people') || activities.has('see counts') }
  }
  if (id === '') {
    const [first] = await organisationsOf(visit.db, 'team')
    return first && { id: first.id, name: first.name, isOwn: false }
  }
  const other = await organisationById(visit.db, id)
  if (other?.kind !== 'team' && other?.kind !== 'ward') throw notForYou()
  return { id: other.id, name: other.name, isOwn: false }
}

/** The teams and wards whose charts the reader may turn to. */
export async function placesToChoose(
  visit: StaffVisit,
): Promise<readonly { readonly id: string; readonly name: string }[]> {
  const { organisation } = visit.caller
  const all = [...(await organisationsOf(visit.db, 'team')), ...(await organisationsOf(visit.db, 'ward'))]
  const own = ownKinds.includes(organisation.kind) ? [organisation] : []
  return [...own, ...all.filter(({ id }) => id !== organisation.id)]
}

const pages = [
  { href: '/reflection', label: 'Our months', may: 'see evaluation' },
  { href: '/reflection/compare', label: 'Compared fairly', may: 'see evaluation' },
  { href: '/reflection/outcomes', label: 'My people’s outcomes', may: 'see people' },
  { href: '/reflection/groups', label: 'Outcomes by group', may: 'see evaluation' },
  { href: '/reflection/audits', label: 'Audits', may: 'see people' },
  { href: '/reflection/supervision', label: 'Supervision', may: 'see people' },
  { href: '/reflection/entries', label: 'My reflection', may: 'see people' },
] as const

/** The pages of this room that the reader may see, one of them the current one. */
export const reflectionTabs = (
  { caller }: StaffVisit,
  current: (typeof pages)[number]['href'],
): readonly TabLink[] =>
  pages
    .filter(({ may }) => caller.activities.has(may))
    .map(({ href, label }) => ({ href, label, isCurrent: href === current }))
