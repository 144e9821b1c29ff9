import { actorOf, newId, type Permit, type Visit } from '#access'
import { finished } from './questions.ts'
import { headOf, linesAt, versionsOf, writeVersion } from './store.ts'

/**
 * Gives the unfinished actions that one worker has in the permitted person's plan to another: a new version that differs
 * in who does them and in nothing else. It is not an agreed one, because the person agreed to somebody else.
 *
 * @returns how many were given; 0 where there were none, and then there is no new version.
 */
export async function giveActions(
  visit: Visit,
  permit: Permit<'whole'>,
  given: { readonly fromId: string; readonly toId: string },
): Promise<number> {
  const head = await headOf(visit.db, permit, true)
  if (!head) return 0
  const lines = await linesAt(visit.db, permit, head.id, head.version)
  const theirs = lines.filter(
    ({ kind, owner, state }) =>
      kind === 'action' && owner === given.fromId && !finished.includes(state ?? 'not started'),
  )
  if (theirs.length === 0) return 0
  const [newest] = await versionsOf(visit.db, permit, head.id)
  const version = head.version + 1
  await writeVersion(
    visit.db,
    permit,
    {
      planId: head.id,
      n: version,
      savedBy: actorOf(visit),
      savedAt: visit.now,
      ended: theirs,
      begun: theirs.map((line) => ({ ...line, owner: given.toId })),
      reviewOn: newest?.reviewOn ?? undefined,
    },
    newId,
  )
  const { person } = permit
  await visit.note({
    what: 'plan saved',
    person,
    about: `plan ${head.id}`,
    facts: { planId: head.id, version },
  })
  return theirs.length
}
