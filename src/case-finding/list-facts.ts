import { dateWords, type LondonDate, londonDate } from '#calendar'
import type { PracticeList } from './candidates.ts'
import { fellWords, placesWords } from './cuts/cut-words.ts'
import { belowTheCut, cutWords } from './cuts/rules.ts'
import { mustAct, whatToDo } from './drift/rules.ts'
import { flagWords } from './flags/rules.ts'
import { heldOutHere } from './holdout/rules.ts'
import type { Candidate } from './list-rules.ts'
import { bandWords, drawnWords } from './lots/rules.ts'
import { targetOf } from './model/targets.data.ts'
import type { Suggestion } from './types.ts'
import { addedWords, counted, reasonsOf, returnedWords } from './words.ts'

/**
 * What must be known of a list by whoever holds it on paper or as a file, away from the page: what put it in order,
 * where it was cut, that near ties were drawn by lot, that a hold-out runs. Never who is held out.
 */
export const listFacts = (list: PracticeList): readonly string[] => [
  orderFact(list),
  ...driftFact(list),
  ...cutFact(list),
  ...lotFacts(list),
  ...holdoutFact(list),
]

function orderFact({ run, inUse }: PracticeList): string {
  if (!run || !inUse) return 'In order by the rule, not validated here.'
  const { model, since } = inUse
  return `In order by the model ${model.name}, checked here on ${dateWords(londonDate(model.trainedAt))}. ${since.answeredForBy} answers for it. “In 100” is how many of 100 people with such a record ${targetOf(model.report).had} in the following 12 months here.`
}

const driftFact = ({ inUse }: PracticeList): readonly string[] =>
  inUse?.check && mustAct(inUse.check)
    ? [`The model must be looked at. ${whatToDo(inUse.check, targetOf(inUse.model.report))[0] ?? ''}`]
    : []

function cutFact({ run, reach, candidates }: PracticeList): readonly string[] {
  if (!run || !reach) return []
  if (reach.cut.way === 'all') {
    return [
      `Not cut: everybody on the list is asked, the first ${run.percent} in 100 of those considered in all practices.`,
    ]
  }
  const below = belowTheCut(candidates)
  const rest = `${counted(below, 'person of this practice is', 'people of this practice are')} below the cut and may be judged all the same.`
  return [
    [`Cut: it asks ${cutWords(reach.cut)}.`, placesWords(reach), fellWords(reach), rest]
      .filter(Boolean)
      .join(' '),
  ]
}

const lotFacts = ({ lots }: PracticeList): readonly string[] =>
  lots.map(
    (lot) =>
      `Near ties were drawn by lot on ${dateWords(lot.drawnOn)}: of ${counted(lot.inDraw, 'person', 'people')} ${bandWords(lot.band)} ${drawnWords(lot)}. ${lot.approvedByName} approved it: “${lot.reason}”. How it fell stands beside each person. Nobody is refused by it.`,
  )

function holdoutFact({ holdout, candidates }: PracticeList): readonly string[] {
  if (!holdout) return []
  const held = heldOutHere(candidates)
  return [
    `A hold-out runs until ${dateWords(holdout.endsOn)}: ${holdout.sharePercent} in 100 of each list, by chance, are not shown. ${counted(held, 'person of this practice is', 'people of this practice are')} held out now. Anybody may be added or accepted all the same.`,
  ]
}

/** How the last draw they were in fell for somebody; empty for whoever was in none. */
export const lotWords = (lot: Suggestion['lot']): string => {
  if (!lot) return ''
  return lot.isDrawn
    ? `Drawn by lot on ${dateWords(lot.drawnOn)}`
    : `In the draw of ${dateWords(lot.drawnOn)}, not drawn`
}

/** Why somebody stands on the list, in one line: what was counted or pushes the number, by hand, shown again. */
export function whyWords(candidate: Candidate, today: LondonDate): string {
  const { suggestion, standing, added } = candidate
  const flags = flagWords.filter(({ key }) => suggestion?.flags?.includes(key)).map(({ chip }) => chip)
  return [
    ...(suggestion ? counts(suggestion, today) : []),
    ...flags,
    added && addedWords(added, today),
    returnedWords(standing),
  ]
    .filter(Boolean)
    .join('; ')
}

const counts = (suggestion: Suggestion, today: LondonDate): readonly string[] => {
  const { told } = suggestion
  if (!told) return reasonsOf(suggestion, today)
  const { up, down } = told
  const ways = [up.length > 0 && `Up: ${up.join('; ')}`, down.length > 0 && `Down: ${down.join('; ')}`]
  return [ways.filter(Boolean).join('. ')]
}
