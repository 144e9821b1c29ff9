import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadExtract, room } from '#population'
import { askedWith, pageOf, wordsOf } from '../../test/asking.ts'
import { smallExtract, testWorkshop, writeExtract } from '../../test/extract.ts'
import { openHouse } from '../../test/house.ts'
import { isNationalOptOut, tooOldToRelyOn } from './opt-out.ts'
import { withStore } from './reader.ts'
import { currentLoad } from './store.ts'

const house = await openHouse()
const workshop = testWorkshop(house, 'opt-out')

const [june, jean, harold] = ['9991010106', '9991010203', '9991010300']
const answer = (nhs: string | undefined, checkedAt: string, more: Readonly<Record<string, string>> = {}) => ({
  ...{ nhs_number: nhs ?? '', kind: 'national data opt-out', purpose: 'secondary use' },
  ...{ recorded_on: '2020-01-05', withdrawn_on: '', source: 'national service', checked_at: checkedAt },
  ...more,
})

const load = (name: string, objections: readonly Readonly<Record<string, string>>[] | undefined) => {
  const { objections: _, ...rest } = smallExtract
  return loadExtract(workshop, {
    folder: writeExtract(`opt-out-${name}`, { ...rest, ...(objections && { objections }) }),
  })
}
const taken = async (...asked: Parameters<typeof load>) => {
  const outcome = await load(...asked)
  if (!outcome.ok) throw new Error(outcome.problems[0]?.message)
  return outcome.value
}
const refusal = async (...asked: Parameters<typeof load>) => {
  const outcome = await load(...asked)
  return outcome.ok ? 'it was taken' : (outcome.problems[0]?.message ?? '')
}
const inStore = async (): Promise<number> => {
  const now = await house.asSystem('test', ({ db }) => currentLoad(db))
  return withStore(join(workshop.folder, now?.folder ?? ''), async (store) => {
    const [row] = await store.rows<{ n: number }>('select count(*)::int as n from people')
    return row?.n ?? 0
  })
}
const policyPage = () =>
  house.as('yasmin', async (visit) => {
    const route = room.screens.find((one) => one.method === 'GET' && one.path === '/population/objections')
    if (!route) throw new Error('no policy page')
    return wordsOf(pageOf(await route.answer(visit, askedWith())))
  })

describe('the national opt-out', () => {
  it('asks nothing of a load that never had an answer of its service', async () => {
    expect((await taken('none', undefined)).leftOut).toEqual({})
    expect(await policyPage()).toContain('No answer of the national opt-out service has come with a load.')
  })

  it('is relied on up to the 7th day after the check, and the page says until when', async () => {
    const { leftOut } = await taken('seven', [answer(june, '2026-03-25 06:00')])
    expect(leftOut).toEqual({ 'national data opt-out': 1 })
    expect(await inStore()).toBe(2)
    expect(await policyPage()).toContain(
      'The national opt-out service was last asked on 25 March 2026. Its answers are relied on for 7 days: until 1 April 2026.',
    )
  })

  it('HZ13 older than 7 days is not relied on: the load is refused in a sentence, and the one before stands', async () => {
    const said = await refusal('eight', [answer(june, '2026-03-24 06:00'), answer(jean, '2026-03-20 06:00')])
    expect(said).toContain('was last checked on 24 March 2026, 8 days before this load')
    expect(said).toContain('Nothing was loaded.')
    expect(await inStore()).toBe(2)
  })

  it('HZ13 whose own answer is too old or has no time is held back, also one who is said to have opted back in, and counted', async () => {
    const { leftOut } = await taken('held', [
      answer(june, '2026-03-31 06:00'),
      answer(jean, '2026-03-20 06:00', { withdrawn_on: '2026-01-01' }),
      answer(harold, ''),
    ])
    expect(leftOut).toEqual({
      'national data opt-out': 1,
      'national data opt-out, answer older than 7 days': 2,
    })
    expect(await inStore()).toBe(0)
  })

  it('opted back in by a fresh answer is counted like everybody else', async () => {
    const { leftOut } = await taken('back', [
      answer(june, '2026-03-31 06:00'),
      answer(jean, '2026-03-31 06:00', { withdrawn_on: '2026-01-01' }),
    ])
    expect(leftOut).toEqual({ 'national data opt-out': 1 })
    expect(await inStore()).toBe(2)
  })

  it('is not made young by a load that leaves the answers out: the check before it holds', async () => {
    await house.arrange(
      `update population.load set files = replace(files::text, '2026-03-31', '2026-03-02')::jsonb
       where n = (select max(n) from population.load)`,
    )
    expect(await refusal('without', undefined)).toContain('last checked on 2 March 2026')
  })

  it('that lies ahead of the load is no answer', async () => {
    const { leftOut } = await taken('ahead', [
      answer(june, '2026-03-31 06:00'),
      answer(jean, '2027-01-01 06:00'),
    ])
    expect(leftOut).toEqual({
      'national data opt-out': 1,
      'national data opt-out, answer older than 7 days': 1,
    })
  })

  it('does not bear on it where the controller has signed so, and is known by any of its names', () => {
    const check = { kind: 'national opt-out', checkedOn: '2026-01-01' as never }
    const loadOn = '2026-04-01' as never
    expect(tooOldToRelyOn(check, loadOn, new Map([['national opt-out', 'include']]))).toBeUndefined()
    expect(tooOldToRelyOn(check, loadOn, new Map([['national opt-out', 'hold']]))).toContain('90 days')
    expect(tooOldToRelyOn(undefined, loadOn, new Map())).toBeUndefined()
    const names = ['National Data Opt-Out', 'national opt out', 'NDO', 'national data optout']
    expect(names.map(isNationalOptOut)).toEqual([true, true, true, true])
    expect(['type 1', 'case-finding', 'opt-out of texts'].map(isNationalOptOut)).toEqual([
      false,
      false,
      false,
    ])
  })
})
