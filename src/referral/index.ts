import type { Room } from '#access'
import { panelFor } from './episode.tsx'
import { screens } from './screens.ts'

export {
  type Acceptance,
  acceptCandidate,
  reassign,
  recordAgreement,
  takeAcceptanceBack,
} from './actions.ts'
export { possibleOwners } from './owners.ts'
export type { PossibleOwner } from './types.ts'

export const room: Room = { name: 'referral', screens, panelFor }
