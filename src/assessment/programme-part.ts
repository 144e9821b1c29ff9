import { z } from 'zod'
import { instruments } from './instruments.data.ts'
import { moments } from './types.ts'

/** This room's part of a programme's template, `measures`: what is asked, and when. */
export const measuresPart = z.array(
  z.strictObject({
    instrument: z.enum(instruments.map(({ key }) => key)),
    at: z.array(z.enum(moments)).min(1),
  }),
)
