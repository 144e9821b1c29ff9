import type { ReactNode } from 'react'

/** A number from a few, dragged or moved with the arrow keys. Without script it is sent with its form. */
export function Slider(props: {
  readonly name: string
  readonly label: string
  readonly from: number
  readonly to: number
  readonly value: number
  /** What it shows the parts of as it is dragged: the name of `SliderParts`. */
  readonly shows: string
}) {
  const { name, label, from, to, value, shows } = props
  return (
    <div className="nhsuk-form-group">
      <label className="nhsuk-label nhsuk-label--s" htmlFor={name}>
        {label}
      </label>
      <div className="kw-slider">
        <span aria-hidden="true">{from}</span>
        <input
          id={name}
          name={name}
          type="range"
          min={from}
          max={to}
          step={1}
          defaultValue={value}
          data-shows={shows}
        />
        <span aria-hidden="true">{to}</span>
      </div>
    </div>
  )
}

/** One part for each place of a slider, of which one is shown; where it is said, read out when it changes. */
export function SliderParts(props: {
  readonly name: string
  readonly value: number
  readonly parts: readonly { readonly at: number; readonly shown: ReactNode }[]
  readonly isRead?: true
}) {
  const { name, value, parts, isRead } = props
  return (
    <div aria-live={isRead && 'polite'}>
      {parts.map(({ at, shown }) => (
        <div key={at} data-part={name} data-at={at} hidden={at !== value}>
          {shown}
        </div>
      ))}
    </div>
  )
}
