import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Workshop } from '#jobs'
import { askedWith, pageOf, wordsOf } from '../../../test/asking.ts'
import { type Cast, type House, openHouse, testFolder } from '../../../test/house.ts'
import { arrangeModel } from '../../../test/models.ts'
import { arrangeLoad, arrangePseudonyms } from '../../../test/population.ts'
import { room } from '../index.ts'
import type { ModelSpec } from '../model/types.ts'
import { rank } from '../rank.ts'
import { checkOutside } from './check-outside.ts'
import { asShares, valueWords } from './rules.ts'

const folder = testFolder('outside')
let house: House
let workshop: Workshop
let jean = ''

const term = (name: string, coefficient: number) => ({
  ...{ name, from: [name], part: 'value' as const, mean: 0, spread: 1, coefficient },
})
/** Ours: by age alone, and so no better than chance here. */
const spec: ModelSpec = {
  columns: ['age', 'woman'],
  model: {
    kind: 'ridge',
    recipe: 'plain',
    readings: ['age', 'woman'].map((name) => ({
      ...{ name, treatment: 'line' as const, cap: null, knots: [], fill: 0, hasMissing: false },
    })),
    terms: [term('age', 0.001), term('woman', 0)],
    intercept: -3.5,
    lambda: 1,
    path: [],
    fit: { rows: 1000, events: 300, steps: 5, halvings: 0, converged: true },
  },
  peers: [],
}

const page = (who: Cast, path: string, params: Record<string, string> = {}) =>
  house.as(who, async (visit) => {
    const route = room.screens.find((one) => one.method === 'GET' && one.path === path)
    if (!route) throw new Error(`no ${path}`)
    return wordsOf(pageOf(await route.answer(visit, askedWith({ params }))))
  })
const report = async (score: string) => {
  const [row] = await house.arrange('select id from case_finding.outside_score where score = $1', [score])
  return page('yasmin', '/models/outside/:score', { score: String(row?.id) })
}

