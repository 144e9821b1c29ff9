import type { Workbench } from './duckdb.ts'
import type { Making } from './making.ts'
export const streetPractices: { code: string; name: string; locality: string }[] = []
export async function writeStreet(_b: Workbench, _m: Making, _p: (name: string) => string) {}
