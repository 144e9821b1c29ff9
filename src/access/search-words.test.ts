import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nameBeginnings, readSearch } from './search-words.ts'

describe('one box finds a person by whatever is typed', () => {
  it.each([
    ['999 101 0203', { nhsNumber: '9991010203' }],
    ['9991010203', { nhsNumber: '9991010203' }],
    ['999-101-0203', { nhsNumber: '9991010203' }],
    ['14/3/1936', { bornOn: '1936-03-14' }],
    ['14 March 1936', { bornOn: '1936-03-14' }],
    ['14 3 1936', { bornOn: '1936-03-14' }],
    ['1936-03-14', { bornOn: '1936-03-14' }],
    ['xx11aa', { postcode: 'XX1 1AA' }],
    ['XX12 1AA', { postcode: 'XX12 1AA' }],
    ['Okafor XX1 1AA 14.3.1936', { postcode: 'XX1 1AA', bornOn: '1936-03-14' }],
  ])('%s', (typed, expected) => {
    const read = readSearch(typed)
    expect(read).toMatchObject({ ok: true, search: expected })
  })

  it.each([
    ['', 'Enter a name, an NHS number, a postcode or a date of birth'],
    ['999 101 0204', 'Check the NHS number. One of its digits is not right'],
    ['31 2 1936', 'Enter a real date of birth, like 14 3 1936'],
    ['okafor 42', 'Enter an NHS number of 10 digits, a whole postcode or a whole date of birth'],
    ['x'.repeat(101), 'Enter 100 characters or fewer'],
  ])('%s is answered with what to put right', (typed, message) => {
    expect(readSearch(typed)).toEqual({ ok: false, problem: { field: 'words', message } })
  })

  it('names are tried in either order, and a comma says which is which', () => {
    expect(nameBeginnings('June Okafor')).toContainEqual({ family: 'okafor', given: 'june' })
    expect(nameBeginnings('Okafor June')).toContainEqual({ family: 'okafor', given: 'june' })
    expect(nameBeginnings('OKAFOR, June')).toEqual([{ family: 'okafor', given: 'june' }])
    expect(nameBeginnings('Jan van der Berg')).toContainEqual({ family: 'van der berg', given: 'jan' })
    expect(nameBeginnings('Okafor')).toEqual([
      { family: 'okafor', given: '' },
      { family: '', given: 'okafor' },
    ])
  })

  it('A32 whatever is typed is read at once, never with a fault', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (typed) => typeof readSearch(typed).ok === 'boolean'),
    )
  })
})
