import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { londonDate } from '#calendar'
import { loadExtract } from '#population'
import { smallExtract, writeExtract } from '../test/extract.ts'
import { openEmptyHouse, testFolder } from '../test/house.ts'
import { workshopFor } from './work.ts'

it('the first load of made-up people, and the programmes it brings, are dated by the day it gives the installation', async () => {
  const house = await openEmptyHouse()
  const folder = testFolder('first-load')
  mkdirSync(join(folder, 'population'), { recursive: true })
  // A workshop of the real program: its clock is the wall's, which is long past the day of these people.
  const loaded = await loadExtract(workshopFor(house.workPool, folder, 'load'), {
    folder: writeExtract('first-load', smallExtract),
  })
  expect(loaded).toMatchObject({ ok: true, value: { kind: 'synthetic', indexOn: '2026-04-01' } })
  const rows = await house.arrange(
    `select taken_at as at from population.load union all
     select published_at from organisations.programme_version union all
     select recorded_at from population.pseudonym`,
  )
  expect(rows.length).toBeGreaterThan(2)
  expect(rows.map(({ at }) => londonDate(at as Date)).filter((on) => on !== '2026-04-01')).toEqual([])
  const [looked] = await house.arrange(
    `select max(at) > now() - interval '1 hour' as "isOfNow" from access.entry`,
  )
  expect(looked?.isOfNow, 'what proves who looked stays by the wall clock').toBe(true)
})
