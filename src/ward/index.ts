import type { Room } from '#access'
import { panelFor, screens } from './screens.tsx'

export { admit, freeBedWhenClosed, leaveWard, wardOf } from './actions.ts'
export { discuss, leaveRound, startRound, turnsOf } from './round-actions.ts'
export { stayOf } from './store.ts'
export type { Decision, LeavingReason, OnWard, Seen, Ward } from './types.ts'

export const room: Room = { name: 'ward', screens, panelFor }
