import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { LondonDate } from '#calendar'
import type { Db } from '#database'
import { protocolBy } from './choices.ts'
import { protocol as shipped } from './protocol.data.ts'
import { lockStudy, studiesOf } from './study-store.ts'
import type { Draft, Study } from './study-types.ts'
import type { Protocol } from './types.ts'

/** A value as one text, whatever order its parts were kept in: what a hash is made of. */
export function canonicalText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const parts = Object.entries(value).filter(([, part]) => part !== undefined)
  parts.sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${parts.map(([name, part]) => `${JSON.stringify(name)}:${canonicalText(part)}`).join(',')}}`
}

/** What a protocol says, as one number that no change escapes. */
export const sha256Of = (value: unknown): string =>
  createHash('sha256').update(canonicalText(value)).digest('hex')

/** The version of this program, as its package says. */
export const codeVersion: string =
  /"version": "([^"]+)"/.exec(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))?.[1] ??
  'not known'

/**
 * The study by which a programme is answered tonight: the newest that somebody locked, else the method that ships,
 * written down now if it has changed since it was last written.
 */
export async function studyInForce(
  db: Db,
  programmeId: string,
  at: Date,
): Promise<{ readonly id: string; readonly protocol: Protocol }> {
  const [newest] = await studiesOf(db, programmeId)
  if (newest?.lockedByName) return newest
  const same = { ...shipped, version: newest?.protocol.version ?? shipped.version }
  const isSame = newest === undefined || newest.sha256 === sha256Of(same)
  const protocol = isSame ? same : { ...shipped, version: same.version + 1 }
  const lock = { programmeId, protocol, sha256: sha256Of(protocol), lockedAt: at, codeVersion }
  return { id: await lockStudy(db, lock), protocol }
}

/** Locks a draft as the next version of a programme's study. From then on nothing in it changes. */
export async function lockDraft(
  db: Db,
  draft: Draft,
  by: {
    readonly programmeId: string
    readonly staffId: string
    readonly at: Date
    readonly dataTo?: LondonDate
    readonly studies: readonly Study[]
  },
): Promise<void> {
  const version = Math.max(0, ...by.studies.map(({ protocol }) => protocol.version)) + 1
  const protocol = protocolBy(draft.plan, version)
  await lockStudy(db, {
    programmeId: by.programmeId,
    protocol,
    sha256: sha256Of(protocol),
    lockedAt: by.at,
    lockedBy: { staffId: by.staffId, draftId: draft.id },
    codeVersion,
    dataTo: by.dataTo,
  })
}
