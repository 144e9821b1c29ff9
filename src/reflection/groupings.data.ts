import { actionKinds } from '#care-plan'
import type { Followed } from './count-store.ts'
import type { Beginning, GroupingKey } from './types.ts'
import { yearFromApril } from './year.ts'

/** Somebody followed, with all they may be grouped by. */
export type Known = Followed & {
  readonly speaks?: Beginning['speaks']
  readonly done: readonly string[]
  readonly practiceName: string
  readonly localityName: string
  readonly teamName: string
}

/** A way of putting people together. */
export type Grouping = {
  readonly key: GroupingKey
  readonly words: string
  /** What stands over its lines, where that is longer. */
  readonly heading?: string
  /** Whether everybody is in one group and no more: of things done somebody may have had several. */
  readonly isPartition: boolean
  readonly groupsOf: (one: Known) => readonly string[]
  /** The larger group that groups lie in, where that is told as well. */
  readonly withinOf?: (one: Known) => string
}

/** What is recorded as done in the first 90 days, in the words a page says it. */
const doneWords: Readonly<Record<string, string>> = {
  plan: 'A plan was agreed',
  'home visit': 'Visited at home',
  'face to face': 'Seen face to face, elsewhere',
  'telephone or video': 'Spoken to by telephone or video',
  ward: 'On the virtual ward',
  'out of hours': 'Shared with out of hours',
  nobody: 'Nobody was in touch',
  ...Object.fromEntries(actionKinds.map((kind) => [`action ${kind}`, `Plan action done: ${kind}`])),
}

const fifths = ['Fifth 1, most deprived', 'Fifth 2', 'Fifth 3', 'Fifth 4', 'Fifth 5, least deprived'] as const
const notKnown = 'Not known'

const ethnicWords: Readonly<Record<string, string>> = {
  asian: 'Asian or Asian British',
  black: 'Black, Black British, Caribbean or African',
  mixed: 'Mixed or multiple ethnic groups',
  white: 'White',
  other: 'Other ethnic group',
}

const yesNo = (value: boolean | null, yes: string, no: string) =>
  value === null ? notKnown : value ? yes : no

const whole = (key: GroupingKey, words: string, groupOf: (one: Known) => string): Grouping => ({
  key,
  words,
  isPartition: true,
  groupsOf: (one) => [groupOf(one)],
})

/**
 * By what outcomes may be told apart, in the order they are offered. What was done comes first; it says who was given what,
 * never what it did.
 */
export const groupings: readonly Grouping[] = [
  {
    key: 'done',
    words: 'What was done',
    heading: 'What was done in the first 90 days',
    isPartition: false,
    groupsOf: ({ done }) => done.flatMap((what) => doneWords[what] ?? []),
  },
  whole('joined', 'Year they joined', ({ openedOn }) => yearFromApril(openedOn)),
  whole('locality', 'Locality', ({ localityName }) => localityName),
  {
    ...whole('practice', 'GP practice', ({ practiceName }) => practiceName),
    withinOf: ({ localityName }) => localityName,
  },
  whole('team', 'Team', ({ teamName }) => teamName),
  whole('deprivation', 'Deprivation', ({ deprivation }) =>
    deprivation === null ? notKnown : (fifths[Math.ceil(deprivation / 2) - 1] ?? notKnown),
  ),
  whole('ethnicity', 'Ethnic group', ({ ethnicity }) => ethnicWords[ethnicity] ?? notKnown),
  whole('language', 'Language', ({ speaks }) => speaks ?? notKnown),
  whole('carer', 'Carer', ({ isCarer }) => (isCarer ? 'Coded as a carer' : 'Not coded as a carer')),
  whole('alone', 'Living alone, when the records were loaded', ({ livesAlone }) =>
    yesNo(livesAlone, 'Live alone', 'Live with others'),
  ),
  whole('care-home', 'Care home', ({ careHome }) =>
    yesNo(careHome, 'Lived in a care home when they joined', 'Did not live in a care home when they joined'),
  ),
  whole('sex', 'Sex', ({ sex }) =>
    sex === 'female' ? 'Women' : sex === 'male' ? 'Men' : 'Not specified or not known',
  ),
  whole('age', 'Age', ({ age }) =>
    age >= 85 ? '85 and over' : age >= 75 ? '75 to 84' : age >= 65 ? '65 to 74' : 'Under 65',
  ),
]

/** Everybody of a programme: what the groups add up to. */
export const everybody: Grouping = whole('everybody', 'Everybody', () => 'Everybody')
