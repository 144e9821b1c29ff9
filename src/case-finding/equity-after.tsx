import { DataTable, Details } from '#ui'
import { afterLines, shownWords } from './equity-rules.ts'
import { rateWords } from './equity-words.ts'
import type { NameOf } from './group-names.ts'
import type { GroupCount } from './group-store.ts'

/** What came after being accepted, by group: who said yes, and who stayed 90 days. Nothing where it was not counted. */
export function AfterAccepted(props: {
  readonly by: string
  readonly groups: readonly GroupCount[]
  readonly nameOf: NameOf
}) {
  const { by, groups, nameOf } = props
  const lines = afterLines(groups)
  if (lines.length === 0) return null
  return (
    <Details summary={`Who said yes and stayed, by ${by.toLowerCase()}`}>
      <DataTable
        caption={`After they were accepted, by ${by.toLowerCase()}`}
        isCaptionHidden
        rows={lines}
        keyOf={({ group }) => `after-${by}-${group}`.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}
        columns={[
          { head: 'Group', cell: ({ group }) => nameOf(group), width: 'middle' },
          { head: 'Accepted', cell: ({ accepted }) => shownWords(accepted), isNumber: true },
          { head: 'Said yes', cell: ({ agreed }) => shownWords(agreed), isNumber: true },
          {
            head: 'Of 100 accepted',
            cell: ({ agreedOf100, accepted, agreed }) => rateWords(agreedOf100, accepted, agreed),
            isNumber: true,
          },
          {
            head: '90 days ago or more',
            cell: ({ agreedLongAgo }) => shownWords(agreedLongAgo),
            isNumber: true,
          },
          { head: 'Stayed 90 days', cell: ({ stayed }) => shownWords(stayed), isNumber: true },
          {
            head: 'Of 100 of these',
            cell: ({ stayedOf100, agreedLongAgo, stayed }) => rateWords(stayedOf100, agreedLongAgo, stayed),
            isNumber: true,
          },
        ]}
      />
    </Details>
  )
}
