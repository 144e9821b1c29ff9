import { link, mkdir, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { newId } from '#access'
import type { Workshop } from '#jobs'
import { openBench } from './bench.ts'
import { quoted } from './duckdb-words.ts'
import { currentLoad, relinkLoad, standings } from './store.ts'

/**
 * Writes the list of joined records anew, beside the same files, and makes that the current store. Records joined or
 * parted since the load count so from the next list on. Twice does no harm.
 */
export async function relinkStore(workshop: Workshop): Promise<void> {
  const { load, rows } = await workshop.inVisit(async ({ db }) => ({
    load: await currentLoad(db),
    rows: await standings(db, false),
  }))
  if (!load) return
  const id = newId()
  const home = join(workshop.folder, 'population')
  const work = join(home, `.loading-${process.pid}-${id}`)
  const from = join(workshop.folder, load.folder)
  try {
    await mkdir(work, { recursive: true, mode: 0o700 })
    for (const name of await readdir(from))
      if (name !== 'aliases.parquet') await link(join(from, name), join(work, name))
    await writeAliases(work, rows)
    await rename(work, join(home, id))
    const isTaken = await workshop.inVisit(async (visit) => {
      const wasCurrent = await relinkLoad(visit.db, {
        id,
        from: load.id,
        folder: join('population', id),
        at: visit.now,
      })
      if (wasCurrent)
        await visit.note({
          what: 'extract loaded',
          about: `load ${id}`,
          facts: { loadId: id, indexOn: load.indexOn },
        })
      return wasCurrent
    })
    // Another load came first; it read the same record of who was joined.
    if (!isTaken) await rm(join(home, id), { recursive: true, force: true })
  } catch (error) {
    await rm(join(home, id), { recursive: true, force: true })
    throw error
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

async function writeAliases(
  folder: string,
  rows: readonly { readonly pseudonym: string; readonly standing: string; readonly instead?: string }[],
): Promise<void> {
  const bench = await openBench(folder)
  try {
    const pairs = rows.flatMap(({ pseudonym, standing, instead }) =>
      standing === 'joined' && instead ? [`(${quoted(pseudonym)}, ${quoted(instead)})`] : [],
    )
    const people = `read_parquet(${quoted(join(folder, 'people.parquet'))})`
    await bench.run(`copy (select a.person, k.person as kept
      from (values ${[...pairs, "('', '')"].join(', ')}) j(pseudonym, instead)
      join ${people} a on a.pseudonym = j.pseudonym join ${people} k on k.pseudonym = j.instead order by a.person)
      to ${quoted(join(folder, 'aliases.parquet'))} (format parquet)`)
  } finally {
    bench.close()
  }
}
