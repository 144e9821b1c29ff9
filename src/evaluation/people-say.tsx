import { DataTable, EmptyState, Section } from '#ui'
import { askedHeads, askedRow, scaleHeads, scaleRow } from './said-tables.ts'
import { deathsSaid, type Value, yearsSaid } from './value-words.ts'

/** Everything people answered, scale by scale, beside what they first answered; and that it proves no effect. */
export function PeopleSay({ value }: { readonly value: Value | undefined }) {
  const scales = (value?.scales ?? []).filter(({ pairs }) => pairs !== undefined)
  const { years = [], asked = [] } = value ?? {}
  return (
    <Section heading="What people say">
      {scales.length === 0 ? (
        <EmptyState says="Fewer than 8 people have been asked anything twice." />
      ) : (
        <>
          <DataTable
            caption="Measures: the newest answer of each person beside their first"
            isCaptionHidden
            rows={scales.map((line) => ({ line, cells: scaleRow(line) }))}
            keyOf={({ line }) =>
              `${line.instrument}-${line.version}-${line.scale}-${line.isOwn ? 'own' : 'other'}`
                .toLowerCase()
                .replaceAll(/[^a-z0-9]+/g, '-')
            }
            columns={scaleHeads.map((head, at) => ({
              head,
              cell: ({ cells }: { readonly cells: readonly string[] }) => cells[at],
              isNumber: at > 1,
            }))}
          />
          <p className="kw-second">
            Nobody who was not helped was asked. People are often first asked when things are at their worst,
            so part of any change would have come by itself. Counts from 1 to 7 are withheld, with those that
            would give them away.
          </p>
        </>
      )}
      {asked.length > 0 && (
        <>
          <DataTable
            caption="Of whom each measure was due, how many answered"
            rows={asked.map((line) => ({ line, cells: askedRow(line) }))}
            keyOf={({ line }) => `asked-${line.instrument}-${line.moment.replace(' ', '-')}`}
            columns={askedHeads.map((head, at) => ({
              head,
              cell: ({ cells }: { readonly cells: readonly string[] }) => cells[at],
              isNumber: at > 1,
            }))}
          />
          <p className="kw-second">
            Those who do not answer are often those who are worse. The fewer answered, the less the rest says
            of everybody.
          </p>
        </>
      )}
      {value?.deaths && <p>{deathsSaid(value.deaths)}</p>}
      {years.map((one) => (
        <p key={`${one.version} ${one.isOwn}`}>{yearsSaid(one)}</p>
      ))}
    </Section>
  )
}
