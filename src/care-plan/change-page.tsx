import {
  type Asked,
  newId,
  type Permit,
  type Problem,
  permit,
  requireSamePerson,
  type StaffVisit,
} from '#access'
import { timeWords } from '#calendar'
import { type AboutPerson, aboutPerson, personTabs } from '#people'
import {
  Button,
  ButtonRow,
  Checkboxes,
  DateField,
  FieldRow,
  HiddenFields,
  PostForm,
  Radios,
  renderPage,
  Section,
  Select,
  TextArea,
  TextField,
} from '#ui'
import { savePlan } from './actions.ts'
import { clashPage } from './clash-page.tsx'
import { readForm, shapeOf, type Values, valuesOf, withEmptyRows, withRowAdded } from './form.ts'
import { type OwnerChoice, ownerChoices } from './owners.ts'
import { planOf } from './questions.ts'
import { draftOf, fieldNames } from './rules.ts'
import type { PlanDraft } from './types.ts'

const changing = {
  may: 'write plans',
  part: 'whole',
  purpose: 'direct care',
  verb: 'change the care plan',
} as const

const emptyDraft: PlanDraft = { from: 0, whatMatters: '', goals: [], ifThens: [] }

/** The form, as the plan stands now. */
export async function showChange(visit: StaffVisit, asked: Asked) {
  const leave = await permit(visit, asked.params.person ?? '', changing)
  const plan = await planOf(visit.db, leave)
  const values = valuesOf(withEmptyRows(plan ? draftOf(plan) : emptyDraft), newId)
  return changePage(visit, asked, leave, { values })
}

/** Saves, or adds a row and shows the form again with everything typed. */
export async function sendChange(visit: StaffVisit, asked: Asked) {
  requireSamePerson(asked)
  const leave = await permit(visit, asked.params.person ?? '', changing)
  const wanted = asked.form.text('do')
  if (wanted.startsWith('add ')) {
    return changePage(visit, asked, leave, { values: withRowAdded(asked.form.typed, wanted, newId) })
  }
  const { draft, problems: unread } = readForm(asked.form)
  const problems = [...unread, ...(await strangers(visit, leave, draft))]
  if (problems.length > 0) return changePage(visit, asked, leave, { values: asked.form.typed, problems })
  const outcome = await savePlan(visit, leave, draft)
  if (outcome.ok) {
    const { version, keptToo } = outcome.value
    const also = keptToo ? ` ${keptToo.byName}’s changes of ${timeWords(keptToo.at)} are kept too.` : ''
    return {
      kind: 'go' as const,
      to: `/people/${leave.person}/plan`,
      saved: `Plan saved as version ${version}.${also}`,
    }
  }
  if (outcome.changed) return clashPage(visit, asked, leave, outcome.changed)
  return changePage(visit, asked, leave, { values: asked.form.typed, problems: outcome.problems })
}

// A name that is not on the list was not chosen from it.
async function strangers(
  visit: StaffVisit,
  leave: Permit<'whole'>,
  draft: PlanDraft,
): Promise<readonly Problem[]> {
  const known = await ownerChoices(visit, leave, await aboutPerson(visit, leave))
  return draft.goals.flatMap((goal, at) =>
    goal.actions.flatMap(({ owner }, place) =>
      owner && !known.some(({ value }) => value === owner)
        ? [{ field: fieldNames.owner(at, place), message: 'Select who will do this' }]
        : [],
    ),
  )
}

type Shown = { readonly values: Values; readonly problems?: readonly Problem[] }

async function changePage(visit: StaffVisit, asked: Asked, leave: Permit<'whole'>, shown: Shown) {
  const about = await aboutPerson(visit, leave)
  const { values, problems = [] } = shown
  const owners = await ownerChoices(visit, leave, about)
  const html = renderPage({
    furniture: asked.furniture,
    title: 'Change the care plan',
    banner: about.banner,
    tabs: personTabs(visit, leave.person, 'Plan'),
    back: { href: `/people/${leave.person}/plan`, words: 'Back to the plan' },
    lead: 'One goal and one action are enough to begin.',
    problems,
    typed: values,
    children: (
      <PostForm action={`/people/${leave.person}/plan/change`} personToken={leave.person}>
        <HiddenFields fields={{ from: values.from ?? '0' }} />
        <TextArea
          name={fieldNames.whatMatters}
          label={`What matters to ${about.called}?`}
          hint={`In ${about.called}’s own words`}
          labelSize="m"
          isOptional
        />
        <Goals values={values} owners={owners} />
        <IfThens values={values} about={about} />
        <Agreement about={about} />
        <ButtonRow>
          <Button name="do" value="save" quickKey="S">
            Save the plan
          </Button>
        </ButtonRow>
      </PostForm>
    ),
  })
  return { kind: 'page' as const, html, status: problems.length > 0 ? (422 as const) : (200 as const) }
}

const each = (count: number) => Array.from({ length: count }, (_, at) => at)

function Goals({ values, owners }: { readonly values: Values; readonly owners: readonly OwnerChoice[] }) {
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

function IfThens({ values, about }: { readonly values: Values; readonly about: AboutPerson }) {
  const { ifThens } = shapeOf(values)
  return (
    <Section heading="If things get worse">
      <p className="kw-second">Stands first on the emergency summary. To take one out, clear all of it.</p>
      {each(ifThens).map((at) => (
        <fieldset className="nhsuk-fieldset" key={fieldNames.ifWords(at)}>
          <legend className="nhsuk-fieldset__legend nhsuk-fieldset__legend--s">If {at + 1}</legend>
          <HiddenFields
            fields={{ [`${fieldNames.ifWords(at)}-id`]: values[`${fieldNames.ifWords(at)}-id`] ?? '' }}
          />
          <TextField name={fieldNames.ifWords(at)} label="If this happens" labelSize="plain" isOptional />
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

function Agreement({ about }: { readonly about: AboutPerson }) {
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
