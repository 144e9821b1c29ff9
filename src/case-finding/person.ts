import { type Asked, type Permit, permit, type StaffVisit } from '#access'
import type { Activity, Programme } from '#organisations'
import { bannerFor, type Episode, episodesOf, identityOf, nameInSentence } from '#people'
import type { BannerPerson } from '#ui'
import { programmeFor } from './candidates.ts'
import { type ListQuery, readList } from './list-rules.ts'
import { type JudgementForm, judgementInForce } from './rules.ts'
import { judgementsOf } from './store.ts'
import type { Judgement } from './types.ts'
import { themOf } from './words.ts'

/** One person opened from the list: the leave to read them, who they are, and the list to go back to. */
export type Opened = {
  readonly leave: Permit<'whole'>
  readonly programme: Programme
  readonly banner: BannerPerson
  /** Given Family. */
  readonly name: string
  readonly them: string
  readonly history: readonly Judgement[]
  readonly inForce?: Judgement
  /** The newest judgement's number; a form carries it back. */
  readonly seen: number
  /** The open episode in this programme: somebody with us is not judged. */
  readonly withUs?: Episode
  readonly query: ListQuery
}

/** Opens the person of an address. @throws Refused when the caller may not. */
export async function openPerson(
  visit: StaffVisit,
  asked: Asked,
  look: { readonly may: Activity; readonly verb: string },
): Promise<Opened> {
  const person = asked.params.person ?? ''
  const leave = await permit(visit, person, { ...look, part: 'whole', purpose: 'direct care' })
  const query = readList(asked.form.text('list') || asked.query.text('list'))
  const wanted = asked.form.text('programme') || asked.query.text('programme') || query.programme
  const programme = await programmeFor(visit, wanted)
  if (!programme) throw new Error('an installation without a programme has nobody to judge')
  const identity = await identityOf(visit.db, leave)
  const history = await judgementsOf(visit.db, leave, programme.id)
  const episodes = await episodesOf(visit.db, leave)
  return {
    leave,
    programme,
    query,
    banner: await bannerFor(visit, leave),
    name: nameInSentence(identity),
    them: themOf(identity),
    history,
    inForce: judgementInForce(history),
    seen: history.at(-1)?.n ?? 0,
    withUs: episodes.find(({ programmeId, closedOn }) => programmeId === programme.id && !closedOn),
  }
}

/** A judgement as a form sent it. Each decision asks its own reason, so that no reason is of another. */
export function judgementForm({ form }: Asked, decision: string): JudgementForm {
  const part = (name: string) => form.text(`showAgainDate-${name}`)
  return {
    decision,
    reason: form.text(`reason-${decision}`),
    words: form.text(`words-${decision}`) || form.text('words'),
    showAgain: form.text('showAgain'),
    showAgainDate: { day: part('day'), month: part('month'), year: part('year') },
  }
}

/** The number of the newest judgement on the page the form was sent from. */
export const seenIn = ({ form }: Asked): number => Number.parseInt(form.text('seen'), 10) || 0
