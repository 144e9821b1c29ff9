import { Legend, Select as NhsSelect, Textarea, TextInput } from 'nhsuk-react-components'
import type { ReactNode } from 'react'
import { type FieldFacts, useField } from './context.ts'

export type FieldProps = FieldFacts & {
  readonly name: string
  readonly label: string
  readonly hint?: string
  /** Most fields are needed; the few that are not say "(optional)" after the label. */
  readonly isOptional?: boolean
  /** small labels stand in a filter bar or a row of fields. */
  readonly labelSize?: 'm' | 's' | 'plain'
}

/** The label's words and size, as every field here draws them. */
export function labelOf({ label, isOptional, labelSize = 's' }: FieldProps) {
  return {
    words: isOptional ? `${label} (optional)` : label,
    size: labelSize === 'plain' ? {} : ({ size: labelSize } as const),
  }
}

/** One line of text. What was typed wins over value. */
export function TextField(
  props: FieldProps & {
    readonly value?: string
    /** How many characters wide the answer usually is. */
    readonly widthChars?: 2 | 3 | 4 | 5 | 10 | 20 | 30
    /** A whole number brings up the number pad on a telephone. A password is never sent back to the page. */
    readonly kind?: 'text' | 'number' | 'telephone' | 'email' | 'password'
    readonly suffix?: string
    readonly autoComplete?: string
  },
) {
  const { name, hint, value, widthChars, kind = 'text', suffix, autoComplete } = props
  const { error, sent } = useField(name, props)
  const label = labelOf(props)
  const asked = {
    text: {},
    number: { inputMode: 'numeric' },
    telephone: { type: 'tel' },
    email: { type: 'email' },
    password: { type: 'password' },
  }
  return (
    <TextInput
      id={name}
      name={name}
      label={label.words}
      labelProps={label.size}
      hint={hint}
      error={error}
      defaultValue={kind === 'password' ? undefined : (sent ?? value)}
      width={widthChars}
      suffix={suffix}
      autoComplete={autoComplete}
      {...(asked[kind] as object)}
    />
  )
}

/** Several lines of text. */
export function TextArea(props: FieldProps & { readonly value?: string; readonly rows?: number }) {
  const { name, hint, value, rows = 3 } = props
  const { error, sent } = useField(name, props)
  const label = labelOf(props)
  return (
    <Textarea
      id={name}
      name={name}
      label={label.words}
      labelProps={label.size}
      hint={hint}
      error={error}
      defaultValue={sent ?? value}
      rows={rows}
    />
  )
}

/** An answer that the person or the record already gave, and where it comes from: "GP record, 4 September". */
export type Known = { readonly value: string; readonly from: string }

export type Choice = { readonly value: string; readonly words: string; readonly hint?: string }

/** What stands under a question: its hint, and where an answer already chosen comes from. */
export function hintWith(hint: string | undefined, known: Known | undefined): string | undefined {
  const from = known && `Chosen already. From: ${known.from}`
  return [hint, from].filter(Boolean).join('. ') || undefined
}

/** A long list of known choices. Seven or fewer belong in Radios. */
export function Select(
  props: FieldProps & {
    readonly choices: readonly Choice[]
    /** The first, empty line: "Choose a person". */
    readonly prompt?: string
    readonly known?: Known
    /** The choice in force, in a filter or a settings form where something always holds. */
    readonly current?: string
  },
) {
  const { name, hint, choices, prompt, known, current } = props
  const { error, sent } = useField(name, props)
  const label = labelOf(props)
  return (
    <NhsSelect
      id={name}
      name={name}
      label={label.words}
      labelProps={label.size}
      hint={hintWith(hint, known)}
      error={error}
      defaultValue={sent ?? known?.value ?? current ?? ''}
    >
      {prompt && <NhsSelect.Option value="">{prompt}</NhsSelect.Option>}
      {choices.map(({ value, words }) => (
        <NhsSelect.Option key={value} value={value}>
          {words}
        </NhsSelect.Option>
      ))}
    </NhsSelect>
  )
}

/** Fields that belong beside one another: who, what, by when. One under another on a telephone. */
export function FieldRow({ children }: { readonly children: ReactNode }) {
  return <div className="kw-field-row">{children}</div>
}

/** Several fields under one question or heading. */
export function FieldGroup(props: {
  readonly legend: string
  readonly hint?: string
  readonly children: ReactNode
}) {
  return (
    <fieldset className="nhsuk-fieldset kw-field-group">
      <Legend size="s">{props.legend}</Legend>
      {props.hint && <p className="kw-second">{props.hint}</p>}
      {props.children}
    </fieldset>
  )
}
