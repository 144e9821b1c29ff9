import { type Asked, isReference, newId, type Problem } from '#access'
import { readDateBoxes } from '#calendar'
import type { Place } from './place-store.ts'
import { noPlace, type PlaceCode, places, type SaidBy, saidBys } from './places.data.ts'

type Read =
  | { readonly ok: true; readonly place: Place }
  | { readonly ok: false; readonly problems: readonly Problem[] }

/** Reads the form of a wish, or of where somebody died. @returns what it lacks before anything can be kept. */
export function readPlace({ form: { text } }: Asked): Read {
  const kind = (['care', 'death', 'died'] as const).find((one) => one === text('kind'))
  const isDead = kind === 'died'
  const known: readonly { readonly code: PlaceCode }[] = isDead ? places : [...places, ...noPlace]
  const place = known.find(({ code }) => code === text('place'))?.code
  const saidBy: SaidBy | undefined = saidBys.find((one) => one === text('by'))
  const saidOn = readDateBoxes(text('on-day'), text('on-month'), text('on-year'))
  if (!kind || !place || !saidOn || (!isDead && !saidBy)) {
    const missing = [
      [kind, 'kind', 'Select what it is about'],
      [place, 'place', 'Select which place'],
      [isDead || saidBy, 'by', 'Select who said so'],
      [saidOn, 'on', 'Enter the day, like 27 3 2026'],
    ] as const
    return {
      ok: false,
      problems: missing.flatMap(([found, field, message]) => (found ? [] : [{ field, message }])),
    }
  }
  const id = isReference(text('id')) ? text('id') : newId()
  return {
    ok: true,
    place: {
      id,
      kind,
      place,
      saidOn,
      saidBy: isDead ? undefined : saidBy,
      words: text('words') || undefined,
    },
  }
}
