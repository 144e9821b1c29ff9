import { daysBetween, type LondonDate } from '#calendar'
import type { ProgrammeTemplate } from '#organisations'
import type { Episode } from '#people'
import { reassignReasons } from './reasons.data.ts'
import type { Caseload, PossibleOwner } from './types.ts'

type Problem = { readonly field: string; readonly message: string }

/** Those who may own, least loaded first; of two alike the name decides. Nobody is chosen for the reader. */
export const leastLoadedFirst = (owners: readonly PossibleOwner[]): readonly PossibleOwner[] =>
  [...owners].sort((a, b) => a.held - b.held || a.name.localeCompare(b.name, 'en-GB'))

/** How full an owner's part is: their own people, or their team's where the programme counts by the team. */
export function caseloadOf(
  owner: PossibleOwner,
  owners: readonly PossibleOwner[],
  { limit, unit }: ProgrammeTemplate['caseload'],
): Caseload {
  if (unit === 'worker' || unit === 'nurse') return { held: owner.held, limit }
  const counted = unit === 'team' ? owners.filter(({ teamId }) => teamId === owner.teamId) : owners
  return { held: counted.reduce((sum, { held }) => sum + held, 0), limit }
}

/** Omar Sayed (31 of 50). Over the limit it says so: whether to go over is the reader's to decide. */
export function ownerWords(owner: PossibleOwner, { held, limit }: Caseload): string {
  const load = `${held} of ${limit}${held >= limit ? ', full' : ''}`
  return `${owner.name} (${load})`
}

/** The owner and team a form named, if the programme's teams have them. A form sends "team id/staff id". */
export const chosenOwner = (
  owners: readonly PossibleOwner[],
  choice: { readonly ownerId: string; readonly teamId: string },
): PossibleOwner | undefined =>
  owners.find(({ staffId, teamId }) => staffId === choice.ownerId && teamId === choice.teamId)

/** What must be put right before an episode may pass to another case manager. */
export function problemsWithReassigning(
  episode: Episode,
  owner: PossibleOwner | undefined,
  reason: string,
): readonly Problem[] {
  const problems: Problem[] = []
  if (!owner) problems.push({ field: 'owner', message: 'Select who will be the case manager' })
  else if (owner.staffId === episode.ownerId && owner.teamId === episode.teamId) {
    problems.push({ field: 'owner', message: `${owner.name} is the case manager now. Select somebody else` })
  }
  if (!reassignReasons.some(({ code }) => code === reason)) {
    problems.push({ field: 'reason', message: 'Select why the case manager changes' })
  }
  return problems
}

const undoForDays = 7

/** An acceptance can be taken back for 7 days, as long as nothing has happened since: the episode's first turn holds. */
export const canWithdraw = (episode: Episode, today: LondonDate): boolean =>
  !episode.closedOn && episode.turn === 1 && daysBetween(episode.openedOn, today) <= undoForDays
