import type { Room } from '#access'
import { panelFor } from './back-page.tsx'
import { screens } from './screens.tsx'

export { closeEpisode, looseEnds, takeBack } from './actions.ts'
export { type ClosureReason, closureReasons, safetyNet, type Told } from './reasons.data.ts'
export type { Closing, LooseEnds } from './types.ts'

export const room: Room = { name: 'closure', screens, panelFor }
