import { FilterBar, type Link, Select } from '#ui'
import { type OutcomeMeasure, outcomeMeasures } from './outcome-measures.data.ts'
import type { OutcomeFilter, OwnedLine } from './outcomes-page.tsx'

/** Narrows somebody's own outcomes by programme, year of joining and, for a team, case manager: the address has it all. */
export function Filters(props: {
  readonly lines: readonly OwnedLine[]
  readonly filter: OutcomeFilter
  readonly nameOf: (id: string) => string
}) {
  const { lines, filter, nameOf } = props
  const choices = (of: (line: OwnedLine) => readonly [string, string]) =>
    [...new Map(lines.map(of))].map(([value, words]) => ({ value, words }))
  const without = (name: 'programme' | 'year' | 'owner') => {
    const set = Object.entries({
      whose: filter.isTeam ? '' : 'mine',
      programme: filter.programme,
      year: filter.year,
      owner: filter.owner,
      what: filter.measure.key,
    }).filter(([key, value]) => value !== '' && key !== name)
    return `/reflection/outcomes?${new URLSearchParams(set)}`
  }
  const owner = lines.find(({ ownerId }) => ownerId === filter.owner)
  const inForce: readonly Link[] = [
    ...(filter.programme ? [{ href: without('programme'), words: nameOf(filter.programme) }] : []),
    ...(filter.year ? [{ href: without('year'), words: filter.year }] : []),
    ...(owner ? [{ href: without('owner'), words: owner.ownerName }] : []),
  ]
  return (
    <FilterBar
      action="/reflection/outcomes"
      label="Narrow the figures"
      keep={filter.isTeam ? {} : { whose: 'mine' }}
      inForce={inForce}
    >
      <Select
        name="programme"
        label="Programme"
        labelSize="plain"
        prompt="Any"
        choices={choices(({ programmeId }) => [programmeId, nameOf(programmeId)])}
        current={filter.programme}
      />
      <Select
        name="year"
        label="Joined, April to March"
        labelSize="plain"
        prompt="Any year"
        choices={choices(({ year }) => [year, year])}
        current={filter.year}
      />
      <MeasureSelect measure={filter.measure} />
      {filter.isTeam && (
        <Select
          name="owner"
          label="Case manager"
          labelSize="plain"
          prompt="Anybody"
          choices={choices(({ ownerId, ownerName }) => [ownerId, ownerName])}
          current={filter.owner}
        />
      )}
    </FilterBar>
  )
}

/** Which use of care a table counts. */
export const MeasureSelect = ({ measure }: { readonly measure: OutcomeMeasure }) => (
  <Select
    name="what"
    label="What is counted"
    labelSize="plain"
    choices={outcomeMeasures.map(({ key, words }) => ({ value: key, words }))}
    current={measure.key}
  />
)
