import type { Permit } from '#access'
import { londonDate } from '#calendar'
import type { Db } from '#database'
import { headOf, type KnownLine, linesAt, type VersionRow, versionsOf } from './store.ts'
import type { Action, Agreement, EmergencyPlan, Goal, Plan } from './types.ts'

/** The permitted person's plan in its newest version, or in an older one. Undefined when there is none. */
export async function planOf(
  db: Db,
  permit: Permit<'whole' | 'emergency summary'>,
  version?: number,
): Promise<Plan | undefined> {
  const head = await headOf(db, permit)
  if (!head) return undefined
  const versions = await versionsOf(db, permit, head.id)
  const shown = versions.find(({ n }) => n === (version ?? head.version))
  if (!shown) return undefined
  const lines = await linesAt(db, permit, head.id, shown.n)
  const agreed = versions.find(({ n, agreedOn }) => n < shown.n && agreedOn)
  return {
    id: head.id,
    version: shown.n,
    savedAt: shown.savedAt,
    savedByName: shown.savedByName,
    agreement: agreementOf(shown),
    lastAgreed: agreed?.agreedOn ? { version: agreed.n, on: agreed.agreedOn } : undefined,
    reviewOn: shown.reviewOn ?? undefined,
    whatMatters: lines.find((line) => line.kind === 'what matters'),
    goals: goalsOf(lines),
    ifThens: lines.filter((line) => line.kind === 'if-then'),
  }
}

/**
 * What the emergency summary takes from the plan as it stands now, agreed or not: what to do if things get worse,
 * what matters, and the unfinished actions marked for out of hours.
 */
export async function emergencyPlanOf(
  db: Db,
  permit: Permit<'whole' | 'emergency summary'>,
): Promise<EmergencyPlan | undefined> {
  const plan = await planOf(db, permit)
  if (!plan) return undefined
  const { version, savedAt, agreement, reviewOn, whatMatters, ifThens, goals } = plan
  const actions = goals
    .flatMap((goal) => goal.actions)
    .filter((action) => action.isForOutOfHours && !finished.includes(action.state))
  return { version, savedAt, agreement, reviewOn, whatMatters, ifThens, actions }
}

/** How an action stands that needs nobody any more. */
export const finished: readonly Action['state'][] = ['done', 'not done', 'stopped']

const agreementOf = ({ agreedBy, agreedOn, agreedWith }: VersionRow): Agreement | undefined =>
  agreedBy && agreedOn ? { by: agreedBy, on: agreedOn, with: agreedWith ?? undefined } : undefined

const goalsOf = (lines: readonly KnownLine[]): readonly Goal[] =>
  lines
    .filter((line) => line.kind === 'goal')
    .map((goal) => ({
      ...goal,
      actions: lines.filter((line) => line.goalId === goal.lineId).map(asAction),
    }))

const asAction = (line: KnownLine): Action => ({
  ...line,
  ownerName: line.ownerName ?? ownerWords(line.owner),
  state: line.state ?? 'not started',
  stateOn: line.stateAt && londonDate(line.stateAt),
})

const ownerWords = (owner: string | undefined): string =>
  owner === 'the person'
    ? 'The person themselves'
    : owner === 'family or friend'
      ? 'Family or friend'
      : 'Nobody yet'
