/** Says on standard error how far long work has come: over one line for a person, line by line for a file. */
export function sayShare(words: string, shareDone: number): void {
  const percent = `${Math.round(shareDone * 100)}%`.padStart(4)
  process.stderr.write(process.stderr.isTTY ? `\r\u001b[K${percent} ${words}` : `${percent} ${words}\n`)
  if (process.stderr.isTTY && shareDone >= 1) process.stderr.write('\n')
}
