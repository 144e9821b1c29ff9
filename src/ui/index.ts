export type { Furniture } from './types.ts'
