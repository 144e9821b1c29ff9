import { dateWords } from '#calendar'
import { DataTable, Details } from '#ui'
import type { Said } from './history-store.ts'
import type { Run } from './types.ts'

/** What earlier lists said of the person, where there is more than the list that is read now. */
export function EarlierLists({ said, run }: { readonly said: readonly Said[]; readonly run?: Run }) {
  if (said.length < 2) return null
  const hasNumbers = said.some(({ risk }) => risk !== undefined)
  return (
    <Details summary="What earlier lists said">
      <DataTable
        caption="What each list said, the newest first"
        isCaptionHidden
        rows={said}
        keyOf={({ runId }) => `said-${runId}`}
        columns={[
          {
            head: 'List of',
            cell: ({ indexOn }) => `${dateWords(indexOn)}${indexOn === run?.indexOn ? ', this list' : ''}`,
          },
          ...(hasNumbers
            ? [
                {
                  head: 'Of 100 with such a record',
                  cell: ({ risk }: Said) => (risk === undefined ? 'by the rule' : Math.round(100 * risk)),
                  isNumber: true,
                } as const,
              ]
            : []),
          {
            head: 'Rank',
            cell: ({ rank, cut }) => `${rank.toLocaleString('en-GB')} of ${cut.toLocaleString('en-GB')}`,
            isNumber: true,
          },
          {
            head: 'Emergency admissions in the year before',
            cell: ({ emergencyAdmissions }) => emergencyAdmissions,
            isNumber: true,
          },
        ]}
      />
      <p className="kw-second">
        {hasNumbers && 'Numbers are by the model in use. '}A list that did not have the person is not here.
      </p>
    </Details>
  )
}
