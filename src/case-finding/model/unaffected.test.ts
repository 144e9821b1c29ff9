import { beforeAll, describe, expect, it } from 'vitest'
import { type LondonDate, readDate } from '#calendar'
import { explain, fitRidge, riskOf, tableOf } from '#prediction'
import { randomStream } from '#statistics'
import { type House, openHouse, programmeId, staffId } from '../../../test/house.ts'
import { arrangeModel } from '../../../test/models.ts'
import { arrangeRun, pseudonym } from '../../../test/population.ts'
import type { FeaturePerson, FeatureTable } from './feature-store.ts'
import { subgroupsOf } from './judging.ts'
import { levelled, practiceLevel, practiceLevels, withLevels } from './practice-levels.ts'
import { careHomeWords } from './report-fair.tsx'
import { unaffected } from './unaffected.ts'
import { drawnAfter } from './unaffected-store.ts'

const somebody: FeaturePerson = {
  ...{ person: 0, pseudonym: '', practiceCode: 'Z00001', sex: 'female', ethnicity: 'white', imdDecile: 5 },
  ...{ isCareHome: false, hasLearningDisability: false, hasSevereMentalIllness: false, isShort: false },
  ...{ admissions730: 0, hasHappened: false, isDeadWithin: false, hasLeftWithin: false },
}
describe('people in care homes, in the report of a model', () => {
  const yearOf = (...homes: readonly (boolean | null)[]): FeatureTable => ({
    people: homes.map((isCareHome) => ({ ...somebody, isCareHome })),
    columns: new Map(),
  })
  const splits = (year: FeatureTable) => subgroupsOf(year).map(({ by }) => by)
  const tested = { indexOn: readDate('2025-03-31') as LondonDate, people: 2, admitted: 0, died: 0, left: 0 }

  it('are told apart where the records say who lived in one on the day tested from', () => {
    expect(subgroupsOf(yearOf(true, false)).find(({ by }) => by === 'Care home')?.names).toEqual([
      'In a care home',
      'Not in a care home',
    ])
    expect(careHomeWords({ careHomes: 'dated', tested })).toMatch(/who lived in one on 31 March 2025/)
  })

  it('are not told apart where they only say who lives in one on the day they were sent, and the report says so', () => {
    expect(splits(yearOf(null, null))).not.toContain('Care home')
    expect(splits(yearOf(null, null))).toContain('Severe mental illness')
    expect(careHomeWords({ careHomes: 'not known', tested })).toMatch(/not known for 31 March 2025/)
  })

  it('an earlier version’s report says that its group is of another day', () => {
    expect(careHomeWords({ tested })).toMatch(/so its ratio lies too high/)
  })
})

const riskAt = (line: number) => 1 / (1 + Math.exp(-line))

