import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#access'
import { askerOf, pageOf, wordsOf } from '../../../test/asking.ts'
import {
  type Cast,
  type House,
  openHouse,
  places,
  programmeId,
  staffId,
  testFolder,
} from '../../../test/house.ts'
import { arrangeLoad, arrangePseudonyms, arrangeRun } from '../../../test/population.ts'
import { agreementOf, pooledAgreement } from '../agreement.ts'
import { room } from '../index.ts'
import { rank } from '../rank.ts'
import { durationWords, looksStamped } from './rules.ts'

const folder = testFolder('ledger')
const conrane = programmeId('conrane')
let house: House
let opened = ''

const ask = askerOf(room.screens, () => house)
const words = async (who: Cast, path: string) => wordsOf(pageOf(await ask(who, 'GET', path)))

type Arranged = {
  readonly decision: string
  readonly reason: string
  readonly on: string
  readonly by?: Cast
  readonly seconds?: number
}
async function arrangeJudgements(person: string, judgements: readonly Arranged[]): Promise<void> {
  for (const [at, one] of judgements.entries())
    await house.arrange(
      `insert into case_finding.judgement (person_id, programme_id, n, id, decision, reason, show_again_on, practice_id,
         judged_by, judged_at, seconds_open) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10::date + time '10:00', $11)`,
      [
        ...[person, conrane, at + 1, newId(), one.decision, one.reason],
        ...[['deferred', 'declined'].includes(one.decision) ? '2030-01-01' : null, places.lundStreet],
        ...[staffId(one.by ?? 'drLund'), one.on, one.seconds ?? null],
      ],
    )
}

