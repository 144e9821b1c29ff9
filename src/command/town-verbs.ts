import { resolve } from 'node:path'
import { advanceTown, type CheckRow, checkTown, makeTown } from '../../town/index.ts'
import { type Answered, type Asked, refused, type Verb, wrongUsage } from './types.ts'

const makeUsage =
  'town --people 30000 --seed 1 [--until DATE] [--mess] [--street] [--csv] [--history none|fall|subgroup|harm|finds-need] --out DIR'
const checkUsage = 'town check DIR'
const advanceUsage = 'town advance DIR --days N --enrolled FILE --effect none|fall20|harm|deprived-only'

const histories = ['none', 'fall', 'subgroup', 'harm', 'finds-need'] as const
const effects = ['none', 'fall20', 'harm', 'deprived-only'] as const

/** The one of the words that was given, if it is one. */
const among = <Word extends string>(words: readonly Word[], given: string | undefined): Word | undefined =>
  words.find((word) => word === given)

export const townVerbs: Readonly<Record<string, Verb>> = {
  town: {
    usage: `${makeUsage}\n  ${checkUsage}\n  ${advanceUsage}`,
    options: {
      people: 'text',
      seed: 'text',
      until: 'text',
      out: 'text',
      history: 'text',
      days: 'text',
      enrolled: 'text',
      effect: 'text',
      mess: 'flag',
      street: 'flag',
      csv: 'flag',
    },
    run: async (asked) => {
      try {
        const [what] = asked.words
        if (what === 'check') return await check(asked)
        if (what === 'advance') return await advance(asked)
        return what ? wrongUsage(makeUsage) : await make(asked)
      } catch (error) {
        // The town says a mistake of the user's in one sentence; everything else goes on as a fault.
        if (error instanceof Error && error.cause === 'mistake') return refused(error.message)
        throw error
      }
    },
  },
}

async function make({ options, flags }: Asked): Promise<Answered> {
  const history = among(histories, options.history ?? 'none')
  if (!options.out || !history) return wrongUsage(makeUsage)
  const made = await makeTown({
    people: Number(options.people ?? 30000),
    seed: Number(options.seed ?? 1),
    until: options.until,
    out: options.out,
    mess: flags.has('mess'),
    street: flags.has('street'),
    format: flags.has('csv') ? 'csv' : 'parquet',
    history,
    onProgress: (done, of, words) =>
      process.stderr.write(`\r\u001b[K${Math.round((100 * done) / of)}% ${words}`),
  })
  process.stderr.write('\n')
  const people = (made.rows.people ?? 0).toLocaleString('en-GB')
  return {
    code: 0,
    json: made,
    text: `${people} people in ${made.out}. The hidden truth is in ${made.truth}.`,
  }
}

async function check({ words }: Asked): Promise<Answered> {
  const folder = words[1]
  if (!folder) return wrongUsage(checkUsage)
  const rows = await checkTown(resolve(folder))
  const missed = rows.filter(({ outcome }) => outcome === 'missed')
  return {
    code: missed.length === 0 ? 0 : 1,
    json: { isEngland: missed.length === 0, rows },
    text: [...rows.map(line), `${rows.length} figures, ${missed.length} outside their band.`].join('\n'),
  }
}

function line({ key, what, value, widenedFrom, widenedTo, outcome, note }: CheckRow): string {
  const figure = value === null ? '–' : String(Number(value.toPrecision(4)))
  const band = `${Number(widenedFrom.toPrecision(4))} to ${Number(widenedTo.toPrecision(4))}`
  return `${outcome.padEnd(8)}${key.padEnd(16)}${figure.padStart(10)}  in ${band}  ${what}${note ? `. ${note}` : ''}`
}

async function advance({ words, options }: Asked): Promise<Answered> {
  const folder = words[1]
  const effect = among(effects, options.effect ?? 'none')
  if (!folder || !options.days || !options.enrolled || !effect) return wrongUsage(advanceUsage)
  const advanced = await advanceTown(resolve(folder), {
    days: Number(options.days),
    enrolledFile: resolve(options.enrolled),
    effect,
  })
  return { code: 0, json: advanced, text: `The town has lived until ${advanced.until}.` }
}
