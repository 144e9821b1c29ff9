import { renderToStaticMarkup } from 'react-dom/server'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Answer, Route } from '#access'
import { addDays } from '#calendar'
import { askedWith, pageOf, wordsOf } from '../../test/asking.ts'
import { arrangePlan, someoneInCare, withPerson } from '../../test/care.ts'
import { type Cast, type House, openHouse, programmeId, testDay } from '../../test/house.ts'
import { goalsReachedIn } from '../evaluation/goals-store.ts'
import { peopleSay } from '../evaluation/newest.ts'
import { valueQuestion } from '../evaluation/value-words.ts'
import { goalAttainment, goalsReached } from './goal-rules.ts'
import { room } from './index.ts'
import { screens } from './screens.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})

const scoreOf = (weights: readonly number[], levels: readonly number[]) =>
  goalAttainment(levels.map((level, at) => ({ level, weight: weights[at] ?? 1 })))

describe('goal attainment as one number', () => {
  it.each([
    [[1, 1, 1], [0, 0, 0], 50],
    [[1, 1, 1], [-1, -1, -1], 36.31],
    [[1, 1, 1], [-2, -1, -1], 31.74],
    [[2, 1, 3], [1, 0, -1], 47.8],
    [[4, 6], [-1, 1], 52.45],
    [[1], [2], 70],
  ])('of weights %j and levels %j is %d, as the corrected formula has it', (weights, levels, expected) => {
    expect(scoreOf(weights, levels)).toBeCloseTo(expected, 2)
  })

  it('of no goal is nothing, never 50; and of no weight is refused', () => {
    expect(scoreOf([], [])).toBeUndefined()
    expect(() => scoreOf([0, 0], [1, 1])).toThrow('a weight above 0')
    expect(() => scoreOf([1], [3])).toThrow('levels from -2 to 2')
  })

  it('of several people counts each of them once, however many goals they have', () => {
    const many = { weights: [1, 1, 1], starts: [-1, -1, -1], lasts: [0, 0, 0] }
    const one = { weights: [1], starts: [-1], lasts: [2] }
    expect(goalsReached([many, one])).toMatchObject({ people: 2, goals: 4, reached: 4, meanLast: 60 })
    expect(goalsReached([])).toBeUndefined()
  })
})

type Sent = Readonly<Record<string, string>>
const send = (who: Cast, method: Route['method'], path: string, params: Sent, form: Sent = {}) =>
  house.as(who, (visit): Promise<Answer> => {
    const route = screens.find((one) => one.method === method && one.path === path)
    if (!route) throw new Error(`no ${method} ${path}`)
    return route.answer(visit, askedWith({ params, form }))
  })
const path = '/people/:person/goals'
const page = async (person: string, who: Cast = 'amina') =>
  wordsOf(pageOf(await send(who, 'GET', path, { person })))
const day = (back: number): Sent => {
  const [year = '', month = '', on = ''] = addDays(testDay, -back).split('-')
  return { 'on-day': on, 'on-month': month, 'on-year': year }
}
const rate = (person: string, form: Sent, who: Cast = 'amina') =>
  send(who, 'POST', path, { person }, { _person: person, by: 'the person', ...day(0), ...form })

/** Somebody three months in care with a plan of one goal, and the goal’s reference. */
async function withGoal(
  arranged: Parameters<typeof someoneInCare>[1] = {},
): Promise<{ readonly person: string; readonly goal: string }> {
  const person = await someoneInCare(house, { openedOn: addDays(testDay, -90), ...arranged })
  await withPerson(house, 'amina', person, arrangePlan)
  const [line] = await house.arrange(
    `select line_id from care_plan.line where person_id = $1 and kind = 'goal' and until_version is null`,
    [person],
  )
  return { person, goal: String(line?.line_id) }
}

