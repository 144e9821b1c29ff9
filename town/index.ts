export { h } from './hash.ts'
export { makeTown, type TownMade, type TownWish, truthFolder } from './make.ts'
