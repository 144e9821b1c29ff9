import type { Given } from './keyworker.ts'
import type { Settings } from './settings.ts'
import { start } from './start.ts'

export type Asked = Given & { readonly settings: Settings }

/** What a verb answers: the exit code, the one JSON object of --json, and the words for a person. */
export type Answered = { readonly code: 0 | 1 | 2; readonly json?: unknown; readonly text?: string }

export type Verb = {
  readonly usage: string
  readonly options: Readonly<Record<string, 'text' | 'flag'>>
  readonly run: (asked: Asked) => Promise<Answered>
}

const say = (line: string) => process.stderr.write(`${line}\n`)

export const verbs: Readonly<Record<string, Verb>> = {
  start: {
    usage: '[--data FOLDER] [--port PORT]',
    options: {},
    run: async ({ settings }) => ({ code: (await start(settings, say)) === 0 ? 0 : 1 }),
  },
}
