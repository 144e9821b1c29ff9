import { ageOn, dateWords, daysBetween, type LondonDate, londonDate, timeWords } from '#calendar'
import { expectedNextCount } from '#statistics'
import { conditionGroups } from './condition-groups.data.ts'
import { type Return, reasonWords, type Standing } from './rules.ts'
import { sourceWords } from './sources.data.ts'
import type { Judgement, Run, Suggestion } from './types.ts'

const conditionWordsByKey = new Map(conditionGroups.map(({ key, words }) => [key, words]))

/** A condition group in a sentence: "heart failure". */
export const conditionWords = (key: string): string => conditionWordsByKey.get(key) ?? key

/** With a capital, as a sentence or a choice begins. */
export const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)

export const counted = (count: number, one: string, many: string): string =>
  `${count.toLocaleString('en-GB')} ${count === 1 ? one : many}`

/** "Man of 78", "Woman, age not known". */
export function sexAndAge(
  person: { readonly sex: string; readonly bornOn?: LondonDate },
  today: LondonDate,
): string {
  const word = person.sex === 'female' ? 'Woman' : person.sex === 'male' ? 'Man' : 'Person'
  return person.bornOn ? `${word} of ${ageOn(person.bornOn, today)}` : `${word}, age not known`
}

/** How a sentence speaks of the person: "him", "her", "them". */
export const themOf = ({ sex }: { readonly sex: string }): string =>
  sex === 'female' ? 'her' : sex === 'male' ? 'him' : 'them'

const shownConditions = 3

/** Why somebody is suggested, in the order the rule counts: admissions, A&E visits, conditions. */
export function reasonsOf(suggestion: Suggestion, today: LondonDate): readonly string[] {
  const { emergencyAdmissions, aeVisits, conditions, lastAdmissionOn } = suggestion
  const last = lastAdmissionOn && `, last ${counted(daysBetween(lastAdmissionOn, today), 'day', 'days')} ago`
  const more = conditions.length - shownConditions
  return [
    emergencyAdmissions > 0
      ? `${counted(emergencyAdmissions, 'emergency admission', 'emergency admissions')}${last ?? ''}`
      : 'no emergency admission',
    ...(aeVisits > 0 ? [counted(aeVisits, 'A&E visit', 'A&E visits')] : []),
    ...conditions.slice(0, shownConditions).map(conditionWords),
    ...(more > 0 ? [counted(more, 'more condition', 'more conditions')] : []),
  ]
}

const returnWords: Readonly<Record<Return, string>> = {
  'the day came': 'Shown again: the day set for it has come',
  'new admission': 'Shown again early: a new emergency admission',
  moved: 'Shown again early: moved to this practice',
  'new source': 'Shown again early: a source was newly linked',
  'risk up': 'Shown again early: the number has risen by half since it was last judged',
  'suggested again': 'Suggested again after an earlier time with us',
}

/** Why somebody judged before is to judge again. Who decided what is not said before the reader decides. */
export const returnedWords = (standing: Standing): string | undefined =>
  standing.tab === 'to judge' && standing.returned ? returnWords[standing.returned] : undefined

/** "Dr Silva, at 8:31am" today, "Dr Silva, 3 March 2026" before. */
export function byAndWhen(judgement: Judgement, today: LondonDate): string {
  const on = londonDate(judgement.judgedAt)
  return `${judgement.judgedByName}, ${on === today ? `at ${timeWords(judgement.judgedAt)}` : dateWords(on)}`
}

/** That somebody was added by hand, by whom and how long ago, so that who waits for a decision is seen to wait. */
export function addedWords(added: Judgement, today: LondonDate): string {
  const days = daysBetween(londonDate(added.judgedAt), today)
  const ago = days > 0 ? `, ${counted(days, 'day', 'days')} ago` : ''
  return `Added by hand by ${byAndWhen(added, today)}${ago}: ${reasonWords('added', added.reason).toLowerCase()}`
}

/** The first letter small, as inside a sentence; an abbreviation keeps its capitals. */
export const inSentence = (words: string): string =>
  /^[A-Z][a-z]/.test(words) ? words.charAt(0).toLowerCase() + words.slice(1) : words

/** The sources a run did not have. */
export const notLinked = (run: Pick<Run, 'sources'>): readonly string[] => {
  const linked = new Set(run.sources.map(({ source }) => source))
  return sourceWords.filter(({ file }) => !linked.has(file)).map(({ words }) => words)
}

/** The linked sources a run's order rests on, and those that are only beside it: a rule counts three, a model most. */
export function sourcesOf(run: Pick<Run, 'sources'>, isByModel: boolean) {
  const linked = sourceWords.flatMap(({ file, words, isRanked, isBeside }) => {
    const source = run.sources.find((one) => one.source === file)
    const isInOrder = isByModel ? !isBeside : isRanked === true
    return source ? [{ words: inSentence(words), coveredTo: source.coveredTo, isInOrder }] : []
  })
  return {
    inOrder: linked.filter(({ isInOrder }) => isInOrder),
    beside: linked.filter(({ isInOrder }) => !isInOrder),
  }
}

const lateAfterDays = 7

/** The sources that stop more than a week before the newest: what happened since then may be missing. */
export function lateSources(
  run: Pick<Run, 'sources'>,
): readonly { readonly words: string; readonly coveredTo: LondonDate }[] {
  const newest = run.sources
    .map(({ coveredTo }) => coveredTo)
    .sort()
    .at(-1)
  return sourceWords.flatMap(({ file, words }) => {
    const source = run.sources.find((linked) => linked.source === file)
    return source && newest && daysBetween(source.coveredTo, newest) > lateAfterDays
      ? [{ words, coveredTo: source.coveredTo }]
      : []
  })
}

const fewestEvents = 10

/** How much of the admissions of people with 2 or more in a year is expected back with no help at all. */
export type ExpectedFall = { readonly people: number; readonly percent?: number }

/**
 * What would become of those to judge who had 2 or more emergency admissions, if nobody did anything.
 *
 * @returns the fall as a whole percentage, worked out from the counts of everybody considered in this run; no
 *   percentage under 10 admissions.
 * @source Gamma-Poisson expectation (evaluation design 2.7 b), #statistics.
 */
export function expectedFall(admissions: readonly number[], run: Spread): ExpectedFall {
  const spread = spreadOf(run)
  const chosen = admissions.filter((count) => count >= 2)
  const before = chosen.reduce((sum, count) => sum + count, 0)
  const after = chosen.reduce((sum, count) => sum + expectedNextCount(count, spread), 0)
  if (before < fewestEvents) return { people: chosen.length }
  return { people: chosen.length, percent: Math.round(100 * (1 - after / before)) }
}

/** How emergency admissions fall on everybody a run considered. */
function spreadOf({ admissionsMean: mean, admissionsVariance: variance }: Spread) {
  return { mean, shape: variance > mean ? (mean * mean) / (variance - mean) : Number.POSITIVE_INFINITY }
}

type Spread = Pick<Run, 'admissionsMean' | 'admissionsVariance'>

/**
 * How many emergency admissions each people with so many in a year are expected to have in the next, with no help at all.
 *
 * @returns undefined under 2, where nobody was chosen for a bad year, and where all considered had fewer than 10.
 * @source As expectedFall.
 */
export function expectedNext(admissions: number, run: Spread & Pick<Run, 'considered'>): number | undefined {
  if (admissions < 2 || run.admissionsMean * run.considered < fewestEvents) return undefined
  return expectedNextCount(admissions, spreadOf(run))
}
