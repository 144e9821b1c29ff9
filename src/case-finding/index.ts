export { markAccepted, unmarkAccepted } from './actions.ts'
export { reasonsFor } from './reasons.data.ts'
export { reasonWords } from './rules.ts'
export type { Decision, Judgement } from './types.ts'
