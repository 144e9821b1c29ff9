import { changedMeanwhile, newId, notForYou, type Outcome, type Permit, type Visit } from '#access'
import { markAccepted, unmarkAccepted } from '#case-finding'
import { type Programme, programmes } from '#organisations'
import { type Episode, episodesOf, openEpisode, recordWish, turnEpisode } from '#people'
import { possibleOwners } from './owners.ts'
import { canWithdraw, chosenOwner, problemsWithReassigning } from './rules.ts'
import { addAccepted, addTakenBack, referralsOf } from './store.ts'
import type { PossibleOwner } from './types.ts'

export type Acceptance = {
  readonly programmeId: string
  readonly ownerId: string
  readonly teamId: string
  readonly reason: string
  readonly words?: string
  /** True when they were asked and said yes; false when nobody has asked them yet. */
  readonly agreedToTakePart: boolean
  /** The newest judgement on the page the decision was made from; left out, whatever is newest now. */
  readonly seen?: number
}

/**
 * Accepts somebody: the judgement, the referral with its answer, and the episode with its named case manager are kept
 * together or not at all. The stage is offered until the person agrees.
 *
 * @returns what to put right: no reason, no case manager of the programme's teams, already with us, or judged
 *   meanwhile by somebody else.
 * @throws Refused when no human asks.
 */
export async function acceptCandidate(
  visit: Visit,
  permit: Permit<'whole'>,
  asked: Acceptance,
): Promise<Outcome<{ readonly episodeId: string }>> {
  const by = humanOf(visit, permit)
  const programme = await programmeOf(visit, asked.programmeId)
  const owner = programme && chosenOwner(await possibleOwners(visit.db, programme), asked)
  if (!owner) return problem('owner', 'Select who will be the case manager')
  const held = await openIn(visit, permit, programme.id)
  if (held) return problem('seen', `This person is with ${held.ownerName} in ${held.programmeName} already`)
  const marked = await markAccepted(visit, permit, asked)
  if (!marked.ok) return marked
  const episodeId = await open(visit, permit, { asked, programme, owner, by })
  return { ok: true, value: { episodeId } }
}

async function open(
  visit: Visit,
  permit: Permit<'whole'>,
  accepted: {
    readonly asked: Acceptance
    readonly programme: Programme
    readonly owner: PossibleOwner
    readonly by: string
  },
): Promise<string> {
  const { asked, programme, owner, by } = accepted
  const [episodeId, at] = [newId(), visit.now]
  const hasAgreed = asked.agreedToTakePart
  await openEpisode(
    visit.db,
    permit,
    { id: episodeId, programmeId: programme.id, openedOn: visit.today },
    {
      stage: hasAgreed ? 'active' : 'offered',
      ownerId: owner.staffId,
      teamId: owner.teamId,
      reason: asked.reason,
      at,
      by,
    },
  )
  await addAccepted(visit.db, permit, {
    ...asked,
    id: newId(),
    stepId: newId(),
    source: mayJudge(visit) ? 'case-finding' : 'direct',
    episodeId,
    by,
    at,
  })
  await recordWish(visit.db, permit, {
    ...takingPart(visit, programme.key),
    answer: hasAgreed ? 'yes' : 'not asked',
    by,
  })
  await visit.note({
    what: 'episode opened',
    person: permit.person,
    about: `episode ${episodeId}`,
    facts: {
      episodeId,
      programmeKey: programme.key,
      ownerId: owner.staffId,
      teamId: owner.teamId,
      hasAgreed,
    },
  })
  return episodeId
}

const mayJudge = ({ caller }: Visit) => caller.kind === 'staff' && caller.activities.has('judge candidates')

const takingPart = (visit: Visit, programmeKey: string) =>
  ({
    id: newId(),
    kind: 'take part',
    purpose: programmeKey,
    since: visit.today,
    at: visit.now,
    source: visit.caller.kind === 'staff' ? visit.caller.role : visit.caller.name,
  }) as const

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

const problem = (field: string, message: string) => ({ ok: false, problems: [{ field, message }] }) as const

function humanOf(visit: Visit, permit: Permit<'whole'>): string {
  if (visit.caller.kind === 'staff') return visit.caller.staffId
  throw notForYou({ person: permit.person, purpose: 'direct care', verb: 'decide about an episode' })
}

const programmeOf = async (visit: Visit, id: string): Promise<Programme | undefined> =>
  (await programmes(visit.db)).find((programme) => programme.id === id)

const openIn = async (visit: Visit, permit: Permit<'whole'>, programmeId: string) =>
  (await episodesOf(visit.db, permit)).find(
    (episode) => episode.programmeId === programmeId && !episode.closedOn,
  )

async function openEpisodeOf(visit: Visit, permit: Permit<'whole'>, episodeId: string): Promise<Episode> {
  const episode = (await episodesOf(visit.db, permit)).find(({ id }) => id === episodeId)
  if (!episode) throw notForYou({ person: permit.person, purpose: 'direct care', verb: 'open an episode' })
  if (episode.closedOn) throw changedMeanwhile('This episode has been closed. Open the person to see why.')
  return episode
}

const turned = (episode: Episode) =>
  changedMeanwhile(
    `Somebody changed ${episode.programmeName} for this person since you opened the page. Look again.`,
  )
