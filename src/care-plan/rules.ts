import type { Problem } from '#access'
import { addMonths, type LondonDate } from '#calendar'
import type { Side } from './merge.ts'
import type { Agreement, Line, Plan, PlanDraft } from './types.ts'

/** The names of a plan's fields in its form, so that a problem stands beside what it is about. */
export const fieldNames = {
  whatMatters: 'matters',
  goal: (goal: number) => `goal-${goal + 1}`,
  action: (goal: number, action: number) => `goal-${goal + 1}-action-${action + 1}`,
  kind: (goal: number, action: number) => `goal-${goal + 1}-action-${action + 1}-kind`,
  owner: (goal: number, action: number) => `goal-${goal + 1}-action-${action + 1}-who`,
  dueOn: (goal: number, action: number) => `goal-${goal + 1}-action-${action + 1}-due`,
  isForOutOfHours: (goal: number, action: number) => `goal-${goal + 1}-action-${action + 1}-ooh`,
  ifWords: (at: number) => `if-${at + 1}`,
  thenWords: (at: number) => `if-${at + 1}-then`,
  callWords: (at: number) => `if-${at + 1}-call`,
  reviewOn: 'review',
  agreedBy: 'agreed-by',
  agreedWith: 'agreed-with',
  agreedOn: 'agreed-on',
} as const

const mostCharacters = 2000

/**
 * The lines of a draft: what is blank is left out.
 *
 * @param personId names the one line of what matters, so that two who write it first meet on it.
 * @param idFor gives a line without an id its own.
 */
export function linesOf(draft: PlanDraft, personId: string, idFor: () => string): readonly Line[] {
  const matters = draft.whatMatters.trim()
  const whatMatters = { lineId: personId, kind: 'what matters' as const, place: 0, words: matters }
  const goals = draft.goals.flatMap((goal, place) => {
    const goalId = goal.id ?? idFor()
    return [
      { lineId: goalId, kind: 'goal' as const, place, words: goal.words.trim() },
      ...goal.actions.map((action, at) => ({
        lineId: action.id ?? idFor(),
        kind: 'action' as const,
        goalId,
        place: place * 100 + at,
        words: action.what.trim(),
        actionKind: action.kind,
        owner: action.owner || undefined,
        dueOn: action.dueOn,
        isForOutOfHours: action.isForOutOfHours ?? false,
      })),
    ]
  })
  const ifThens = draft.ifThens.map((line, place) => ({
    lineId: line.id ?? idFor(),
    kind: 'if-then' as const,
    place,
    words: line.if.trim(),
    thenWords: line.do.trim() || undefined,
    callWords: line.call?.trim() || undefined,
  }))
  return [whatMatters, ...goals, ...ifThens]
    .filter((line) => line.words !== '')
    .map((line) => ({ isForOutOfHours: false, ...line }))
}

/** What to put right before a draft can be kept, even as a draft; with an agreement, also all it takes to agree. */
export function problemsWith(draft: PlanDraft, today: LondonDate): readonly Problem[] {
  return [
    ...problemsWithNothing(draft),
    ...draft.goals.flatMap((goal, at) => problemsWithGoal(goal, at)),
    ...problemsWithIfThens(draft.ifThens),
    ...problemsWithLength(draft),
    ...problemsWithReview(draft.reviewOn, today),
    ...(draft.agreement ? [...unfinished(draft), ...problemsWithAgreement(draft.agreement, today)] : []),
  ]
}

// Somebody who clears an old plan has a version to clear; a first plan with nothing in it is a slip.
function problemsWithNothing(draft: PlanDraft): readonly Problem[] {
  const texts = [
    draft.whatMatters,
    ...draft.goals.flatMap((goal) => [goal.words, ...goal.actions.map((action) => action.what)]),
    ...draft.ifThens.flatMap((line) => [line.if, line.do]),
  ]
  const isBlank = draft.from === 0 && texts.every((text) => text.trim() === '')
  return isBlank ? [{ field: fieldNames.whatMatters, message: 'Enter what matters to them, or a goal' }] : []
}

type DraftGoal = PlanDraft['goals'][number]

function problemsWithGoal(goal: DraftGoal, at: number): readonly Problem[] {
  const hasAction = goal.actions.some((action) => action.what.trim() !== '')
  return [
    ...(goal.words.trim() === '' && hasAction
      ? [{ field: fieldNames.goal(at), message: 'Enter the goal these actions belong to' }]
      : []),
    ...goal.actions.flatMap((action, place) =>
      action.what.trim() === '' && (action.kind || action.owner || action.dueOn || action.isForOutOfHours)
        ? [{ field: fieldNames.action(at, place), message: 'Enter what needs to be done' }]
        : [],
    ),
  ]
}

// All of it stands on the one side of the emergency summary and is never cut there, so it is kept short here.
const mostIfThens = 5
const mostIfThenCharacters = { if: 60, do: 120, call: 60 } as const

type DraftIfThen = PlanDraft['ifThens'][number]

