import { dateWords } from '#calendar'
import { DataTable, measuredLines, Section } from '#ui'
import { intervalWords, shareWords } from '../model/report-words.ts'
import { type Target, targetOf } from '../model/targets.data.ts'
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
export function VersionsBeside(versions: Versions) {
  const kinds = [...new Set(versions.models.map(({ report }) => targetOf(report)))]
  return kinds.map((target) => <OfOne key={target.key} versions={versions} target={target} />)
}

/** Those of one target: nobody is asked to hold admissions against something else. */
function OfOne({
  versions: { models: all, checks, inForce },
  target,
}: {
  readonly versions: Versions
  readonly target: Target
}) {
  const models = all.filter(({ report }) => targetOf(report) === target)
  const rows = checks
    .filter(({ observed, modelId }) => observed >= 10 && models.some(({ id }) => id === modelId))
    .slice(0, most)
  if (rows.length === 0) return null
  const nameOf = (id: string) => models.find((model) => model.id === id)?.name ?? 'Not known'
  return (
    <Section heading={headingOf(target)}>
      {drawn(rows, nameOf, target)}
      <DataTable
        caption={`Each version of ${target.of}, the newest load first`}
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
          { head: `Of 100 listed, ${target.past}`, cell: ({ cut }) => shareWords(cut.ppv) },
          { head: `Of 100 ${target.those}, found`, cell: ({ cut }) => shareWords(cut.sensitivity) },
          {
            head: 'Happened over expected',
            cell: ({ observedOverExpected: ratio }) => `${ratio.value.toFixed(2)} (${intervalWords(ratio)})`,
          },
          { head: 'Right in 100 pairs', cell: ({ auc }) => shareWords(auc) },
        ]}
      />
      <p className="kw-second">
        Each row is the 365 days before a list, by everybody of age and registered for a year. Where a list
        was at work in that year, it may have happened to fewer of those it showed.
      </p>
    </Section>
  )
}

const headingOf = ({ key, of }: Target) =>
  `Each version${key === 'emergency admission' ? '' : ` of ${of}`} on the same people, load by load`

const most = 50

/** The two versions with the most loads, drawn where both have at least two. */
function drawn(rows: readonly ModelCheck[], nameOf: (id: string) => string, { past }: Target) {
  const days = [...new Set(rows.map(({ indexOn }) => indexOn))].sort()
  const lines = [...new Set(rows.map(({ modelId }) => modelId))]
    .map((id) => ({ id, own: rows.filter(({ modelId }) => modelId === id) }))
    .filter(({ own }) => own.length === days.length)
    .slice(0, 2)
  if (days.length < 2 || lines.length === 0) return null
  return measuredLines({
    name: `Of 100 listed, ${past} in the year`,
    across: 'Loads, the first at 0',
    description: 'The higher line finds more of those it happened to, at the same length of list.',
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
