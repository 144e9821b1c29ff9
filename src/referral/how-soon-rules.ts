import { addDays, addWorkingDays, londonDate, londonInstant } from '#calendar'
import { howSoonClasses } from './how-soon.data.ts'
import { slowestFor } from './messages.ts'
import { redFlags } from './red-flags.data.ts'
import type { HowSoon, SeeBy, Triage, Written } from './types.ts'

type Problem = { readonly field: string; readonly message: string }
type HowSoonClass = (typeof howSoonClasses)[number]

/** The class of a code; undefined for anything else, above all for nothing. */
export const howSoonClass = (code: string): HowSoonClass | undefined =>
  howSoonClasses.find((one) => one.code === code)

const placeOf = (howSoon: HowSoon) => howSoonClasses.findIndex(({ code }) => code === howSoon)

/** Whether one class lets somebody wait longer than another. */
export const isLater = (howSoon: HowSoon, than: HowSoon): boolean => placeOf(howSoon) > placeOf(than)

/** Whether it cannot wait for tomorrow. */
export const isUrgent = (howSoon: HowSoon): boolean => howSoonClass(howSoon)?.isUrgent ?? true

/**
 * By when somebody is to be seen: hours to the minute, by night too and across a change of clocks; working days to the end
 * of the last, the day it began not counted, by London's days and bank holidays. 0 working days is that day, whatever it is.
 */
export function seeBy(howSoon: HowSoon, from: Date): SeeBy {
  const clock: { readonly hours?: number; readonly workingDays?: number } = howSoonClass(howSoon)?.clock ?? {}
  if (clock.hours !== undefined) {
    const byAt = new Date(from.getTime() + clock.hours * 3_600_000)
    return { byOn: londonDate(byAt), byAt }
  }
  return { byOn: addWorkingDays(londonDate(from), clock.workingDays ?? 0) }
}

/** The first instant at which it is late. */
export const lateFrom = ({ byOn, byAt }: SeeBy): Date => byAt ?? londonInstant(addDays(byOn, 1), 0)

/**
 * The clock after a change. Made sooner it begins now, and never ends after the one before; made later it is counted from
 * when the first began, because the person has waited since then. Nothing else moves it.
 */
export function clockAfter(
  before: Pick<Triage, 'howSoon' | 'byOn' | 'byAt' | 'beganAt'> | undefined,
  howSoon: HowSoon,
  now: Date,
): SeeBy & { readonly fromAt: Date } {
  if (!before) return { ...seeBy(howSoon, now), fromAt: now }
  if (isLater(howSoon, before.howSoon)) return { ...seeBy(howSoon, before.beganAt), fromAt: before.beganAt }
  const [sooner, endsAt] = [seeBy(howSoon, now), lateFrom(before)]
  if (lateFrom(sooner) <= endsAt) return { ...sooner, fromAt: now }
  // It was late before this: saying that it is more urgent does not make it less late.
  return sooner.byAt
    ? { byOn: londonDate(endsAt), byAt: endsAt, fromAt: now }
    : { byOn: before.byOn, fromAt: now }
}

const wordsOf = (pattern: string): string =>
  pattern
    .split(' ')
    .map((word) =>
      word === '*' ? '\\p{L}+(?:\\s+\\p{L}+){0,2}' : word.replaceAll('*', '\\p{L}*').replaceAll('’', "[’']?"),
    )
    .join('\\s+')

const anyFlag = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:${redFlags.flatMap(({ words }) => words.map(wordsOf)).join('|')})(?![\\p{L}\\p{N}])`,
  'giu',
)

/** The red-flag words of a text, as they were written, each once, in their order. */
export function redFlagsIn(text: string): readonly string[] {
  const found = [...text.matchAll(anyFlag)].map(([words]) => words.replace(/\s+/g, ' '))
  return found.filter(
    (words, at) => found.findIndex((one) => one.toLowerCase() === words.toLowerCase()) === at,
  )
}

const quoted = (words: readonly string[]) => words.map((one) => `“${one}”`).join(', ')

/**
 * What is to be looked at again before a class is kept: red-flag words where it is slower than today, and a priority the
 * referral came with that asks for sooner. Nothing of it decides: whoever has looked keeps what they chose.
 */
export function toCheck(
  howSoon: HowSoon,
  written: readonly Written[],
  referrerSaid?: string,
): readonly string[] {
  const flagged = isUrgent(howSoon)
    ? []
    : written.flatMap(({ by, words }) => {
        const flags = redFlagsIn(words)
        return flags.length > 0 ? [`${by} wrote ${quoted(flags)}`] : []
      })
  const asks = referrerSaid ? slowestFor(referrerSaid) : undefined
  const isSlower = referrerSaid && (asks ? isLater(howSoon, asks) : !isUrgent(howSoon))
  return [...flagged, ...(isSlower ? [`The referrer said ${quoted([referrerSaid])}`] : [])]
}

/** What the box says that confirms: it stands for these words and this class, and for no others. */
export const checkedAs = (howSoon: HowSoon, checks: readonly string[]): string =>
  `${howSoon}: ${checks.join('. ')}`

/** What to put right before how soon is kept: that it was chosen, and that what stands against it was looked at. */
export function problemsWithHowSoon(chosen: {
  readonly howSoon: string
  readonly written: readonly Written[]
  readonly referrerSaid?: string
  readonly checked?: string
  /** "she needs", as the sentence goes on. */
  readonly theyNeed: string
}): readonly Problem[] {
  const known = howSoonClass(chosen.howSoon)
  if (!known) return [{ field: 'how-soon', message: `Select how soon ${chosen.theyNeed} to be seen` }]
  const checks = toCheck(known.code, chosen.written, chosen.referrerSaid)
  if (checks.length === 0 || chosen.checked === checkedAs(known.code, checks)) return []
  return [{ field: 'checked', message: `${checks.join('. ')}: check how soon` }]
}

/** What to put right before how soon is changed: that it changes, and why, where somebody is to wait longer. */
export function problemsWithChange(
  before: Triage | undefined,
  howSoon: HowSoon,
  words: string,
): readonly Problem[] {
  if (before?.howSoon === howSoon) {
    return [
      {
        field: 'how-soon',
        message: `It is ${howSoonClass(howSoon)?.inWords} now. Select another, or go back`,
      },
    ]
  }
  if (words.length > 1000) return [{ field: 'words', message: 'Shorten why to 1,000 characters or fewer' }]
  if (before && isLater(howSoon, before.howSoon) && !words.trim())
    return [{ field: 'words', message: 'Enter why it can be later' }]
  return []
}
