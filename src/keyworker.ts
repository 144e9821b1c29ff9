// The command line. Exit 0 done, 1 what the user gave was refused, 2 wrong usage, 3 our fault.
import { parseArgs } from 'node:util'
import { everyVerb, verbCalled } from './command/index.ts'
import type { Asked, Given, Verb } from './command/types.ts'
import { readSettings } from './settings.ts'

const [verb = 'help', ...rest] = process.argv.slice(2)
const code = await main(verb, rest)
// An open connection to a server we only asked must not keep the command waiting; what was said is sent first.
process.stdout.write('', () => process.exit(code))

async function main(name: string, args: readonly string[]): Promise<number> {
  const chosen = Object.hasOwn(Object.prototype, name) ? undefined : await verbCalled(name)
  if (!chosen) {
    const known = (await everyVerb()).map(({ usage }) => `  ${usage}`)
    process.stderr.write(`What Keyworker can do:\n${known.join('\n')}\n`)
    return name === 'help' || name === '--help' ? 0 : 2
  }
  const parsed = readArguments(chosen.options, args)
  if (typeof parsed === 'string') {
    process.stderr.write(`${parsed}\nUsage: ${chosen.usage}\n`)
    return 2
  }
  const settings = readSettings(process.env, {
    data: parsed.options.data,
    port: parsed.options.port,
    isDemonstration: parsed.flags.has('demonstration'),
  })
  if ('problem' in settings) {
    process.stderr.write(`${settings.problem}\n`)
    return 1
  }
  return await carryOut(chosen, { ...parsed, settings })
}

function readArguments(
  options: Readonly<Record<string, 'text' | 'flag'>>,
  args: readonly string[],
): Given | string {
  const all = { data: 'text', port: 'text', json: 'flag', ...options }
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: Object.fromEntries(
        Object.entries(all).map(
          ([name, kind]) => [name, { type: kind === 'flag' ? 'boolean' : 'string' }] as const,
        ),
      ),
    })
    const given = Object.entries(values)
    return {
      words: positionals,
      options: Object.fromEntries(
        given.flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
      ),
      flags: new Set(given.flatMap(([name, value]) => (value === true ? [name] : []))),
    }
  } catch (error) {
    // Node adds how a word may begin with a minus, which nobody here wants.
    return (error instanceof Error ? error.message : String(error)).split('. To specify')[0] ?? ''
  }
}

async function carryOut(verb: Verb, asked: Asked): Promise<number> {
  try {
    const { code, json, text } = await verb.run(asked)
    if (asked.flags.has('json')) process.stdout.write(`${JSON.stringify(json ?? {})}\n`)
    else if (text) process.stdout.write(`${text}\n`)
    return code
  } catch (error) {
    const { whyNot } = await import('./why-not.ts')
    const sentence = await whyNot(error, asked.settings.folder)
    if (sentence) {
      if (asked.flags.has('json')) process.stdout.write(`${JSON.stringify({ refused: sentence })}\n`)
      process.stderr.write(`${sentence}\n`)
      return 1
    }
    const reference = Math.random().toString(36).slice(2, 6).toUpperCase()
    process.stderr.write(
      `Something went wrong on our side. Nothing half-done was kept. Reference ${reference}.\n`,
    )
    process.stderr.write(
      `fault ${reference} ${error instanceof Error ? (error.stack ?? error.message) : error}\n`,
    )
    return 3
  }
}
