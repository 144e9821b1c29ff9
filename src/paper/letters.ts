// The letters of both fonts in fonts/: Latin with every mark, Greek, Cyrillic, and the signs a page of ours may hold. A test
// writes each of them.
const ranges: readonly (readonly [number, number])[] = [
  [0x20, 0x7e],
  [0xa0, 0x24f],
  [0x300, 0x36f],
  [0x391, 0x3a1],
  [0x3a3, 0x3ce],
  [0x400, 0x45f],
  [0x490, 0x4ff],
  [0x1e00, 0x1e9b],
  [0x1ea0, 0x1ef9],
]
const signs = new Set('ΆΈΉΊΌΎΏΐ‐–—‘’‚“”„†‡•…‰‹›€™−≈≠≤≥→←½¼¾')
const instead: Readonly<Record<string, string>> = { '\u2011': '-', '\u202f': ' ', '\u2009': ' ' }

/**
 * Words as the fonts can write them: a letter with a mark they do not have loses the mark, and one they do not have at
 * all is a question mark, never left out.
 */
export const writable = (words: string): string =>
  [...words.normalize('NFC')]
    .map((letter) => {
      if (canWrite(letter)) return letter
      const plain = instead[letter] ?? letter.normalize('NFKD').replaceAll(/[\u0300-\u036f]/g, '')
      return [...plain].every(canWrite) && plain !== '' ? plain : '?'
    })
    .join('')

const canWrite = (letter: string) => {
  const point = letter.codePointAt(0) ?? 0
  return signs.has(letter) || ranges.some(([from, to]) => point >= from && point <= to)
}

/** Every letter that is written as it is. */
export const everyLetter = (): string =>
  [
    ...ranges.flatMap(([from, to]) =>
      Array.from({ length: to - from + 1 }, (_, i) => String.fromCodePoint(from + i)),
    ),
    ...signs,
  ].join('')
