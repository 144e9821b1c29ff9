export { countPromised, laterIn, progress, writeProgress } from './store.ts'
export type { Later, Payload, Progress, Task, Workshop } from './types.ts'
