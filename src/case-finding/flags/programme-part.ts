import { z } from 'zod'
import type { Programme } from '#organisations'
import type { ProgrammeSuits } from './rules.ts'

/** This room's part of a programme's template, `suits`: people with which flags it might suit. It orders and refuses nobody. */
export const suitsPart = z.array(z.enum(['acsc', 'gap', 'end of life']))

/** A template that says whom its programme might suit. */
export type WithSuits = { readonly suits: z.infer<typeof suitsPart> }

const withSuits = z.object({ suits: suitsPart.default([]) })

/** What a programme says of whom it might suit; one that says nothing suits nobody in particular. */
export function suitsOf({ template }: Programme): ProgrammeSuits {
  const read = withSuits.safeParse(template)
  return { name: template.name, suits: read.success ? read.data.suits : [] }
}
