import type { Form } from '#access'
import type { ProgrammeTemplate } from '#organisations'
import { Button, Checkboxes, FieldRow, HiddenFields, PostForm, Radios, Select, TextField } from '#ui'

const units = ['worker', 'nurse', 'team', 'site'] as const

/** Every field of a template, filled with the version in force. */
export function TemplateForm(props: {
  readonly programmeKey: string | undefined
  readonly from: number
  readonly template: ProgrammeTemplate | undefined
  readonly teams: readonly { readonly code: string; readonly name: string }[]
  readonly words: string
}) {
  const { programmeKey, from, template, teams, words } = props
  const number = (value: number | undefined) => (value === undefined ? undefined : String(value))
  const inForce = template && { value: template.kind, from: 'the version in force' }
  return (
    <PostForm action={`/programmes/${programmeKey ?? 'new'}`}>
      <HiddenFields fields={{ from: String(from) }} />
      {!programmeKey && (
        <TextField
          name="key"
          label="Short key"
          hint="Small letters and hyphens. It cannot be changed."
          widthChars={20}
        />
      )}
      <TextField name="name" label="Name" value={template?.name} widthChars={30} />
      <Radios
        name="kind"
        label="What kind is it?"
        choices={[
          { value: 'case management', words: 'Case management' },
          { value: 'virtual ward', words: 'Virtual ward' },
        ]}
        {...(inForce ? { known: inForce } : {})}
      />
      <FieldRow>
        <TextField
          name="targetPercent"
          label="Offered to"
          suffix="in 100"
          widthChars={4}
          value={number(template?.targetPercent)}
        />
        <TextField
          name="fromAge"
          label="From age"
          kind="number"
          widthChars={3}
          value={number(template?.fromAge)}
        />
        <TextField
          name="limit"
          label="Caseload limit"
          kind="number"
          widthChars={4}
          value={number(template?.caseload.limit)}
        />
        <Select
          name="unit"
          label="For each"
          prompt="Choose"
          choices={units.map((unit) => ({ value: unit, words: unit }))}
          {...(template ? { current: template.caseload.unit } : {})}
        />
      </FieldRow>
      <FieldRow>
        <TextField
          name="offered"
          label="Review when offered"
          suffix="days"
          widthChars={4}
          value={number(template?.reviewEveryDays.offered)}
        />
        <TextField
          name="active"
          label="Review when active"
          suffix="days"
          widthChars={4}
          value={number(template?.reviewEveryDays.active)}
        />
        <TextField
          name="monitoring"
          label="Review when monitoring"
          suffix="days"
          widthChars={4}
          value={number(template?.reviewEveryDays.monitoring)}
        />
      </FieldRow>
      <FieldRow>
        <TextField
          name="beds"
          label="Beds"
          isOptional
          kind="number"
          widthChars={4}
          value={number(template?.beds)}
        />
        <TextField
          name="declineForMonths"
          label="A decline holds for"
          suffix="months"
          widthChars={3}
          value={number(template?.declineForMonths)}
        />
      </FieldRow>
      <Checkboxes
        name="teams"
        label="Teams and wards that run it"
        choices={teams.map(({ code, name }) => ({ value: code, words: `${name} (${code})` }))}
        {...(template ? { ticked: template.teams } : {})}
      />
      <Button>{words}</Button>
    </PostForm>
  )
}

/** The template a form describes. What is left empty is left out, so that the reader of templates says what is missing. */
export function writtenIn(
  form: Form,
  before: ProgrammeTemplate | undefined,
): Readonly<Record<string, unknown>> {
  const number = (field: string): number | undefined =>
    form.text(field) ? Number(form.text(field)) : undefined
  const { beds: _, ...kept } = before ?? {}
  return {
    ...kept,
    name: form.text('name'),
    kind: form.text('kind'),
    targetPercent: number('targetPercent'),
    fromAge: number('fromAge'),
    caseload: { limit: number('limit'), unit: form.text('unit') },
    reviewEveryDays: {
      offered: number('offered'),
      active: number('active'),
      monitoring: number('monitoring'),
    },
    ...(form.text('beds') ? { beds: number('beds') } : {}),
    teams: form.all('teams'),
    declineForMonths: number('declineForMonths'),
  }
}
