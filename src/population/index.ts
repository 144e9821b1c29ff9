// What is known about everybody: extracts and bundles come in, identity goes to the record, the rest by pseudonym to
// the population store.
import type { Room } from '#access'
import { screens } from './screens.tsx'
import { tasks } from './tasks.ts'

export type { Lane } from './bench.ts'
export { careHomeCodes } from './care-homes.ts'
export { deathSentences } from './changes.ts'
export { type LoadOptions, loadExtract } from './load.ts'
export { type LoadedCost, type Store, withStore } from './reader.ts'
export { currentLoad, freshness, peopleBehind, pseudonymsOf } from './store.ts'
export type { CurrentLoad, LoadReport, Source, StoreFile } from './types.ts'

export const room: Room = { name: 'population', screens, tasks }
