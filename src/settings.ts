import { relative, resolve } from 'node:path'

/** What the program was told from outside, read once at start. */
export type Settings = {
  /** The data folder. Everything an installation keeps outside its database is in it. */
  readonly folder: string
  readonly port: number
  /** Where browsers find us. Cookies are marked secure when it is https. */
  readonly baseUrl: string
  /** PostgreSQL of one's own; without it the built-in one is used. */
  readonly database?: { readonly appUrl: string; readonly ownerUrl: string }
  readonly issuer?: { readonly url: string; readonly clientId: string; readonly clientSecret: string }
  /** The number somebody who is stuck may ring, with its hours: at the foot of every page. */
  readonly helpTelephone?: string
  /** Where a copy is made by itself each night: a folder, beside the data folder, or nowhere. */
  readonly copies: { readonly into: string } | 'beside' | 'no'
  /** Whether an empty installation becomes the demonstration: in the default folder, or where it is asked for. */
  readonly isDemonstration: boolean
}

/** What was told does not make sense; the sentence says what to change. */
export type Unsettled = { readonly problem: string }

const rolesSql = `  create role keyworker_owner login createrole password '…';
  create role keyworker_web login password '…';
  create database keyworker owner keyworker_owner;
Then set DATABASE_URL=postgres://keyworker_web:…@host/keyworker and
DATABASE_OWNER_URL=postgres://keyworker_owner:…@host/keyworker. Keyworker makes the rest itself.`

/**
 * Reads the environment and the command's own options; an option wins over the environment.
 *
 * @returns one plain sentence instead when something named is missing or wrong.
 */
export function readSettings(
  environment: Readonly<Record<string, string | undefined>>,
  options: { readonly data?: string; readonly port?: string; readonly isDemonstration?: boolean } = {},
): Settings | Unsettled {
  const folder = resolve(options.data ?? environment.DATA ?? 'data/demo')
  const port = Number(options.port ?? environment.PORT ?? 8080)
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    return { problem: `PORT must be a number from 0 to 65535, not "${options.port ?? environment.PORT}".` }
  }
  const { DATABASE_URL: appUrl, DATABASE_OWNER_URL: ownerUrl } = environment
  if (Boolean(appUrl) !== Boolean(ownerUrl)) {
    const missing = appUrl ? 'DATABASE_OWNER_URL' : 'DATABASE_URL'
    return { problem: `Set ${missing} too. On your server, as somebody who may make roles:\n${rolesSql}` }
  }
  const baseUrl = environment.PUBLIC_URL ?? `http://127.0.0.1:${port}`
  if (!/^https?:\/\/[^/?#]+$/.test(baseUrl)) {
    return { problem: `PUBLIC_URL must be like https://keyworker.example.nhs.uk, not "${baseUrl}".` }
  }
  const helpTelephone = environment.HELP_TELEPHONE?.trim()
  if (helpTelephone && !/^[+0-9][0-9 ]{2,19}(, .{1,60})?$/.test(helpTelephone)) {
    return {
      problem: `HELP_TELEPHONE must be a number and its hours, like "01632 960 100, 8am to 6pm", not "${helpTelephone}".`,
    }
  }
  const copies = readCopies(environment.BACKUP, folder)
  if (typeof copies === 'object' && 'problem' in copies) return copies
  const issuer = readIssuer(environment)
  if (issuer && 'problem' in issuer) return issuer
  return {
    folder,
    port,
    baseUrl,
    copies,
    ...(helpTelephone ? { helpTelephone } : {}),
    isDemonstration: options.isDemonstration || folder === resolve('data/demo'),
    ...(appUrl && ownerUrl ? { database: { appUrl, ownerUrl } } : {}),
    ...(issuer ? { issuer } : {}),
  }
}

function readCopies(asked: string | undefined, folder: string): Settings['copies'] | Unsettled {
  const word = asked?.trim()
  if (!word) return 'beside'
  if (word.toLowerCase() === 'no') return 'no'
  const into = resolve(word)
  if (!relative(folder, into).startsWith('..'))
    return { problem: `BACKUP must be a folder outside ${folder}, on another disk, or "no".` }
  return { into }
}

function readIssuer(
  environment: Readonly<Record<string, string | undefined>>,
): Settings['issuer'] | Unsettled {
  const { OIDC_ISSUER: url, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = environment
  if (!url) return undefined
  if (!clientId || !clientSecret) {
    return { problem: `OIDC_ISSUER is set. Set ${clientId ? 'OIDC_CLIENT_SECRET' : 'OIDC_CLIENT_ID'} too.` }
  }
  return { url, clientId, clientSecret }
}
