export { closeEpisode, looseEnds, takeBack } from './actions.ts'
export { type ClosureReason, closureReasons, safetyNet, type Told } from './reasons.data.ts'
export type { Closing, LooseEnds } from './types.ts'
