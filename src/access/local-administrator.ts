import { randomBytes } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'
import { type Db, one, run, sql } from '#database'
import { newId } from './ids.ts'
import { localAdministrator } from './sign-in-store.ts'

const leastCharacters = 12

/**
 * Makes the local administrator of a real installation that has no identity provider.
 *
 * @param ownerDb of the owner of the tables: pages may not write passwords.
 * @returns the one-time password, to be shown once and kept nowhere; undefined when there is one already.
 */
export async function makeLocalAdministrator(ownerDb: Db): Promise<string | undefined> {
  const known = await one(ownerDb, sql`select id from organisations.staff where is_local_administrator`)
  if (known) return undefined
  const password = oneTimePassword()
  await run(
    ownerDb,
    sql`insert into organisations.staff (id, name, password_hash, is_local_administrator, is_password_change_due)
        values (${newId()}, 'Local administrator', ${await hash(password)}, true, true)`,
  )
  return password
}

/** Whether anybody of the staff list may sign in with an identity provider. @param ownerDb pages may not read references. */
export async function isAnybodyReferred(ownerDb: Db): Promise<boolean> {
  const row = await one<{ is: boolean }>(
    ownerDb,
    sql`select exists (select from organisations.staff where subject is not null) as is`,
  )
  return row?.is ?? false
}

/**
 * Gives the local administrator a new one-time password, for who has lost theirs and can run commands here.
 *
 * @returns undefined when there is no local administrator.
 */
export async function renewLocalPassword(ownerDb: Db): Promise<string | undefined> {
  const password = oneTimePassword()
  const touched = await run(
    ownerDb,
    sql`update organisations.staff set password_hash = ${await hash(password)}, is_password_change_due = true
        where is_local_administrator`,
  )
  return touched ? password : undefined
}

// 100 bits in five groups of letters and digits that are not mistaken for one another.
function oneTimePassword(): string {
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789x'
  const all = [...randomBytes(20)].map((byte) => letters[byte % 32]).join('')
  return all.replace(/(.{4})(?=.)/g, '$1-')
}

/** Whose password this is. @returns undefined when it is nobody's, after the same work. */
export async function staffByPassword(db: Db, password: string): Promise<string | undefined> {
  const known = await localAdministrator(db)
  const passwordHash = known?.passwordHash ?? (await hash(oneTimePassword()))
  const isRight = await verify(passwordHash, password)
  return isRight ? known?.staffId : undefined
}

/** @returns what to put right in a new password, or undefined when it will do. */
export function problemWithPassword(password: string, again: string): string | undefined {
  if (password.length < leastCharacters) return `Enter a password of ${leastCharacters} characters or more`
  if (password.length > 200) return 'Enter a password of 200 characters or fewer'
  if (password !== again) return 'Enter the same password twice'
  return undefined
}

export const hashPassword = (password: string): Promise<string> => hash(password)
