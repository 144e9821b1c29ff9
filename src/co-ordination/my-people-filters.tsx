import { Button, Chips, FilterBar, type Link, PostForm, Select, TextField } from '#ui'
import type { PeopleCounted } from './lists.store.ts'
import { stageWords } from './my-people-table.tsx'
import { filterAddress, type PeopleFilter } from './people-list.ts'

const allOpen: PeopleFilter = {
  stage: '',
  owner: '',
  practice: '',
  isSilent: false,
  isMine: false,
  sort: 'silent',
  page: 1,
}

export function Views({
  counts,
  filter,
}: {
  readonly counts: PeopleCounted['counts']
  readonly filter: PeopleFilter
}) {
  const views = [
    { words: 'Everybody', count: counts.everybody, set: allOpen },
    { words: 'Mine', count: counts.mine, set: { ...allOpen, isMine: true } },
    { words: 'Active', count: counts.active, set: { ...allOpen, stage: 'active' } },
    { words: 'Monitoring', count: counts.monitoring, set: { ...allOpen, stage: 'monitoring' } },
    { words: 'Not heard from', count: counts.silent, set: { ...allOpen, isSilent: true } },
  ]
  const here = filterAddress({ ...filter, page: 1, sort: 'silent' })
  return (
    <Chips
      chips={views.map(({ words, count, set }) => ({
        href: filterAddress(set),
        words,
        count,
        isCurrent: filterAddress(set) === here,
      }))}
    />
  )
}

export function Search({ words }: { readonly words: string }) {
  return (
    <PostForm action="/my-people" layout="row" typed={{ words }}>
      <TextField
        name="words"
        label="Find by name, NHS number or birth date"
        labelSize="plain"
        widthChars={20}
      />
      <Button kind="secondary" isSmall>
        Find
      </Button>
    </PostForm>
  )
}

export function Filters({ about, filter }: { readonly about: PeopleCounted; readonly filter: PeopleFilter }) {
  const { owners, practices } = about
  const stages = about.stages.map((stage) => ({ value: stage, words: stageWords(stage) }))
  const named = (choices: typeof owners, value: string) => choices.find((one) => one.value === value)?.words
  const without = (change: Partial<PeopleFilter>) => filterAddress({ ...filter, ...change, page: 1 })
  const inForce: readonly Link[] = [
    ...(filter.stage ? [{ href: without({ stage: '' }), words: stageWords(filter.stage) }] : []),
    ...(filter.owner
      ? [{ href: without({ owner: '' }), words: named(owners, filter.owner) ?? 'One case manager' }]
      : []),
    ...(filter.practice
      ? [{ href: without({ practice: '' }), words: named(practices, filter.practice) ?? 'One practice' }]
      : []),
    ...(filter.isSilent ? [{ href: without({ isSilent: false }), words: 'Not heard from' }] : []),
    ...(filter.isMine ? [{ href: without({ isMine: false }), words: 'Mine' }] : []),
  ]
  return (
    <FilterBar
      action="/my-people"
      label="Narrow the list"
      keep={{ ...(filter.isSilent && { silent: 'yes' }), ...(filter.isMine && { mine: 'yes' }) }}
      inForce={inForce}
    >
      <Select
        name="stage"
        label="Stage"
        labelSize="plain"
        prompt="Any"
        choices={stages}
        current={filter.stage}
      />
      <Select
        name="owner"
        label="Case manager"
        labelSize="plain"
        prompt="Anybody"
        choices={owners}
        current={filter.owner}
      />
      <Select
        name="practice"
        label="Practice"
        labelSize="plain"
        prompt="Any"
        choices={practices}
        current={filter.practice}
      />
      <Select
        name="sort"
        label="Order"
        labelSize="plain"
        choices={[
          { value: 'silent', words: 'Longest not heard from' },
          { value: 'name', words: 'Family name' },
        ]}
        current={filter.sort}
      />
    </FilterBar>
  )
}
