import { createHash } from 'node:crypto'
import { beginSession, endSession, enter, type StaffCaller, type StaffVisit } from '#access'
import { type LondonDate, londonInstant } from '#calendar'
import type { Db } from '#database'
import type { Workshop } from '#jobs'
import type { Role } from '#organisations'
import { visitAt } from '../visit.ts'
import { type CastPost, castPosts } from './store.ts'

/** Those who work in the demonstration, each signed in, to do in the past what they would have done. */
export type Cast = {
  readonly posts: readonly CastPost[]
  /** A worker enters the transaction of `db`; what they do in it happens at the times they say. */
  readonly enter: (db: Db, post: CastPost) => Promise<VisitOn>
  readonly end: () => Promise<void>
}

/** A worker's visit at a time of a past day. */
export type VisitOn = (on: LondonDate, hour: number, minute?: number) => StaffVisit

/** Signs everybody in. Their sessions end with `end`. */
export async function signInCast(workshop: Pick<Workshop, 'inVisit'>): Promise<Cast> {
  const posts = await workshop.inVisit(({ db }) => castPosts(db))
  const tokens = new Map<string, string>()
  await workshop.inVisit(async ({ db }) => {
    for (const { staffId, postId } of posts) {
      tokens.set(postId, (await beginSession(db, { staffId, postId })).token)
    }
  })
  return {
    posts,
    enter: async (db, post) => {
      const caller: StaffCaller | undefined = await enter(db, tokens.get(post.postId) ?? '')
      if (!caller) throw new Error(`post ${post.postId} is not signed in`)
      return (on, hour, minute = 0) => visitAt(db, caller, londonInstant(on, hour, minute))
    },
    end: () =>
      workshop.inVisit(async ({ db }) => {
        for (const token of tokens.values()) await endSession(db, token)
      }),
  }
}

/** The posts of a role at a place. @throws Error when there is none: the places are ours. */
export function postsAt(cast: Pick<Cast, 'posts'>, role: Role, code: string): readonly CastPost[] {
  const found = cast.posts.filter((post) => post.role === role && post.code === code)
  if (found.length === 0) throw new Error(`nobody is ${role} at ${code}`)
  return found
}

/** The first post of a role at a place. */
export function postAt(cast: Pick<Cast, 'posts'>, role: Role, code: string): CastPost {
  const [first] = postsAt(cast, role, code)
  if (!first) throw new Error(`nobody is ${role} at ${code}`)
  return first
}

/** A reference that is the same for the same words, so that what is made twice is one thing. */
export function idFrom(words: string): string {
  const hex = createHash('sha256').update(words).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
