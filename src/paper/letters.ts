// The letters beyond ISO 8859-1 that the fonts every reader of PDF brings along can write (Windows-1252).
const beyond = new Set('€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ')
const instead: Readonly<Record<string, string>> = {
  '−': '-',
  '→': 'to',
  '≤': '<=',
  '≥': '>=',
  '\u2011': '-',
  '\u202f': ' ',
}

/**
 * Words as the fonts can write them: a letter with a mark they do not have loses the mark, and one they do not have at
 * all is a question mark, never left out.
 */
export const writable = (words: string): string =>
  [...words]
    .map((letter) => {
      if (canWrite(letter)) return letter
      const plain = instead[letter] ?? letter.normalize('NFKD').replaceAll(/[\u0300-\u036f]/g, '')
      return [...plain].every(canWrite) && plain !== '' ? plain : '?'
    })
    .join('')

const canWrite = (letter: string) => (letter.codePointAt(0) ?? 0) < 256 || beyond.has(letter)
