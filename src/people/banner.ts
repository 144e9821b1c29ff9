import type { Part, Permit, Visit } from '#access'
import { ageOn, dateWords, type LondonDate } from '#calendar'
import type { AllergyState, BannerPerson } from '#ui'
import { unconfirmedWords } from './deaths.ts'
import { nhsNumberWords } from './rules.ts'
import { episodesOf, hasNamesake, identityOf } from './store.ts'
import type { Episode, Identity } from './types.ts'

type BannerTag = NonNullable<BannerPerson['tags']>[number]

/** Everything the head of a page about the permitted person is made of, read once. */
export type AboutPerson = {
  readonly person: Identity
  /** What to call them in a sentence: the name they like, or their given name. */
  readonly called: string
  readonly episodes: readonly Episode[]
  readonly lead?: Episode
  readonly banner: BannerPerson
}

/**
 * The permitted person as the head of every page about them shows them.
 *
 * @returns words ready to be read. The case manager is the owner of the open episode that was opened last; without
 *   one the banner says so.
 */
export async function aboutPerson(
  visit: Pick<Visit, 'db' | 'today'>,
  permit: Permit<Part>,
): Promise<AboutPerson> {
  const person = await identityOf(visit.db, permit)
  const episodes = await episodesOf(visit.db, permit)
  const lead = leadEpisode(episodes)
  return {
    person,
    called: person.called ?? person.givenName,
    episodes,
    lead,
    banner: {
      ...bannerOf(person, lead, visit.today),
      hasSimilarName: lead !== undefined && (await hasNamesake(visit.db, permit)),
    },
  }
}

/** The banner alone. */
export const bannerFor = async (visit: Visit, permit: Permit<Part>): Promise<BannerPerson> =>
  (await aboutPerson(visit, permit)).banner

/** The open episode whose owner leads: the one opened last. Undefined when none is open. */
export const leadEpisode = (episodes: readonly Episode[]): Episode | undefined =>
  episodes.find((episode) => !episode.closedOn)

/** A known person in the words of a banner, where the record was read already. */
export function bannerOf(person: Identity, episode: Episode | undefined, today: LondonDate): BannerPerson {
  const { bornOn, diedOn } = person
  return {
    familyName: person.familyName,
    givenName: person.givenName,
    title: person.title,
    bornOn: bornOn ? `${person.isBornAbout ? 'about ' : ''}${dateWords(bornOn)}` : 'not known',
    ageYears: bornOn && ageOn(bornOn, diedOn ?? today),
    sexWords: sexWords[person.sex],
    nhsNumber: person.nhsNumber && nhsNumberWords(person.nhsNumber),
    diedOn: diedOn && dateWords(diedOn),
    deathUnconfirmed: unconfirmedWords(person),
    address: person.address,
    caseManager: episode && whomToRing(episode),
    allergy: allergyOf(person),
    tags: tagsOf(person),
    likesToBeCalled: person.called,
  }
}

/** The case manager as somebody who rings needs them: one who has left is named, and the number is their team's. */
export function whomToRing(episode: Episode): { readonly name: string; readonly telephone?: string } {
  const { ownerName, ownerTelephone, ownerHasLeft, teamName, teamTelephone } = episode
  return ownerHasLeft
    ? { name: `${ownerName} has left. Ring ${teamName}`, telephone: teamTelephone }
    : { name: ownerName, telephone: ownerTelephone }
}

const sexWords = {
  female: 'Female',
  male: 'Male',
  'not specified': 'Sex not specified',
  'not known': 'Sex not known',
} as const satisfies Record<Identity['sex'], string>

/** Recorded, checked to be none, or written down by nobody: three facts, never one. */
export function allergyOf(person: Identity): AllergyState {
  if (person.allergies.length > 0) {
    const words = person.allergies.map(({ name, reaction }) => (reaction ? `${name} (${reaction})` : name))
    return { state: 'recorded', words: words.join(', ') }
  }
  const { noAllergiesCheckedOn } = person
  if (noAllergiesCheckedOn) return { state: 'none known', checkedOn: dateWords(noAllergiesCheckedOn) }
  return { state: 'not recorded' }
}

const shownMarks: Readonly<Record<string, BannerTag>> = {
  'lives alone': { colour: 'white', words: 'Lives alone' },
  'do not visit alone': { colour: 'white', words: 'Do not visit alone' },
  'sensitive identity': { colour: 'purple', words: 'Marked record' },
  'staff or relative': { colour: 'purple', words: 'Marked record' },
}

function tagsOf(person: Identity): readonly BannerTag[] {
  const isEnglish = /^(en\b|eng\b|english)/i.test(person.language ?? 'English')
  return [
    ...(isEnglish || !person.language
      ? []
      : [{ colour: 'white' as const, words: `Language: ${person.language}` }]),
    ...person.marks.flatMap((mark) => shownMarks[mark] ?? []),
  ]
}
