import { dateWords } from '#calendar'
import { DataTable, measuredLines, Section } from '#ui'
import { intervalWords, shareWords } from '../model/report-words.ts'
import type { ModelSwitch, TrainedModel } from '../model/types.ts'
import type { ModelCheck } from './types.ts'

type Versions = {
  readonly models: readonly TrainedModel[]
  readonly checks: readonly ModelCheck[]
  readonly inForce?: ModelSwitch
}

/**
 * Every version beside the others on the same people, load by load: whether the work on them helped can be seen.
 */
export function VersionsBeside({ models, checks, inForce }: Versions) {
  const rows = checks.filter(({ observed }) => observed >= 10).slice(0, most)
  if (rows.length === 0) return null
  const nameOf = (id: string) => models.find((model) => model.id === id)?.name ?? 'Not known'
  return (
    <Section heading="Each version on the same people, load by load">
      {drawn(rows, nameOf)}
      <DataTable
        caption="Each version, the newest load first"
        isCaptionHidden
        rows={rows}
        keyOf={({ modelId, indexOn }) => `version-${modelId}-${indexOn}`}
        columns={[
          { head: 'List of', cell: ({ indexOn }) => dateWords(indexOn) },
          {
            head: 'Model',
            cell: ({ modelId }) => (
              <>
                <a href={`/models/${modelId}`}>{nameOf(modelId)}</a>
                {inForce?.modelId === modelId && ', in use'}
              </>
            ),
          },
          { head: 'List, %', cell: ({ cut }) => cut.percent, isNumber: true },
          { head: 'Of 100 listed, admitted', cell: ({ cut }) => shareWords(cut.ppv) },
          { head: 'Of 100 admitted, found', cell: ({ cut }) => shareWords(cut.sensitivity) },
          {
            head: 'Admitted over expected',
            cell: ({ observedOverExpected: ratio }) => `${ratio.value.toFixed(2)} (${intervalWords(ratio)})`,
          },
          { head: 'Right in 100 pairs', cell: ({ auc }) => shareWords(auc) },
        ]}
      />
      <p className="kw-second">
        Each row is the 365 days before a list, by everybody of age and registered for a year. Where a list
        was at work in that year, fewer of those it showed may have been admitted.
      </p>
    </Section>
  )
}

const most = 50

/** The two versions with the most loads, drawn where both have at least two. */
function drawn(rows: readonly ModelCheck[], nameOf: (id: string) => string) {
  const days = [...new Set(rows.map(({ indexOn }) => indexOn))].sort()
  const lines = [...new Set(rows.map(({ modelId }) => modelId))]
    .map((id) => ({ id, own: rows.filter(({ modelId }) => modelId === id) }))
    .filter(({ own }) => own.length === days.length)
    .slice(0, 2)
  if (days.length < 2 || lines.length === 0) return null
  return measuredLines({
    name: 'Of 100 listed, admitted in the year',
    across: 'Loads, the first at 0',
    description: 'The higher line finds more of those who were admitted, at the same length of list.',
    marksAcross: days.map((_, at) => at),
    lines: lines.map(({ id, own }) => ({
      words: nameOf(id),
      points: [...own].reverse().map(({ indexOn, cut: { ppv } }) => ({
        x: days.indexOf(indexOn),
        y: 100 * ppv.value,
        low: 100 * (ppv.low ?? ppv.value),
        high: 100 * (ppv.high ?? ppv.value),
      })),
    })),
  })
}
