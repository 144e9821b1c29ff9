import { claimRoutes } from './claims.tsx'
import { findRoutes } from './find.tsx'
import { markRoutes } from './mark-page.tsx'
import { readyMonths } from './months.ts'
import { openingRoutes } from './openings.tsx'
import { placeRoutes } from './places.tsx'
import { postRoutes } from './post.tsx'
import { reasonRoutes } from './reason.tsx'
import { traceRoutes } from './trace.tsx'
import type { Room } from './types.ts'
import { whoLookedRoutes } from './who-looked.tsx'

export { actorOf } from './actor.ts'
export { idOfForm, requireSamePerson } from './asked.ts'
export { makeDemoSignIns } from './demo-sign-ins.ts'
export { type IdentityProvider, openIdentityProvider } from './identity-provider.ts'
export { newId } from './ids.ts'
export { isAnybodyReferred, makeLocalAdministrator, renewLocalPassword } from './local-administrator.ts'
export type { CookieToSet, Door, Open, OpenAnswer, OpenRoute, SignInSettings } from './open.ts'
export { type Ask, isReference, permit, permitList, permitOpened, require } from './permit.ts'
export { reasonPage } from './reason.tsx'
export { changedMeanwhile, notForYou, Refused, tooMany } from './refused.ts'
export { runSealer, sealOnce } from './seal.ts'
export { forgetSealsAfter, sealKeys, sealPublicKey, secondPlaceIn } from './seal-keys.ts'
export {
  beginSession,
  endSession,
  enter,
  enterAsSystem,
  leaveWord,
  logRefusal,
  type Said,
  takeWord,
} from './session.ts'
export { openRoutes } from './sign-in.tsx'
export { demoPosts, knowStaff, type Post } from './sign-in-store.ts'
export type {
  Answer,
  Asked,
  Form,
  ListPermit,
  Outcome,
  Part,
  Permit,
  PersonPanel,
  Problem,
  Purpose,
  Room,
  Route,
  SentFile,
  StaffCaller,
  StaffVisit,
  SystemCaller,
  Tie,
  Visit,
} from './types.ts'

export { type AuditProof, verifyAudit } from './verify-audit.ts'

export const room: Room = {
  name: 'access',
  screens: [
    ...postRoutes,
    ...placeRoutes,
    ...findRoutes,
    ...traceRoutes,
    ...claimRoutes,
    ...openingRoutes,
    ...reasonRoutes,
    ...markRoutes,
    ...whoLookedRoutes,
  ],
  tasks: { 'ready months': readyMonths },
}
