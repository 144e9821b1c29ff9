import { z } from 'zod'

/**
 * A programme's template: data, never code. A field this version does not know is refused, so that a template
 * written for a later Keyworker is not half obeyed.
 */
export const programmeTemplate = z.strictObject({
  name: z.string().min(1),
  kind: z.enum(['case management', 'virtual ward']),
  targetPercent: z.number().gt(0).lte(100),
  fromAge: z.int().min(0).max(120),
  caseload: z.strictObject({ limit: z.int().positive(), unit: z.enum(['worker', 'nurse', 'team', 'site']) }),
  reviewEveryDays: z.strictObject({
    offered: z.int().positive(),
    active: z.int().positive(),
    monitoring: z.int().positive(),
  }),
  beds: z.int().positive().optional(),
  teams: z.array(z.string().min(1)).min(1),
  declineForMonths: z.int().positive().default(12),
})

export type ProgrammeTemplate = z.infer<typeof programmeTemplate>

/** A programme as its newest version has it. */
export type Programme = {
  readonly id: string
  readonly key: string
  readonly version: number
  readonly template: ProgrammeTemplate
}
