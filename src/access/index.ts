export { actorOf } from './actor.ts'
export { requireSamePerson } from './asked.ts'
export { newId } from './ids.ts'
export { type Ask, permit, permitList, permitOpened, require } from './permit.ts'
export { changedMeanwhile, notForYou, Refused } from './refused.ts'
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
  StaffCaller,
  StaffVisit,
  SystemCaller,
  Tie,
  Visit,
} from './types.ts'
