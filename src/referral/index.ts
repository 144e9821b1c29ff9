import type { Room } from '#access'
import { panelFor } from './episode-panel.tsx'
import { screens } from './screens.ts'

export { type Acceptance, acceptCandidate } from './actions.ts'
export { changeHowSoon, writtenSince } from './how-soon.ts'
export { HowSoonField, howSoonSent } from './how-soon-field.tsx'
export { isUrgent, lateFrom } from './how-soon-rules.ts'
export { howSoonIn } from './how-soon-store.ts'
export { byWords, howSoonWords } from './how-soon-words.ts'
export { possibleOwners } from './owners.ts'
export { type Pronouns, pronounsOf } from './pronouns.ts'
export { reassignReasons } from './reasons.data.ts'
export { caseloadOf, ownerWords } from './rules.ts'
export { closingsOf } from './store.ts'
export { reassign, recordAgreement, takeAcceptanceBack } from './turns.ts'
export type { HowSoon, PossibleOwner, Triage } from './types.ts'

export const room: Room = { name: 'referral', screens, panelFor }
