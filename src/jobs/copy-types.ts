/** Where an installation is copied to by itself each night, or why it is not. */
export type CopyPlan =
  | {
      readonly into: string
      /** Kept apart from every copy, and needed to bring one back. */
      readonly keys: string
      /** How many copies are kept. */
      readonly nights: number
      /** Whether a copy would be lost with the disk it is a copy of. */
      readonly isSameDisk: boolean
    }
  | { readonly noneBecause: 'switched off' | 'own database' | 'made-up people' | 'nothing loaded' }

/** A copy that was begun; without an end it is being made. `words` say why it failed. */
export type Copy = {
  readonly id: string
  readonly folder: string
  readonly begunAt: Date
  readonly endedAt?: Date
  readonly outcome?: 'done' | 'failed' | 'deleted'
  readonly words?: string
  readonly bytes?: number
}
