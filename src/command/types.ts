import type { Settings } from '../settings.ts'

/** What somebody typed after the verb. */
export type Given = {
  readonly words: readonly string[]
  readonly options: Readonly<Record<string, string | undefined>>
  readonly flags: ReadonlySet<string>
}

export type Asked = Given & { readonly settings: Settings }

/** What a verb answers: the exit code, the one JSON object of --json, and the words for a person. */
export type Answered = { readonly code: 0 | 1 | 2 | 3; readonly json?: object; readonly text?: string }

export type Verb = {
  readonly usage: string
  readonly options: Readonly<Record<string, 'text' | 'flag'>>
  readonly run: (asked: Asked) => Promise<Answered>
}

/** What the user gave cannot be done: one plain sentence, exit 1. */
export const refused = (sentence: string): Answered => ({
  code: 1,
  json: { refused: sentence },
  text: sentence,
})

/** The words do not fit the verb: exit 2. */
export const wrongUsage = (usage: string): Answered => ({ code: 2, json: { usage }, text: `Usage: ${usage}` })
