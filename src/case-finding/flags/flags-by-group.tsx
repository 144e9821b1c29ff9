import { DataTable, Details } from '#ui'
import { placeOf, rateOf, shownCounts, shownWords } from '../equity-rules.ts'
import { rateWords } from '../equity-words.ts'
import type { NameOf } from '../group-names.ts'
import type { FlagCount } from './group-store.ts'

/** Of those a list has, how many have each flag, by group: whether a flag passes a group over can be seen. */
export function FlagsByGroup(props: {
  readonly by: string
  readonly counts: readonly FlagCount[]
  readonly nameOf: NameOf
}) {
  const { by, nameOf } = props
  const counts = [...props.counts].sort((a, b) => placeOf(a) - placeOf(b))
  if (counts.length === 0) return null
  const told = {
    listed: shownCounts(counts.map(({ listed }) => listed)),
    acsc: shownCounts(counts.map(({ acsc }) => acsc)),
    gap: shownCounts(counts.map(({ gap }) => gap)),
    endOfLife: shownCounts(counts.map(({ endOfLife }) => endOfLife)),
  }
  const rows = counts.map((count, at) => {
    const rate = (flag: 'acsc' | 'gap' | 'endOfLife') =>
      typeof told[flag][at] === 'number' && typeof told.listed[at] === 'number'
        ? rateWords(rateOf(count[flag], count.listed, 100))
        : 'too few'
    return {
      group: count.group,
      listed: shownWords(told.listed[at] ?? 'not shown'),
      acsc: rate('acsc'),
      gap: rate('gap'),
      endOfLife: rate('endOfLife'),
    }
  })
  return (
    <Details summary={`What help could change, by ${by.toLowerCase()}`}>
      <DataTable
        caption={`Flags of 100 listed, by ${by.toLowerCase()}`}
        isCaptionHidden
        rows={rows}
        keyOf={({ group }) => `flags-${by}-${group}`.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}
        columns={[
          { head: 'Group', cell: ({ group }) => nameOf(group), width: 'middle' },
          { head: 'On the list', cell: ({ listed }) => listed, isNumber: true },
          { head: 'Often avoidable admission, of 100', cell: ({ acsc }) => acsc, isNumber: true },
          { head: 'Gap in care, of 100', cell: ({ gap }) => gap, isNumber: true },
          { head: 'End of life care, of 100', cell: ({ endOfLife }) => endOfLife, isNumber: true },
        ]}
      />
    </Details>
  )
}
