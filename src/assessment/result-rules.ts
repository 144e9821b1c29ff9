import type { Problem } from '#access'
import type { LondonDate } from '#calendar'
import { type ImportedOnly, importedOnly, valueSets } from './imported.data.ts'
import { problemsWithDay } from './rules.ts'
import { scoringVersion } from './scoring.ts'
import type { AskedEpisode, NewResult, Score } from './types.ts'

/** What is needed of a form used elsewhere: its parts by number of levels, as its profile is written. */
const profileOf: Readonly<Record<ImportedOnly['levels'], RegExp>> = { 3: /^[1-39]{5}$/, 5: /^[1-59]{5}$/ }

const longestWords = 200

/**
 * What to put right before a result of a licensed form is kept.
 *
 * @source clinical-content 2.16: five digits, 9 for a part not answered, VAS 0 to 100; an index only with the name of the
 *   value set it was worked out by, and none where a part was not answered. Every published value set gives full health 1
 *   at most, and none below -1.
 */
export function problemsWithResult(
  result: NewResult,
  instrument: ImportedOnly,
  episode: AskedEpisode,
  today: LondonDate,
): readonly Problem[] {
  const asked: readonly (readonly [boolean, string, string])[] = [
    [
      profileOf[instrument.levels].test(result.profile),
      'profile',
      `Enter 5 digits from 1 to ${instrument.levels}, with 9 for a part not answered, like 1121${instrument.levels === 5 ? '4' : '3'}`,
    ],
    ...askedOfIndex(result),
    [
      result.vas === undefined || (Number.isInteger(result.vas) && result.vas >= 0 && result.vas <= 100),
      'vas',
      'Enter a whole number from 0 to 100, or leave it empty',
    ],
    [
      isShort(result.formVersion),
      'form',
      'Enter which version of the form it was, in 200 characters or fewer',
    ],
    [
      isShort(result.obtainedFrom),
      'from',
      'Enter who held the licence and gave the result, in 200 characters or fewer',
    ],
  ]
  return [
    ...problemsWithDay(result.answeredOn, episode, today),
    ...asked.flatMap(([isRight, field, message]) => (isRight ? [] : [{ field, message }])),
  ]
}

const isShort = (words: string) => words.trim() !== '' && words.length <= longestWords

function askedOfIndex({ index, valueSet, profile, instrument }: NewResult) {
  const isWhole = !profile.includes('9')
  const isKnown = valueSets.some((one) => one.name === valueSet && one.instrument === instrument)
  return [
    [
      index === undefined || (index >= -1 && index <= 1),
      'index',
      'Enter the index as it came, from -1 to 1, like 0.735',
    ],
    [
      index === undefined || isWhole,
      'index',
      'Leave the index empty: with a part not answered no value set gives one',
    ],
    [
      index === undefined || isKnown,
      'set',
      'Select the value set the index was worked out by: without its name it cannot be compared',
    ],
    [index !== undefined || !valueSet, 'index', 'Enter the index that came by this value set'],
  ] as const
}

/** The instrument a result may be kept of; undefined for one that is asked here, or that nobody knows. */
export const importedOf = (key: string): ImportedOnly | undefined =>
  importedOnly.find((one) => one.key === key)

/** Results are compared within one form and one value set alone, so that both are in what they are compared by. */
export const resultVersion = ({ version }: ImportedOnly, valueSet: string | undefined): string =>
  valueSet ? `${version}, index by ${valueSet}` : `${version}, no index`

/** A result's scores as they came. None is worked out here. */
export const resultScores = ({ index, vas }: Pick<NewResult, 'index' | 'vas'>): readonly Score[] => [
  index === undefined
    ? { scale: 'index', whyNone: 'no index came with it', scoringVersion }
    : { scale: 'index', value: index, scoringVersion },
  vas === undefined
    ? { scale: 'vas', whyNone: 'not given', scoringVersion }
    : { scale: 'vas', value: vas, scoringVersion },
]