function problemsWithIfThen(line: DraftIfThen, at: number): readonly Problem[] {
  const [hasIf, hasDo, hasCall] = [line.if, line.do, line.call ?? ''].map((text) => text.trim() !== '')
  const tooLong = (field: string, part: keyof typeof mostIfThenCharacters) =>
    (line[part]?.trim().length ?? 0) > mostIfThenCharacters[part]
      ? [
          {
            field,
            message: `Shorten this to ${mostIfThenCharacters[part]} characters or fewer, to fit the emergency summary`,
          },
        ]
      : []
  return [
    ...(hasIf && !hasDo ? [{ field: fieldNames.thenWords(at), message: 'Enter what to do then' }] : []),
    ...(!hasIf && (hasDo || hasCall)
      ? [{ field: fieldNames.ifWords(at), message: 'Enter what may happen' }]
      : []),
    ...tooLong(fieldNames.ifWords(at), 'if'),
    ...tooLong(fieldNames.thenWords(at), 'do'),
    ...tooLong(fieldNames.callWords(at), 'call'),
  ]
}

function problemsWithIfThens(ifThens: readonly DraftIfThen[]): readonly Problem[] {
  const used = ifThens.flatMap((line, at) => (line.if.trim() === '' ? [] : [at]))
  const first = used[mostIfThens]
  return [
    ...ifThens.flatMap(problemsWithIfThen),
    ...(first === undefined
      ? []
      : [{ field: fieldNames.ifWords(first), message: 'Take one out: 5 fit the emergency summary' }]),
  ]
}

function problemsWithLength(draft: PlanDraft): readonly Problem[] {
  const texts = [
    [fieldNames.whatMatters, draft.whatMatters],
    ...draft.goals.flatMap((goal, at) => [
      [fieldNames.goal(at), goal.words],
      ...goal.actions.map((action, place) => [fieldNames.action(at, place), action.what]),
    ]),
    [fieldNames.agreedWith, draft.agreement?.with ?? ''],
  ]
  return texts.flatMap(([field = '', text = '']) =>
    text.length > mostCharacters ? [{ field, message: 'Shorten this to 2,000 characters or fewer' }] : [],
  )
}

function problemsWithReview(reviewOn: LondonDate | undefined, today: LondonDate): readonly Problem[] {
  if (!reviewOn || reviewOn <= addMonths(today, 12)) return []
  return [{ field: fieldNames.reviewOn, message: 'Select a review date within the next 12 months' }]
}

function problemsWithAgreement(agreement: Agreement, today: LondonDate): readonly Problem[] {
  return agreement.on > today
    ? [{ field: fieldNames.agreedOn, message: 'Enter the date it was agreed, today or earlier' }]
    : []
}

/**
 * What a draft still lacks before it can be agreed: a goal, an action, an owner and a date for every action, a review
 * date within 12 months.
 *
 * @source Keyworker's own rule, clinical-content 5.1: stricter than the PRSB standard, which asks for none of these.
 */
export function unfinished(draft: Pick<PlanDraft, 'goals' | 'reviewOn'>): readonly Problem[] {
  const goals = draft.goals.filter((goal) => goal.words.trim() !== '')
  const actions = draft.goals.flatMap((goal, at) =>
    goal.actions.flatMap((action, place) => (action.what.trim() === '' ? [] : [{ action, at, place }])),
  )
  return [
    ...(goals.length === 0 ? [{ field: fieldNames.goal(0), message: 'Enter a goal' }] : []),
    ...(actions.length === 0
      ? [{ field: fieldNames.action(0, 0), message: 'Enter what needs to be done' }]
      : []),
    ...actions.flatMap(({ action, at, place }) => [
      ...(action.owner ? [] : [{ field: fieldNames.owner(at, place), message: 'Select who will do this' }]),
      ...(action.dueOn ? [] : [{ field: fieldNames.dueOn(at, place), message: 'Enter when it is due' }]),
    ]),
    ...(draft.reviewOn
      ? []
      : [{ field: fieldNames.reviewOn, message: 'Enter when the plan is next reviewed' }]),
  ]
}

/** A kept plan as the draft its form starts from. */
export function draftOf(plan: Plan): PlanDraft {
  const { whatMatters, goals, ifThens, reviewOn, version } = plan
  const lines = [
    ...(whatMatters ? [whatMatters] : []),
    ...goals,
    ...goals.flatMap((goal) => goal.actions),
    ...ifThens,
  ]
  return draftOfSide({ lines, reviewOn }, version)
}

/** Joined lines as the draft the form after a clash starts from. */
export const draftOfSide = (side: Side, from: number): PlanDraft => ({
  from,
  whatMatters: side.lines.find((line) => line.kind === 'what matters')?.words ?? '',
  goals: side.lines
    .filter((line) => line.kind === 'goal')
    .map((goal) => ({
      id: goal.lineId,
      words: goal.words,
      actions: side.lines
        .filter((line) => line.goalId === goal.lineId)
        .map((line) => ({
          id: line.lineId,
          what: line.words,
          kind: line.actionKind,
          owner: line.owner,
          dueOn: line.dueOn,
          isForOutOfHours: line.isForOutOfHours,
        })),
    })),
  ifThens: side.lines
    .filter((line) => line.kind === 'if-then')
    .map((line) => ({
      id: line.lineId,
      if: line.words,
      do: line.thenWords ?? '',
      call: line.callWords,
    })),
  reviewOn: side.reviewOn,
})

/** What still stands between a kept plan and an agreed one, in words. Empty for an agreed plan. */
export function toFinish(plan: Plan): readonly string[] {
  if (plan.agreement) return []
  const missing = new Set(unfinished(draftOf(plan)).map((problem) => problem.message))
  return [...missing, 'Record who agreed the plan']
}

/** A plan whose review day has passed is stale: it may no longer be true. */
export const isStale = (plan: Pick<Plan, 'reviewOn'>, today: LondonDate): boolean =>
  plan.reviewOn !== undefined && plan.reviewOn < today
