import { rename, writeFile } from 'node:fs/promises'
import type { Workshop } from '#jobs'
import { enrolmentCsv } from './messages.ts'
import { enrolmentRows } from './store.ts'

/**
 * Writes who was enrolled and every contact that stands to a file, for the town to go on from.
 *
 * Somebody without an NHS number, or whom nobody has been in touch with, is not in it. The file is complete or is not
 * there: it takes its name only when it is whole.
 *
 * @returns how many contacts it holds.
 */
export async function exportEnrolment(workshop: Pick<Workshop, 'inVisit'>, file: string): Promise<number> {
  const rows = await workshop.inVisit((visit) => enrolmentRows(visit.db))
  await writeFile(`${file}.part`, enrolmentCsv(rows), { mode: 0o600 })
  await rename(`${file}.part`, file)
  return rows.length
}
