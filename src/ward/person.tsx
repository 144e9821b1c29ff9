import { type Permit, permit, type StaffVisit } from '#access'
import { bannerOf, type Episode, episodesOf, hasNamesake, type Identity, identityOf } from '#people'
import type { BannerPerson } from '#ui'

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
  const hasSimilarName = await hasNamesake(visit.db, leave)
  const banner = { ...bannerOf(identity, episode, visit.today), hasSimilarName }
  return { permit: leave, identity, episode, banner }
}
