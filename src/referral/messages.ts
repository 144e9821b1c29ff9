import type { HowSoon } from './types.ts'

/** The codes a request may carry for its priority. @source HL7 FHIR R4, value set request-priority: these four. */
export type RequestPriority = 'routine' | 'urgent' | 'asap' | 'stat'

const slowest: Readonly<Record<RequestPriority, HowSoon>> = {
  stat: '2 hours',
  asap: 'today',
  urgent: '2 working days',
  routine: '10 working days',
}

const isPriority = (code: string): code is RequestPriority => Object.hasOwn(slowest, code)

/**
 * The slowest class that fits the priority a referral came with, by its FHIR code. It chooses for nobody: a human who
 * chooses a slower one is asked to look again.
 *
 * @returns undefined for a code we do not know, which is never taken as routine: then every class slower than today asks.
 */
export const slowestFor = (code: string): HowSoon | undefined => {
  const known = code.trim().toLowerCase()
  return isPriority(known) ? slowest[known] : undefined
}