beforeAll(async () => {
  house = await openHouse()
  workshop = { folder, inVisit: (work) => house.asSystem('check outside scores', work), say: async () => {} }
  jean = await house.arrangePerson({ family: 'Pillay', given: 'Jean' })
  await arrangeModel(house, { spec })
  const load = await arrangeLoad(house, ['inpatient', 'outside_scores'], {
    coveredTo: { outside_scores: '2026-03-01' },
  })
  await arrangePseudonyms(house, [jean])
  mkdirSync(join(folder, load), { recursive: true })
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  const write = (file: string, select: string) =>
    connection.run(`copy (${select}) to '${join(folder, load, file)}.parquet' (format parquet)`)
  await write(
    'people',
    `select i::uinteger as person, lower(lpad(to_hex(i + 1), 32, '0')) as pseudonym, (1940 + (i * 7) % 59)::usmallint as birth_year,
       1::utinyint as birth_quarter, case when i % 2 = 0 then 'female' else 'male' end as sex, 5::utinyint as imd_decile,
       'white' as ethnicity_group, 'Z00001' as practice_code, date '2010-01-01' as registered_month, null::date as left_month,
       null::date as died_month, null::date as until_on, false as care_home, null::boolean as lives_alone from range(2100) r(i)`,
  )
  // Of the first 100 of 2,000 each fifth is admitted in the year after, of the rest 38: what the score said.
  await write(
    'inpatient',
    `select i::uinteger as person, date '2025-09-01' as admitted_on, date '2025-09-03' as discharged_on,
       'I50.0' as primary_diagnosis, null::varchar as other_diagnoses, 'ZT1' as provider, '21' as admission_method
     from range(2000) r(i) where (i < 100 and i % 5 = 0) or (i >= 100 and i < 138)`,
  )
  const row = (select: string) =>
    `select person::uinteger as person, score, '4.1' as version, value::double as value, d::date as scored_on, scale, outcome, feeds, 0::utinyint as source from (${select}) t(person, score, value, d, scale, outcome, feeds)`
  await write(
    'outside_scores',
    [
      `select i as person, 'ACG' as score, case when i < 100 then 0.2 else 0.02 end as value, '2025-03-31' as d, 'risk' as scale,
         'emergency admission, 12 months' as outcome, 'GP;SUS' as feeds from range(2000) r(i)`,
      // Given anew on the day before the list's: of no year that is over, and shown beside the person.
      `select 0, 'ACG', 0.31, '2026-03-01', 'risk', 'emergency admission, 12 months', 'GP;SUS'`,
      `select i, 'eFI2', i % 36, '2026-02-10', 'points', 'frailty', null from range(2000) r(i)`,
      `select i, 'FLAT', 7, '2025-03-01', null, null, null from range(2000) r(i)`,
      `select i, 'OLD', case when i < 100 then 9 else 1 end, '2025-03-20', 'points', null, null from range(2000) r(i)`,
    ]
      .map(row)
      .join(' union all '),
  )
  connection.closeSync()
  instance.closeSync()
  await rank(workshop, {})
  await checkOutside(workshop, {})
  await checkOutside(workshop, {})
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('R-005 a score of somebody else’s', () => {
  it('is held against what came once for each load, by the report ours are judged by', async () => {
    const rows = await house.arrange(
      `select score, version, report -> 'theirs' -> 'observedOverExpected' -> 'value' as ratio, report ->> 'cutOn' as day,
         report -> 'theirs' ->> 'people' as people from case_finding.outside_score order by score`,
    )
    expect(rows).toMatchObject([
      { score: 'ACG', version: '4.1', day: '2025-03-31', people: '2000' },
      { score: 'FLAT', day: null },
      { score: 'OLD', day: '2025-03-20' },
      { score: 'eFI2', day: null },
    ])
    expect(Number(rows[0]?.ratio)).toBeCloseTo(1, 10)
  })

  it('stands beside ours on the same people, each number with its interval', async () => {
    const said = await report('ACG')
    expect(said).toContain('At the length of our list it finds more than ours.')
    expect(said).toContain('2,000 of 2,100 adults registered for 12 months or more had a value')
    expect(said).toContain('Of 100 on a list of 5%, admitted 20 (13 to 29) Not shown')
    expect(said).toMatch(/Of 100 admitted, found by a list of 5% 34 \(24 to 47\)/)
    expect(said).toContain('Admitted for each one expected 1.00 (0.78 to 1.29)')
    expect(said).toContain('When it says 20 in 100, is it 20?')
    expect(said).toContain('Worked out of GP, SUS')
    expect(said).toMatch(/Women 1,000 \d+ \(\d+ to \d+\)/)
  })

  it('names practices, tells no rate of under 10 admitted, and calls an order as good as chance that', async () => {
    const said = await report('ACG')
    expect(said).toContain('Lund Street Surgery')
    expect(said).not.toContain('Practice Z0000')
    expect(said).toMatch(/Top 0\.5% 10 Not shown/)
    const estimate = (low: number, high: number) => JSON.stringify({ value: 0.49, low, high, method: 'test' })
    const auc = (ends: string) =>
      house.arrange(
        `update case_finding.outside_score set report = jsonb_set(report, '{theirs,auc}', $1) where score = 'OLD'`,
        [ends],
      )
    await auc(estimate(0.43, 0.55))
    expect(await report('OLD')).toContain('it ranks no better than chance')
    expect(await report('OLD')).not.toContain('wrong way round')
    await auc(estimate(0.43, 0.499))
    expect(await report('OLD')).toContain('It ranks the wrong way round for this')
  })

  it('that is no risk of the same thing is asked only how it puts people in order', async () => {
    const said = await report('OLD')
    expect(said).toContain('whether its numbers come true is not asked')
    expect(said).not.toContain('When it says 20 in 100, is it 20?')
    expect(said).not.toContain('Admitted for each one expected')
  })

  it('says from which list on it can be tested, and why one cannot be', async () => {
    expect(await report('eFI2')).toContain(
      'It was first given on 10 February 2026. What came in the year after can be told from a list of 11 February 2027 on.',
    )
    expect(await report('FLAT')).toContain('It gives everybody the same value')
    expect(await page('yasmin', '/models/outside')).toContain('2 of 4 scores tested here.')
  })

  it('HZ14 is shown beside the person with its day as it came, in no rank of ours, and not when it is too old', async () => {
    const said = await page('drLund', '/case-finding/:person', { person: jean })
    expect(said).toContain('Scores of others. Not ours, and not part of this list')
    expect(said).toContain(
      'ACG, version 4.1 0.31, given on 1 March 2026. A risk from 0 to 1, made for emergency admission, 12 months',
    )
    expect(said).toContain('eFI2, version 4.1 0, given on 10 February 2026, 50 days ago: it is old.')
    expect(said).toContain('Not shown: given on 20 March 2025, more than 90 days ago')
    expect(said).not.toContain('in 100 people')
    const [run] = await house.arrange('select sources from case_finding.run limit 1')
    expect(JSON.stringify(run?.sources)).not.toContain('outside_scores')
  })

  it('keeps the order of points on a scale from 0 to 1, and puts nobody first where all are alike', () => {
    expect([...(asShares(Float64Array.of(3, 9, 6), false) ?? [])]).toEqual([0.01, 0.99, 0.5])
    expect(asShares(Float64Array.of(4, 4), false)).toBeUndefined()
    expect(asShares(Float64Array.of(0.1, 0.4), true)).toEqual(Float64Array.of(0.1, 0.4))
    expect(valueWords({ value: 0.314, scale: 'risk' })).toBe('0.31')
    expect(valueWords({ value: 12.50001, scale: 'points' })).toBe('12.5')
  })
})
