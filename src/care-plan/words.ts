import { dateWords, daysBetween, type LondonDate, londonDate, shortDateWords } from '#calendar'
import { isStale, toFinish } from './rules.ts'
import type { Action, Plan } from './types.ts'

/** "Agreed by June and her daughter on 1 April 2026", or that nobody has yet. */
export function agreementWords(plan: Pick<Plan, 'agreement'>, called: string): string {
  if (!plan.agreement) return 'Nobody has agreed this version yet'
  const { by, with: others, on } = plan.agreement
  const who = by === 'the person' ? called : `somebody who may decide for ${called}`
  return `Agreed by ${who}${others ? ` with ${others}` : ''} on ${dateWords(on)}`
}

/** How old the plan is and whether its review has passed: "8 days old", "Review overdue 3 days". */
export function freshness(
  plan: Pick<Plan, 'savedAt' | 'reviewOn'>,
  today: LondonDate,
): { readonly isStale: boolean; readonly words: string } {
  const stale = isStale(plan, today)
  if (stale && plan.reviewOn) {
    const late = daysBetween(plan.reviewOn, today)
    return { isStale: true, words: `Overdue ${late} ${late === 1 ? 'day' : 'days'}` }
  }
  const days = daysBetween(londonDate(plan.savedAt), today)
  return { isStale: false, words: days === 0 ? 'saved today' : `${days} ${days === 1 ? 'day' : 'days'} old` }
}

/** "Draft: 2 things to finish", with what they are; undefined for an agreed plan. */
export function draftWords(
  plan: Plan,
): { readonly heading: string; readonly missing: readonly string[] } | undefined {
  const missing = toFinish(plan)
  if (missing.length === 0) return undefined
  const things = missing.length === 1 ? '1 thing' : `${missing.length} things`
  return { heading: `Draft: ${things} to finish`, missing }
}

/** Whose an action is, with their role where they are staff. */
export const ownerWords = (action: Pick<Action, 'ownerName' | 'ownerRole'>): string =>
  action.ownerRole ? `${action.ownerName}, ${action.ownerRole}` : action.ownerName

/** How an action stands, as a tag's colour and words. */
export function standing(
  action: Pick<Action, 'state' | 'stateOn' | 'dueOn'>,
  isAgreed: boolean,
  today: LondonDate,
): { readonly colour: 'orange' | 'blue' | 'white' | 'grey'; readonly words: string } {
  const on = action.stateOn ? ` ${shortDateWords(action.stateOn, today)}` : ''
  if (action.state === 'done') return { colour: 'grey', words: `Done${on}` }
  if (action.state === 'not done') return { colour: 'grey', words: `Not done${on}` }
  if (action.state === 'stopped') return { colour: 'grey', words: `Stopped${on}` }
  const late = action.dueOn ? daysBetween(action.dueOn, today) : 0
  if (late > 0) return { colour: 'orange', words: `Overdue ${late} ${late === 1 ? 'day' : 'days'}` }
  if (action.state === 'in progress') return { colour: 'blue', words: 'In progress' }
  return { colour: 'white', words: isAgreed ? 'Agreed' : 'Not agreed yet' }
}
