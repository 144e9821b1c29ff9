import {
  ErrorMessage,
  HintText,
  Label,
  Legend,
  Checkboxes as NhsCheckboxes,
  Radios as NhsRadios,
} from 'nhsuk-react-components'
import type { ReactNode } from 'react'
import { useField, useTicked } from './context.ts'
import { type Choice, type FieldProps, hintWith, type Known, labelOf } from './fields.tsx'

type RadioChoice = Choice & {
  /** Asked only when this is chosen. Hidden otherwise, yet still sent: read it only with this choice. */
  readonly whenChosen?: ReactNode
}

/** One of a few. Nothing is chosen on arrival unless the record already says it, and then it says where from. */
export function Radios(
  props: FieldProps & {
    readonly choices: readonly RadioChoice[]
    readonly known?: Known
    readonly isInline?: boolean
    /** For gloves, one hand, or pages for the public. */
    readonly isLarge?: boolean
  },
) {
  const { name, hint, choices, known, isInline, isLarge } = props
  const { error, sent } = useField(name, props)
  const label = labelOf(props)
  const chosen = sent ?? known?.value
  const asKnown = chosen === known?.value ? known : undefined
  return (
    <NhsRadios
      name={name}
      legend={label.words}
      legendProps={label.size}
      hint={hintWith(hint, asKnown)}
      error={error}
      inline={isInline}
      small={!isLarge}
      id={`${name}-choices`}
    >
      {choices.map(({ value, words, hint: explanation, whenChosen }, index) => (
        <NhsRadios.Item
          key={value}
          id={index === 0 ? name : `${name}-${index + 1}`}
          value={value}
          hint={explanation}
          conditional={whenChosen}
          defaultChecked={value === chosen}
        >
          {words}
        </NhsRadios.Item>
      ))}
    </NhsRadios>
  )
}

/** Any number of a few. */
export function Checkboxes(
  props: FieldProps & {
    readonly choices: readonly Choice[]
    readonly ticked?: readonly string[]
    readonly isInline?: boolean
    readonly isLarge?: boolean
  },
) {
  const { name, hint, choices, isInline, isLarge } = props
  const { error } = useField(name, props)
  const label = labelOf(props)
  const ticked = useTicked(name, props) ?? props.ticked ?? []
  return (
    <NhsCheckboxes
      name={name}
      legend={label.words}
      legendProps={label.size}
      hint={hint}
      error={error}
      className={isInline ? 'nhsuk-checkboxes--inline' : undefined}
      small={!isLarge}
      id={`${name}-choices`}
    >
      {choices.map(({ value, words, hint: explanation }, index) => (
        <NhsCheckboxes.Item
          key={value}
          id={index === 0 ? name : `${name}-${index + 1}`}
          value={value}
          hint={explanation}
          defaultChecked={ticked.includes(value)}
        >
          {words}
        </NhsCheckboxes.Item>
      ))}
    </NhsCheckboxes>
  )
}

/** A date in three boxes, sent as name-day, name-month and name-year. A problem names the field, not the box. */
export function DateField(
  props: FieldProps & {
    readonly value?: { readonly day: string; readonly month: string; readonly year: string }
  },
) {
  const { name, hint } = props
  const { error } = useField(name, props)
  const label = labelOf(props)
  const described = [hint && `${name}-hint`, error && `${name}-error`].filter(Boolean).join(' ')
  return (
    <div className={error ? 'nhsuk-form-group nhsuk-form-group--error' : 'nhsuk-form-group'}>
      {/* biome-ignore lint/a11y/noRedundantRoles: the design system says group on the fieldset as well */}
      <fieldset className="nhsuk-fieldset" role="group" aria-describedby={described || undefined}>
        <Legend {...label.size}>{label.words}</Legend>
        {hint && <HintText id={`${name}-hint`}>{hint}</HintText>}
        {error && <ErrorMessage id={`${name}-error`}>{error}</ErrorMessage>}
        <div className="nhsuk-date-input">
          <DateBox part="day" id={name} of={props} hasError={Boolean(error)} />
          <DateBox part="month" id={`${name}-month`} of={props} hasError={Boolean(error)} />
          <DateBox part="year" id={`${name}-year`} of={props} hasError={Boolean(error)} />
        </div>
      </fieldset>
    </div>
  )
}

/** The first box carries the field's own id, so that the error summary leads to it. */
function DateBox(props: {
  readonly part: 'day' | 'month' | 'year'
  readonly id: string
  readonly of: Parameters<typeof DateField>[0]
  readonly hasError: boolean
}) {
  const { part, id, of, hasError } = props
  const name = `${of.name}-${part}`
  const width = part === 'year' ? 4 : 2
  const wrong = hasError ? ' nhsuk-input--error' : ''
  return (
    <div className="nhsuk-date-input__item">
      <div className={hasError ? 'nhsuk-form-group nhsuk-form-group--error' : 'nhsuk-form-group'}>
        <Label className="nhsuk-date-input__label" htmlFor={id}>
          {words[part]}
        </Label>
        <input
          className={`nhsuk-input${wrong} nhsuk-input--width-${width} nhsuk-date-input__input`}
          id={id}
          name={name}
          type="text"
          inputMode="numeric"
          defaultValue={useField(name, of).sent ?? of.value?.[part]}
        />
      </div>
    </div>
  )
}

const words = { day: 'Day', month: 'Month', year: 'Year' } as const
