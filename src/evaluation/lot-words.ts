import { dateWords } from '#calendar'
import type { LotAnswer, LotArm } from './lot-types.ts'
import { fewest, number, peopleWords, rate, type Said } from './sentences.ts'

/** What the draws by lot say, in words fixed beforehand. Stronger than any matching: only chance parted the two sides. */
export function lotSaid(lot: LotAnswer): Said {
  const { ratio } = lot
  if (!ratio)
    return {
      panel: 'caution',
      heading: 'By lot: we cannot tell yet.',
      lines: [whoLine(lot), 'A rate needs at least 10 emergency admissions on each side.'],
    }
  const between = `${rate(ratio.value)} (95% interval ${rate(ratio.low)} to ${rate(ratio.high)})`
  const lines = [
    whoLine(lot),
    `In the year after the draw: ${rateOf(lot.drawn)} emergency admissions a person-year among those drawn, ${rateOf(lot.notDrawn)} among those not drawn. The ratio within draws is ${between}.`,
    'Chance alone decided who was asked, so nothing else explains a difference that chance does not. Everybody counts as drawn, whether or not they were helped.',
  ]
  if (ratio.high < 1)
    return {
      panel: 'verdict-good',
      heading: 'By lot: fewer emergency admissions among those drawn.',
      lines,
    }
  if (ratio.low > 1)
    return { panel: 'verdict-bad', heading: 'By lot: more emergency admissions among those drawn.', lines }
  return { panel: 'caution', heading: 'By lot: we cannot tell yet.', lines }
}

const rateOf = ({ events, years }: LotArm) => rate(events / years)

const whoLine = ({ draws, firstOn, lastOn, drawn, notDrawn }: LotAnswer) =>
  `${draws === 1 ? `One draw on ${dateWords(firstOn)}` : `${number(draws)} draws from ${dateWords(firstOn)} to ${dateWords(lastOn)}`}: ${armWords(drawn)} were drawn, of whom ${joinedWords(drawn)} joined; ${armWords(notDrawn)} were not, of whom ${joinedWords(notDrawn)} joined all the same.`

const armWords = ({ people }: LotArm) => peopleWords(people)

// A count under 8 is not told, nor what is left over from it.
const joinedWords = ({ joined, people }: LotArm) =>
  joined === 0
    ? 'nobody'
    : joined < fewest
      ? `fewer than ${fewest}`
      : people - joined > 0 && people - joined < fewest
        ? 'nearly all'
        : number(joined)
