import { start } from '../start.ts'
import type { Verb } from './types.ts'

const say = (line: string) => process.stderr.write(`${line}\n`)

export const startVerb: Readonly<Record<string, Verb>> = {
  start: {
    usage: 'start [--data FOLDER] [--port PORT] [--demonstration]',
    options: { demonstration: 'flag' },
    run: async ({ settings }) => ({ code: await start(settings, say) }),
  },
}
