import { measuredLines, quadrants, Section } from '#ui'
import { aOrAn, type Thing, thingOf } from './asked-words.ts'
import type { FirstYear } from './further-types.ts'
import { number, peopleWords } from './sentences.ts'
import type { CostPlane, Differences } from './service-types.ts'
import type { EffectAsked } from './types.ts'

/** The share of each group alive and not yet admitted, month by month. */
export function FirstYearChart({ effect }: { readonly effect: EffectAsked }) {
  const thing = thingOf(effect)
  const year = effect.further?.firstYear
  if (!year) return null
  return (
    <Section heading={`Until the first ${effect.asked ? thing.one : 'admission'}`}>
      <p>{firstYearSaid(year, thing)}</p>
      {measuredLines({
        name: `Of 100 people, alive and ${withoutWords(thing)}`,
        across: 'Months since joining',
        marksAcross: [0, 3, 6, 9, 12].filter((month) => month < year.helped.free.length),
        lines: [
          { words: `${peopleWords(effect.helped.people)} helped`, points: pointsOf(year.helped) },
          { words: `${peopleWords(effect.matched.people)} matched`, points: pointsOf(year.matched) },
        ],
        description: firstYearSaid(year, thing),
      })}
      <p className="kw-second">
        Not adjusted. The first is taken to the middle of its month. The bars are 95% intervals.
      </p>
    </Section>
  )
}

const pointsOf = ({ free }: FirstYear['helped']) =>
  free.map(({ value, low, high }, month) => ({ x: month, y: value, ...(month > 0 && { low, high }) }))

/** First of what is asked, and died first, by the end: the dead are never counted as still to come. */
export function firstYearSaid({ helped, matched }: FirstYear, thing: Thing = thingOf({})): string {
  const isAdmission = thing.many === 'emergency admissions'
  const had = isAdmission ? 'were admitted as an emergency' : `had ${aOrAn(thing.one)}`
  const of = ({ admittedFirst, diedFirst }: FirstYear['helped']) =>
    `${number(admittedFirst)} ${had} and ${number(diedFirst)} died without it`
  return `By the end of ${thing.span}, of 100 helped ${of(helped)}; of 100 matched ${of(matched)}.`
}

const withoutWords = ({ many, one }: Thing) =>
  many === 'emergency admissions' ? 'not yet admitted as an emergency' : `without ${aOrAn(one)} yet`

/** What each quarter of the plane means. */
function quarterWords(thing: Thing): Readonly<Record<keyof CostPlane['shares'], string>> {
  const many = thing.many === 'emergency admissions' ? 'admissions' : thing.many
  return {
    'fewer, less': `Fewer ${many}, other care costs less`,
    'fewer, more': `Fewer ${many}, other care costs more`,
    'more, less': `More ${many}, other care costs less`,
    'more, more': `More ${many}, other care costs more`,
  }
}

/** Admissions and cost together: where the difference may lie. */
export function CostPlaneChart({
  differences,
  thing,
}: {
  readonly differences: Differences
  readonly thing: Thing
}) {
  const { plane, pounds, admissions } = differences
  if (!plane || !pounds) return null
  const quarter = (key: keyof CostPlane['shares'], side: 'left' | 'right', half: 'top' | 'bottom') => ({
    ...{ words: quarterWords(thing)[key], inHundred: plane.shares[key] },
    ...{ side, half },
  })
  const most = Object.entries(plane.shares).reduce((a, b) => (b[1] > a[1] ? b : a))
  return (
    <>
      {quadrants({
        name:
          thing.many === 'emergency admissions'
            ? 'Admissions and cost together'
            : `${thing.Many} and cost together`,
        across: `${thing.Many} for 1,000 people a year, helped less matched`,
        up: 'Pounds a person a year',
        draws: plane.draws,
        found: [admissions.value, pounds.value],
        description: `Whole matched sets drawn again 1,000 times. Most often, ${number(most[1])} in 100: ${most[0]}.`,
        quarters: [
          quarter('fewer, more', 'left', 'top'),
          quarter('more, more', 'right', 'top'),
          quarter('fewer, less', 'left', 'bottom'),
          quarter('more, less', 'right', 'bottom'),
        ],
      })}
      <p className="kw-second">
        The cost is that of other care ({differences.costed.join(', ')}). What the service itself costs is on
        the page for a board, and is to be added to it.
      </p>
    </>
  )
}
