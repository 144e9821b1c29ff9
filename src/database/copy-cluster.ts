import { cp, mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Client } from 'pg'

/** What a server makes anew when it starts, or may not find of another: never part of a copy. */
const leftOut = new Set(['postmaster.pid', 'postmaster.opts', 'pg_internal.init'])
const emptied = new Set([
  'pg_wal',
  'pg_replslot',
  'pg_dynshmem',
  'pg_notify',
  'pg_serial',
  'pg_snapshots',
  'pg_stat_tmp',
  'pg_subtrans',
])

/**
 * Copies the folder of a built-in PostgreSQL while it goes on working. A server started on the copy has everything that was
 * committed when this returns, and nothing half done.
 *
 * @param ownerUrl of its superuser. @param cluster its folder. @param into a folder that is not there yet.
 * @param beside what is to be copied of the same moment: done before the copy is closed, so that it is never newer.
 * @source PostgreSQL 18 documentation, 25.3.3, "Making a base backup using the low level API"; the log it needs is kept
 *   from being used again by a slot that goes with the connection.
 */
export async function copyCluster(
  ownerUrl: string,
  { cluster, into, beside }: { cluster: string; into: string; beside: () => Promise<void> },
): Promise<void> {
  const client = new Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    await client.query('select pg_create_physical_replication_slot($1, true, true)', [
      `copy_${process.pid}_${Date.now()}`,
    ])
    const first = await client.query<{ file: string }>(
      `select pg_walfile_name(pg_backup_start('keyworker', true)) as file`,
    )
    await copyFolder(cluster, into)
    await beside()
    const last = await client.query<{ file: string; label: string }>(
      'select pg_walfile_name(lsn) as file, labelfile as label from pg_backup_stop(false)',
    )
    await writeFile(join(into, 'backup_label'), last.rows[0]?.label ?? '', { mode: 0o600 })
    await client.query('select pg_switch_wal()')
    await copyLog(join(cluster, 'pg_wal'), join(into, 'pg_wal'), first.rows[0]?.file, last.rows[0]?.file)
  } finally {
    await client.end()
  }
}

async function copyFolder(from: string, into: string): Promise<void> {
  await mkdir(into, { recursive: true, mode: 0o700 })
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [own, other] = [join(from, entry.name), join(into, entry.name)]
    if (leftOut.has(entry.name) || entry.name.startsWith('pgsql_tmp')) continue
    if (emptied.has(entry.name)) await mkdir(other, { mode: 0o700 })
    else if (entry.isDirectory()) await copyFolder(own, other)
    else await cp(own, other).catch(passOverGone)
  }
}

// A table may be dropped while its file is on its way: the log says so, and the file is not missed.
function passOverGone(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error
}

/** The log from the first file to the last: what makes a copy taken over seconds one of a single moment. */
async function copyLog(from: string, into: string, first = '', last = ''): Promise<void> {
  const files = (await readdir(from)).filter(
    (name) => /^[0-9A-F]{24}$/.test(name) && name >= first && name <= last,
  )
  if (!files.includes(first) || !files.includes(last)) throw new Error('the log of the copy is not whole')
  for (const name of files) await cp(join(from, name), join(into, name))
}
