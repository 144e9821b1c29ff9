import type { Interval } from '#statistics'
import { thingOf } from './asked-words.ts'
import type { Asked } from './choice-types.ts'
import type { Further } from './further-types.ts'
import type { MethodTrial } from './made-up-services.ts'
import { matchedIn100 } from './match.ts'
import { differBy, fewest, number, peopleWords, percent, rate } from './sentences.ts'
import type { Attempt, BalanceLine, Compared, EffectAsked } from './types.ts'

export type CheckVerdict = 'Good' | 'Thin' | 'Watch' | 'Told'
export type Check = { readonly check: string; readonly found: string; readonly verdict: CheckVerdict }

/**
 * Above so many in 100 of those compared who join later the page says Watch: they are followed until they join, and those
 * who join are not like those who do not.
 *
 * @source evaluation design 2.1 and 7.2: over 10 in 100 expect a lean of more than 2 in 100.
 */
export const mostJoinedLaterPercent = 10

/** How sure one can be, check by check. With no effect to show, only the checks that hold none. */
export function checksOf(
  answer: Compared & { readonly asked?: Asked },
  effect?: EffectAsked,
): readonly Check[] {
  return [
    {
      check: 'Set down before looking',
      found: answer.asked
        ? 'The method was locked as somebody wrote it; outcomes are read only once groups are alike'
        : 'The method is the same for every programme; outcomes are read only once groups are alike',
      verdict: 'Good',
    },
    alikeCheck(answer.balance),
    matchingCheck(answer.attempts),
    {
      check: 'Enough people',
      found: `Can only see a fall of ${percent(answer.detectableFallPercent)} or more`,
      verdict: answer.detectableFallPercent <= 15 ? 'Good' : 'Thin',
    },
    likeNobody(answer),
    ...lookedPast(answer),
    notKnownCheck(answer.notKnown),
    ...careHomeCheck(answer.balance),
    ...(effect ? effectChecks(effect) : []),
  ]
}

function alikeCheck(balance: readonly BalanceLine[]): Check {
  const apart = balance.filter(({ after, limit }) => Math.abs(after) > limit).length
  const largest = Math.max(0, ...balance.map(({ after }) => Math.abs(after)))
  return apart === 0
    ? {
        check: 'Alike before',
        found: `All ${balance.length} facts within ${largest.toFixed(2)}`,
        verdict: 'Good',
      }
    : { check: 'Alike before', found: `${apart} of ${balance.length} facts too far apart`, verdict: 'Watch' }
}

function matchingCheck(attempts: readonly Attempt[]): Check {
  const kept = (attempt: Attempt | undefined) => matchedIn100(attempt?.matchedShare ?? 0)
  const found =
    attempts.length === 1
      ? `The closest rule found somebody for ${kept(attempts[0])} in 100`
      : `The closest rule found somebody for ${kept(attempts[0])} in 100; a wider one for ${kept(attempts.at(-1))}`
  return { check: 'How close the matching is', found, verdict: attempts.length === 1 ? 'Good' : 'Watch' }
}

// With 1 to 7 unmatched, the number followed beside the number matched would give the small count away.
function likeNobody(answer: Compared & { readonly asked?: Asked }): Check {
  const { followed, matchedTreated, unmatchedMeanAdmissions } = answer
  const left = followed - matchedTreated
  const check = 'Nobody like them'
  if (left === 0) return { check, found: 'Everybody followed had somebody like them', verdict: 'Good' }
  if (left < fewest) return { check, found: `Fewer than ${fewest} people, left out`, verdict: 'Told' }
  const before = unmatchedMeanAdmissions?.toFixed(1) ?? 'not known'
  return {
    check,
    found: `${number(left)} of ${number(followed)}, left out; ${before} ${thingOf(answer).many} each the year before`,
    verdict: 'Told',
  }
}

function lookedPast({ joined, followed }: Compared): readonly Check[] {
  if (joined === followed) return []
  const people = peopleWords(joined - followed)
  const found = `${people.slice(0, 1).toUpperCase()}${people.slice(1)}: joined too lately, or not known for a year before`
  return [{ check: 'Joined, not yet looked at', found, verdict: 'Told' }]
}

function notKnownCheck(notKnown: readonly string[]): Check {
  const check = 'What could not be compared'
  if (notKnown.length === 0) return { check, found: 'Everything in the method was known', verdict: 'Good' }
  return { check, found: `${notKnown.join('; ')}: not linked, or not far enough back`, verdict: 'Watch' }
}

// A study locked before stays in care homes had a day answers as it did, and says what it is matched on.
function careHomeCheck(balance: readonly BalanceLine[]): readonly Check[] {
  if (!balance.some(({ name }) => name === 'careHome')) return []
  const found =
    'By who lives in one on the day the records were sent, not on the day they joined: write another version to match on that day'
  return [{ check: 'Where they lived', found, verdict: 'Watch' }]
}

function effectChecks(effect: EffectAsked): readonly Check[] {
  const { laterJoinedPercent, hiddenCause, ratio, helped, matched, regression } = effect
  const strength = (ratio.low > 1 || ratio.high < 1 ? hiddenCause.nearest : hiddenCause.estimate).toFixed(1)
  const deaths: readonly Check[] =
    Math.min(helped.deaths, matched.deaths) < 10
      ? []
      : [
          {
            check: 'Died, of 100 followed',
            found: `${Math.round(helped.diedPercent)} helped, ${Math.round(matched.diedPercent)} matched`,
            verdict: Math.abs(helped.diedPercent - matched.diedPercent) > 5 ? 'Watch' : 'Good',
          },
        ]
  return [
    {
      check: 'Matched people who joined later',
      found: `${Math.round(laterJoinedPercent)} in 100, taken out from that day`,
      verdict: laterJoinedPercent > mostJoinedLaterPercent ? 'Watch' : 'Good',
    },
    ...deaths,
    ...furtherChecks(effect.further),
    {
      check: 'Two ways to know the fall expected',
      found: `${Math.round(differBy(regression))} points apart`,
      verdict: differBy(regression) > 15 ? 'Watch' : 'Good',
    },
    {
      check: 'A hidden cause would need to',
      found: `raise both joining and ${effect.asked ? thingOf(effect).many : 'admissions'} by ${strength} times to explain ${rate(ratio.value)} away`,
      verdict: 'Told',
    },
  ]
}

function furtherChecks(further: Further | undefined): readonly Check[] {
  if (!further) return []
  const said = (check: string, found: Interval | undefined): Check =>
    found
      ? {
          check,
          found: `Ratio ${rate(found.value)} (${rate(found.low)} to ${rate(found.high)})`,
          verdict: found.low > 1 || found.high < 1 ? 'Watch' : 'Good',
        }
      : { check, found: 'Too few to tell', verdict: 'Thin' }
  return [
    said('Things the service cannot change', further.unaffected),
    said('Deaths in the first 90 days', further.earlyDeaths),
  ]
}

/** How often the method spoke of an effect on this very population where nothing was done. */
export function trialCheck(trial: MethodTrial | undefined): readonly Check[] {
  if (!trial) return []
  const { services, withheld, saidEffect } = trial
  const asked = services - withheld
  const check = `Method on ${services} made-up services`
  if (asked < 20)
    return [{ check, found: `Withheld in ${withheld} of them: too few to tell`, verdict: 'Thin' }]
  const found = `Says “effect” in ${saidEffect} of ${asked}, should be about ${Math.round(asked / 20)}; withheld in ${withheld}`
  return [{ check, found, verdict: saidEffect / asked > 0.09 ? 'Watch' : 'Good' }]
}
