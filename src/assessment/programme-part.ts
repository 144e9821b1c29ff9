import { z } from 'zod'
import { scorings } from './scorings.ts'
import { moments } from './types.ts'

/** This room's part of a programme's template, `measures`: what is asked, and when. What needs a licence may be named before
 * there is one: it is asked from the day its words are put in. */
export const measuresPart = z.array(
  z.strictObject({
    instrument: z.enum(scorings.map(({ key }) => key)),
    at: z.array(z.enum(moments)).min(1),
  }),
)
