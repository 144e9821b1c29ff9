import { createHash, randomBytes } from 'node:crypto'
import { type Db, many, one, run, sql } from '#database'
import type { OrganisationKind } from '#organisations'
import type { SignInSecrets } from './identity-provider.ts'

/** A place somebody works in under a role. */
export type Post = {
  readonly id: string
  readonly staffId: string
  readonly name: string
  readonly role: string
  readonly organisationId: string
  readonly organisationName: string
  readonly organisationKind: OrganisationKind
}

/** Somebody who proved who they are and has no session yet. */
export type Proved = {
  readonly staffId: string
  readonly backTo: string
  readonly isLocal: boolean
  readonly isPasswordChangeDue: boolean
}

const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest()

/** A secret for a cookie: 256 bits. The record keeps its hash. */
export const newToken = (): string => randomBytes(32).toString('base64url')

const postColumns = sql`
  p.id, p.staff_id as "staffId", s.name, p.role, o.id as "organisationId", o.name as "organisationName",
  o.kind as "organisationKind"`
const postTables = sql`organisations.post p
  join organisations.staff s on s.id = p.staff_id and (s.left_on is null or s.left_on > organisations.today())
  join organisations.organisation o on o.id = p.organisation_id`

/** Every post somebody holds today, by place. */
export const postsOf = (db: Db, staffId: string): Promise<readonly Post[]> =>
  many(
    db,
    sql`select ${postColumns} from ${postTables}
        where p.staff_id = ${staffId} and p.during @> organisations.today() order by o.name, p.role`,
  )

/**
 * The sign-ins of a demonstration: one a role and kind of place, at the first place of that kind.
 *
 * @returns none where the installation is not synthetic: there they do not exist.
 */
export const demoPosts = (db: Db): Promise<readonly Post[]> =>
  many(
    db,
    sql`select distinct on (p.role, o.kind) ${postColumns} from ${postTables}
        join organisations.installation i on i.kind = 'synthetic'
        where p.during @> organisations.today() order by p.role, o.kind, o.code, p.recorded_at, p.id`,
  )

/** Remembers what the provider must send back. */
export async function startSignIn(
  db: Db,
  token: string,
  secrets: SignInSecrets,
  backTo: string,
): Promise<void> {
  await run(
    db,
    sql`select access.start_sign_in(${hashOf(token)}, ${secrets.state}, ${secrets.nonce}, ${secrets.verifier},
        ${backTo})`,
  )
}

/** What was remembered; it can be taken once. */
export const takeSignIn = (
  db: Db,
  token: string,
): Promise<(SignInSecrets & { readonly backTo: string }) | undefined> =>
  one(db, sql`select state, nonce, verifier, back_to as "backTo" from access.take_sign_in(${hashOf(token)})`)

/** Remembers under a new secret who somebody has proved to be, until they have chosen their post. */
export async function proveSignIn(db: Db, staffId: string, backTo: string): Promise<string> {
  const token = newToken()
  await run(db, sql`select access.prove_sign_in(${hashOf(token)}, ${staffId}, ${backTo})`)
  return token
}

export const proved = (db: Db, token: string): Promise<Proved | undefined> =>
  one(
    db,
    sql`select staff_id as "staffId", back_to as "backTo", is_local as "isLocal",
               is_password_change_due as "isPasswordChangeDue"
        from access.proved(${hashOf(token)})`,
  )

export async function endSignIn(db: Db, token: string): Promise<void> {
  await run(db, sql`select access.end_sign_in(${hashOf(token)})`)
}

/**
 * Writes down the telephone of somebody on the staff list, or who they are to the identity provider; what is left out stays.
 *
 * @returns false, and nothing is written, where they have another reference already or are the local administrator.
 */
export async function knowStaff(
  db: Db,
  staffId: string,
  known: { readonly telephone?: string; readonly issuer?: string; readonly subject?: string },
): Promise<boolean> {
  const row = await one<{ isKnown: boolean }>(
    db,
    sql`select access.know_staff(${staffId}, ${known.telephone ?? null}, ${known.issuer ?? null},
          ${known.subject ?? null}) as "isKnown"`,
  )
  return row?.isKnown ?? false
}

export async function staffBySubject(
  db: Db,
  who: { readonly issuer: string; readonly subject: string },
): Promise<string | undefined> {
  const row = await one<{ id: string | null }>(
    db,
    sql`select access.staff_by_subject(${who.issuer}, ${who.subject}) as id`,
  )
  return row?.id ?? undefined
}

export const localAdministrator = (
  db: Db,
): Promise<{ readonly staffId: string; readonly passwordHash: string } | undefined> =>
  one(
    db,
    sql`select staff_id as "staffId", password_hash as "passwordHash" from access.local_administrator()`,
  )

export async function isLocalAdministrator(db: Db, staffId: string): Promise<boolean> {
  const row = await one<{ is: boolean }>(db, sql`select access.is_local_administrator(${staffId}) as is`)
  return row?.is ?? false
}

/** Keeps a new password for who has proved themselves with this secret. */
export async function changePassword(db: Db, token: string, passwordHash: string): Promise<void> {
  await run(db, sql`select access.change_password(${hashOf(token)}, ${passwordHash})`)
}

/** Gives the local administrator one post, and ends the one they had with its sessions. */
export async function takeLocalPost(
  db: Db,
  post: {
    readonly id: string
    readonly staffId: string
    readonly organisationId: string
    readonly role: string
  },
): Promise<void> {
  await run(
    db,
    sql`select access.take_local_post(${post.id}, ${post.staffId}, ${post.organisationId}, ${post.role})`,
  )
}

/** Every place there is, by kind and name. */
export const places = (
  db: Db,
): Promise<readonly { readonly id: string; readonly name: string; readonly kind: OrganisationKind }[]> =>
  many(db, sql`select id, name, kind from organisations.organisation order by kind, name, id`)

/** Ends the session this transaction entered with. */
export async function endThisSession(db: Db): Promise<void> {
  await run(db, sql`select access.end_this_session()`)
}

/** Counts a try under a key. @returns false when there were more than `most` in the window of `minutes`. */
export async function takeTurn(db: Db, key: string, most: number, minutes = 5): Promise<boolean> {
  const row = await one<{ ok: boolean }>(db, sql`select access.take_turn(${key}, ${most}, ${minutes}) as ok`)
  return row?.ok ?? false
}
