import type { EmergencyPlan } from '#care-plan'

/** The parts of a summary that give way so that it stays on one side of paper. What to do first never does. */
export type OnePage = {
  readonly ifThens: EmergencyPlan['ifThens']
  readonly whatMatters: string | undefined
  readonly actions: EmergencyPlan['actions']
  /** What was left out, in words for the sheet. */
  readonly leftOut: readonly string[]
}

// Measured on A4 at the sheet's print size: about 95 letters a full line, 64 in the wide column, and 30 lines
// between the identity boxes and whom to ring.
const linesFree = 30
const wide = 64
const full = 95

const linesOf = (text: string, width: number) => Math.max(1, Math.ceil(text.length / width))

/**
 * What of a plan fits on one side of A4.
 *
 * Everything to do first stays whole. Then what matters, cut at a word where it must be; then the actions, nearest
 * due first. What is left out is said, so that nobody takes the sheet for the whole plan.
 */
export function fitOnePage(plan: EmergencyPlan): OnePage {
  const ifLines = plan.ifThens.reduce(
    (sum, line) => sum + linesOf(`${line.thenWords ?? ''} ${line.callWords ?? ''}`, wide),
    0,
  )
  let free = linesFree - ifLines
  const words = plan.whatMatters?.words
  const mattersLines = Math.min(words ? linesOf(words, full) : 1, Math.max(2, free - 4))
  const whatMatters = words && cut(words, mattersLines * full)
  free -= mattersLines
  const actions = plan.actions.filter((action) => {
    free -= linesOf(`${action.words} ${action.ownerName}`, full)
    return free >= 0
  })
  const missing = plan.actions.length - actions.length
  return {
    ifThens: plan.ifThens,
    whatMatters,
    actions,
    leftOut: [
      ...(words && whatMatters !== words ? ['The rest of what matters is in the plan.'] : []),
      ...(missing > 0 ? [`${missing} more ${missing === 1 ? 'action' : 'actions'} in the plan.`] : []),
    ],
  }
}

function cut(words: string, most: number): string {
  if (words.length <= most) return words
  const short = words.slice(0, most)
  return `${short.slice(0, Math.max(short.lastIndexOf(' '), 1))} …`
}
