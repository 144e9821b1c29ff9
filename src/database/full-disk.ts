import { statfs } from 'node:fs/promises'

/** PostgreSQL takes room for its log in files of 16 MB, and stops where it finds none: two of them. */
const leastBytes = 32 * 1024 ** 2

/** Whether something broke because a disk is full: what the system, PostgreSQL (53100) and DuckDB say of it. */
export const isDiskFull = (error: unknown): boolean =>
  error instanceof Error &&
  /ENOSPC|EDQUOT|EFBIG|53100|No space left|[Dd]isk full|File too large|could not extend file/.test(
    `${'code' in error ? String(error.code) : ''} ${error.message}`,
  )

/** Whether so little room is left beside a folder that its database cannot go on. False where nobody can tell. */
export async function isNearlyFull(folder: string): Promise<boolean> {
  const room = await statfs(folder).catch(() => undefined)
  return room !== undefined && room.bavail * room.bsize < leastBytes
}
