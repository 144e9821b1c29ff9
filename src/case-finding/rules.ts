import { addDays, addMonths, daysBetween, type LondonDate, londonDate, readDateBoxes } from '#calendar'
import { reasonsFor } from './reasons.data.ts'
import type { Decision, InBrief, JudgedInBrief, Judgement, Run } from './types.ts'

/** The judgement that holds: the newest that was not taken back. Taking back uncovers the one before it. */
export function judgementInForce<One extends Pick<Judgement, 'n' | 'decision'>>(
  history: readonly One[],
): One | undefined {
  return standingJudgements(history).at(-1)
}

/** The judgements not taken back, oldest first. */
export function standingJudgements<One extends Pick<Judgement, 'n' | 'decision'>>(
  history: readonly One[],
): readonly One[] {
  const held: One[] = []
  for (const judgement of [...history].sort((a, b) => a.n - b.n)) {
    if (judgement.decision === 'taken back') held.pop()
    else held.push(judgement)
  }
  return held
}

/** What must be known of a person to say where they stand on a programme's list. */
export type Standpoint = {
  /** Everything ever judged of the person for this programme. */
  readonly history: readonly JudgedInBrief[]
  readonly suggestion?: InBrief
  readonly run?: Pick<Run, 'id' | 'indexOn' | 'sources'>
  readonly hasOpenEpisode: boolean
  readonly diedOn?: LondonDate
  /** Where the person is registered today. */
  readonly practiceId?: string
}

export type Tab = 'to judge' | 'below the cut' | Decision

/** Why somebody judged before is shown again. */
export type Return = 'the day came' | 'new admission' | 'moved' | 'new source' | 'risk up' | 'suggested again'

export type Standing =
  | { readonly tab: 'to judge'; readonly isAdded: boolean; readonly returned?: Return }
  | { readonly tab: Decision }
  /** To judge like the others, further down than people are asked. */
  | { readonly tab: 'below the cut' }
  | { readonly tab: 'left out'; readonly why: 'with us' | 'died' | 'not suggested' | 'held out' }

const toJudge = (isAdded: boolean, returned?: Return): Standing => ({
  tab: 'to judge',
  isAdded,
  ...(returned && { returned }),
})

/**
 * Where somebody stands on the list today. Nobody with an open episode in the programme is to judge, and somebody
 * deferred or declined is not shown again before the day, unless something new is known.
 *
 * @source Design decision 5: an early return after a new emergency admission, a rise of risk by half, a move or a newly
 *   linked source.
 */
export function standingOf(point: Standpoint, today: LondonDate): Standing {
  const { history, suggestion, hasOpenEpisode } = point
  if (point.diedOn) return { tab: 'left out', why: 'died' }
  const judgement = judgementInForce(history)
  if (hasOpenEpisode) {
    return judgement?.decision === 'accepted' ? { tab: 'accepted' } : { tab: 'left out', why: 'with us' }
  }
  const isAdded = standingJudgements(history).some(({ decision }) => decision === 'added')
  switch (judgement?.decision) {
    case 'accepted':
      return suggestion && point.run?.id !== judgement.runId
        ? toJudge(isAdded, 'suggested again')
        : { tab: 'accepted' }
    case 'deferred':
    case 'declined':
      return standingUntil(judgement, judgement.decision, point, isAdded, today)
    default:
      return suggestion || isAdded ? toJudge(isAdded) : { tab: 'left out', why: 'not suggested' }
  }
}

function standingUntil(
  judgement: JudgedInBrief,
  decision: 'deferred' | 'declined',
  point: Standpoint,
  isAdded: boolean,
  today: LondonDate,
): Standing {
  const isOver = judgement.showAgainOn !== undefined && judgement.showAgainOn <= today
  // A day was promised to whoever deferred: the person comes back on it, suggested by the rule or not.
  if (isOver && (point.suggestion || isAdded || decision === 'deferred')) {
    return toJudge(isAdded, 'the day came')
  }
  if (isOver) return { tab: 'left out', why: 'not suggested' }
  const early = earlyReturn(judgement, point)
  return early ? toJudge(isAdded, early) : { tab: decision }
}

function earlyReturn(
  judgement: JudgedInBrief,
  { suggestion, run, practiceId }: Standpoint,
): Return | undefined {
  if (!suggestion) return undefined
  // New to the list, not to the calendar: an admission the earlier list could not yet see counts as new.
  const since = judgement.runIndexOn ?? londonDate(judgement.judgedAt)
  if (suggestion.lastAdmissionOn && suggestion.lastAdmissionOn >= since) return 'new admission'
  if (judgement.practiceId && practiceId && judgement.practiceId !== practiceId) return 'moved'
  if (judgement.risk !== undefined && hasRisen(suggestion.risk ?? 0, judgement.risk)) return 'risk up'
  const known = new Set(judgement.runSources)
  return judgement.runId && run?.sources.some(({ source }) => !known.has(source)) ? 'new source' : undefined
}

const risingBy = 1.5

