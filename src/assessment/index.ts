// What matters to the person, and what they and their carer need: so far, what they answer to measures.
import type { Room } from '#access'
import { panelFor } from './panel.tsx'
import { screens } from './screens.ts'

export {
  answerCountsOf,
  askedOf,
  type Experienced,
  experienceOf,
  outcomesOf,
  qualityYearsOf,
  recordMeasure,
  strikeAnswers,
} from './actions.ts'
export { type Change, changeOf } from './change.ts'
export type {
  AnswerCounts,
  AskedOfDue,
  Months,
  PlacesOfDeath,
  QualityYears,
  ScaleOutcome,
} from './group-types.ts'
export { placesOfDeathOf, recordPlace } from './place-actions.ts'
export { measuresPart } from './programme-part.ts'
export { friendsAndFamily } from './scoring.ts'
export { meanWords, scaleName, scoringOf, scorings } from './scorings.ts'
export { measuresOf } from './store.ts'
export type { Measure, NewMeasure, Score } from './types.ts'
export { type WishedPlace, wishedPlacesOf } from './wished-store.ts'

export const room: Room = { name: 'assessment', screens, panelFor }
