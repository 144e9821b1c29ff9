import { isDiskFull } from '#database'

const mark = Symbol('the extract cannot be loaded')

type Stopped = Error & { readonly [mark]: true }

/** Ends a load because of what was handed in: one sentence that names the file and, where there is one, the line. */
export function stop(sentence: string): never {
  throw Object.assign(new Error(sentence), { [mark]: true })
}

/** Whether an error is about what was handed in, and so is the sender's to put right and not ours. */
export const isStopped = (error: unknown): error is Stopped => error instanceof Error && mark in error

/** What the disk or the reader said, as a sentence for whoever asked for the load; undefined when it is our fault. */
export function sentenceOf(error: unknown): string | undefined {
  if (isStopped(error)) return error.message
  const words = error instanceof Error ? `${'code' in error ? error.code : ''} ${error.message}` : ''
  if (isDiskFull(error)) return 'The disk is full. Nothing was loaded: make room and load again.'
  if (/EROFS|EACCES|EPERM|Permission denied|Read-only file system/.test(words))
    return 'A folder may not be written. Nothing was loaded: check who owns the data folder, then load again.'
  if (/KW004/.test(words)) return 'Another load was taken while this one was worked out. Load again.'
  return undefined
}
