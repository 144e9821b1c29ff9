export { type AdvanceEffect, advanceTown } from './advance.ts'
export { type CheckRow, checkTown } from './check.ts'
export { makeTown } from './make.ts'
