import { londonDate } from '#calendar'
import type { Ask, NewAsk } from './ask-types.ts'
import type { Contact, NewContact, NewTask, Task } from './types.ts'

const isSameText = (kept: string | undefined, typed: string | undefined) =>
  (kept ?? '') === (typed?.trim() ?? '')

/**
 * Whether a contact sent again says what the kept one says. Without a time typed, "now" is later than it was: the day counts.
 *
 * @param now when it was sent again.
 */
export function isSameContact(kept: Contact, typed: NewContact, now: Date): boolean {
  const happenedAt = typed.happenedAt ?? now
  const isSameTime =
    happenedAt.getTime() === kept.happenedAt.getTime() ||
    (happenedAt.getTime() === now.getTime() && londonDate(kept.happenedAt) === londonDate(now))
  return (
    isSameTime &&
    kept.kind === typed.kind &&
    kept.minutes === typed.minutes &&
    kept.nextOn === typed.nextOn &&
    isSameText(kept.words, typed.words) &&
    isSameText(kept.nextWords, typed.nextWords)
  )
}

/** Whether a task sent again asks what the kept one asks. Its holder and day may have been changed since by a turn of its own. */
export const isSameTask = (kept: Task, typed: NewTask): boolean =>
  isSameText(kept.what, typed.what) &&
  isSameText(kept.why, typed.why) &&
  kept.isUrgent === (typed.isUrgent ?? false) &&
  kept.isPromise === (typed.isPromise ?? false) &&
  (kept.turn > 1 || (kept.dueOn === typed.dueOn && isHeldBy(kept, typed)))

const isHeldBy = ({ ownerId, teamId }: Task, { holder }: NewTask) =>
  'staffId' in holder ? ownerId === holder.staffId : teamId === holder.teamId

/** Whether an ask of volunteers sent again asks what the kept one asks. */
export const isSameAsk = (kept: Ask, typed: NewAsk): boolean =>
  kept.organisationId === typed.organisationId &&
  kept.kind === typed.kind &&
  kept.wantedBy === typed.wantedBy &&
  isSameText(kept.what, typed.what) &&
  isSameText(kept.toKnow, typed.toKnow)
