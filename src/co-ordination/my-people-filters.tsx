import type { StaffVisit } from '#access'
import { Button, Chips, FilterBar, type Link, PostForm, Select, TextField } from '#ui'
import { stageWords } from './my-people-table.tsx'
import { filterAddress, isKept, type PeopleFilter } from './people-list.ts'
import type { Listed } from './types.ts'

const allOpen: PeopleFilter = {
  stage: '',
  owner: '',
  practice: '',
  isSilent: false,
  isMine: false,
  sort: 'silent',
  page: 1,
}

export function Views(props: {
  readonly everybody: readonly Listed[]
  readonly filter: PeopleFilter
  readonly visit: StaffVisit
}) {
  const { everybody, filter, visit } = props
  const views = [
    { words: 'Everybody', set: allOpen },
    { words: 'Mine', set: { ...allOpen, isMine: true } },
    { words: 'Active', set: { ...allOpen, stage: 'active' } },
    { words: 'Monitoring', set: { ...allOpen, stage: 'monitoring' } },
    { words: 'Not heard from', set: { ...allOpen, isSilent: true } },
  ]
  const here = filterAddress({ ...filter, page: 1, sort: 'silent' })
  return (
    <Chips
      chips={views.map(({ words, set }) => ({
        href: filterAddress(set),
        words,
        count: everybody.filter((person) => isKept(person, set, visit.caller.staffId, visit.today)).length,
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

const choicesOf = (pairs: readonly (readonly [string | undefined, string | undefined])[]) =>
  [...new Map(pairs.flatMap(([value, words]) => (value && words ? [[value, words] as const] : []))).entries()]
    .map(([value, words]) => ({ value, words }))
    .toSorted((a, b) => a.words.localeCompare(b.words))

export function Filters({
  everybody,
  filter,
}: {
  readonly everybody: readonly Listed[]
  readonly filter: PeopleFilter
}) {
  const owners = choicesOf(everybody.map((person) => [person.ownerId, person.ownerName]))
  const practices = choicesOf(everybody.map((person) => [person.practiceId, person.practiceName]))
  const stages = choicesOf(everybody.map(({ stage }) => [stage, stageWords(stage)]))
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
