import { type Permit, permit, type StaffVisit } from '#access'
import { ageOn, dateWords, type LondonDate } from '#calendar'
import { type Episode, episodesOf, type Identity, identityOf, nhsNumberWords } from '#people'
import type { AllergyState, BannerPerson } from '#ui'

/** A person of the ward, opened whole, with what every page about them begins with. */
export type OpenPerson = {
  readonly permit: Permit<'whole'>
  readonly identity: Identity
  readonly episode: Episode | undefined
  readonly banner: BannerPerson
}

/** Opens one person for work on the ward. @throws Refused when the caller has no tie to them. */
export async function openPerson(
  visit: StaffVisit,
  person: string,
  programmeId: string,
  verb: string,
): Promise<OpenPerson> {
  const leave = await permit(visit, person, {
    may: 'run rounds',
    part: 'whole',
    purpose: 'direct care',
    verb,
  })
  const identity = await identityOf(visit.db, leave)
  const episode = (await episodesOf(visit.db, leave)).find(
    (each) => each.programmeId === programmeId && !each.closedOn,
  )
  return { permit: leave, identity, episode, banner: bannerOf(identity, episode, visit.today) }
}

function bannerOf(identity: Identity, episode: Episode | undefined, today: LondonDate): BannerPerson {
  const { bornOn, diedOn, nhsNumber, isBornAbout } = identity
  return {
    familyName: identity.familyName,
    givenName: identity.givenName,
    ...(identity.title && { title: identity.title }),
    bornOn: bornOn ? `${isBornAbout ? 'about ' : ''}${dateWords(bornOn)}` : 'not known',
    ...(bornOn && { ageYears: ageOn(bornOn, diedOn ?? today) }),
    sexWords: `${identity.sex.slice(0, 1).toUpperCase()}${identity.sex.slice(1)}`,
    ...(nhsNumber && { nhsNumber: nhsNumberWords(nhsNumber) }),
    ...(diedOn && { diedOn: dateWords(diedOn) }),
    ...(identity.address && { address: identity.address }),
    ...(episode && {
      caseManager: {
        name: episode.ownerName,
        ...(episode.ownerTelephone && { telephone: episode.ownerTelephone }),
      },
    }),
    allergy: allergyOf(identity, today),
    tags: identity.marks.map((mark) => ({
      colour: 'white' as const,
      words: `${mark.slice(0, 1).toUpperCase()}${mark.slice(1)}`,
    })),
    ...(identity.called && { likesToBeCalled: identity.called }),
  }
}

function allergyOf(identity: Identity, today: LondonDate): AllergyState {
  const words = identity.allergies.map(({ name, reaction }) => (reaction ? `${name} (${reaction})` : name))
  if (words.length) return { state: 'recorded', words: words.join(', ') }
  return identity.hasNoKnownAllergies
    ? { state: 'none known', checkedOn: dateWords(today) }
    : { state: 'not recorded' }
}
