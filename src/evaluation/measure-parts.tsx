import { DataTable, Details, Section } from '#ui'
import type { Further } from './further-types.ts'
import { changeHeads, changeRow, practiceHeads, practiceRows } from './measure-words.ts'
import { practiceMeasures } from './practice-measures.data.ts'
import type { MeasureCount } from './service-types.ts'

const keyed = (words: string) => words.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')

/** How routine care moved, helped and matched, and how it stands by practice: after the measures of QOF. */
export function PracticeMeasures({
  further,
  counts,
}: {
  readonly further?: Further
  readonly counts?: readonly MeasureCount[]
}) {
  const changes = further?.measures ?? []
  if (changes.length === 0 && (counts ?? []).length === 0) return null
  return (
    <Section heading="Routine care, by readings in the records">
      <p className="kw-second">
        {practiceMeasures
          .map(({ words, source }) => `${words} (${source.charAt(0).toLowerCase()}${source.slice(1)})`)
          .join('. ')}
        . The reading is the last in 12 months; somebody without one is outside it; nobody is excepted, so it
        is not a practice’s QOF achievement.
      </p>
      {changes.length > 0 && (
        <>
          <p>
            Of those on the register on both days and followed to the end. Nobody was matched on these
            readings: read how each group moved, not how they stand against each other.
          </p>
          <DataTable
            caption="Within each measure at joining and at the end"
            rows={changes.map(changeRow)}
            keyOf={([measure]) => keyed(measure ?? '')}
            columns={changeHeads.map((head, at) => ({
              head,
              cell: (row: readonly string[]) => row[at],
              isNumber: at > 0,
            }))}
          />
        </>
      )}
      {counts && counts.length > 0 && (
        <Details summary="By practice, at the end of the records">
          <DataTable
            caption="Each measure by practice"
            rows={practiceRows(counts)}
            keyOf={([measure, practice, whose]) => keyed(`${measure} ${practice} ${whose}`)}
            columns={practiceHeads.map((head, at) => ({
              head,
              cell: (row: readonly string[]) => row[at],
              isNumber: at > 2,
            }))}
          />
        </Details>
      )}
    </Section>
  )
}
