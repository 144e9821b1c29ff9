import type { EmergencyPlan } from '#care-plan'

/** The parts of a summary that give way so that it stays on one side of paper. What to do first never does. */
export type OnePage = {
  readonly ifThens: EmergencyPlan['ifThens']
  readonly whatMatters: string | undefined
  readonly actions: EmergencyPlan['actions']
  /** What was left out, in words for the sheet. */
  readonly leftOut: readonly string[]
}

// Measured in Chromium at the sheet's print size. Of the 1,017 px between A4's margins, 490 are free once identity,
// alerts, headings, whom to ring and the foot are drawn; 40 of them wait for a long address or several allergies.
const freePx = 450
const rowPx = { line: 21, around: 11 }
const charactersALine = { if: 22, after: 66, matters: 80, action: 88 }
const mattersLinePx = 25
const actionLinePx = 22

const linesOf = (text: string, characters: number) => Math.max(1, Math.ceil(text.length / characters))

const ifThenPx = ({ words, thenWords = '', callWords = '' }: EmergencyPlan['ifThens'][number]) =>
  rowPx.around +
  rowPx.line *
    Math.max(
      linesOf(words, charactersALine.if),
      linesOf(`${thenWords}. Call ${callWords}`, charactersALine.after),
    )

/**
 * What of a plan fits on one side of A4.
 *
 * Everything to do first stays whole: a plan may not hold more of it than fits. Then what matters, cut at a word where
 * it must be; then the actions, nearest due first. What is left out is said, so that nobody takes the sheet for the
 * whole plan.
 *
 * @param wished the lines that say where somebody wishes to be. They stay whole too; what was left out is then one line.
 * @param toRing how many more there are to ring than usual, as when a colleague covers: 2 lines each.
 */
export function fitOnePage(plan: EmergencyPlan, wished: readonly string[] = [], toRing = 0): OnePage {
  const wishedPx = wished.reduce((sum, line) => sum + actionLinePx * linesOf(line, charactersALine.action), 0)
  const leftOutPx = (wished.length > 0 ? 1 : 2) * actionLinePx
  const toRingPx = 2 * actionLinePx * toRing
  let free = freePx - wishedPx - toRingPx - plan.ifThens.reduce((sum, line) => sum + ifThenPx(line), 0)
  const words = plan.whatMatters?.words
  const wanted = words ? linesOf(words, charactersALine.matters) : 1
  // The lines of what was left out are kept free.
  const allowed = Math.max(1, Math.floor((free - leftOutPx) / mattersLinePx))
  const whatMatters = words && cut(words, Math.min(wanted, allowed) * charactersALine.matters)
  free -= Math.min(wanted, allowed) * mattersLinePx + leftOutPx
  const actions: EmergencyPlan['actions'][number][] = []
  for (const action of plan.actions) {
    free -=
      actionLinePx * linesOf(`${action.words}. ${action.ownerName}, by 30 September`, charactersALine.action)
    if (free < 0) break
    actions.push(action)
  }
  const missing = plan.actions.length - actions.length
  const isCut = words !== undefined && whatMatters !== words
  return {
    ifThens: plan.ifThens,
    whatMatters,
    actions,
    leftOut: wished.length > 0 ? inOneLine(isCut, missing) : inLines(isCut, missing),
  }
}

const more = (missing: number) => `${missing} more ${missing === 1 ? 'action' : 'actions'}`

const inLines = (isCut: boolean, missing: number): readonly string[] => [
  ...(isCut ? ['The rest of what matters is in the plan.'] : []),
  ...(missing > 0 ? [`${more(missing)} in the plan.`] : []),
]

const inOneLine = (isCut: boolean, missing: number): readonly string[] =>
  isCut && missing > 0
    ? [`The rest of what matters, and ${more(missing)}, are in the plan.`]
    : inLines(isCut, missing)

function cut(words: string, most: number): string {
  if (words.length <= most) return words
  const short = words.slice(0, most)
  return `${short.slice(0, Math.max(short.lastIndexOf(' '), 1))} …`
}
