import type { Workshop } from './types.ts'

/**
 * Says how far work is one word after another, and never a share below one that was said: parts of it may go on at once, and a
 * bar that falls says that something went wrong.
 */
export function sayInTurn(say: Workshop['say']): Workshop['say'] {
  let most = 0
  let before = Promise.resolve()
  return (words, shareDone) => {
    most = Math.max(most, shareDone)
    const share = most
    // What could not be said is the teller's to know, and no reason to say nothing after it.
    const said = before.then(() => say(words, share))
    before = said.catch(() => {})
    return said
  }
}
