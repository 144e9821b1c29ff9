import { join } from 'node:path'
import type { Task } from '#jobs'
import { loadExtract } from './load.ts'
import { relinkStore } from './relink.ts'

/** Promised work: a load asked for on a page, and the list of joined records written anew. */
export const tasks: Readonly<Record<string, Task>> = {
  load: async (workshop, { folder }) => {
    const named = join('incoming', String(folder))
    const whole = join(workshop.folder, named)
    const outcome = await loadExtract(workshop, { folder: whole })
    if (outcome.ok) return
    // Whoever asked on a page knows the folder by the name they gave, and reads that nothing was loaded once.
    const why = outcome.problems[0]?.message.replaceAll(whole, named).replace(/ Nothing was loaded\.$/, '')
    await workshop.say(`Nothing was loaded. ${why}`, 1)
  },
  relink: async (workshop) => relinkStore(workshop),
}
