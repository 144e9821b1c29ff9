import { addMonths, dateWords, readDate } from '#calendar'
import { connect, type Pool } from '#database'
import { sayInTurn, type Workshop } from '#jobs'
import { installation, moveDay } from '#organisations'
import { openRecord } from '../record.ts'
import type { Settings } from '../settings.ts'
import { workshopFor } from '../work.ts'
import { sayShare } from './progress.ts'
import { refused, type Verb, wrongUsage } from './types.ts'

/**
 * Opens the record for one verb. A server already running on the folder is joined and left running; one started
 * for the verb is stopped after it.
 */
export async function withWorkshop<T>(
  settings: Settings,
  task: string,
  work: (workshop: Workshop, pool: Pool) => Promise<T>,
): Promise<T> {
  const record = await openRecord(settings)
  const pool = connect(record.workUrl, 4)
  const workshop = workshopFor(pool, settings.folder, task)
  try {
    return await work({ ...workshop, say: sayInTurn(async (words, share) => sayShare(words, share)) }, pool)
  } finally {
    await pool.end()
    if (!record.wasRunning) await record.stop()
  }
}

/** Years a made-up installation may live on at once: a life's worth of a story, and no slip of a digit. */
const mostYears = 10

export const recordVerbs: Readonly<Record<string, Verb>> = {
  'prepare-database': {
    usage: 'prepare-database [--data FOLDER]',
    options: {},
    run: async ({ settings }) => {
      const record = await openRecord(settings)
      if (!record.wasRunning) await record.stop()
      return { code: 0, json: { prepared: true }, text: 'The database is ready.' }
    },
  },
  day: {
    usage: 'day --to DATE [--data FOLDER]',
    options: { to: 'text' },
    run: async ({ options, settings }) => {
      const day = readDate(options.to ?? '')
      if (!day) return wrongUsage('day --to DATE, a date like 2026-04-08')
      return await withWorkshop(settings, 'day', async (workshop) =>
        workshop.inVisit(async (visit) => {
          const { kind, dayOn } = await installation(visit.db)
          if (kind !== 'synthetic')
            return refused('Only a synthetic installation has a day that can be moved.')
          if (dayOn && day < dayOn) return refused(`The day is ${dateWords(dayOn)}. It moves forward only.`)
          // A day never comes back: a slip of the hand would be for life.
          if (dayOn && day > addMonths(dayOn, 12 * mostYears))
            return refused(
              `The day is ${dateWords(dayOn)}. Move it by ${mostYears} years or fewer at a time.`,
            )
          await moveDay(visit.db, day)
          return { code: 0, json: { day }, text: `It is ${dateWords(day)}.` }
        }),
      )
    },
  },
}
