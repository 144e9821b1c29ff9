import { expect, it } from 'vitest'
import { loadWords, nextWords } from './extract-verbs.ts'

const reading = { name: 'inpatient.csv', supplier: 'ours', columns: [], unread: [] }

it('a load says which lines were refused and why, not only how many', () => {
  const words = loadWords({
    files: [{ file: 'inpatient', read: 868, taken: 861, refused: 7, unknownCodes: {}, reading }],
    reasons: [
      {
        file: 'inpatient.csv',
        column: 'admitted_on',
        reason: 'it is after the last day the source covers',
        rows: 6,
        firstLines: [2, 3, 4, 1005, 1006],
      },
      { file: 'inpatient.csv', reason: 'the same row came before', rows: 1, firstLines: [9] },
    ],
    read: 868,
    taken: 861,
    refused: 7,
  })
  expect(words.split('\n').slice(1)).toEqual([
    '868 rows read, 861 taken, 7 refused.',
    '  inpatient.csv, lines 2, 3, 4, 1,005, 1,006 and 1 more: admitted_on, it is after the last day the source covers',
    '  inpatient.csv, line 9: the same row came before',
  ])
})

it('a load says of a file with nobody in it what that means, and of bundles what was passed over', () => {
  const nothing = { read: 0, taken: 0, refused: 0, reasons: [] }
  const file = { file: 'inpatient' as const, read: 0, taken: 0, refused: 0, unknownCodes: {}, reading }
  expect(loadWords({ ...nothing, files: [file] })).toContain(
    'inpatient has a heading and no rows, so nobody counts as having any. If they were only not sent, leave the file out.',
  )
  const bundles = { resources: 1200, used: 900, refused: 1, notUsed: { Claim: 99, DiagnosticReport: 200 } }
  expect(loadWords({ ...nothing, files: [], bundles })).toContain(
    '1,200 FHIR resources: 900 used, 1 refused. Not used: DiagnosticReport 200, Claim 99.',
  )
})

it('a load ends with what to do now, whether or not the program runs', () => {
  expect(nextWords('synthetic', '/srv/made-up', 'http://127.0.0.1:8080')).toBe(
    'Every list is ranked. Now open http://127.0.0.1:8080 and choose to be a GP: the list of that practice waits.',
  )
  expect(nextWords('real', '/srv/ours', undefined)).toMatch(
    /^Every list is ranked\. Now start it with: npm start -- --data \/srv\/ours and sign in with the one-time password/,
  )
})
