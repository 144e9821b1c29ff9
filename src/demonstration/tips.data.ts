import type { Role } from '#organisations'

type Suggestion = { readonly href: string; readonly words: string }

/**
 * What a stranger may try, by the page they are on and who they are. `at` is the page's address; with `andBelow` it
 * stands on the pages below it too. Without roles it is for everybody who can open the page.
 */
export const suggestions: readonly {
  readonly at: string
  readonly andBelow?: true
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
    at: '/asks',
    lines: [{ href: '/asks', words: 'Answer what is new, or offer the company on Tuesdays to somebody' }],
  },
  {
    at: '/my-day',
    roles: ['help desk'],
    lines: [{ href: '/my-day/cover', words: 'See who covers for whom while they are away' }],
  },
  {
    at: '/my-day',
    lines: [
      { href: '/my-day', words: 'Do the first overdue thing and write down what came of it' },
      { href: '/my-people', words: 'Find June Okafor and read her plan' },
    ],
  },
  {
    at: '/kit',
    lines: [
      { href: '/kit/alerts', words: 'Say whose the alert is that nobody can be given' },
      { href: '/kit?show=lent', words: 'Open whoever has the oximeter, and take it back' },
    ],
  },
  {
    at: '/ward/round',
    andBelow: true,
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
      { href: '/ward/admit', words: 'Admit somebody who waits for a bed' },
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
    lines: [
      {
        href: '/evaluation?programme=quayside',
        words: 'Read how much of the fall would have happened anyway',
      },
    ],
  },
  {
    at: '/privacy/openings',
    lines: [{ href: '/privacy/openings', words: 'Say whether an emergency opening was justified' }],
  },
  {
    at: '/population',
    lines: [{ href: '/population/quality', words: 'See how good each source is, load by load' }],
  },
]
