// What is known about everybody: extracts and bundles come in, identity goes to the record, the rest by pseudonym to
// the population store.
export { type LoadOptions, loadExtract } from './load.ts'
export { type Store, withStore } from './reader.ts'
export { currentLoad, peopleBehind, pseudonymsOf } from './store.ts'
export type { CurrentLoad, LoadReport, Source, StoreFile } from './types.ts'
