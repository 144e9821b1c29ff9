import { addDays, type LondonDate, readDateBoxes } from '#calendar'
import { problemsWithApproval } from '../approval.ts'
import type { Standing } from '../rules.ts'
import type { Holdout } from './types.ts'

type Problem = { readonly field: string; readonly message: string }

/** How large a hold-out may be, in 100 of a list. */
export const shares = ['1', '2', '5'] as const

const mostDays = 366

export type HoldoutForm = {
  readonly share: string
  readonly ends: { readonly day: string; readonly month: string; readonly year: string }
  readonly reason: string
  readonly isApproved: boolean
}

export type ReadyHoldout = {
  readonly sharePercent: number
  readonly endsOn: LondonDate
  readonly reason: string
}

/** Reads what a hold-out is to be: its size, the day it ends by itself, why, and whose name stands for it. */
export function readHoldout(
  form: HoldoutForm,
  today: LondonDate,
): { readonly ready: ReadyHoldout } | { readonly problems: readonly Problem[] } {
  const share = shares.find((one) => one === form.share)
  const endsOn = readDateBoxes(form.ends.day, form.ends.month, form.ends.year)
  const reason = form.reason.trim()
  const end = problemWithEnd(endsOn, today)
  const problems = [
    ...(share ? [] : [{ field: 'share', message: 'Select how many are held out' }]),
    ...(end ? [{ field: 'ends', message: end }] : []),
    ...problemsWithApproval(form, { asked: 'why a hold-out is needed', act: 'this hold-out' }),
  ]
  if (problems.length > 0 || !share || !endsOn) return { problems }
  return { ready: { sharePercent: Number(share), endsOn, reason } }
}

function problemWithEnd(endsOn: LondonDate | undefined, today: LondonDate): string | undefined {
  if (!endsOn) return 'The day it ends must be a real date, like 27 9 2026'
  if (endsOn <= today) return 'The day it ends must be after today'
  return endsOn > addDays(today, mostDays) ? 'The day it ends must be within 12 months' : undefined
}

/** The hold-out that runs on a day: begun, and neither over nor ended early. */
export const runningOn = (holdouts: readonly Holdout[], today: LondonDate): Holdout | undefined =>
  holdouts.find(({ beganOn, endsOn, endedOn }) => today >= beganOn && today < (endedOn ?? endsOn))

/** How many of a practice a hold-out does not show now. */
export const heldOutHere = (candidates: readonly { readonly standing: Standing }[]): number =>
  candidates.filter(({ standing }) => standing.tab === 'left out' && standing.why === 'held out').length
