import type { LondonDate } from '#calendar'
import { Checkboxes, DateField, FieldGroup, Radios, Select } from '#ui'
import { thingNamed } from './asked-words.ts'
import type { ChoiceFacts } from './choice-rules.ts'
import type { Choices } from './choice-types.ts'
import { ageChoices, furtherChecks, horizonChoices, optionalCovariates, subgroups } from './choices.data.ts'
import { outcomeNames, outcomeWords, primaryNames } from './outcomes.data.ts'

type Props = { readonly now: Choices; readonly facts: ChoiceFacts; readonly from: string }

const asChoice = (value: (typeof outcomeNames)[number]) => ({
  value,
  words: thingNamed(value).Many,
  hint: outcomeWords[value].means,
})

/** What is counted, beside what, and for how long. */
export function OutcomeFields({ now, from }: Props) {
  return (
    <FieldGroup legend="What is counted">
      <Radios
        name="outcome"
        label="What decides the answer?"
        hint="The smallest fall that can be seen, the matching and the verdict are all about this"
        choices={primaryNames.map(asChoice)}
        known={{ value: now.outcome, from }}
      />
      <Checkboxes
        name="further"
        label="What is counted beside it?"
        hint="Each is told with its interval and an allowance for how many there are. None can become the answer afterwards"
        choices={outcomeNames.map(asChoice)}
        ticked={now.further}
        isOptional
      />
      <Radios
        name="horizonDays"
        label="For how long are people followed?"
        hint="From the day after joining"
        choices={horizonChoices.map((days) => ({ value: String(days), words: `Up to ${days} days` }))}
        known={{ value: String(now.horizonDays), from }}
      />
    </FieldGroup>
  )
}

/** Whose joining counts, and whom they are compared with. */
export function CohortFields({ now: { cohort, pool }, facts, from }: Props) {
  const place = facts.places.find(({ name }) => name === cohort.place?.name)
  return (
    <FieldGroup
      legend="Who is in it"
      hint="Everybody who joined, unless you narrow it. Two versions may not differ by fewer than 8 people: their outcomes could be worked out"
    >
      <Select
        name="fromAge"
        label="From which age?"
        choices={[
          { value: '', words: `${facts.programmeFromAge}, as the programme` },
          ...ageChoices.map((age) => ({ value: String(age), words: `${age} and over` })),
        ]}
        current={cohort.fromAge ? String(cohort.fromAge) : ''}
      />
      <Select
        name="place"
        label="Where?"
        choices={[
          { value: '', words: 'Everywhere' },
          ...facts.places.map(({ id, name, practices }) => ({
            value: id,
            words: `${name} (${practices.length} ${practices.length === 1 ? 'practice' : 'practices'})`,
          })),
        ]}
        current={place?.id ?? ''}
      />
      <DateField name="joinedFrom" label="Joined from" isOptional value={boxesOf(cohort.joinedFrom)} />
      <DateField name="joinedTo" label="Joined to" isOptional value={boxesOf(cohort.joinedTo)} />
      <Radios
        name="pool"
        label="Whom are they compared with first?"
        hint="The other comparison is always shown beside it"
        choices={[
          {
            value: 'everywhere',
            words: 'Anybody who could have joined that day and had not',
            hint: 'Most people to choose from',
          },
          {
            value: 'elsewhere',
            words: 'The same, only of practices from which nobody has ever joined',
            hint: 'Nothing the service does can have reached them',
          },
        ]}
        known={{ value: pool, from }}
      />
    </FieldGroup>
  )
}

function boxesOf(on: LondonDate | undefined) {
  if (!on) return undefined
  const [year = '', month = '', day = ''] = on.split('-')
  return { day: String(Number(day)), month: String(Number(month)), year }
}

/** What people are matched on, for whom it is looked at, and further ways of asking. */
export function MatchingFields({ now }: Props) {
  return (
    <FieldGroup legend="How it is judged">
      <Checkboxes
        name="covariates"
        label="Which of these are people matched on as well?"
        hint="Always matched on: what is expected from history, emergency admissions and what is counted in the last 30, 90 and 365 days and the year before, A&E visits, nights, age, sex and living in a care home. That past cannot be left out: it is what falls back by itself, and a study without it would call that the service"
        choices={optionalCovariates.map(({ covariate: { name, label } }) => ({ value: name, words: label }))}
        ticked={now.covariates}
        isOptional
      />
      <Checkboxes
        name="subgroups"
        label="For which groups is it looked at apart?"
        hint="Only those chosen now can be told apart later: whoever looks for a group in which it worked finds one"
        choices={subgroups.map(({ key, group, rest }) => ({
          value: key,
          words: group,
          hint: `Against: ${rest.charAt(0).toLowerCase()}${rest.slice(1)}`,
        }))}
        ticked={now.subgroups}
        isOptional
      />
      <Checkboxes
        name="checks"
        label="Is anything asked in a further way?"
        hint="The other checks are always run and all shown, so that none can be left out because it disagrees"
        choices={furtherChecks.map(({ key, words, hint }) => ({ value: key, words, hint }))}
        ticked={now.checks}
        isOptional
      />
    </FieldGroup>
  )
}
