import type { Room } from '#access'
import { checkModels } from './drift/check-models.ts'
import { modelRoutes } from './model/model-pages.tsx'
import { train } from './model/training.ts'
import { checkOutside } from './outside/check-outside.ts'
import { rank } from './rank.ts'
import { panelFor, screens } from './screens.tsx'

export { markAccepted, unmarkAccepted } from './actions.ts'
export { programmeFor } from './candidates.ts'
export { tellFreePlaces } from './cuts/actions.ts'
export { suitsPart, type WithSuits } from './flags/programme-part.ts'
export { addressOf as listAddress, type ListQuery, listText, readList } from './list-rules.ts'
export { type TargetKey, targetBySlug } from './model/targets.data.ts'
export { type Trained, trainModel } from './model/training.ts'
export { validateNewest } from './model/validation.ts'
export { reasonsFor } from './reasons.data.ts'
export { reasonWords } from './rules.ts'
export { newestJudgement } from './store.ts'
export type { Decision, Judgement } from './types.ts'

export const room: Room = {
  name: 'case-finding',
  screens: [...screens, ...modelRoutes],
  tasks: { rank, train, 'check models': checkModels, 'check outside scores': checkOutside },
  panelFor,
}
