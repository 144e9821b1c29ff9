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
