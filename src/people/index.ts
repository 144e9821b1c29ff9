export {
  type AboutPerson,
  aboutPerson,
  allergyOf,
  bannerFor,
  bannerOf,
  leadEpisode,
  whomToRing,
} from './banner.ts'
export { deathAddress, deathsAddress, diedWords, isUnconfirmed, unconfirmedWords, whoSays } from './deaths.ts'
export { nameInSentence, nameToSearch, nhsNumberWords, readNhsNumber, wordsFor } from './rules.ts'
export {
  deathsToCheck,
  diedAmong,
  episodesHeld,
  episodesOf,
  type Hand,
  handsOf,
  hasNamesake,
  identitiesOf,
  identityOf,
  openEpisode,
  openEpisodesIn,
  recordWish,
  type Turn,
  turnEpisode,
  wishesOf,
} from './store.ts'
export { personTabs } from './tabs.ts'
export type {
  Allergy,
  DeathStanding,
  Episode,
  Identity,
  NhsNumber,
  PersonId,
  Sex,
  Stage,
  Wish,
  WishKind,
} from './types.ts'
