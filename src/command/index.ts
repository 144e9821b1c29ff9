import type { Verb } from './types.ts'

// Each verb is read only when it is asked for: starting must not wait for what making a town needs.
const readers: Readonly<Record<string, () => Promise<Readonly<Record<string, Verb>>>>> = {
  start: async () => (await import('./start-verb.ts')).startVerb,
  'prepare-database': async () => (await import('./record-verbs.ts')).recordVerbs,
  day: async () => (await import('./record-verbs.ts')).recordVerbs,
  town: async () => (await import('./town-verbs.ts')).townVerbs,
  load: async () => (await import('./extract-verbs.ts')).extractVerbs,
  rank: async () => (await import('./extract-verbs.ts')).extractVerbs,
  alerts: async () => (await import('./kit-verbs.ts')).kitVerbs,
  train: async () => (await import('./train-verbs.ts')).trainVerbs,
  validate: async () => (await import('./train-verbs.ts')).trainVerbs,
  export: async () => (await import('./extract-verbs.ts')).extractVerbs,
  simulate: async () => (await import('./simulate-verbs.ts')).simulateVerbs,
  model: async () => (await import('./model-verbs.ts')).modelVerbs,
  study: async () => (await import('./study-verbs.ts')).studyVerbs,
  backup: async () => (await import('./backup-verbs.ts')).backupVerbs,
  restore: async () => (await import('./backup-verbs.ts')).backupVerbs,
  'verify-audit': async () => (await import('./audit-verbs.ts')).auditVerbs,
}

/** What the command line can do by that name; undefined when there is no such verb. */
export const verbCalled = async (name: string): Promise<Verb | undefined> => (await readers[name]?.())?.[name]

/** Every verb there is, in the order a newcomer needs them. */
export const everyVerb = async (): Promise<readonly Verb[]> =>
  (await Promise.all(Object.keys(readers).map(verbCalled))).filter((verb) => verb !== undefined)
