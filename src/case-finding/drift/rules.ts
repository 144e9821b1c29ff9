import type { Estimate } from '#prediction'
import type { Target } from '../model/targets.data.ts'
import type { ModelCheck, MovedFact } from './types.ts'

/** What is to be thought of a figure that is looked at again and again. */
export type Moved = 'as it was' | 'watch' | 'act' | 'cannot tell'

/**
 * The bounds, set before anything was seen.
 *
 * @source Admitted over expected: screens design 7.12 (0.95 to 1.05 asked for) and risk design 5.6 (0.9 to 1.1). The
 *   population stability index: Siddiqi, Credit Risk Scorecards, 2006, chapter 8 (under 0.1 little, over 0.25 much).
 *   How many people it takes: our choice, for by chance alone the index of 10 bins is near 0.02 at 1,000.
 */
export const bounds = {
  ratio: { from: 0.95, to: 1.05, actFrom: 0.9, actTo: 1.1 },
  stability: { watch: 0.1, act: 0.25, fewestPeople: 1000 },
} as const

/** Of admitted over expected. An interval that holds 1 tells nothing, unless the value is where it is asked to be. */
export function ratioMoved({ value, low, high }: Estimate): Moved {
  const { from, to, actFrom, actTo } = bounds.ratio
  if (value >= from && value <= to) return 'as it was'
  if ((low ?? 0) <= 1 && (high ?? Number.POSITIVE_INFINITY) >= 1) return 'cannot tell'
  return value >= actFrom && value <= actTo ? 'watch' : 'act'
}

/** Of a population stability index. @param people on the side with fewer. */
export function stabilityMoved(index: number, people: number): Moved {
  const { watch, act, fewestPeople } = bounds.stability
  if (people < fewestPeople) return 'cannot tell'
  return index > act ? 'act' : index > watch ? 'watch' : 'as it was'
}

/** The facts past a bound. */
export const movedFacts = ({ facts, peopleNow }: ModelCheck): readonly MovedFact[] =>
  facts.filter(({ index }) => ['watch', 'act'].includes(stabilityMoved(index, peopleNow)))

/** Whether a model must be looked at before its numbers are relied on: what it says, or its people, past the outer bound. */
export const mustAct = (check: ModelCheck): boolean =>
  ratioMoved(check.observedOverExpected) === 'act' ||
  stabilityMoved(check.riskIndex, check.peopleNow) === 'act'

/** How what a model says is told. */
type Told = Pick<Target, 'did' | 'those'>

/** What to do, the gravest first; one sentence at least. */
export function whatToDo(check: ModelCheck, told: Told): readonly string[] {
  const sentences = [
    ...ratioSentence(check, told),
    ...stabilitySentence(check),
    ...factsSentence(check),
    ...heldOutSentence(check, told),
  ]
  return sentences.length > 0 ? sentences : ['Nothing to do now. It is looked at again with the next load.']
}

const in100 = (share: number) => Math.round(100 * share)

function ratioSentence(
  { observedOverExpected: ratio, observed }: ModelCheck,
  { did, those }: Told,
): readonly string[] {
  const moved = ratioMoved(ratio)
  const came = `${in100(ratio.value)} ${did} for every 100 it expected`
  const way = ratio.value > 1 ? 'too little' : 'too much'
  if (moved === 'act') {
    return [
      `It says ${way}: ${came}. Ask the clinical safety officer to take it out of use until a model trained on the newest complete year is tested.`,
    ]
  }
  if (moved === 'watch') return [`It says a little ${way}: ${came}. Train again before the next quarter.`]
  return moved === 'cannot tell'
    ? [
        `We cannot tell yet whether it says too much or too little: ${observed.toLocaleString('en-GB')} ${those} are too few.`,
      ]
    : []
}

function stabilitySentence({ riskIndex, peopleNow }: ModelCheck): readonly string[] {
  const moved = stabilityMoved(riskIndex, peopleNow)
  if (moved === 'act') {
    return [
      'The people are not those it was tested on any more. Look at the facts that moved and at the newest load first, then train again.',
    ]
  }
  if (moved === 'watch')
    return ['The people have moved some way from those it was tested on. Look at the facts that moved.']
  return moved === 'cannot tell'
    ? ['There are too few people here to tell whether they have moved: 1,000 are needed.']
    : []
}

function factsSentence(check: ModelCheck): readonly string[] {
  const moved = movedFacts(check).map(({ words }) => words)
  return moved.length === 0
    ? []
    : [
        `Look in Data quality at how the source of each was read: ${moved.join('; ')}. A new code or a source half sent looks the same as people who changed.`,
      ]
}

function heldOutSentence({ heldOut, observedOverExpected }: ModelCheck, { did }: Told): readonly string[] {
  if (heldOut) {
    return [
      `Of those held out by chance ${in100(heldOut.observedOverExpected.value)} ${did} for every 100 it expected. They show whether it is right: the list may have helped the others.`,
    ]
  }
  return observedOverExpected.value < bounds.ratio.from
    ? [
        'Some of this may be the list at work: to people it helps it happens less often than it says. Only a hold-out tells the two apart.',
      ]
    : []
}
