import type { OrganisationKind, Role } from '#organisations'

type DoorSeed = {
  readonly key: string
  readonly words: string
  readonly says: string
  readonly role: Role
  readonly at: OrganisationKind
  /** JEAN stands for the reference of Jean of the street. */
  readonly to: string
}

/** The doors of the first page, by what there is to do. Each lands on something waiting. */
export const doors: readonly DoorSeed[] = [
  {
    key: 'list',
    words: 'Work down a GP’s list',
    says: 'The people whose records say: look at me. Accept, put off or decline, one at a time.',
    role: 'GP',
    at: 'practice',
    to: '/case-finding',
  },
  {
    key: 'day',
    words: 'A co-ordinator’s morning',
    says: 'What is overdue stands first, then what is due today.',
    role: 'case manager',
    at: 'team',
    to: '/my-day',
  },
  {
    key: 'round',
    words: 'The ward round',
    says: 'One person a page, until everybody due has been seen.',
    role: 'ward clerk',
    at: 'ward',
    to: '/ward/round',
  },
  {
    key: 'night',
    words: '3 in the morning',
    says: 'Jean Pillay rings out of hours. What would you want to know?',
    role: 'out-of-hours clinician',
    at: 'out of hours',
    to: '/people/JEAN/emergency',
  },
  {
    key: 'verdict',
    words: 'Did it help?',
    says: 'How much of the fall would have happened anyway.',
    role: 'commissioner',
    at: 'umbrella',
    to: '/evaluation?programme=quayside',
  },
]
