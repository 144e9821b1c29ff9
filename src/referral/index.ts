import type { Room } from '#access'
import { panelFor } from './episode.tsx'
import { screens } from './screens.ts'

export { type Acceptance, acceptCandidate } from './actions.ts'
export { possibleOwners } from './owners.ts'
export { reassignReasons } from './reasons.data.ts'
export { caseloadOf, ownerWords } from './rules.ts'
export { closingsOf } from './store.ts'
export { reassign, recordAgreement, takeAcceptanceBack } from './turns.ts'
export type { PossibleOwner } from './types.ts'

export const room: Room = { name: 'referral', screens, panelFor }
