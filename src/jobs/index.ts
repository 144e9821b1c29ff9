export { beginCopy, copies, copyPlan, endCopy, setCopyPlan } from './copy-store.ts'
export type { Copy, CopyPlan } from './copy-types.ts'
export { sayInTurn } from './say-in-turn.ts'
export {
  joinWaiting,
  laterAfter,
  laterIn,
  lookAgain,
  progress,
  takeUpLeftBehind,
  writeProgress,
} from './store.ts'
export type { Later, Payload, Progress, Task, Workshop } from './types.ts'
