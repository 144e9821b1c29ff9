import type { MeasureChange, MeasureShare } from './further-types.ts'
import { type PracticeMeasure, practiceMeasures } from './practice-measures.data.ts'
import { fewest, number } from './sentences.ts'
import type { MeasureCount } from './service-types.ts'
import { toldLines } from './suppression.ts'

/** A measure in words, with where its definition comes from. */
export const measureNamed = (key: string): Pick<PracticeMeasure, 'words' | 'source'> =>
  practiceMeasures.find((one) => one.key === key) ?? { words: key, source: '' }

export const changeHeads = [
  'Measure',
  'Helped, people',
  'Helped, at joining',
  'Helped, at the end',
  'Matched, people',
  'Matched, at joining',
  'Matched, at the end',
] as const

/** How one measure moved, of 100, in both groups. Fewer than 10 within it, or outside it, is no share. */
export function changeRow({ measure, helped, matched }: MeasureChange): readonly string[] {
  const isTold = [helped.before, helped.after, matched.before, matched.after].every(isEnough)
  const share = ({ metPercent, recordedPercent }: MeasureShare) =>
    isTold ? `${Math.round(metPercent)} of 100, ${Math.round(recordedPercent)} read` : 'Too few'
  const count = ({ people }: MeasureShare) =>
    people === 0 ? 'Nobody' : people < fewest ? `Fewer than ${fewest}` : number(people)
  return [
    measureNamed(measure).words,
    count(helped.before),
    share(helped.before),
    share(helped.after),
    count(matched.before),
    share(matched.before),
    share(matched.after),
  ]
}

const isEnough = ({ people, met }: MeasureShare) => met >= 10 && people - met >= 10

export const practiceHeads = [
  'Measure',
  'Practice',
  'Whose',
  'On the register',
  'Within it',
  'Of 100',
] as const

/**
 * Each measure by practice, of those with the programme and of everybody else there. A count that could name somebody is left
 * out, and the next that would give it away; the two sides of a practice are kept apart, so neither is taken from the other.
 */
export function practiceRows(counts: readonly MeasureCount[]): readonly (readonly string[])[] {
  const lines = counts.map((one) => ({
    of: `${one.measure} ${one.isHelped}`,
    group: one.practice ?? 'Not known',
    inNeed: one.people,
    joined: one.met,
    count: one,
  }))
  const told = toldLines(lines)
  return lines.map(({ count, group, inNeed, joined }, at) => {
    const isTold = told.some((one) => one.isTold && one.of === lines[at]?.of && one.group === group)
    return [
      measureNamed(count.measure).words,
      group,
      count.isHelped ? 'With the programme' : 'Everybody else there',
      isTold ? number(inNeed) : 'not told',
      isTold ? number(joined) : 'not told',
      isTold && joined >= 10 && inNeed - joined >= 10
        ? String(Math.round((100 * joined) / inNeed))
        : 'not told',
    ]
  })
}
