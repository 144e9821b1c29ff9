import { DateInput, Checkboxes as NhsCheckboxes, Radios as NhsRadios } from 'nhsuk-react-components'
import type { ReactNode } from 'react'
import { type FieldFacts, useField, useTicked } from './context.ts'
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
    readonly isLarge?: boolean
  },
) {
  const { name, hint, choices, isLarge } = props
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
  const { name, hint, value } = props
  const { error } = useField(name, props)
  const label = labelOf(props)
  return (
    <DateInput
      id={`${name}-date`}
      name={name}
      legend={label.words}
      legendProps={label.size}
      hint={hint}
      error={error}
    >
      <DateInput.Day id={name} defaultValue={usePart(`${name}-day`, props) ?? value?.day} />
      <DateInput.Month id={`${name}-month`} defaultValue={usePart(`${name}-month`, props) ?? value?.month} />
      <DateInput.Year id={`${name}-year`} defaultValue={usePart(`${name}-year`, props) ?? value?.year} />
    </DateInput>
  )
}

function usePart(name: string, told: FieldFacts): string | undefined {
  return useField(name, told).sent
}
