export { type AdvanceEffect, type AdvanceWish, advanceTown } from './advance.ts'
export { h } from './hash.ts'
export { makeTown, type TownMade, type TownWish, truthFolder } from './make.ts'
export { street, streetDay, streetFacts } from './street.data.ts'
