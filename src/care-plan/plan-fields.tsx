import type { AboutPerson } from '#people'
import {
  Button,
  Checkboxes,
  DateField,
  FieldRow,
  HiddenFields,
  Radios,
  Section,
  Select,
  TextField,
} from '#ui'
import { actionKinds, actionKindWords } from './action-kinds.data.ts'
import { shapeOf, type Values } from './form.ts'
import type { OwnerChoice } from './owners.ts'
import { fieldNames } from './rules.ts'

const each = (count: number) => Array.from({ length: count }, (_, at) => at)

export function Goals({
  values,
  owners,
}: {
  readonly values: Values
  readonly owners: readonly OwnerChoice[]
}) {
  const { goals } = shapeOf(values)
  return (
    <Section heading="Goals and actions">
      <p className="kw-second">To take a goal or an action out, clear its words.</p>
      {goals.map((actions, goal) => (
        <fieldset className="nhsuk-fieldset" key={fieldNames.goal(goal)}>
          <legend className="nhsuk-fieldset__legend nhsuk-fieldset__legend--s">Goal {goal + 1}</legend>
          <HiddenFields
            fields={{ [`${fieldNames.goal(goal)}-id`]: values[`${fieldNames.goal(goal)}-id`] ?? '' }}
          />
          <TextField name={fieldNames.goal(goal)} label="What do they want to reach?" labelSize="plain" />
          {each(actions).map((action) => (
            <ActionFields key={action} values={values} owners={owners} goal={goal} action={action} />
          ))}
          <p>
            <Button kind="link" name="do" value={`add action ${goal}`} about={`to goal ${goal + 1}`}>
              Add another action
            </Button>
          </p>
        </fieldset>
      ))}
      <Button kind="secondary" isSmall name="do" value="add goal">
        Add another goal
      </Button>
    </Section>
  )
}

function ActionFields(props: {
  readonly values: Values
  readonly owners: readonly OwnerChoice[]
  readonly goal: number
  readonly action: number
}) {
  const { values, owners, goal, action } = props
  const name = fieldNames.action(goal, action)
  const of = `action ${action + 1} of goal ${goal + 1}`
  return (
    <>
      <HiddenFields fields={{ [`${name}-id`]: values[`${name}-id`] ?? '' }} />
      <TextField name={name} label={`What needs to be done? (${of})`} labelSize="plain" />
      <FieldRow>
        <Select
          name={fieldNames.owner(goal, action)}
          label={`Who will do this? (${of})`}
          labelSize="plain"
          prompt="Choose a person"
          choices={owners}
        />
        <DateField name={fieldNames.dueOn(goal, action)} label={`By when? (${of})`} labelSize="plain" />
        <Select
          name={fieldNames.kind(goal, action)}
          label={`Kind of help (${of})`}
          labelSize="plain"
          isOptional
          prompt="None of these"
          choices={actionKinds.map((kind) => ({ value: kind, words: actionKindWords(kind) }))}
        />
      </FieldRow>
      <Checkboxes
        name={fieldNames.isForOutOfHours(goal, action)}
        label={`Out of hours (${of})`}
        labelSize="plain"
        choices={[{ value: 'yes', words: 'Out of hours need to know this' }]}
      />
    </>
  )
}

export function IfThens({ values, about }: { readonly values: Values; readonly about: AboutPerson }) {
  const { ifThens } = shapeOf(values)
  return (
    <Section heading="If things get worse">
      <p className="kw-second">
        5 fit the emergency summary, where they stand first. To take one out, clear all of it.
      </p>
      {each(ifThens).map((at) => (
        <fieldset className="nhsuk-fieldset" key={fieldNames.ifWords(at)}>
          <legend className="nhsuk-fieldset__legend nhsuk-fieldset__legend--s">If {at + 1}</legend>
          <HiddenFields
            fields={{ [`${fieldNames.ifWords(at)}-id`]: values[`${fieldNames.ifWords(at)}-id`] ?? '' }}
          />
          <TextField
            name={fieldNames.ifWords(at)}
            label="If this happens"
            hint="60 characters or fewer"
            labelSize="plain"
            isOptional
          />
          <TextField
            name={fieldNames.thenWords(at)}
            label={`Then ${about.called}, or whoever is there, does this`}
            labelSize="plain"
            isOptional
          />
          <TextField
            name={fieldNames.callWords(at)}
            label="And calls"
            hint="Who, the number, and when they answer"
            labelSize="plain"
            isOptional
          />
        </fieldset>
      ))}
      <Button kind="secondary" isSmall name="do" value="add if">
        Add another “if”
      </Button>
    </Section>
  )
}

export function Agreement({ about }: { readonly about: AboutPerson }) {
  return (
    <Section heading="Review and agreement">
      <DateField name={fieldNames.reviewOn} label="When is the plan next reviewed?" />
      <Radios
        name={fieldNames.agreedBy}
        label="Who has agreed this plan as it stands here?"
        hint="Until somebody has, it is kept as a draft"
        choices={[
          { value: 'the person', words: about.called },
          {
            value: 'somebody who may decide for them',
            words: 'Somebody who may decide for them',
            hint: 'An attorney, a deputy, or a decision in their best interests',
          },
          { value: 'not yet', words: 'Nobody yet: keep it as a draft' },
        ]}
      />
      <DateField name={fieldNames.agreedOn} label="When was it agreed?" hint="Not needed for a draft" />
      <TextField
        name={fieldNames.agreedWith}
        label="Who else was there?"
        hint="For example, her daughter Mary and Dr Lund"
        isOptional
      />
    </Section>
  )
}
