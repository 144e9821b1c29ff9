import { beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#access'
import { randomStream } from '#statistics'
import { askedWith, pageOf, wordsOf } from '../../test/asking.ts'
import { type Cast, type House, openHouse, places, programmeId, testFolder } from '../../test/house.ts'
import { pseudonym, type Recorded, writeRecords } from '../../test/records.ts'
import { room } from './index.ts'
import { analyseRollout } from './rollout-analysis.ts'
import { detectableFall, drawnOrder, hasStarted, rolloutPower, stepsOf } from './rollout-rules.ts'
import type { RolloutCell } from './rollout-types.ts'

const codes = Array.from({ length: 24 }, (_, i) => `Z${String(i + 1).padStart(5, '0')}`)

/** A made-up roll-out of which the truth is known: practices differ, and everywhere admissions fall by themselves. */
function madeUp(
  order: readonly string[],
  steps: number,
  truth: number,
  seed: number,
): readonly RolloutCell[] {
  const random = randomStream(seed)
  const own = stepsOf(order, steps)
  return [...order].sort().flatMap((practice) => {
    const usual = Math.exp(0.2 * random.normal())
    return Array.from({ length: steps + 1 }, (_, period): RolloutCell => {
      const started = hasStarted(own.get(practice) ?? 0, period) ? truth : 1
      const rate = usual * Math.exp(-0.1 * period) * started
      return { practice, period, years: 60, events: random.poisson(rate * 60) }
    })
  })
}

const answeredBy = (truth: number, seed: number) => {
  const order = drawnOrder(codes, seed)
  const cells = madeUp(order, 6, truth, seed)
  const answer = analyseRollout(cells, order, 6, seed)
  if (answer.kind !== 'answered') throw new Error(`expected an answer, came ${answer.kind}`)
  return { answer, cells, order }
}

describe('a made-up roll-out', () => {
  it('HZ39 of a service that does nothing is not called a fall, while before and after says a third', () => {
    const { answer, cells, order } = answeredBy(1, 1)
    const rate = (isStarted: boolean) => {
      const own = cells.filter(
        ({ practice, period }) => hasStarted(stepsOf(order, 6).get(practice) ?? 0, period) === isStarted,
      )
      return own.reduce((sum, { events }) => sum + events, 0) / own.reduce((sum, { years }) => sum + years, 0)
    }
    expect(rate(true) / rate(false)).toBeLessThan(0.8)
    expect(answer.ratio.low).toBeLessThan(1)
    expect(answer.ratio.high).toBeGreaterThan(1)
    expect(answer.verdict).toBe('cannot tell')
  })

  it('of a service that takes a quarter away says so, and how sure it is', () => {
    const { answer } = answeredBy(0.75, 2)
    expect(answer.verdict).toBe('fewer')
    expect(answer.ratio.low).toBeLessThan(0.75)
    expect(answer.ratio.high).toBeGreaterThan(0.75)
    expect(answer.asFarShare).toBeLessThan(0.05)
  })

  it('holds the truth in most of 20 seeds, and the lot is wrong in few', () => {
    const all = Array.from({ length: 20 }, (_, i) => answeredBy(1, i + 1).answer)
    const held = all.filter(({ ratio }) => ratio.low <= 1 && ratio.high >= 1).length
    // Of 20 at 95 in 100, fewer than 15 happens to 1 in 3,000; more than 5 of 20 at 5 in 100 as seldom.
    expect(held).toBeGreaterThanOrEqual(15)
    expect(all.filter(({ asFarShare }) => asFarShare <= 0.05).length).toBeLessThanOrEqual(5)
  })
})

describe('a lot', () => {
  it('drawn again from its number gives the same order, whatever order the practices came in', () => {
    expect(drawnOrder([...codes].reverse(), 42)).toEqual(drawnOrder(codes, 42))
    expect(drawnOrder(codes, 42)).not.toEqual(drawnOrder(codes, 43))
  })

  it('gives every practice each place about as often', () => {
    const firsts = Array.from({ length: 4000 }, (_, seed) => drawnOrder(['a', 'b', 'c', 'd'], seed)[0])
    for (const code of ['a', 'b', 'c', 'd'])
      expect(Math.abs(firsts.filter((first) => first === code).length - 1000)).toBeLessThan(110)
  })

  it('puts practices in steps that differ by one at most', () => {
    const sizes = [...stepsOf(codes.slice(0, 7), 3).values()]
    expect([1, 2, 3].map((step) => sizes.filter((own) => own === step).length)).toEqual([3, 2, 2])
  })
})

describe('the power of a phased start', () => {
  const design = {
    practices: 12,
    steps: 4,
    monthsEach: 3,
    peopleEach: 200,
    baseRate: 0.5,
    practicesDiffer: 0.2,
    overdispersion: 0.8,
  }

  it('grows with practices, people and the fall', () => {
    expect(rolloutPower(20, { ...design, practices: 24 })).toBeGreaterThan(rolloutPower(20, design))
    expect(rolloutPower(20, { ...design, peopleEach: 400 })).toBeGreaterThan(rolloutPower(20, design))
    expect(rolloutPower(30, design)).toBeGreaterThan(rolloutPower(20, design))
    expect(detectableFall({ ...design, peopleEach: 1 })).toBeGreaterThan(detectableFall(design))
  })

  // By hand for 2 practices in 2 steps: I = 2, T = 3, U = 3, W = 1 + 4, V = 4 + 1.
  it('is that of Hussey and Hughes', () => {
    const small = { ...design, practices: 2, steps: 2, overdispersion: 0, practicesDiffer: 0.2 }
    const within = (0.5 * 0.9) / (200 * 0.25)
    const between = 0.01
    const variance = (2 * within * (within + 3 * between)) / ((6 - 5) * within + (9 + 18 - 15 - 10) * between)
    const z = 0.1 / Math.sqrt(variance) - 1.959964
    expect(Math.abs(rolloutPower(20, small) - 100 * (0.5 * (1 + erf(z / Math.SQRT2))))).toBeLessThan(0.01)
  })
})

/** @source Abramowitz and Stegun 7.1.26: right to 1.5e-7. */
function erf(x: number): number {
  const t = 1 / (1 + 0.3275911 * Math.abs(x))
  const poly = ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t
  return Math.sign(x) * (1 - poly * Math.exp(-x * x))
}

describe('from plan to answer, on the pages', () => {
  const folder = testFolder('rollout')
  let house: House
  const six = codes.slice(0, 6)
  const judge = () =>
    room.tasks?.['judge rollouts']?.(
      { folder, inVisit: (work) => house.asSystem('judge rollouts', work), say: async () => {} },
      {},
    )
  const answer = (who: Cast, path: string, form?: Readonly<Record<string, string | readonly string[]>>) => {
    const method = form ? 'POST' : 'GET'
    const route = room.screens.find((one) => one.path === path && one.method === method)
    if (!route) throw new Error(`there is no page ${path}`)
    return house.as(who, (visit) => route.answer(visit, askedWith({ form })))
  }
  const page = async (who: Cast) => wordsOf(pageOf(await answer(who, '/evaluation/rollouts')))
  const load = (coveredTo: string) =>
    house.arrange(
      `insert into population.load (id, folder, index_on, covered_to, sources, files, people, left_out, policy_version,
         key_version, taken_at, seconds)
       values ($1, 'population/one', $2::date + 1, $2, '[]', '[]', '{}', '{}', 0, 1, clock_timestamp(), 1)`,
      [newId(), coveredTo],
    )
  const standOn = (day: string) => house.arrange('update organisations.installation set day_on = $1', [day])
  const form = {
    programme: programmeId('conrane'),
    practices: six,
    'starts-day': '1',
    'starts-month': '4',
    'starts-year': '2025',
    steps: '3',
    months: '3',
    least: '0',
  }

  beforeAll(async () => {
    house = await openHouse()
    for (const code of six.slice(2))
      await house.arrange(
        `insert into organisations.organisation (id, kind, code, name, part_of) values ($1, 'practice', $2, $3, $4)`,
        [newId(), code, `Surgery ${code}`, places.locality],
      )
    const people = Array.from({ length: 600 }, (_, i): Recorded => {
      const practice = six[i % 6] ?? ''
      const days = [10, 110, 210, 310].filter((day) => (i * 7 + day) % 5 === 0)
      return {
        pseudonym: pseudonym(i + 1),
        practice,
        admittedOn: days.map((day) => new Date(Date.UTC(2025, 3, 1 + day)).toISOString().slice(0, 10)),
      }
    })
    await writeRecords(`${folder}/population/one`, people)
    await load('2026-01-31')
    await standOn('2025-05-20')
  })

  it('is asked to put right what is missing, and nothing typed is lost', async () => {
    const sent = await answer('yasmin', '/evaluation/rollouts', {
      ...form,
      practices: six.slice(0, 3),
      steps: '',
    })
    expect(sent).toMatchObject({ status: 422 })
    const words = wordsOf(pageOf(sent))
    expect(words).toContain('Select at least 4 practices')
    expect(words).toContain('Enter how many steps')
    expect(pageOf(sent)).toContain('value="2025"')
  })

  it('is drawn only once somebody else than its writer approves it, and then never again', async () => {
    await answer('yasmin', '/evaluation/rollouts', form)
    expect(await page('rhodri')).toContain('not drawn yet')
    const [row] = await house.arrange('select id from evaluation.rollout')
    const approve = { rollout: String(row?.id) }
    await standOn('2025-07-01')
    const late = await answer('rhodri', '/evaluation/rollouts/approve', approve)
    expect(wordsOf(pageOf(late))).toContain('Its first step has begun, so no lot can decide it')
    await standOn('2025-05-20')
    const own = await answer('yasmin', '/evaluation/rollouts/approve', approve)
    expect(wordsOf(pageOf(own))).toContain('Somebody else than who wrote the plan must approve it')
    await answer('rhodri', '/evaluation/rollouts/approve', approve)
    await expect(answer('rhodri', '/evaluation/rollouts/approve', approve)).rejects.toThrow()
    const [lock] = await house.arrange('select seed, drawn from evaluation.rollout_lock')
    expect(lock?.drawn).toEqual(drawnOrder(six, Number(lock?.seed)))
    expect(await page('yasmin')).toContain(`Drawn from the number ${lock?.seed}, approved by Rhodri Evans`)
  })

  it('says not yet until the records hold its last step, then answers', async () => {
    await standOn('2026-04-01')
    await judge()
    expect(await page('rhodri')).toContain('Not yet. The records must reach 31 March 2026')
    await load('2026-03-31')
    await judge()
    const words = await page('rhodri')
    expect(words).toMatch(/Ratio \d\.\d\d \(95% interval/)
    expect(words).toContain('other orders the lot could have drawn')
  })
})
