export { remarkOnAction, savePlan } from './actions.ts'
export { emergencyPlanOf, planOf } from './questions.ts'
export { isStale } from './rules.ts'
export {
  type Colleague,
  type DueAction,
  type MarkedAction,
  markedForOutOfHours,
  staffAround,
  unfinishedActions,
} from './store.ts'
export type { Action, AgreedBy, Agreement, EmergencyPlan, Goal, Plan, PlanDraft, Remark } from './types.ts'
