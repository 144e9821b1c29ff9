import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { smallExtract, testWorkshop, writeExtract } from '../../test/extract.ts'
import { openHouse } from '../../test/house.ts'
import { loadExtract } from './load.ts'
import { withStore } from './reader.ts'
import { currentLoad } from './store.ts'

const house = await openHouse()
const workshop = testWorkshop(house, 'outside-load')

const jean = '9991010203'
const row = (more: Readonly<Record<string, string>> = {}) => ({
  nhs_number: jean,
  score: 'ACG',
  version: '13.0',
  value: '0.31',
  scored_on: '2026-03-01',
  scale: 'risk',
  outcome: 'emergency admission 12 months',
  feeds: 'GP, SUS',
  ...more,
})

describe('R-005 a file of somebody else’s scores', () => {
  it('is taken row by row, and each row that cannot be is named by line, column and reason', async () => {
    const outcome = await loadExtract(workshop, {
      folder: writeExtract('outside-scores', {
        ...smallExtract,
        outside_scores: [
          row(),
          row({ nhs_number: '9991010106', value: '0.02' }),
          row({ nhs_number: '9991010300', value: '17', scale: 'points', outcome: 'frailty', feeds: '' }),
          row({ value: '1.4' }),
          row({ nhs_number: '9991010107' }),
          row({ score: 'high, said Dr Lund' }),
          row({ version: 'Pillay' }),
          row({ value: '9991010203', scale: 'points' }),
          row({ value: 'high' }),
          row({ scored_on: '2026-04-09' }),
          row({ scored_on: '' }),
          row(),
        ],
      }),
    })
    if (!outcome.ok) throw new Error(outcome.problems[0]?.message)
    const { files, reasons, indexOn } = outcome.value
    expect(files.find(({ file }) => file === 'outside_scores')).toMatchObject({
      read: 12,
      taken: 3,
      refused: 9,
    })
    const said = reasons.map(({ column, reason, firstLines }) => `${firstLines.join()} ${column}: ${reason}`)
    expect(said.sort()).toEqual([
      '10 value: it is not a number',
      '11 scored_on: it is after the last day the source covers',
      '12 scored_on: there is nothing here',
      '13 undefined: the same row came before',
      '5 value: it is a risk and not between 0 and 1',
      '6 nhs_number: it does not pass the check of an NHS number',
      '7 score: it does not have the shape of a code',
      '8 undefined: there is an identifier where a code belongs',
      '9 value: it is more than 1000000',
    ])
    expect(indexOn).toBe('2026-04-01')
  })

  it('stands in the population store by pseudonym, with its name, version and day', async () => {
    const now = await house.asSystem('test', ({ db }) => currentLoad(db))
    const rows = await withStore(join(workshop.folder, now?.folder ?? ''), (store) =>
      store.rows(
        `select score, version, value, scored_on::varchar as "on", scale, outcome, feeds from outside_scores order by value`,
      ),
    )
    expect(rows).toEqual([
      {
        score: 'ACG',
        version: '13.0',
        value: 0.02,
        on: '2026-03-01',
        scale: 'risk',
        outcome: 'emergency admission, 12 months',
        feeds: 'GP;SUS',
      },
      {
        score: 'ACG',
        version: '13.0',
        value: 0.31,
        on: '2026-03-01',
        scale: 'risk',
        outcome: 'emergency admission, 12 months',
        feeds: 'GP;SUS',
      },
      {
        score: 'ACG',
        version: '13.0',
        value: 17,
        on: '2026-03-01',
        scale: 'points',
        outcome: 'frailty',
        feeds: null,
      },
    ])
  })

  it('an older one does not hold the list’s day back: it says nothing of how far records reach', async () => {
    const { indexDate } = await import('./rules.ts')
    const covering = (file: 'people' | 'outside_scores', coversTo: string) => ({
      file,
      coversTo: coversTo as never,
    })
    expect(indexDate([covering('people', '2026-03-31'), covering('outside_scores', '2025-01-31')])).toBe(
      '2026-04-01',
    )
  })
})
