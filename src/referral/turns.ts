import { newId, type Outcome, type Permit, type Visit } from '#access'
import { unmarkAccepted } from '#case-finding'
import { recordWish, turnEpisode } from '#people'
import { humanOf, openEpisodeOf, openIn, problem, programmeOf, takingPart, turned } from './opened.ts'
import { possibleOwners } from './owners.ts'
import { canWithdraw, chosenOwner, problemsWithReassigning } from './rules.ts'
import { addTakenBack, referralsOf } from './store.ts'

/**
 * Writes down whether the person, having been asked, will take part. Yes makes an offered episode active; after a no
 * it stays open until its case manager closes it, so that nobody drops out of sight.
 *
 * @param asked.turn the turn the page was drawn from.
 * @throws Refused when the episode was turned meanwhile.
 */
export async function recordAgreement(
  visit: Visit,
  permit: Permit<'whole'>,
  asked: { readonly episodeId: string; readonly turn: number; readonly answer: string },
): Promise<Outcome> {
  const by = humanOf(visit, permit)
  const episode = await openEpisodeOf(visit, permit, asked.episodeId)
  const { answer } = asked
  if (answer !== 'yes' && answer !== 'no') return problem('answer', 'Select what the person said')
  await recordWish(visit.db, permit, { ...takingPart(visit, episode.programmeKey), answer, by })
  if (answer === 'yes' && episode.stage === 'offered') {
    const { ownerId, teamId } = episode
    const turn = {
      stage: 'active',
      ownerId,
      teamId,
      reason: 'agreed to take part',
      at: visit.now,
      by,
    } as const
    if (!(await turnEpisode(visit.db, permit, episode.id, asked.turn, turn))) throw turned(episode)
  }
  await visit.note({
    what: 'agreement recorded',
    person: permit.person,
    about: `episode ${episode.id}`,
    facts: { episodeId: episode.id, answer },
  })
  return { ok: true, value: undefined }
}

/** Gives an episode to another named case manager of its programme, with the reason. @throws Refused as above. */
export async function reassign(
  visit: Visit,
  permit: Permit<'whole'>,
  asked: {
    readonly episodeId: string
    readonly turn: number
    readonly ownerId: string
    readonly teamId: string
    readonly reason: string
  },
): Promise<Outcome> {
  const by = humanOf(visit, permit)
  const episode = await openEpisodeOf(visit, permit, asked.episodeId)
  const programme = await programmeOf(visit, episode.programmeId)
  const owner = programme && chosenOwner(await possibleOwners(visit.db, programme), asked)
  const problems = problemsWithReassigning(episode, owner, asked.reason)
  if (problems.length > 0 || !owner) return { ok: false, problems }
  const { stage } = episode
  const turn = {
    stage,
    ownerId: owner.staffId,
    teamId: owner.teamId,
    reason: asked.reason,
    at: visit.now,
    by,
  }
  if (!(await turnEpisode(visit.db, permit, episode.id, asked.turn, turn))) throw turned(episode)
  await visit.note({
    what: 'case manager changed',
    person: permit.person,
    about: `episode ${episode.id}`,
    facts: {
      episodeId: episode.id,
      fromOwnerId: episode.ownerId,
      ownerId: owner.staffId,
      fromTeamId: episode.teamId,
      teamId: owner.teamId,
      reason: asked.reason,
    },
  })
  return { ok: true, value: undefined }
}

/**
 * Takes an acceptance back within 7 days, while nothing has happened since: the offer is withdrawn and the person is
 * to judge again. Afterwards an episode is closed, with its reason, like any other.
 */
export async function takeAcceptanceBack(
  visit: Visit,
  permit: Permit<'whole'>,
  asked: { readonly programmeId: string },
): Promise<Outcome> {
  const by = humanOf(visit, permit)
  const episode = await openIn(visit, permit, asked.programmeId)
  if (!episode || !canWithdraw(episode, visit.today)) {
    return problem('seen', 'The work has started. Close the episode instead')
  }
  const unmarked = await unmarkAccepted(visit, permit, asked)
  if (!unmarked.ok) return unmarked
  const { id, ownerId, teamId } = episode
  const turn = {
    stage: 'closed',
    ownerId,
    teamId,
    reason: 'acceptance taken back',
    at: visit.now,
    by,
  } as const
  if (!(await turnEpisode(visit.db, permit, id, episode.turn, turn, visit.today))) throw turned(episode)
  const referral = (await referralsOf(visit.db, permit)).find(({ episodeId }) => episodeId === id)
  if (referral) {
    await addTakenBack(visit.db, permit, { id: newId(), referralId: referral.id, by, at: visit.now })
  }
  await visit.note({
    what: 'acceptance taken back',
    person: permit.person,
    about: `episode ${id}`,
    facts: { episodeId: id },
  })
  return { ok: true, value: undefined }
}
