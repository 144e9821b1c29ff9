import type { LondonDate } from '#calendar'
import {
  Button,
  Checkboxes,
  Details,
  EmptyState,
  FilterBar,
  HiddenFields,
  PostForm,
  Select,
  TextField,
} from '#ui'
import { ages, shows, sorts } from './list-choices.data.ts'
import {
  addressOf,
  type Filter,
  inForce,
  isShown,
  type ListQuery,
  listText,
  narrowed,
  type Unopened,
  without,
} from './list-rules.ts'
import { capital, conditionWords, counted } from './words.ts'

const asChoices = (choices: readonly { readonly code: string; readonly words: string }[]) =>
  choices.map(({ code, words }) => ({ value: code, words }))

/** What each filter in force says, for its chip and for the sentence when nobody matches. */
function wordsOf(query: ListQuery, filter: Filter): string {
  switch (filter.by) {
    case 'who':
      return 'What you searched for'
    case 'condition':
      return capital(conditionWords(query.condition))
    case 'age':
      return ages.find(({ code }) => code === query.age)?.words ?? ''
    case 'show':
      return shows.find(({ code }) => code === filter.code)?.words ?? ''
  }
}

// Made once: to compare by a language named anew each time takes longer than to draw the form.
const inAlphabet = new Intl.Collator('en-GB').compare

/** Narrows the list by what may stand in an address. Names and numbers may not: they have the form beneath. */
export function FilterForm({
  query,
  candidates,
  today,
}: {
  readonly query: ListQuery
  readonly candidates: readonly Unopened[]
  readonly today: LondonDate
}) {
  const recorded = new Set<string>()
  for (const { suggestion } of candidates) for (const key of suggestion?.conditions ?? []) recorded.add(key)
  const conditions = [...recorded]
    .map((key) => ({ value: key, words: capital(conditionWords(key)) }))
    .sort((a, b) => inAlphabet(a.words, b.words))
  const keep = {
    ...(query.programme && { programme: query.programme }),
    ...(query.tab !== 'to judge' && { tab: query.tab }),
    ...(query.who && { who: query.who.join(',') }),
  }
  return (
    <FilterBar
      action="/case-finding"
      label="Narrow the list"
      keep={keep}
      inForce={inForce(query).map((filter) => ({
        href: addressOf(without(query, filter)),
        words: wordsOf(query, filter),
      }))}
    >
      <Select
        name="condition"
        label="Condition"
        labelSize="plain"
        current={query.condition}
        choices={[{ value: '', words: 'Any condition' }, ...conditions]}
      />
      <Select name="age" label="Age" labelSize="plain" current={query.age} choices={asChoices(ages)} />
      <Select name="sort" label="Sort by" labelSize="plain" current={query.sort} choices={asChoices(sorts)} />
      <Details summary={`Show only${query.show.length > 0 ? `, ${query.show.length} on` : ''}`}>
        <Checkboxes
          name="show"
          label="People who are all of these"
          hint="How many are left with it is beside each"
          choices={showChoices(query, candidates, today)}
          ticked={query.show}
        />
      </Details>
    </FilterBar>
  )
}

/** What may be shown alone, and how many each would leave beside the other filters; what would leave nobody is not offered. */
function showChoices(query: ListQuery, candidates: readonly Unopened[], today: LondonDate) {
  const found = narrowed(candidates, { ...query, sort: '' }, today)
  return shows.flatMap(({ code, words }) => {
    const isOn = query.show.includes(code)
    const left = isOn ? found.length : found.filter((one) => isShown(one, code)).length
    return left > 0 || isOn ? [{ value: code, words: `${words} (${left.toLocaleString('en-GB')})` }] : []
  })
}

/** Finds by name or NHS number. It is posted, so that neither is ever in an address. */
export function FindForm({ query }: { readonly query: ListQuery }) {
  return (
    <PostForm action="/case-finding/find" layout="row">
      <HiddenFields fields={{ list: listText(query) }} />
      <TextField name="typed" label="Name or NHS number on this list" labelSize="plain" widthChars={20} />
      <Button kind="secondary" isSmall>
        Find
      </Button>
    </PostForm>
  )
}

/** Says which filters leave nobody, and offers to take off the one that shows most. */
export function NoMatch(props: {
  readonly query: ListQuery
  readonly candidates: readonly Unopened[]
  readonly today: LondonDate
}) {
  const { query, candidates, today } = props
  const given = inForce(query)
  const ways = given
    .map((filter) => ({
      filter,
      count: narrowed(candidates, without(query, filter), today).length,
    }))
    .sort((a, b) => b.count - a.count)
  const best = ways[0]
  const all = given.reduce<ListQuery>((rest, filter) => without(rest, filter), query)
  const names = given.map((filter) => `“${wordsOf(query, filter)}”`).join(' and ')
  return (
    <EmptyState says={`0 of ${counted(candidates.length, 'person', 'people')} match ${names}.`}>
      <p>
        {best && given.length > 1 && best.count > 0 && (
          <>
            <a href={addressOf(without(query, best.filter))}>Take off “{wordsOf(query, best.filter)}”</a> (
            {counted(best.count, 'person', 'people')}) or{' '}
          </>
        )}
        <a href={addressOf(all)}>clear all filters</a> ({counted(candidates.length, 'person', 'people')})
      </p>
    </EmptyState>
  )
}
