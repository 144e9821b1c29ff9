import type { LondonDate } from '#calendar'
import type { WayAlive, WayKnown } from './ways.data.ts'

/** That somebody died, as a source or a worker said it; and how that ended, where it did. */
export type DeathSaid = {
  readonly id: string
  readonly diedOn: LondonDate
  /** Of an extract. */
  readonly supplier?: string
  readonly loadedAt?: Date
  /** Of a worker. */
  readonly saidByName?: string
  readonly knownBy?: WayKnown
  readonly words?: string
  readonly saidAt: Date
  readonly withdrawnAt?: Date
  readonly endedAt?: Date
  readonly endedWhy?: 'taken back' | 'another day' | 'answered' | 'no longer sent'
  readonly endedByName?: string
  readonly aliveBy?: WayAlive
  readonly endedWords?: string
}

/** That somebody died, as a worker writes it down. */
export type NewDeath = {
  /** Made when the form was drawn: the same form sent twice is one. */
  readonly id: string
  /** What the form was drawn from: what was said before it. */
  readonly drawnFrom: string
  readonly diedOn?: LondonDate
  readonly knownBy?: WayKnown
  readonly words: string
}

/** That somebody is alive, as a worker writes it down. */
export type BackAgain = {
  readonly drawnFrom: string
  readonly aliveBy?: WayAlive
  readonly words: string
  /** They have read what taking it back does. */
  readonly isSure: boolean
}

declare module '#journal' {
  interface Notes {
    'death recorded': { readonly diedOn: string; readonly knownBy: string }
    'death confirmed': { readonly diedOn: string; readonly knownBy: string }
    'death taken back': { readonly diedOn: string; readonly aliveBy: string }
  }
}
