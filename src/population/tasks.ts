import { join } from 'node:path'
import type { Task } from '#jobs'
import { loadExtract } from './load.ts'
import { relinkStore } from './relink.ts'

/** Promised work: a load asked for on a page, and the list of joined records written anew. */
export const tasks: Readonly<Record<string, Task>> = {
  load: async (workshop, { folder }) => {
    const outcome = await loadExtract(workshop, { folder: join(workshop.folder, 'incoming', String(folder)) })
    if (!outcome.ok) await workshop.say(`Nothing was loaded. ${outcome.problems[0]?.message}`, 1)
  },
  relink: async (workshop) => relinkStore(workshop),
}
