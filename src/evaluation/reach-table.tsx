import { DataTable, Details } from '#ui'
import { reachSlopeOf, reachSlopeSaid } from './reach-slope.ts'
import { fewest, number } from './sentences.ts'
import type { ReachLine } from './service-types.ts'
import { type ToldLine, toldLines } from './suppression.ts'

const hidden = `Fewer than ${fewest}, or it would give such a count away`

/** Whom it reached, by group, without what could name somebody. */
export function ReachTable({ reach }: { readonly reach: readonly ReachLine[] }) {
  return (
    <Details summary="Whom it reached, by group">
      <DataTable
        caption="Those it could have been for, and those who joined"
        rows={toldLines(reach)}
        keyOf={({ of, group }) => `${of} ${group}`.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}
        columns={[
          { head: 'Group', cell: ({ of, group }) => (of === 'Everybody' ? group : `${of}: ${group}`) },
          { head: 'Could have been for', cell: (line) => told(line, line.inNeed), isNumber: true },
          { head: 'Joined', cell: (line) => told(line, line.joined), isNumber: true },
          {
            head: 'Of 100',
            cell: (line) => told(line, (line.joined / Math.max(line.inNeed, 1)) * 100),
            isNumber: true,
          },
        ]}
      />
      <p>{reachSlopeSaid(reachSlopeOf(reach))}</p>
      <p className="kw-second">Those who had 2 or more emergency admissions in the last year, or joined.</p>
    </Details>
  )
}

const told = ({ isTold }: ToldLine, value: number) => (isTold ? number(value) : hidden)
