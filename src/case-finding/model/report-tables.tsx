import { DataTable, Details, Section, SummaryList } from '#ui'
import { type ChecklistItem, probastItems, tripodItems } from './checklists.data.ts'
import { features } from './features.data.ts'
import { intervalWords } from './report-words.ts'
import type { TrainingReport } from './types.ts'

const number = (value: number) => value.toLocaleString('en-GB')

/** What to do next, from what the report found. */
export function WhatToDo({ report }: { readonly report: TrainingReport }) {
  const missing = [
    ...new Set(report.leftOut.filter(({ why }) => why.includes('not linked')).map(({ words }) => words)),
  ]
  return (
    <Section heading="What to do" isRuled={false}>
      <ul className="nhsuk-list nhsuk-list--bullet">
        <li>Look by hand at people of a group it says too little of</li>
        {missing.length > 0 && (
          <li>Link the sources it had not: {missing.length} facts could not be counted</li>
        )}
        <li>Train again when a newer complete year is loaded, and within 12 months</li>
      </ul>
    </Section>
  )
}

/** Everything a reader may check, folded. */
export function Checks({ report }: { readonly report: TrainingReport }) {
  const { leaks, leakScreens, leftOut, figures } = report
  return (
    <Section heading="For whoever checks this" isRuled={false}>
      <Details summary={`Leak screens: ${leakScreens - leaks.length} of ${leakScreens} passed`}>
        {leaks.length === 0 ? (
          <p>Nothing looks like the outcome getting into what it is told from. That is no proof.</p>
        ) : (
          leaks.map((leak) => <p key={leak}>{leak}</p>)
        )}
      </Details>
      <Details summary={`What it was told from: ${report.columns.length} columns`}>
        <Used report={report} />
      </Details>
      <Details summary={`What was left out: ${leftOut.length} facts`}>
        <DataTable
          caption="Facts left out, and why"
          rows={leftOut}
          keyOf={({ number: place, words }) => `out-${place}-${words}`.replaceAll(/[^A-Za-z0-9]+/g, '-')}
          columns={[
            { head: 'Number', cell: (one) => one.number, isNumber: true },
            { head: 'Fact', cell: ({ words }) => words },
            { head: 'Why', cell: ({ why }) => why },
          ]}
        />
      </Details>
      <Details summary="Every other figure">
        <SummaryList
          rows={[
            {
              label: 'Average precision',
              value: `${figures.averagePrecision.value.toFixed(3)} (${intervalWords(figures.averagePrecision, 3)})`,
            },
            {
              label: 'Brier score',
              value: `${figures.brier.value.toFixed(4)} (${intervalWords(figures.brier, 4)})`,
            },
            {
              label: 'Scaled Brier',
              value: `${figures.scaledBrier.value.toFixed(3)} (${intervalWords(figures.scaledBrier, 3)})`,
            },
            {
              label: 'Calibration in the large',
              value: `${figures.calibrationInTheLarge.value.toFixed(3)} (${intervalWords(figures.calibrationInTheLarge, 3)})`,
            },
            {
              label: 'Practices left out in turn',
              value: `AUC ${report.leftOutPractices.auc.value.toFixed(3)} (${intervalWords(report.leftOutPractices.auc, 3)}), slope ${report.leftOutPractices.calibrationSlope.value.toFixed(2)} (${intervalWords(report.leftOutPractices.calibrationSlope)})`,
            },
            {
              label: 'How much it flatters itself',
              value: report.optimism
                ? optimismWords(report.optimism)
                : 'Not worked out: this was a quick training',
            },
            {
              label: 'Penalty and terms',
              value: `${report.lambda.toPrecision(3)}, ${report.terms} terms, seed ${report.seed}`,
            },
            { label: 'Records', value: <code>{report.recordsSha256}</code> },
            { label: 'Features and code lists', value: <code>{report.featuresSha256}</code> },
          ]}
        />
      </Details>
      <Checklist name="TRIPOD+AI, answered from this run" items={tripodItems(report)} />
      <Checklist name="PROBAST+AI, answered from this run" items={probastItems(report)} />
    </Section>
  )
}

const optimismWords = (found: NonNullable<TrainingReport['optimism']>) =>
  `AUC by ${found.auc.value.toFixed(4)} (${intervalWords(found.auc, 4)}), slope by ${found.slope.value.toFixed(3)} (${intervalWords(found.slope, 3)}), over ${found.bootstraps} refits of ${number(found.rowsEach)} people each; corrected, AUC ${found.correctedAuc.toFixed(3)} and slope ${found.correctedSlope.toFixed(2)}. The intervals are what so few refits leave open`

function Used({ report }: { readonly report: TrainingReport }) {
  const keys = new Set(report.columns.map((column) => column.split(':')[0]))
  return (
    <DataTable
      caption="Facts it was told from"
      rows={features.filter(({ key }) => keys.has(key))}
      keyOf={({ key }) => `fact-${key}`}
      columns={[
        { head: 'Number', cell: (feature) => feature.number, isNumber: true },
        { head: 'Fact', cell: ({ words }) => words },
        { head: 'Family', cell: ({ family }) => family },
        {
          head: 'Days looked back',
          cell: ({ lookBackDays }) => (lookBackDays ? number(lookBackDays) : 'all'),
          isNumber: true,
        },
        { head: 'Code list', cell: ({ codeList }) => codeList ?? 'none' },
        { head: 'Nothing recorded', cell: ({ ifNone }) => ifNone },
        { head: 'Read as', cell: ({ transform }) => transform },
      ]}
    />
  )
}

function Checklist({ name, items }: { readonly name: string; readonly items: readonly ChecklistItem[] }) {
  return (
    <Details summary={name}>
      <DataTable
        caption={name}
        rows={items}
        keyOf={({ item, about }) => `${name.slice(0, 6)}-${item}-${about}`.replaceAll(/[^A-Za-z0-9]+/g, '-')}
        columns={[
          { head: 'Item', cell: ({ item }) => item },
          { head: 'About', cell: ({ about }) => about },
          { head: 'Here', cell: ({ answer }) => answer, width: 'wide' },
        ]}
      />
    </Details>
  )
}
