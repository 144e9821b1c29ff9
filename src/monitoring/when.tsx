import type { Form } from '#access'
import { dateWords, londonDate, londonInstant, readDateBoxes, timeOfDay, timeWords } from '#calendar'
import { readTime } from '#co-ordination'
import { DateField, TextField } from '#ui'

/** An instant as a page says it: 30 March 2026, 11:20pm. */
export const atWords = (at: Date): string => `${dateWords(londonDate(at))}, ${timeWords(at)}`

/** Asks for a day and a time of day. @param clock the question that asks for the time. @param value what stands there. */
export function WhenField(props: {
  readonly name: string
  readonly label: string
  readonly clock: string
  readonly hint?: string
  readonly value?: Date
}) {
  const { name, label, clock, hint, value } = props
  const [year = '', month = '', day = ''] = value ? londonDate(value).split('-') : []
  return (
    <>
      <DateField
        name={name}
        label={label}
        hint={hint}
        {...(value && { value: { day: String(Number(day)), month: String(Number(month)), year } })}
      />
      <TextField
        name={`${name}-time`}
        label={clock}
        hint="Like 9:30am or 14:30"
        widthChars={10}
        value={value && clockOf(value)}
      />
    </>
  )
}

function clockOf(at: Date): string {
  const { hour, minute } = timeOfDay(at)
  return `${hour}:${String(minute).padStart(2, '0')}`
}

/** The instant of a day and a time as somebody typed them; undefined unless both are real. */
export function readWhen({ text }: Form, name: string): Date | undefined {
  const on = readDateBoxes(text(`${name}-day`), text(`${name}-month`), text(`${name}-year`))
  const time = readTime(text(`${name}-time`))
  return on && time && londonInstant(on, time.hour, time.minute)
}

/** Whether anything was typed into a field that may be left out. */
export const isTyped = ({ text }: Form, name: string): boolean =>
  ['day', 'month', 'year', 'time'].some((part) => text(`${name}-${part}`) !== '')
