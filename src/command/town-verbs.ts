import { makeTown } from '../../town/index.ts'
import { refused, type Verb, wrongUsage } from './types.ts'

const usage =
  'town --people 30000 --seed 1 [--until DATE] [--mess] [--street] [--history none|fall|subgroup|harm|finds-need] --out DIR'

/** A sentence for the user when the town could not be made for a reason of theirs; else the error goes on. */
export const mistakeOf = (error: unknown): string | undefined =>
  error instanceof Error && error.cause === 'mistake' ? error.message : undefined

export const townVerbs: Readonly<Record<string, Verb>> = {
  town: {
    usage,
    options: {
      people: 'text',
      seed: 'text',
      until: 'text',
      out: 'text',
      history: 'text',
      mess: 'flag',
      street: 'flag',
    },
    run: async ({ options, flags }) => {
      if (!options.out) return wrongUsage(usage)
      try {
        const made = await makeTown({
          people: Number(options.people ?? 30000),
          seed: Number(options.seed ?? 1),
          until: options.until,
          out: options.out,
          mess: flags.has('mess'),
          street: flags.has('street'),
          history: historyOf(options.history),
          onProgress: (done, of, words) =>
            process.stderr.write(`\r\u001b[K${Math.round((100 * done) / of)}% ${words}`),
        })
        process.stderr.write('\n')
        const people = made.rows.people ?? 0
        return {
          code: 0,
          json: made,
          text: `${people} people in ${made.out}. The hidden truth is in ${made.truth}.`,
        }
      } catch (error) {
        const sentence = mistakeOf(error)
        if (sentence) return refused(sentence)
        throw error
      }
    },
  },
}

const histories = ['none', 'fall', 'subgroup', 'harm', 'finds-need'] as const

function historyOf(word = 'none'): (typeof histories)[number] {
  const found = histories.find((history) => history === word)
  if (!found) throw new Error(`--history is one of ${histories.join(', ')}.`, { cause: 'mistake' })
  return found
}
