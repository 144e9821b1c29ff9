import { measuredLines, quadrants, Section } from '#ui'
import type { FirstYear } from './further-types.ts'
import { number, peopleWords } from './sentences.ts'
import type { CostPlane, Differences } from './service-types.ts'
import type { Effect } from './types.ts'

/** The share of each group alive and not yet admitted, month by month. */
export function FirstYearChart({ effect }: { readonly effect: Effect }) {
  const year = effect.further?.firstYear
  if (!year) return null
  return (
    <Section heading="Until the first admission">
      <p>{firstYearSaid(year)}</p>
      {measuredLines({
        name: 'Of 100 people, alive and not yet admitted as an emergency',
        across: 'Months since joining',
        marksAcross: [0, 3, 6, 9, 12],
        lines: [
          { words: `${peopleWords(effect.helped.people)} helped`, points: pointsOf(year.helped) },
          { words: `${peopleWords(effect.matched.people)} matched`, points: pointsOf(year.matched) },
        ],
        description: firstYearSaid(year),
      })}
      <p className="kw-second">
        Not adjusted. An admission is taken to the middle of its month. The bars are 95% intervals.
      </p>
    </Section>
  )
}

const pointsOf = ({ free }: FirstYear['helped']) =>
  free.map(({ value, low, high }, month) => ({ x: month, y: value, ...(month > 0 && { low, high }) }))

/** Admitted first and died first by the end of the year: the dead are never counted as still to be admitted. */
export function firstYearSaid({ helped, matched }: FirstYear): string {
  const of = ({ admittedFirst, diedFirst }: FirstYear['helped']) =>
    `${number(admittedFirst)} were admitted as an emergency and ${number(diedFirst)} died without it`
  return `By the end of the year, of 100 helped ${of(helped)}; of 100 matched ${of(matched)}.`
}

/** What each quarter of the plane means. */
export const quarterWords: Readonly<Record<keyof CostPlane['shares'], string>> = {
  'fewer, less': 'Fewer admissions, other care costs less',
  'fewer, more': 'Fewer admissions, other care costs more',
  'more, less': 'More admissions, other care costs less',
  'more, more': 'More admissions, other care costs more',
}

/** Admissions and cost together: where the difference may lie. */
export function CostPlaneChart({ differences }: { readonly differences: Differences }) {
  const { plane, pounds, admissions } = differences
  if (!plane || !pounds) return null
  const quarter = (key: keyof CostPlane['shares'], side: 'left' | 'right', half: 'top' | 'bottom') => ({
    ...{ words: quarterWords[key], inHundred: plane.shares[key] },
    ...{ side, half },
  })
  const most = Object.entries(plane.shares).reduce((a, b) => (b[1] > a[1] ? b : a))
  return (
    <>
      {quadrants({
        name: 'Admissions and cost together',
        across: 'Emergency admissions for 1,000 people a year, helped less matched',
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
