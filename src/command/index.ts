import { auditVerbs } from './audit-verbs.ts'
import { extractVerbs } from './extract-verbs.ts'
import { recordVerbs } from './record-verbs.ts'
import { townVerbs } from './town-verbs.ts'
import type { Verb } from './types.ts'

/** Everything the command line can do, by its verb. */
export const verbs: Readonly<Record<string, Verb>> = {
  ...recordVerbs,
  ...townVerbs,
  ...extractVerbs,
  ...auditVerbs,
}
