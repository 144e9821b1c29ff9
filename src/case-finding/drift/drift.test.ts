import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Workshop } from '#jobs'
import type { Estimate } from '#prediction'
import { askedWith, type pageOf, wordsOf } from '../../../test/asking.ts'
import { type Cast, type House, openHouse, programmeId, testFolder } from '../../../test/house.ts'
import { arrangeInUse, arrangeModel } from '../../../test/models.ts'
import { arrangeLoad } from '../../../test/population.ts'
import { room } from '../index.ts'
import { targets } from '../model/targets.data.ts'
import type { ModelSpec } from '../model/types.ts'
import { rank } from '../rank.ts'
import { checkModels } from './check-models.ts'
import { ratioMoved, stabilityMoved, whatToDo } from './rules.ts'
import type { ModelCheck } from './types.ts'

const folder = testFolder('drift')
const conrane = programmeId('conrane')
let house: House
let workshop: Workshop
let inUse = ''

const columns = ['age', 'woman', 'emergencyAdmissions365']
const term = (name: string, coefficient: number) => ({
  ...{ name, from: [name], part: 'value' as const, mean: 0, spread: 1, coefficient },
})

/** About 1 in 21 of everybody, by hand: log-odds of the intercept and 0.5 for each emergency admission. */
const specWith = (intercept: number): ModelSpec => ({
  columns,
  model: {
    kind: 'ridge',
    recipe: 'plain',
    readings: columns.map((name) => ({
      ...{ name, treatment: 'line' as const, cap: null, knots: [], fill: 0, hasMissing: false },
    })),
    terms: [term('age', 0), term('woman', 0), term('emergencyAdmissions365', 0.5)],
    intercept,
    lambda: 1,
    path: [],
    fit: { rows: 1000, events: 300, steps: 5, halvings: 0, converged: true },
  },
  peers: [18, 30, 40, 50, 60, 70, 80, 90].flatMap((fromAge) =>
    [true, false].map((isWoman) => ({
      ...{ isWoman, fromAge, medians: [60, 0, 0], people: 100, admitted: 11, usualIn100: 11 },
    })),
  ),
})

/** 2,000 people; 95 admitted in June 2024, and some of them in October 2025. */
async function writeLoad(indexOn: string, from: number, to: number): Promise<void> {
  const load = await arrangeLoad(house, ['inpatient'], { indexOn })
  mkdirSync(join(folder, load), { recursive: true })
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  const write = (file: string, select: string) =>
    connection.run(`copy (${select}) to '${join(folder, load, file)}.parquet' (format parquet)`)
  await write(
    'people',
    `select i::uinteger as person, lpad(to_hex(i + 1), 32, '0') as pseudonym, (1940 + i % 60)::usmallint as birth_year, 1::utinyint as birth_quarter,
       case when i % 2 = 0 then 'female' else 'male' end as sex, 5::utinyint as imd_decile, 'white' as ethnicity_group,
       'Z00001' as practice_code, date '2010-01-01' as registered_month, null::date as left_month, null::date as died_month,
       null::date as until_on, false as care_home, null::boolean as lives_alone from range(2000) r(i)`,
  )
  await write(
    'inpatient',
    `select i::uinteger as person, d as admitted_on, d + 1 as discharged_on, 'I50.0' as primary_diagnosis,
       null::varchar as other_diagnoses, 'ZT1' as provider, '21' as admission_method
     from (select i, date '2024-06-01' as d from range(95) r(i)
       union all select i, date '2025-10-01' as d from range(${from}, ${to}) r(i))`,
  )
  connection.closeSync()
  instance.closeSync()
}

const page = (who: Cast, path: string, sent: Parameters<typeof askedWith>[0] = {}): Promise<string> =>
  house.as(who, async (visit) => {
    const route = room.screens.find((one) => one.method === 'GET' && one.path === path)
    if (!route) throw new Error(`no ${path}`)
    const answer = await route.answer(visit, askedWith(sent))
    return answer.kind === 'file' ? String(answer.body) : answer.kind === 'page' ? answer.html : ''
  })
