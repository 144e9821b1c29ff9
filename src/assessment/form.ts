import { type Form, isReference, type Problem } from '#access'
import { readDateBoxes } from '#calendar'
import { fieldOf } from './rules.ts'
import {
  type AnsweredBy,
  type AnsweredVia,
  type Answers,
  answerers,
  type Instrument,
  type NewMeasure,
  nonAnswers,
  routes,
} from './types.ts'

/** The button that says the person wants to answer no more: what has no answer is then kept as not wanted. */
export const declined = 'declined'

type Read =
  | { readonly ok: true; readonly measure: Omit<NewMeasure, 'episodeId'> }
  | { readonly ok: false; readonly problems: readonly Problem[] }

/** Reads a form of answers. @returns what it lacks before anything can be kept: who answered, how, and when. */
export function readMeasure(form: Form, instrument: Instrument): Read {
  const answeredBy: AnsweredBy | undefined = answerers.find((one) => one === form.text('who'))
  const answeredVia: AnsweredVia | undefined = routes.find((one) => one === form.text('via'))
  const answeredOn = readDateBoxes(form.text('on-day'), form.text('on-month'), form.text('on-year'))
  if (!answeredBy || !answeredVia || !answeredOn) {
    return {
      ok: false,
      problems: [
        ...(answeredBy ? [] : [{ field: 'who', message: 'Select who answered' }]),
        ...(answeredVia ? [] : [{ field: 'via', message: 'Select how they answered' }]),
        ...(answeredOn ? [] : [{ field: 'on', message: 'Enter the day it was answered, like 27 3 2026' }]),
      ],
    }
  }
  const id = form.text('id')
  return {
    ok: true,
    measure: {
      id: isReference(id) ? id : undefined,
      instrument: instrument.key,
      answeredBy,
      answeredVia,
      answeredOn,
      answers: readAnswers(form, instrument),
      words: form.text('words') || undefined,
    },
  }
}

/** The answers chosen so far. What is no answer of any question comes back as NaN, for the rules to refuse. */
export function readAnswers(form: Form, instrument: Instrument): Answers {
  const unanswered = form.text('do') === declined ? 'prefers not to say' : 'not asked'
  return Object.fromEntries(
    instrument.items.map(({ key }) => {
      const text = form.text(fieldOf(key))
      const why = nonAnswers.find((one) => one === text)
      return [key, why ?? (text === '' ? unanswered : Number(text))]
    }),
  )
}
