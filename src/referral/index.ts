export {
  type Acceptance,
  acceptCandidate,
  reassign,
  recordAgreement,
  takeAcceptanceBack,
} from './actions.ts'
export { possibleOwners } from './owners.ts'
export type { PossibleOwner, Referral } from './types.ts'