/** Whether a risk has risen by half or more: that brings somebody back early, and is said on the list. */
export const hasRisen = (now: number, then: number): boolean => now / then >= risingBy - 1e-9

/** When to show somebody again, as a form says it. */
export const deferrals = [
  { code: '2 weeks', words: 'In 2 weeks' },
  { code: '1 month', words: 'In 1 month' },
  { code: '3 months', words: 'In 3 months' },
  { code: 'date', words: 'On a date' },
] as const

export type JudgementForm = {
  readonly decision: string
  readonly reason: string
  readonly words: string
  readonly showAgain: string
  readonly showAgainDate: { readonly day: string; readonly month: string; readonly year: string }
}

export type ReadyJudgement = {
  readonly decision: 'deferred' | 'declined'
  readonly reason: string
  readonly words?: string
  readonly showAgainOn: LondonDate
}

type Problem = { readonly field: string; readonly message: string }

const longestWords = 2000

/** Whether a code is one of a decision's reasons. */
export const isReason = (decision: keyof typeof reasonsFor, code: string): boolean =>
  reasonsFor[decision].some((reason) => reason.code === code)

/** What a reason's code says. An unknown code says itself: it is from a later version. */
export const reasonWords = (decision: keyof typeof reasonsFor, code: string): string =>
  reasonsFor[decision].find((reason) => reason.code === code)?.words ?? code

/** A decision has one coded reason. “Other” says nothing to the person, or to whoever reads the ledger, so it takes words. */
export const problemsWithReason = (
  decision: keyof typeof reasonsFor,
  code: string,
  words: string,
): readonly Problem[] => [
  ...(isReason(decision, code) ? [] : [{ field: 'reason', message: 'Select the main reason' }]),
  ...(code === 'other' && !words.trim()
    ? [{ field: 'words', message: 'Enter what the other reason is' }]
    : []),
  ...(words.length > longestWords
    ? [{ field: 'words', message: 'Shorten this to 2,000 characters or fewer' }]
    : []),
]

/**
 * Reads a deferral or a decline.
 *
 * @param them how the person is spoken of: "him", "her", "them".
 * @param declineForMonths how long the programme does not show somebody declined.
 */
export function readJudgement(
  form: JudgementForm,
  them: string,
  today: LondonDate,
  declineForMonths: number,
): { readonly ready: ReadyJudgement } | { readonly problems: readonly Problem[] } {
  const { decision } = form
  if (decision !== 'deferred' && decision !== 'declined') {
    return {
      problems: [{ field: 'decision', message: `Select whether care co-ordination would help ${them}` }],
    }
  }
  const showAgain = readShowAgain(form, them, today, declineForMonths)
  const problems: readonly Problem[] = [
    ...problemsWithReason(decision, form.reason, form.words),
    ...('problem' in showAgain ? [showAgain.problem] : []),
  ]
  if (problems.length > 0 || 'problem' in showAgain) return { problems }
  const words = form.words.trim()
  return { ready: { decision, reason: form.reason, showAgainOn: showAgain.on, ...(words && { words }) } }
}

function readShowAgain(
  form: JudgementForm,
  them: string,
  today: LondonDate,
  declineForMonths: number,
): { readonly on: LondonDate } | { readonly problem: Problem } {
  if (form.decision === 'declined') return { on: addMonths(today, declineForMonths) }
  switch (form.showAgain) {
    case '2 weeks':
      return { on: addDays(today, 14) }
    case '1 month':
      return { on: addMonths(today, 1) }
    case '3 months':
      return { on: addMonths(today, 3) }
    case 'date': {
      const { day, month, year } = form.showAgainDate
      const on = readDateBoxes(day, month, year)
      if (!on) return { problem: dateProblem('Show again must be a real date, like 27 6 2026') }
      if (on <= today) return { problem: dateProblem('Show again must be after today') }
      if (on > addMonths(today, 12)) return { problem: dateProblem('Show again must be within 12 months') }
      return { on }
    }
    default:
      return { problem: { field: 'showAgain', message: `Choose when to show ${them} again` } }
  }
}

const dateProblem = (message: string): Problem => ({ field: 'showAgainDate', message })

const undoForDays = 7

/**
 * Where somebody to judge stands while a hold-out runs: not shown, if chance held them out. Whoever was added by hand or is
 * shown again is never held out.
 */
export const heldStanding = (standing: Standing, suggestion: InBrief | undefined): Standing =>
  standing.tab === 'to judge' && !standing.isAdded && !standing.returned && suggestion?.isHeldOut
    ? { tab: 'left out', why: 'held out' }
    : standing

/** Whether a human is still to judge them, asked or below the cut. Then nobody is told a colleague's view. */
export const isToJudge = ({ tab }: Standing): boolean => tab === 'to judge' || tab === 'below the cut'

/** Whether a judgement can still be taken back: for 7 days, by anybody who may judge. */
export const canTakeBack = (judgement: Judgement, today: LondonDate): boolean =>
  judgement.decision !== 'taken back' && daysBetween(londonDate(judgement.judgedAt), today) <= undoForDays
