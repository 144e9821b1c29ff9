import { createContext, useContext } from 'react'
import type { Problem, Typed } from './types.ts'

type PageFacts = { readonly csrfToken: string; readonly synthetic: boolean }
type FormFacts = { readonly problems: readonly Problem[]; readonly typed: Typed | undefined }

export const PageContext = createContext<PageFacts | undefined>(undefined)
export const FormContext = createContext<FormFacts>({ problems: [], typed: undefined })

/** The page being rendered. A part that needs it outside renderPage is our fault, so it throws. */
export function usePage(): PageFacts {
  const page = useContext(PageContext)
  if (!page) throw new Error('a form or stamp was rendered outside renderPage: expected its csrf token')
  return page
}

/** What every field may be told directly; what is left out comes from the form, then from the page. */
export type FieldFacts = { readonly problems?: readonly Problem[]; readonly typed?: Typed }

/** The sentence to show beside a field, and what was typed in it (undefined before anything was sent). */
export function useField(
  name: string,
  told: FieldFacts,
): { error: string | undefined; sent: string | undefined } {
  const form = useContext(FormContext)
  const error = (told.problems ?? form.problems).find((problem) => problem.field === name)?.message
  const typed = told.typed ?? form.typed
  return { error, sent: typed && textOf(typed[name]) }
}

/** Everything ticked under one name; undefined before anything was sent. */
export function useTicked(name: string, told: FieldFacts): readonly string[] | undefined {
  const form = useContext(FormContext)
  const typed = told.typed ?? form.typed
  if (!typed) return undefined
  const value = typed[name]
  return Array.isArray(value) ? value.map(textOf) : value === undefined ? [] : [textOf(value)]
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''
}
