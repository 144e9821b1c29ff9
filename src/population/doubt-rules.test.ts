import { describe, expect, it } from 'vitest'
import { type LondonDate, londonInstant, readDate } from '#calendar'
import { readNhsNumber } from '#people'
import { compared, whyWords } from './doubt-rules.ts'

const raised = 'no NHS number on one side; the same given name, family name, date of birth, postcode'
const called = (given: string, family: string, number?: string) => ({
  ...{ given, family },
  nhsNumber: (number && readNhsNumber(number)) || null,
})

describe('why two records may be one person’s', () => {
  it.each([
    [
      'names that only sound alike are never called the same',
      called('Piotr', 'Nowak'),
      called('Peter', 'Nowack'),
      'Neither has an NHS number; the same date of birth and postcode; given name and family name sound alike, written differently',
    ],
    [
      'accents and capitals make no other name',
      called('Zoë', 'O’Brien', '9990000018'),
      called('ZOE', 'OBRIEN'),
      'No NHS number on one side; the same given name, family name, date of birth and postcode',
    ],
    [
      'one name of the two is another spelling',
      called('Claire', 'Smith'),
      called('Clare', 'Smith'),
      'Neither has an NHS number; the same family name, date of birth and postcode; given name sounds alike, written differently',
    ],
  ])('HZ02 why two records may be one person’s: %s', (_, one, other, words) => {
    expect(whyWords(raised, one, other)).toBe(words)
  })

  it('another reason stands as it was raised', () => {
    const why = 'the same NHS number with other details'
    expect(whyWords(why, called('A', 'B'), called('C', 'D'))).toBe('The same NHS number with other details')
  })
})

describe('two records side by side', () => {
  const today = readDate('2026-04-01') as LondonDate
  const record = {
    ...called('Piotr', 'Nowak'),
    ...{ id: '1', formerNames: [], bornOn: readDate('1974-01-01') ?? null, sex: 'male' as const },
    ...{ address: null, postcode: 'ZZ99 3VZ', telephone: null, practice: null, diedOn: null, episodes: 1 },
    since: londonInstant(today, 9, 0),
  }
  it('each line says whether they agree, and what only one record says is no difference', () => {
    const other = {
      ...{ ...record, ...called('Peter', 'Nowack', '9990000018'), episodes: 0 },
      ...{ address: '63 Bridge Street', postcode: 'zz993vz' },
    }
    const lines = compared(record, other, today)
    expect(lines.map(({ label, verdict }) => [label, verdict])).toEqual([
      ['Name', 'Differs'],
      ['Also written', undefined],
      ['Born', 'Same'],
      ['Sex', 'Same'],
      ['NHS number', 'Only one says'],
      ['Address', 'Only one says'],
      ['Postcode', 'Same'],
      ['Telephone', 'Neither says'],
      ['Practice', 'Neither says'],
      ['Died', undefined],
      ['Open with us', undefined],
      ['Here since', undefined],
    ])
    expect(lines.find(({ label }) => label === 'Open with us')).toMatchObject({
      ...{ one: '1 episode', other: 'nothing' },
    })
  })
})
