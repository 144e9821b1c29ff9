import { existsSync, readFileSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import type { Visit } from '#access'
import type { Workshop } from '#jobs'
import { deliveryOf, deliveryWords, giveAlerts, lendingPlaces, takeInAlerts } from '#monitoring'
import { withWorkshop } from './record-verbs.ts'
import { type Answered, refused, type Verb, wrongUsage } from './types.ts'

const usage = 'alerts FILE [--team CODE] [--data FOLDER]'

export const kitVerbs: Readonly<Record<string, Verb>> = {
  alerts: {
    usage,
    options: { team: 'text' },
    run: async ({ words, options, settings }) => {
      const [file] = words
      if (!file || words.length > 1) return wrongUsage(usage)
      const called = basename(file)
      if (!existsSync(resolve(file))) return refused(`There is no file ${called}.`)
      const text = textIn(resolve(file))
      if (text === undefined) return refused(`${called} is no file of text saved as UTF-8.`)
      return await withWorkshop(settings, 'take in alerts of kit', (workshop) =>
        takeIn(workshop, { called, text }, options.team),
      )
    },
  },
}

function textIn(path: string): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path))
    return text.includes('\0') ? undefined : text
  } catch {
    return undefined
  }
}

async function takeIn(
  workshop: Workshop,
  file: { readonly called: string; readonly text: string },
  team: string | undefined,
): Promise<Answered> {
  const taken = await workshop.inVisit(async (visit) => {
    const place = await placeFor(visit, team)
    return 'refused' in place ? place : await takeInAlerts(visit, place.id, file)
  })
  if ('refused' in taken) return refused(taken.refused)
  if (!taken.ok) return refused(`${taken.problems.map(({ message }) => message).join('. ')}.`)
  // Promised as well: stopped half-way, the work process gives the rest.
  await giveAlerts(workshop, {})
  const delivery = await workshop.inVisit(({ db }) => deliveryOf(db, taken.value.deliveryId))
  if (!delivery) throw new Error('a file of alerts was taken in and cannot be found')
  const { read, given, waiting, known, refused: rows } = delivery
  const lines = rows.map(({ line, why }) => `  ${file.called}, line ${line}: ${why}`)
  return {
    code: 0,
    json: { delivery: delivery.id, read, given, waiting, known, refused: rows },
    text: [deliveryWords(delivery), ...lines].join('\n'),
  }
}

// Whose list it is that what cannot be given waits on.
async function placeFor(
  visit: Visit,
  team: string | undefined,
): Promise<{ readonly id: string } | { readonly refused: string }> {
  const places = await lendingPlaces(visit.db)
  const codes = places.map(({ code, name }) => `${code ?? ''} (${name})`).join(', ')
  if (places.length === 0)
    return {
      refused:
        'No kit is written down yet. Add it on a page, under Kit, and lend it, before its alerts come.',
    }
  const [only, ...more] = team ? places.filter(({ code }) => code === team) : places
  if (only && more.length === 0) return only
  return { refused: `Say whose list the alerts go to that nobody can be given: --team and one of ${codes}.` }
}
