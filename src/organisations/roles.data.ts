import type { Activity, Role } from './types.ts'

const careTeam = [
  'see people',
  'see identity',
  'write plans',
  'record contacts',
  'do tasks',
  'see emergency summary',
  'trace people',
  'break glass',
  'claim relationship',
  'see who looked',
  'see evaluation',
] as const satisfies readonly Activity[]

/** What each role may do where no organisation has changed it. */
export const shippedRoles = {
  GP: [...careTeam, 'judge candidates', 'add candidates', 'accept referrals', 'close episodes', 'run rounds'],
  'practice administrator': ['see identity', 'trace people', 'see counts'],
  'case manager': [...careTeam, 'accept referrals', 'close episodes', 'run rounds', 'add candidates'],
  'care co-ordinator': [...careTeam, 'accept referrals', 'add candidates'],
  'ward clerk': ['see people', 'see identity', 'do tasks', 'run rounds', 'trace people', 'record contacts'],
  'help desk': ['see identity', 'trace people', 'do tasks'],
  'community clinician': careTeam,
  'social worker': [
    'see people',
    'see identity',
    'record contacts',
    'do tasks',
    'break glass',
    'trace people',
  ],
  pharmacist: ['see people', 'see identity', 'record contacts', 'do tasks', 'break glass'],
  'out-of-hours clinician': ['see emergency summary', 'see identity', 'break glass'],
  'volunteer broker': ['arrange help'],
  'team lead': [
    ...careTeam,
    'accept referrals',
    'close episodes',
    'run rounds',
    'see counts',
    'run programmes',
    'approve lots',
  ],
  analyst: ['see evaluation', 'lock studies', 'see counts', 'see loads'],
  commissioner: ['see evaluation', 'see counts'],
  'privacy officer': ['review access', 'settle identities', 'see loads'],
  'clinical safety officer': ['accept purposes', 'approve lots', 'see evaluation', 'see counts', 'see loads'],
  'system administrator': [
    'load data',
    'see loads',
    'change roles',
    'run programmes',
    'settle identities',
    'start again',
  ],
} as const satisfies Record<Role, readonly Activity[]>
