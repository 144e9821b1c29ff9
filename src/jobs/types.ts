import type { SystemCaller, Visit } from '#access'

/**
 * Promises work in the transaction that made it necessary: it is done if and only if that is kept.
 *
 * @param task a name in the roof's list of tasks. @param payload ids only. @param key two promises under one key
 *   are one piece of work.
 */
export type Later = (task: string, payload: Payload, key?: string) => Promise<void>

export type Payload = Readonly<Record<string, string | number>>

/** What long work is given: the data folder, a way to open transactions, a way to say how far it is. */
export type Workshop = {
  readonly folder: string
  readonly inVisit: <T>(work: (visit: Visit<SystemCaller>) => Promise<T>) => Promise<T>
  /** `shareDone` from 0 to 1. Kept at once, outside the work's own transactions. */
  readonly say: (words: string, shareDone: number) => Promise<void>
}

/** Promised work. It may run twice, so twice must do no harm. */
export type Task = (workshop: Workshop, payload: Payload) => Promise<void>

/** How far a long job is. `shareDone` is 0 to 1. */
export type Progress = {
  readonly task: string
  readonly words: string
  readonly shareDone: number
  readonly startedAt: Date
  readonly changedAt: Date
  readonly endedAt?: Date
  readonly outcome?: 'done' | 'failed'
}
