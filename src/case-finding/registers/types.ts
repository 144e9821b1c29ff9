import type { LondonDate } from '#calendar'

/** Somebody's time on a register, by pseudonym; still on it where it has no end by the list's day. */
export type RegisterEntry = {
  readonly register: string
  readonly pseudonym: string
  readonly practiceCode: string
  readonly fromOn: LondonDate
  readonly toOn: LondonDate | null
}
