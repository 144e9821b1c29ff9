import type { PersonId } from '#people'
import type { StaffCaller } from './types.ts'

/** Where a person's record is for a role: an out-of-hours clinician has the emergency summary and nothing else. */
export const recordAddress = ({ activities }: StaffCaller, person: PersonId): string =>
  activities.has('see emergency summary') && !activities.has('see people')
    ? `/people/${person}/emergency`
    : `/people/${person}`
