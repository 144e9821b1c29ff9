// Did it help? Every programme is compared every night with people who could have joined and had not.
import type { Room } from '#access'
import { checkDraft, evaluate, tryTheMethod } from './actions.ts'
import { judgeRollouts } from './rollout-actions.ts'
import { screens } from './screens.tsx'

/**
 * This room's pages and promised work, for pathway.ts: 'evaluate' belongs in the timetable and after
 * each load, 'try the method' in the timetable once a week.
 */
export const room: Room = {
  name: 'evaluation',
  screens,
  tasks: {
    evaluate,
    'check study': checkDraft,
    'try the method': tryTheMethod,
    'judge rollouts': judgeRollouts,
  },
}
export { countsYearOfAdmissions } from './asked-words.ts'
export { otherHeads } from './other-heads.tsx'
export { type PaperKind, writePaper } from './paper.ts'
export { runSimulation, scenarioAsks, scenarioNames } from './simulate.ts'
export { gatesOf, type ScenarioSummary, summaryOf } from './simulation-summary.ts'
export { newestAnswer } from './store.ts'
export type { Answer, Verdict } from './types.ts'
