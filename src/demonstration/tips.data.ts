import type { Role } from '#organisations'

type Suggestion = { readonly href: string; readonly words: string }

/**
 * What a stranger may try, by the page they are on and who they are. `at` is how the page's address begins; the
 * longest that fits counts. Without roles it is for everybody who can open the page.
 */
export const suggestions: readonly {
  readonly at: string
  readonly roles?: readonly Role[]
  readonly lines: readonly Suggestion[]
}[] = [
  {
    at: '/case-finding',
    roles: ['GP'],
    lines: [
      { href: '/case-finding', words: 'Open the first person and read why they are on the list' },
      { href: '/case-finding/ledger', words: 'See what was decided about the others' },
      { href: '/post', words: 'Change post to Moor Surgery: its list is longer' },
    ],
  },
  {
    at: '/my-day',
    lines: [
      { href: '/my-day', words: 'Do the first overdue thing and write down what came of it' },
      { href: '/my-people', words: 'Find June Okafor and read her plan' },
    ],
  },
  {
    at: '/ward/round',
    lines: [
      {
        href: '/ward/round',
        words: 'Say that somebody is ready to leave, alone: a second name is asked for',
      },
      { href: '/ward', words: 'Leave the round: who was not reached is on tomorrow’s' },
    ],
  },
  {
    at: '/ward',
    lines: [
      { href: '/ward/round', words: 'Go on with the round' },
      { href: '/ward/admit', words: 'Admit somebody to one of the 5 free beds' },
    ],
  },
  {
    at: '/out-of-hours',
    lines: [
      { href: '/out-of-hours', words: 'Open Jean Pillay: what matters to her, and what to do tonight' },
    ],
  },
  {
    at: '/evaluation',
    lines: [{ href: '/evaluation', words: 'Read how much of the fall would have happened anyway' }],
  },
  {
    at: '/privacy/openings',
    lines: [{ href: '/privacy/openings', words: 'Say whether an emergency opening was justified' }],
  },
  {
    at: '/population',
    lines: [{ href: '/population', words: 'See what was read, taken and refused' }],
  },
]
