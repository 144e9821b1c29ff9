import type { StaffVisit } from '#access'
import type { TabLink } from '#ui'
import type { PersonId } from './types.ts'

const pages = {
  Summary: { under: '', may: 'see people' },
  Plan: { under: '/plan', may: 'see people' },
  Contacts: { under: '/contacts', may: 'see people' },
  Kit: { under: '/kit', may: 'see people' },
  Timeline: { under: '/timeline', may: 'see people' },
  'Who looked': { under: '/who-looked', may: 'see who looked' },
} as const

/** The tabs above every page about one person: those the caller's role may open. */
export const personTabs = (
  visit: StaffVisit,
  person: PersonId,
  current?: keyof typeof pages,
): readonly TabLink[] =>
  Object.entries(pages)
    .filter(([, { may }]) => visit.caller.activities.has(may))
    .map(([label, { under }]) => ({
      href: `/people/${person}${under}`,
      label,
      isCurrent: label === current,
    }))
