import type { Room } from '#access'
import { panelFor } from './panel.tsx'
import { screens } from './screens.tsx'

export { type ActionKind, actionKinds } from './action-kinds.data.ts'
export { remarkOnAction, savePlan } from './actions.ts'
export { giveActions } from './give-actions.ts'
export { emergencyPlanOf, planOf } from './questions.ts'
export { isStale } from './rules.ts'
export { type Sharing, sharingOf, sharingWords } from './sharing.ts'
export {
  actionWordsOf,
  type Colleague,
  type DueAction,
  markedForOutOfHours,
  staffAround,
  unfinishedActions,
} from './store.ts'
export type { Action, Agreement, EmergencyPlan, Goal, Plan, PlanDraft, Remark } from './types.ts'

export const room: Room = { name: 'care-plan', screens, panelFor }