beforeAll(async () => {
  house = await openHouse()
  const people: string[] = []
  for (let at = 0; at < 60; at++)
    people.push(await house.arrangePerson({ family: `Ledger${at}`, given: 'Ann' }))
  opened = people[59] ?? ''
  const at = (place: number) => people[place] ?? ''
  // Twelve judged by two: eight alike and four not. Of those declined for one reason, the first is admitted.
  for (let place = 0; place < 12; place++)
    await arrangeJudgements(at(place), [
      {
        decision: place < 6 ? 'accepted' : 'declined',
        reason: place < 6 ? 'medicines' : 'well supported',
        on: '2025-11-01',
      },
      {
        decision: place < 4 || place > 9 ? 'accepted' : 'declined',
        reason: place < 4 || place > 9 ? 'medicines' : 'well supported',
        on: '2025-11-02',
        by: 'drBello',
      },
    ])
  // Twenty-five accepted within four seconds in the last 90 days.
  for (let place = 20; place < 45; place++)
    await arrangeJudgements(at(place), [
      { decision: 'accepted', reason: 'medicines', on: '2026-03-20', seconds: 3 + (place % 2) },
    ])
  // The list of 1 December had four nobody has judged, and one somebody did.
  const listed = [50, 51, 52, 53, 20].map((place) => ({ person: at(place) }))
  await arrangeRun(house, conrane, listed, { indexOn: '2025-12-01', first: 1000 })
  const load = await arrangeLoad(house, ['inpatient'])
  await arrangePseudonyms(house, people)
  mkdirSync(join(folder, load), { recursive: true })
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  const write = (file: string, select: string) =>
    connection.run(`copy (${select}) to '${join(folder, load, file)}.parquet' (format parquet)`)
  // The first hundred as arranged, and those of the old list under the pseudonyms it had them by.
  await write(
    'people',
    `select i::uinteger as person, lower(lpad(to_hex(case when i < 100 then i + 1 else i + 900 end), 32, '0')) as pseudonym,
       1950 as birth_year, 1 as birth_quarter, 'Z00001' as practice_code, null::date as until_on, false as care_home,
       null::boolean as lives_alone, 'female' as sex, 1::utinyint as imd_decile, 'white' as ethnicity_group from range(105) r(i)`,
  )
  await write(
    'inpatient',
    `select i::uinteger as person, d::date as admitted_on, d::date as discharged_on, 'I50.0' as primary_diagnosis,
       null::varchar as other_diagnoses, 'ZT1' as provider, '21' as admission_method
     from (values (4, '2025-12-24'), (100, '2026-02-01'), (101, '2026-03-01'), (102, '2026-03-02')) s(i, d)`,
  )
  connection.closeSync()
  instance.closeSync()
  await rank({ folder, inVisit: (work) => house.asSystem('rank', work), say: async () => {} }, {})
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('judges of all practices together', () => {
  it('are as far agreed as those of one, where there is one', () => {
    const pairs = { bothYes: 20, firstYes: 5, secondYes: 10, bothNo: 15 }
    expect(pooledAgreement([pairs]).kappa).toEqual(agreementOf(pairs).kappa)
  })

  it('are held against chance in each practice: a practice at chance halves nobody’s agreement, and adds none', () => {
    const agreed = { bothYes: 20, firstYes: 5, secondYes: 10, bothNo: 15 }
    const atChance = { bothYes: 10, firstYes: 10, secondYes: 10, bothNo: 10 }
    const { kappa, pairs } = pooledAgreement([agreed, atChance])
    expect(pairs).toBe(90)
    expect(kappa?.value).toBeCloseTo((35 - 25 + 20 - 20) / (25 + 20), 12)
    const error = Math.sqrt(50 * 0.7 * 0.3 + 40 * 0.5 * 0.5) / 45
    expect(kappa?.low).toBeCloseTo(10 / 45 - 1.96 * error, 12)
  })

  it('are not called agreed because one practice accepts everybody and another nobody', () => {
    const yes = { bothYes: 30, firstYes: 0, secondYes: 0, bothNo: 0 }
    const no = { bothYes: 0, firstYes: 0, secondYes: 0, bothNo: 30 }
    expect(pooledAgreement([yes, no])).toEqual({ pairs: 60, same: 60, practices: 2 })
  })

  it('are counted with the list and told to an analyst with the interval', async () => {
    expect(
      await house.arrange(
        `select practice_code, both_yes, first_yes, second_yes, both_no from case_finding.run_agreement a
         join case_finding.run r on r.id = a.run_id where r.programme_id = $1 and r.index_on = '2026-04-01'`,
        [conrane],
      ),
    ).toEqual([{ practice_code: 'Z00001', both_yes: 4, first_yes: 2, second_yes: 2, both_no: 4 }])
    expect(await words('yasmin', '/case-finding/equity')).toContain(
      'In all practices together 12 people were judged by two, who agreed about 8. Beyond chance that is a kappa of 0.33 (-0.20 to 0.87).',
    )
  })
})

describe('what happened later', () => {
  it('is counted by reason and of those nobody judged, from the day after to the 90th', async () => {
    const rows = await house.arrange(
      `select decision, reason, people, admitted from case_finding.run_later_reason l join case_finding.run r on r.id = l.run_id
       where r.programme_id = $1 order by 1, 2`,
      [conrane],
    )
    expect(rows).toEqual([
      { decision: 'accepted', reason: 'medicines', people: 6, admitted: 0 },
      { decision: 'declined', reason: 'well supported', people: 6, admitted: 1 },
      // The 90th day after the list of 1 December is 1 March: 2 March is too late.
      { decision: 'never judged', reason: '', people: 4, admitted: 2 },
    ])
  })

  it('is on the practice’s own ledger to the last one, and to an analyst without counts under 8', async () => {
    const own = await words('drLund', '/case-finding/ledger')
    expect(own).toContain('Never judged On a list, and nobody has judged them since 4 2 too few')
    expect(await words('yasmin', '/case-finding/equity')).toContain(
      'On a list, and nobody has judged them since fewer than 8 fewer than 8 too few',
    )
  })
})

describe('HZ14 how long a person was open before they were decided on', () => {
  const decline = () =>
    ask('drLund', 'POST', '/case-finding/:person/decline', {
      params: { person: opened },
      form: { programme: 'conrane', seen: '0', 'reason-declined': 'other', words: 'Known well.' },
    })
  const kept = async () =>
    (
      await house.arrange('select seconds_open as s from case_finding.judgement where person_id = $1', [
        opened,
      ])
    )[0]?.s

  it('HZ14 is kept from the access log, and is not known of whoever was never opened', async () => {
    await decline()
    expect(await kept()).toBeNull()
    await house.arrange('delete from case_finding.judgement where person_id = $1', [opened])
    await ask('drLund', 'GET', '/case-finding/:person', { params: { person: opened } })
    await house.arrange(`update access.entry set at = at - interval '42 seconds' where person_id = $1`, [
      opened,
    ])
    await decline()
    const seconds = Number(await kept())
    expect(seconds).toBeGreaterThanOrEqual(42)
    expect(seconds).toBeLessThan(120)
  })

  it('HZ14 a practice that accepts nearly everybody within seconds is told to whoever leads, as a reason to look together', async () => {
    const said = await words('sofia', '/case-finding/equity')
    expect(said).toContain('Is somebody still deciding?')
    expect(said).toContain(
      'Lund Street Surgery accepted 25 of 25 people in 90 days, half of them within 3 seconds',
    )
    expect(said).not.toContain('Dr Astrid Lund')
    expect(await words('yasmin', '/case-finding/equity')).not.toContain('Is somebody still deciding?')
    expect(await words('drLund', '/case-finding/ledger')).toContain(
      'Half of the decisions in force were made within 4 seconds of opening the person.',
    )
  })

  it.each([
    [{ decisions: 20, accepted: 20, timed: 20, medianSeconds: 4 }, true],
    [{ decisions: 200, accepted: 197, timed: 200, medianSeconds: 4 }, true],
    [{ decisions: 200, accepted: 196, timed: 200, medianSeconds: 4 }, false],
    [{ decisions: 20, accepted: 20, timed: 20, medianSeconds: 5 }, false],
    [{ decisions: 19, accepted: 19, timed: 19, medianSeconds: 1 }, false],
    [{ decisions: 20, accepted: 20, timed: 9, medianSeconds: 1 }, false],
    [{ decisions: 20, accepted: 20, timed: 20, medianSeconds: null }, false],
  ])('of %o it is %s', (pace, isStamped) => {
    expect(looksStamped({ practiceCode: 'Z00001', ...pace })).toBe(isStamped)
  })

  it('is told in seconds under 2 minutes, then in minutes', () => {
    expect([1, 119, 120, 600].map(durationWords)).toEqual([
      '1 second',
      '119 seconds',
      '2 minutes',
      '10 minutes',
    ])
  })
})
