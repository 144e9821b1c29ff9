import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nameToSearch, nhsNumberWords, readNhsNumber } from './rules.ts'

describe('HZ02 an NHS number is checked before it is one', () => {
  it.each(['999 101 0203', '9991010203', '999-101-0106', '9990000018'])('%s is read', (text) => {
    expect(readNhsNumber(text)).toBeDefined()
  })

  it.each(['999 123 4567', '9991010204', '999101020', '99910102031', '', 'abc'])('%s is not', (text) => {
    expect(readNhsNumber(text)).toBeUndefined()
  })

  it('every single mistyped digit is caught', () => {
    fc.assert(
      fc.property(fc.nat(9), fc.integer({ min: 1, max: 9 }), (place, change) => {
        const right = '9991010203'
        const digit = (Number(right[place]) + change) % 10
        expect(readNhsNumber(right.slice(0, place) + digit + right.slice(place + 1))).toBeUndefined()
      }),
    )
  })

  it('is shown in threes and fours on one line', () => {
    const number = readNhsNumber('9991010203')
    expect(number && nhsNumberWords(number)).toBe('999\u00a0101\u00a00203')
  })

  it('a family name is in capitals of its own alphabet', () => {
    expect(nameToSearch({ familyName: 'Wójcik', givenName: 'Grażyna' })).toBe('WÓJCIK, Grażyna')
  })
})
