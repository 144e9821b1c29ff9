import type { Asked } from '#access'
import { TextField } from '#ui'

/** What a number in an address may be, and what it is when nothing was asked or what was asked cannot be. */
type Bounds = { readonly usual: number; readonly least: number; readonly most: number }

/** A number asked for in the address. Nothing typed, or no number, is the usual one; the ends hold the rest. */
export function numberAsked(asked: Asked, name: string, { usual, least, most }: Bounds): number {
  const typed = asked.query.text(name)
  const value = typed === '' ? Number.NaN : Number(typed)
  return Number.isFinite(value) ? Math.min(most, Math.max(least, value)) : usual
}

/** The box in which such a number is asked for, holding the one in force. */
export function NumberField(props: {
  readonly name: string
  readonly label: string
  readonly value: number
  readonly widthChars: 3 | 4 | 5
  readonly hint?: string
}) {
  return <TextField {...props} value={String(props.value)} />
}
