import { flagWords } from './flags/rules.ts'

/** The tabs of a list, by what an address calls them. */
export const tabs = [
  { code: 'to judge', words: 'To judge' },
  { code: 'below the cut', words: 'Below the cut' },
  { code: 'accepted', words: 'Accepted' },
  { code: 'deferred', words: 'Deferred' },
  { code: 'declined', words: 'Declined' },
  { code: 'added', words: 'Added by you' },
] as const

/** The ages a list may be narrowed to. */
export const ages = [
  { code: '', words: 'Any age' },
  { code: '0-64', words: 'Under 65' },
  { code: '65-74', words: '65 to 74' },
  { code: '75-84', words: '75 to 84' },
  { code: '85-150', words: '85 and over' },
] as const

/** Who of a list may be shown alone. */
export const shows: readonly { readonly code: string; readonly words: string }[] = [
  { code: 'rising', words: 'Risk rising' },
  { code: 'no admission', words: 'No recent admission' },
  ...flagWords.map(({ key, filter }) => ({ code: key, words: filter })),
  { code: 'care home', words: 'Care home' },
  { code: 'alone', words: 'Lives alone' },
  { code: 'known', words: 'Already known to a team' },
  { code: 'not known', words: 'Not known to any team' },
  { code: 'again', words: 'Shown again' },
  { code: 'by hand', words: 'Added by hand' },
  { code: 'drawn', words: 'Drawn by lot' },
  { code: 'not drawn', words: 'In a draw, not drawn' },
]

/** The orders a list may stand in. */
export const sorts = [
  { code: '', words: 'Rank, highest', orderedBy: 'highest rank first' },
  { code: 'admitted', words: 'Last admission, newest', orderedBy: 'newest emergency admission first' },
  { code: 'oldest', words: 'Age, oldest', orderedBy: 'oldest first' },
  {
    code: 'help',
    words: 'What help could change',
    orderedBy:
      'those with an often avoidable admission or a gap in care first, then by rank. Nobody is left out by it',
  },
] as const
