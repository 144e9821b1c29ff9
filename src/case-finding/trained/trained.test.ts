import { beforeAll, describe, expect, it } from 'vitest'
import type { Answer } from '#access'
import { askedWith, pageOf, wordsOf } from '../../../test/asking.ts'
import { type Cast, type House, openHouse, staffId, testDay } from '../../../test/house.ts'
import { arrangeInUse, arrangeModel } from '../../../test/models.ts'
import { room } from '../index.ts'
import { readTrained } from './rules.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})

const ask = (who: Cast, method: 'GET' | 'POST', form: Record<string, string | readonly string[]> = {}) =>
  house.as(who, (visit): Promise<Answer> => {
    const route = room.screens.find((one) => one.method === method && one.path === '/case-finding/trained')
    if (!route) throw new Error('no such page')
    return route.answer(visit, askedWith({ form }))
  })
const page = async (who: Cast) => wordsOf(pageOf(await ask(who, 'GET')))
const signed = (form: Record<string, string | readonly string[]> = {}) => ({
  ...{ staff: [staffId('amina')], 'on-day': '27', 'on-month': '3', 'on-year': '2026', signed: 'yes' },
  ...form,
})

describe('R-022 who was trained to read the lists', () => {
  it('is nobody until a clinician signs for it, and then says by whom and on what day', async () => {
    expect(await page('drLund')).toMatch(/0 of \d+ people who work down lists/)
    expect(await page('drLund')).toMatch(/Amina Yusuf No training on record/)
    expect((await ask('drLund', 'POST', signed())).kind).toBe('go')
    const words = await page('drLund')
    expect(words).toMatch(/1 of \d+ people who work down lists/)
    expect(words).toMatch(/Amina Yusuf 27 March 2026 Dr Astrid Lund, GP The list by the rule/)
  })

  it('is read at another practice that works with the same team', async () => {
    expect(await page('drBello')).toMatch(/Amina Yusuf 27 March 2026 Dr Astrid Lund, GP/)
  })

  it('a list ordered in another way since is said beside the training', async () => {
    await arrangeInUse(house, await arrangeModel(house))
    expect(await page('drLund')).toContain('The list by the rule. The list is ordered in another way now')
    await ask('drLund', 'POST', signed({ 'on-day': '30' }))
    const words = await page('drLund')
    expect(words).toMatch(/Amina Yusuf 30 March 2026 Dr Astrid Lund, GP Numbers of the model harrowmere-1/)
    expect(words).not.toContain('ordered in another way')
  })

  it('what is missing is said at the field, and nothing is kept', async () => {
    const before = await house.arrange('select count(*)::int as n from case_finding.training_given')
    const words = wordsOf(
      pageOf(await ask('drLund', 'POST', signed({ staff: [], 'on-year': '2027', signed: '' }))),
    )
    expect(words).toContain('Select who was trained')
    expect(words).toContain('The day of the training must be today or in the past')
    expect(words).toContain('Tick the box to say that you trained them')
    expect(await house.arrange('select count(*)::int as n from case_finding.training_given')).toEqual(before)
  })

  it('nobody signs for themselves, and nobody who is no clinician signs for anybody', () => {
    const form = { staff: ['a', 'b'], on: { day: '27', month: '3', year: '2026' }, isSigned: true }
    const colleagues = [{ id: 'a' }, { id: 'b' }]
    const gp = { staffId: 'a', role: 'GP', today: testDay }
    expect(readTrained(form, gp, colleagues)).toEqual({
      ready: { staffIds: ['b'], trainedOn: '2026-03-27' },
    })
    const lead = readTrained(form, { ...gp, role: 'team lead' }, colleagues)
    expect('problems' in lead && lead.problems.map(({ message }) => message)).toEqual([
      'Training is signed by the clinician who gave it. Ask them to sign it',
    ])
  })
})
