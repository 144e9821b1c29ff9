import { randomBytes } from 'node:crypto'
import { Client } from 'pg'

/**
 * The three roles of the record. `keyworker_gate` owns every table and definer function and signs in nowhere;
 * `keyworker_app` may do what a page does; `keyworker_work` may also load, seal and run jobs.
 */
export const roleSql = `
do $$ begin
  if not exists (select from pg_roles where rolname = 'keyworker_gate') then create role keyworker_gate nologin; end if;
  if not exists (select from pg_roles where rolname = 'keyworker_app') then create role keyworker_app nologin; end if;
  if not exists (select from pg_roles where rolname = 'keyworker_work') then create role keyworker_work nologin; end if;
end $$;
grant keyworker_app to keyworker_work;
grant keyworker_gate to current_user;
`

/**
 * Makes the roles and the two sign-ins, or gives an existing sign-in its role.
 *
 * @param ownerUrl somebody who may create roles. @param appUser the name pages sign in with.
 * @param passwords set only for sign-ins this call may make or change.
 */
export async function prepareRoles(
  ownerUrl: string,
  appUser: string,
  passwords: { readonly app?: string; readonly work: string },
): Promise<void> {
  await asOwner(ownerUrl, async (client) => {
    // Two databases of one server share their roles: without the lock two tests make them at once.
    await client.query('begin; select pg_advisory_xact_lock(72431)')
    await client.query(roleSql)
    if (passwords.app) await login(client, appUser, passwords.app)
    await login(client, 'keyworker_worker', passwords.work)
    await client.query(`grant keyworker_app to ${client.escapeIdentifier(appUser)}`)
    await client.query('grant keyworker_work to keyworker_worker')
    await client.query('commit')
  })
}

async function login(client: Client, name: string, password: string): Promise<void> {
  const known = await client.query('select from pg_roles where rolname = $1', [name])
  const verb = known.rowCount ? 'alter' : 'create'
  await client.query(
    `${verb} role ${client.escapeIdentifier(name)} login password ${client.escapeLiteral(password)}`,
  )
}

/** Lets the gate make its tables in a database somebody else made. */
export async function letGateBuild(ownerUrl: string): Promise<void> {
  await asOwner(ownerUrl, async (client) => {
    const name = client.escapeIdentifier(new URL(ownerUrl).pathname.slice(1))
    await client.query(`grant create on database ${name} to keyworker_gate`)
    await client.query('grant usage, create on schema public to keyworker_gate')
  })
}

/** Makes a database if there is none of that name, owned by the gate. @returns whether it was made now. */
export async function createDatabase(ownerUrl: string, name: string, template?: string): Promise<boolean> {
  return await asOwner(ownerUrl, async (client) => {
    const known = await client.query('select from pg_database where datname = $1', [name])
    if (known.rowCount) return false
    const from = template ? ` template ${client.escapeIdentifier(template)}` : ''
    await client.query(`create database ${client.escapeIdentifier(name)} owner keyworker_gate${from}`)
    return true
  })
}

/** Ends every connection to a database and removes it. Of none by that name: nothing happens. */
export async function dropDatabase(ownerUrl: string, name: string): Promise<void> {
  await asOwner(ownerUrl, (client) =>
    client.query(`drop database if exists ${client.escapeIdentifier(name)} with (force)`),
  )
}

/** The same server and person, another database. */
export function urlOf(url: string, change: { database?: string; user?: string; password?: string }): string {
  const other = new URL(url)
  if (change.database) other.pathname = `/${change.database}`
  if (change.user) other.username = change.user
  if (change.password) other.password = change.password
  return other.toString()
}

export const newPassword = (): string => randomBytes(24).toString('base64url')

async function asOwner<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