describe('rating the goals of a plan', () => {
  it('begins below what is hoped, with how much it matters, and is rated again without being asked that twice', async () => {
    const { person, goal } = await withGoal()
    expect(await page(person)).toContain('Where does it begin?')
    await rate(person, { [`level-${goal}`]: '-1', [`weight-${goal}`]: '2', ...day(80) })
    const begun = await page(person)
    expect(begun).toContain('How far was it reached?')
    expect(begun).not.toContain('How much does it matter')
    await rate(person, { [`level-${goal}`]: '1', by: 'the person and staff' })
    const words = await page(person)
    expect(words).toContain('1 of 1 goal is reached as hoped or better.')
    expect(words).toContain('60 now, 40 at the start')
    expect(words).toContain('At the start: as it is now: less than hoped (-1); it matters a lot')
    const panel = await withPerson(house, 'amina', person, async (visit, leave) =>
      room.panelFor?.(visit, leave),
    )
    expect(wordsOf(renderToStaticMarkup(panel?.contents))).toContain(
      '1 of 1 as hoped or better (1 April 2026).',
    )
  })

  it('starts with nothing chosen; what is missing is said, and nothing typed is lost', async () => {
    const { person, goal } = await withGoal()
    expect(pageOf(await send('amina', 'GET', path, { person }))).not.toMatch(/type="radio"[^>]*checked/)
    const answer = await rate(person, { [`level-${goal}`]: '-2', by: '' })
    expect(answer).toMatchObject({ status: 422 })
    expect(wordsOf(pageOf(answer))).toMatch(/Select how much “.*” matters/)
    expect(wordsOf(pageOf(answer))).toContain('Select who says so')
    expect(pageOf(answer)).toMatch(/checked=""[^>]*value="-2"|value="-2"[^>]*checked=""/)
    expect(wordsOf(pageOf(await rate(person, {})))).toContain('Select how far at least one goal was reached')
    expect(await rate(person, { [`level-${goal}`]: '1', [`weight-${goal}`]: '1' })).toMatchObject({
      status: 422,
    })
    expect(
      await rate(person, { [`level-${goal}`]: '-1', [`weight-${goal}`]: '1', ...day(-1) }),
    ).toMatchObject({
      status: 422,
    })
  })

  it('a wrong one is struck with a reason, stays to be read, and counts no more', async () => {
    const { person, goal } = await withGoal()
    await rate(person, { [`level-${goal}`]: '-1', [`weight-${goal}`]: '1', ...day(60) })
    await rate(person, { [`level-${goal}`]: '2' })
    const [wrong] = await house.arrange(
      'select id from reflection.goal_rating where person_id = $1 and level = 2',
      [person],
    )
    const rating = String(wrong?.id)
    const strike = (reason: string) =>
      send(
        'amina',
        'POST',
        `${path}/:rating`,
        { person, rating },
        { _person: person, [`reason-${rating}`]: reason },
      )
    expect(await strike('')).toMatchObject({ status: 422 })
    await strike('Another person’s goal.')
    const words = await page(person)
    expect(words).toContain('Struck, Amina Yusuf: Another person’s goal.')
    expect(words).not.toContain('reached as hoped or better')
  })

  it('HZ01 is of the person whose page it is, and is seen by nobody without a tie to them', async () => {
    const { person, goal } = await withGoal()
    const { person: other } = await withGoal()
    await expect(rate(other, { _person: person, [`level-${goal}`]: '-1' })).rejects.toThrow()
    await expect(page(person, 'karl')).rejects.toThrow('not for you')
    await rate(other, { [`level-${goal}`]: '-1', [`weight-${goal}`]: '1' })
    expect(
      await house.arrange('select id from reflection.goal_rating where person_id = $1', [other]),
    ).toEqual([])
  })
})