const words = async (...asked: Parameters<typeof page>): Promise<ReturnType<typeof pageOf>> =>
  wordsOf(await page(...asked))

beforeAll(async () => {
  house = await openHouse()
  workshop = { folder, inVisit: (work) => house.asSystem('check models', work), say: async () => {} }
  const model = await arrangeModel(house, { spec: specWith(-3) })
  inUse = model.id
  await arrangeInUse(house, model)
  await house.arrange(`update case_finding.model_switch set switched_on_at = '2026-03-15T09:00:00Z'`)
  await arrangeModel(house, { spec: specWith(-2.2) })
  await arrangeModel(house, { spec: specWith(-3), verdict: 'do not use' })
  await writeLoad('2026-04-01', 200, 295)
  await rank(workshop, {})
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('whether a model still fits', () => {
  it('says that it was not looked at yet, and how old its newest list is', async () => {
    const said = await words('yasmin', '/models/:model', { params: { model: inUse } })
    expect(said).toContain('Not looked at yet. It is with the next load.')
    expect(said).toContain('Its newest list is of 1 April 2026 , 0 days before today. It is fresh enough.')
    expect(said).toContain('After 90 days no number is shown about anybody')
  })

  it('is looked at once for each load, by every model without a leak, and can be worked out by hand', async () => {
    await checkModels(workshop, {})
    await checkModels(workshop, {})
    const rows = await house.arrange(
      `select c.model_id = $1 as mine, c.year_from::text as year, c.people, c.observed, c.expected from case_finding.model_check c order by 1 desc`,
      [inUse],
    )
    expect(rows).toMatchObject([
      { mine: true, year: '2025-03-31', people: 2000, observed: 95 },
      { mine: false, observed: 95 },
    ])
    const risk = (line: number) => 1 / (1 + Math.exp(-line))
    expect(Number(rows[0]?.expected)).toBeCloseTo(1905 * risk(-3) + 95 * risk(-2.5), 8)
  })

  it('is said with what was expected, what came, the bounds and what to do', async () => {
    const said = await words('yasmin', '/models/:model', { params: { model: inUse } })
    expect(said).toContain('Nothing to do now. It is looked at again with the next load.')
    expect(said).toMatch(/1 April 2026 Yes 98 95 0\.97 \(0\.80 to 1\.18\) 0\.00 Good/)
    expect(said).toContain('under 0.9 or over 1.1 with an interval without 1 somebody must act')
    expect(said).toContain('Emergency admissions in 12 months 0.00 Good')
    expect(said).toContain('There is one list by it so far: none moved yet.')
    expect(await words('drLund', '/case-finding')).not.toContain('Read these numbers with care')
  })

  it('HZ44 past a bound set beforehand says so before its verdict and above every list by it, with what to do', async () => {
    await writeLoad('2026-07-01', 250, 440)
    await rank(workshop, {})
    await checkModels(workshop, {})
    const said = await words('yasmin', '/models/:model', { params: { model: inUse } })
    expect(said.indexOf('Look at this model: the list of 1 July 2026')).toBeLessThan(
      said.indexOf('Good enough to suggest.'),
    )
    expect(said).toContain(
      'It says too little: 200 were admitted for every 100 it expected. Ask the clinical safety officer to take it out of use',
    )
    expect(said).toMatch(/1 July 2026 Yes 95 190 2\.00 \(1\.75 to 2\.29\) .* Says too little/)
    const list = await words('drLund', '/case-finding')
    expect(list).toContain('Read these numbers with care')
    expect(list).toContain('200 were admitted for every 100 the model expected')
    const paper = await words('drLund', '/case-finding/print')
    expect(paper).toContain('The model must be looked at. It says too little')
  })

  it('tells how its lists moved, from one to the next', async () => {
    const said = await words('yasmin', '/models/:model', { params: { model: inUse } })
    expect(said).toContain('1 July 2026 Quayside care co-ordination 1 April 2026 45 55 55')
    const rows = await house.arrange(
      `select m.people, m.stayed from case_finding.run_movement m join case_finding.run r on r.id = m.run_id
       where r.programme_id = $1 and r.model_id is not null`,
      [conrane],
    )
    expect(rows).toEqual([{ people: 100, stayed: 45 }])
  })

  it('is in its report as one file, which asks for nothing', async () => {
    const file = await page('yasmin', '/models/:model/file', { params: { model: inUse } })
    expect(wordsOf(file)).toContain('Does it still fit?')
    expect(file).not.toMatch(/<script|src="http/)
  })

  it('R-031 stands beside the other versions on the same people, load by load', async () => {
    const said = await words('yasmin', '/models')
    expect(said).toContain('Each version on the same people, load by load')
    expect(said.match(/harrowmere-1 , in use/g)).toHaveLength(2)
    // The other says twice as much of the same people.
    expect(said).toContain('0.46 (0.38 to 0.56)')
    expect(said).toMatch(/1 July 2026 harrowmere-1 , in use 5 \d+ \(\d+ to \d+\)/)
  })
})

const about = (value: number, half: number): Estimate => ({
  value,
  low: value - half,
  high: value + half,
  method: 'test',
})

describe('the bounds', () => {
  it.each([
    [1.05, 0.5, 'as it was'],
    [0.95, 0.01, 'as it was'],
    [1.06, 0.1, 'cannot tell'],
    [1.06, 0.02, 'watch'],
    [0.9, 0.02, 'watch'],
    [1.1, 0.02, 'watch'],
    [1.11, 0.02, 'act'],
    [0.89, 0.02, 'act'],
    [1.4, 0.5, 'cannot tell'],
  ] as const)('admitted over expected of %d give or take %d is: %s', (value, half, moved) => {
    expect(ratioMoved(about(value, half))).toBe(moved)
  })

  it.each([
    [0.1, 1000, 'as it was'],
    [0.11, 1000, 'watch'],
    [0.25, 1000, 'watch'],
    [0.26, 1000, 'act'],
    [0.26, 999, 'cannot tell'],
  ] as const)('a stability of %d among %i people is: %s', (index, people, moved) => {
    expect(stabilityMoved(index, people)).toBe(moved)
  })

  it('a model that says too much while its list was at work is told apart only by those held out', () => {
    const check: ModelCheck = {
      modelId: 'm',
      indexOn: '2026-04-01' as ModelCheck['indexOn'],
      yearFrom: '2025-03-31' as ModelCheck['yearFrom'],
      ...{ people: 5000, peopleNow: 5000, observed: 400, expected: 500, riskIndex: 0.01 },
      observedOverExpected: about(0.8, 0.05),
      slope: about(1, 0.1),
      auc: about(0.79, 0.01),
      cut: {
        ...{ percent: 5, people: 250, events: 100, threshold: 0.3 },
        ...{ ppv: about(0.4, 0.05), sensitivity: about(0.25, 0.05) },
        ...{ lift: about(5, 1), numberNeeded: about(2.5, 0.3) },
      },
      facts: [{ column: 'gp365', words: 'GP contacts in 12 months', index: 0.3 }],
    }
    expect(whatToDo(check, targets['emergency admission']).join(' ')).toContain(
      'Only a hold-out tells the two apart.',
    )
    expect(whatToDo(check, targets['emergency admission']).join(' ')).toContain(
      'Look in Data quality at how the source of each was read',
    )
    const held = { people: 300, observed: 90, observedOverExpected: about(1.01, 0.1) }
    expect(whatToDo({ ...check, heldOut: held }, targets['emergency admission']).join(' ')).toContain(
      'Of those held out by chance 101 were admitted for every 100 it expected.',
    )
  })
})
