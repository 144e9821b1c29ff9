import { DataTable, EmptyState, Section } from '#ui'
import { goalsHeads, goalsRow } from './goals-words.ts'
import { askedHeads, askedRow, experienceHeads, experienceRow, scaleHeads, scaleRow } from './said-tables.ts'
import { deathsSaid, type Value, yearsSaid } from './value-words.ts'

/** Everything people answered, beside what they first answered and how many were asked; and that it proves no effect. */
export function PeopleSay({ value }: { readonly value: Value | undefined }) {
  const { scales = [], years = [], asked = [], experience = [], deaths, goals = [] } = value ?? {}
  const twice = scales.filter(({ pairs }) => pairs !== undefined)
  return (
    <Section heading="What people say">
      {twice.length === 0 && <EmptyState says="Fewer than 8 people have been asked anything twice." />}
      <Rows
        caption="The newest answer of each person beside their first"
        heads={scaleHeads}
        rows={twice.map((line) => ({
          key: `${line.instrument}-${line.version}-${line.scale}-${whose(line)}`,
          cells: scaleRow(line),
        }))}
        note="Nobody who was not helped was asked. People are often first asked when things are at their worst, so part of any change would have come by itself. Counts from 1 to 7 are withheld, with those that would give them away."
      />
      <Rows
        caption="What people say of their care"
        heads={experienceHeads}
        rows={experience.map((line) => ({
          key: `experience-${line.item}-${whose(line)}`,
          cells: experienceRow(line),
        }))}
        note="In words of Keyworker’s own that nobody has validated: read each question by itself. Whoever is unhappy with a service often does not answer."
      />
      <Rows
        caption="How far goals were reached, rated at the start and again"
        heads={goalsHeads}
        rows={goals.map((line) => ({ key: `goals-${line.groupedBy}-${line.name}`, cells: goalsRow(line) }))}
        note="50 is every goal as hoped. It starts low because a goal is set below what is hoped, easy goals give a high number, and nobody who was not helped set any: it proves no effect. Groups of fewer than 8 people are left out, with those that would give them away."
      />
      <Rows
        caption="Of whom each measure was due, how many answered"
        heads={askedHeads}
        rows={asked.map((line) => ({
          key: `asked-${line.instrument}-${line.moment}`,
          cells: askedRow(line),
        }))}
        note="Those who do not answer are often those who are worse. The fewer answered, the less the rest says of everybody."
      />
      {deaths && <p>{deathsSaid(deaths)}</p>}
      {years.map((one) => (
        <p key={`${one.version} ${one.isOwn}`}>{yearsSaid(one)}</p>
      ))}
    </Section>
  )
}

const whose = ({ isOwn }: { readonly isOwn: boolean }) => (isOwn ? 'own' : 'other')

type Line = { readonly key: string; readonly cells: readonly string[] }

/** One table with what is to be kept in mind under it; nothing where it has no rows. */
function Rows(props: {
  readonly caption: string
  readonly heads: readonly string[]
  readonly rows: readonly Line[]
  readonly note: string
}) {
  const { caption, heads, rows, note } = props
  if (rows.length === 0) return null
  return (
    <>
      <DataTable
        caption={caption}
        rows={rows}
        keyOf={({ key }) => key.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}
        columns={heads.map((head, at) => ({
          head,
          cell: ({ cells }: Line) => cells[at],
          isNumber: at > 1,
        }))}
      />
      <p className="kw-second">{note}</p>
    </>
  )
}
