import { isDiskFull, isNearlyFull, olderProgram } from '#database'

/**
 * What stands in the way of a command that is the disk's or the data folder's, in a sentence with what to do; undefined when it is
 * our fault.
 *
 * @param folder the data folder.
 */
export async function whyNot(error: unknown, folder: string): Promise<string | undefined> {
  if (!(error instanceof Error)) return undefined
  const code = 'code' in error ? String(error.code) : ''
  if (code === olderProgram)
    return `A newer version of Keyworker has opened the record of ${folder}: it holds a change this one does not know (${error.message}). Nothing was read or changed. Start it with that version or a newer one, or name another folder with --data.`
  const isOfFolder = 'path' in error && String(error.path).startsWith(folder)
  if (isOfFolder && /^(EEXIST|ENOTDIR)$/.test(code))
    return `${folder} is a file. Name a folder for the installation with --data.`
  if (isOfFolder && /^(EACCES|EPERM|EROFS)$/.test(code))
    return `${folder} may not be written. Check who owns it, or name another folder with --data.`
  const version = /initialized by PostgreSQL version (\d+)/.exec(error.message)?.[1]
  if (version)
    return `${folder} was made by another version of Keyworker, with PostgreSQL ${version}. Start it with that version, or name another folder with --data.`
  // A database that found no room is gone before it could say why.
  if (isDiskFull(error) || (await isNearlyFull(folder)))
    return `The disk that holds ${folder} is full. What was saved is kept: make room, then do the same again.`
  return undefined
}
