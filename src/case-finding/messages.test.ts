import { describe, expect, it } from 'vitest'
import { csvCell } from './messages.ts'

describe('a cell of a file', () => {
  it.each([
    ['=HYPERLINK("http://x")', `"'=HYPERLINK(""http://x"")"`],
    ['+44', `'+44`],
    ['-1', `'-1`],
    ['@cmd', `'@cmd`],
    ['\tx', `'\tx`],
    ['O’Brien, Seán', '"O’Brien, Seán"'],
    ['9991010203', '9991010203'],
    ['', ''],
  ])('%j is written so that no spreadsheet takes it for a formula', (value, cell) => {
    expect(csvCell(value)).toBe(cell)
  })
})