describe('among outcomes', () => {
  it('S-16 each sees what became of the goals of their own people, from where they began', async () => {
    const outcomes = screens.find(({ path: at }) => at === '/reflection/outcomes')
    if (!outcomes) throw new Error('there is no page of outcomes')
    const words = wordsOf(pageOf(await house.as('amina', (visit) => outcomes.answer(visit, askedWith({})))))
    expect(words).toContain('How far goals were reached')
    expect(words).toMatch(/As hoped or better .* 1 1 1 40 60/)
    expect(words).toContain('It proves no effect.')
    const others = wordsOf(pageOf(await house.as('karl', (visit) => outcomes.answer(visit, askedWith({})))))
    expect(others).not.toContain('How far goals were reached')
  })

  it('whoever objects to evaluation is not counted', async () => {
    const [one] = await house.arrange('select distinct person_id from reflection.goal_rating where level = 1')
    await house.arrange(
      `insert into people.wish (id, person_id, kind, purpose, answer, source, since, recorded_at)
       values (gen_random_uuid(), $1, 'objection', 'type 1', 'yes', 'test', '2025-01-01', now())`,
      [one?.person_id],
    )
    const rows = await house.as('amina', async ({ db }) => {
      const { goalsRatedSeen } = await import('./goal-store.ts')
      return goalsRatedSeen(db, false)
    })
    expect(rows).toEqual([])
  })
})

describe('of a whole programme, for a board', () => {
  const ward = programmeId('virtual-ward')
  const told = (who: Cast) => house.as(who, ({ db }) => goalsReachedIn(db, ward))
  const rateTwice = async (last: string, weight: string, practice: 'lundStreet' | 'canalSide') => {
    const { person, goal } = await withGoal({ programme: 'virtual-ward', practice })
    await rate(person, { [`level-${goal}`]: '-1', [`weight-${goal}`]: weight, ...day(80) })
    await rate(person, { [`level-${goal}`]: last })
    return { weights: [Number(weight)], starts: [-1], lasts: [Number(last)] }
  }

  it('S-04 goals stand beside experience and use: together, and by year, locality and practice', async () => {
    const episodes = []
    for (const last of ['0', '1', '-1', '2', '0', '0', '1', '-2'])
      episodes.push(await rateTwice(last, '2', 'lundStreet'))
    const expected = goalsReached(episodes)
    const rows = await told('rhodri')
    expect(rows.map(({ groupedBy }) => groupedBy)).toEqual(['everybody', 'year', 'locality', 'practice'])
    for (const row of rows) {
      expect(row).toMatchObject({ people: 8, goals: 8 })
      expect(row.meanStart).toBeCloseTo(expected?.meanStart ?? 0, 9)
      expect(row.meanLast).toBeCloseTo(expected?.meanLast ?? 0, 9)
      // 6 of 8 were reached: 2 were not, and from the one the other could be worked out.
      expect(row.reached).toBeUndefined()
    }
    const { evidence } = valueQuestion(await house.as('rhodri', (visit) => peopleSay(visit, ward)))
    expect(evidence.join(' ')).toContain('8 goals were rated at the start and again, of 8 people')
    expect(evidence.join(' ')).toContain('nobody who was not helped set any')
  })

  it('a practice of one person is not told, nor the other, from which it could be worked out', async () => {
    await rateTwice('0', '1', 'canalSide')
    const rows = await told('rhodri')
    expect(rows.find(({ groupedBy }) => groupedBy === 'everybody')?.people).toBe(9)
    expect(rows.filter(({ groupedBy }) => groupedBy === 'practice')).toEqual([])
  })

  it('R-322 fewer than 8 people are not told at all', async () => {
    await house.arrange(
      `update reflection.goal_rating set struck_at = now(), struck_reason = 'test', struck_by = recorded_by
       where struck_at is null and id in (select r.id from reflection.goal_rating r join people.episode e
         using (person_id) where e.programme_id = $1 and not r.is_start order by r.id limit 2)`,
      [ward],
    )
    expect(await told('rhodri')).toEqual([])
    expect(valueQuestion(await house.as('rhodri', (visit) => peopleSay(visit, ward))).sure).toBe(
      'Not measured',
    )
  })
})