describe('a hold-out, when a model is trained again', () => {
  const day = readDate('2024-03-31') as LondonDate
  let house: House
  const begin = async (from: string, to: string) => {
    for (const table of ['let_go', 'held_out', 'holdout'])
      await house.arrange(`delete from case_finding.${table}`)
    await house.arrange(
      `insert into case_finding.holdout (id, share_percent, began_on, ends_on, reason, approved_by, approved_at, seed)
       values (gen_random_uuid(), 5, $1, $2, 'The next model is to learn from people no list helped', $3, now(), repeat('a', 32))`,
      [from, to, staffId('sofia')],
    )
  }
  const holdOut = (run: string, who: number) =>
    house.arrange(
      `insert into case_finding.held_out select id, $1::uuid, $2, 0.4 from case_finding.holdout`,
      [pseudonym(who), run],
    )
  let run = ''

  beforeAll(async () => {
    house = await openHouse()
    const people = await Promise.all(['A', 'B', 'C', 'D', 'E'].map((given) => house.arrangePerson({ given })))
    const model = await arrangeModel(house)
    run = await arrangeRun(
      house,
      programmeId('conrane'),
      people.map((person, at) => ({
        ...{ person, risk: 0.4 },
        ...(at === 2 && { isRiskRising: true }),
        ...(at === 3 && { lastAdmissionOn: '2024-05-02' }),
      })),
      { indexOn: '2024-06-01', modelId: model.id },
    )
  })

  it('knows who was held out and who was shown, and of nobody on whom the lot could not fall', async () => {
    await begin('2024-05-01', '2025-03-01')
    await holdOut(run, 1)
    const drawn = await house.asSystem('train', ({ db }) => drawnAfter(db, day))
    expect(drawn.times).toBe(20)
    // The third's risk was rising and the fourth had been admitted since it began.
    expect([...drawn.isHeldOut].sort()).toEqual([
      [pseudonym(1), true],
      [pseudonym(2), false],
      [pseudonym(5), false],
    ])
  })

  it('somebody held out who got worse and was shown for it still counts as held out', async () => {
    await house.arrange(
      `insert into case_finding.let_go select holdout_id, pseudonym, run_id, 'new admission', now() from case_finding.held_out`,
    )
    const drawn = await house.asSystem('train', ({ db }) => drawnAfter(db, day))
    expect(drawn.isHeldOut.get(pseudonym(1))).toBe(true)
  })

  it('a hold-out of a few months says nothing of a year', async () => {
    await begin('2024-05-01', '2024-09-01')
    await holdOut(run, 1)
    const drawn = await house.asSystem('train', ({ db }) => drawnAfter(db, day))
    expect(drawn.isHeldOut.size).toBe(0)
  })

  // 40,000 people of three kinds. Those of the third kind were listed: the help halved the odds of whoever was shown.
  const town = (share: number) => {
    const { uniform } = randomStream(7)
    const isHeldOut = new Map<string, boolean>()
    const need: number[] = []
    const people = Array.from({ length: 40_000 }, (_, row): FeaturePerson => {
      const kind = row % 3
      need.push(kind)
      const held = uniform() < share
      if (kind === 2) isHeldOut.set(pseudonym(row + 1), held)
      const line = -3 + 1.2 * kind - (kind === 2 && !held ? Math.log(2) : 0)
      return {
        ...somebody,
        ...{ person: row, pseudonym: pseudonym(row + 1), hasHappened: uniform() < riskAt(line) },
      }
    })
    const year: FeatureTable = { people, columns: new Map([['need', Float64Array.from(need)]]) }
    return { year, drawn: { times: Math.round(1 / share), isHeldOut } }
  }
  const learnedOf = async ({ people, columns }: FeatureTable) => {
    const table = tableOf({ need: columns.get('need') ?? [] })
    const outcome = Uint8Array.from(people, ({ hasHappened }) => (hasHappened ? 1 : 0))
    const model = await fitRidge({ table, outcome }, { kind: 'plain' })
    const [listed = 0] = await riskOf(model, tableOf({ need: [2] }))
    return listed
  }

  it('HZ13 people like those a list helped are found again by the next model, not lost', async () => {
    const { year, drawn } = town(0.05)
    const untreated = riskAt(-0.6)
    const { year: standing, heldOut } = unaffected(year, drawn)
    expect(heldOut).toMatchObject({ isUsed: true, times: 20 })
    expect(await learnedOf(year)).toBeLessThan(0.8 * untreated)
    expect((await learnedOf(standing)) / untreated).toBeGreaterThan(0.93)
    expect((await learnedOf(standing)) / untreated).toBeLessThan(1.07)
    // Those held out stand for as many people as there were.
    expect(standing.people.length / year.people.length).toBeCloseTo(1, 1)
  })

  it('under 100 admitted among those held out everybody is trained on, and the report says how many there were', () => {
    const { year, drawn } = town(0.01)
    const { year: same, heldOut } = unaffected(year, drawn)
    expect(heldOut?.isUsed).toBe(false)
    expect(heldOut?.people).toBeGreaterThan(50)
    expect(same).toBe(year)
  })

  it('those held out and those shown are groups of the report, each against what was said of them', () => {
    const { year, drawn } = town(0.05)
    const groups = subgroupsOf(year, drawn).find(({ by }) => by === 'Hold-out')
    expect(groups?.names).toEqual([
      'Held out by chance',
      'Shown on the list',
      'The lot could not fall on them',
    ])
    expect(subgroupsOf(year).map(({ by }) => by)).not.toContain('Hold-out')
  })
})

describe('the level of a practice', () => {
  const year = (() => {
    const { uniform } = randomStream(3)
    const people = Array.from({ length: 40_000 }, (_, row): FeaturePerson => {
      const practice = row % 10
      const line = -2.2 + (practice === 9 ? 0.4 : 0)
      return {
        ...somebody,
        ...{ person: row, practiceCode: `Z0000${practice}`, hasHappened: uniform() < riskAt(line) },
      }
    })
    return { people, columns: new Map<string, Float64Array>() }
  })()
  const said = new Float64Array(40_000).fill(riskAt(-2.2))

  it('is above the others where people with the same record are admitted more often, drawn a little towards them', () => {
    const { levels } = practiceLevels(year, said)
    expect(levels.Z00009).toBeGreaterThan(0.25)
    expect(levels.Z00009).toBeLessThan(0.45)
    for (const code of ['Z00000', 'Z00001', 'Z00005']) expect(Math.abs(levels[code] ?? 1)).toBeLessThan(0.2)
  })

  it('is none where practices differ by chance alone', () => {
    const people = year.people.map((one, row) => ({
      ...one,
      practiceCode: `Z0000${Math.floor(row / 10) % 10}`,
    }))
    const { levels } = practiceLevels({ ...year, people }, said)
    expect(Math.max(0, ...Object.values(levels).map(Math.abs))).toBeLessThan(0.1)
  })

  it('is added to the log-odds and told as a reason of its own; a practice that was not there has 0', async () => {
    const outcome = Uint8Array.from({ length: 60 }, (_, row) => row % 2)
    const need = Array.from({ length: 60 }, (_, row) => row % 5)
    const bare = await fitRidge({ table: tableOf({ need }), outcome }, { kind: 'plain' })
    const levels = { Z00001: 0.3 }
    const read = withLevels(
      { people: [somebody, { ...somebody, practiceCode: 'Z09999' }], columns: new Map() },
      levels,
    )
    const table = tableOf({ need: [1, 1], [practiceLevel]: read.columns.get(practiceLevel) ?? [] })
    const model = levelled(bare, levels)
    const [here, elsewhere] = [0, 1].map((row) => explain(model, table, row))
    expect((here?.logOdds ?? 0) - (elsewhere?.logOdds ?? 0)).toBeCloseTo(0.3, 12)
    expect(here?.parts[here.names.indexOf(practiceLevel)]).toBeCloseTo(0.3, 12)
  })
})
